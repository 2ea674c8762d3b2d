"""Noting a moment: two taps, once only, with a way back, and a plain word where it cannot be."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django_scopes import scope

from belong.base.clock import frozen, now, today
from belong.base.errors import Refused
from belong.base.models import AuditEntry
from belong.notice import actions
from belong.notice.access import visible_moments
from belong.notice.models import Moment
from belong.people.models import Membership, Person


def sheet(pupil: Person, **more) -> tuple[str, dict]:
    sent = {"kind": "praise", "submission": str(uuid4()), "next": "/group/", **more}
    return f"/pupils/{pupil.pk}/moment/", sent


def kept() -> list[tuple[str, str]]:
    return [(moment.kind, moment.note) for moment in Moment.objects.all()]


def test_a_tap_on_a_kind_records_it_and_offers_undo(cast, in_school, client_as):
    url, sent = sheet(cast.pupils[0])
    answer = client_as(cast.tutor).post(url, sent, follow=True)
    page = answer.content.decode()
    assert kept() == [("praise", "")]
    assert "Noted: praise for Amina Yusuf." in page
    assert f"/moments/{sent['submission']}/undo/" in page


def test_the_same_form_sent_twice_keeps_one_moment(cast, in_school, client_as):
    url, sent = sheet(cast.pupils[0], note="Held the door.")
    client = client_as(cast.tutor)
    first, second = client.post(url, sent), client.post(url, sent)
    assert kept() == [("praise", "Held the door.")]
    assert (first.status_code, second.status_code) == (302, 302)
    assert first.url == second.url


def test_undo_takes_it_back_and_a_late_resend_does_not_bring_it_again(cast, in_school, client_as):
    url, sent = sheet(cast.pupils[0])
    client = client_as(cast.tutor)
    client.post(url, sent)
    client.post(f"/moments/{sent['submission']}/undo/")
    assert kept() == []
    answer = client.post(url, sent)
    assert "You took this one back." in answer.content.decode()
    assert kept() == []


def test_nobody_else_can_undo_it(cast, in_school, client_as, noted):
    moment = noted(cast.other_tutor, cast.pupils[0])
    came_from = {"Referer": f"http://testserver/pupils/{cast.pupils[0].pk}/"}
    undo = f"/moments/{moment.submission}/undo/"
    answer = client_as(cast.tutor).post(undo, headers=came_from, follow=True)
    assert "already been taken back" in answer.content.decode()
    assert Moment.objects.filter(pk=moment.pk).exists()


def test_after_ten_minutes_it_stays(cast, in_school):
    made = actions.record_moment(cast.tutor, pupils=[cast.pupils[0]], kind="greeting")
    with frozen(now() + timedelta(minutes=11)), pytest.raises(Refused, match="more than ten minutes ago"):
        actions.undo_moment(cast.tutor, submission=made[0].submission)
    assert kept() == [("greeting", "")]


def test_within_ten_minutes_it_goes(cast, in_school):
    made = actions.record_moment(cast.tutor, pupils=[cast.pupils[0]], kind="greeting")
    with frozen(now() + timedelta(minutes=9)):
        assert actions.undo_moment(cast.tutor, submission=made[0].submission) == [cast.pupils[0].pk]
    assert kept() == []


def test_words_can_be_added_afterwards(cast, in_school, client_as):
    url, sent = sheet(cast.pupils[0])
    client = client_as(cast.tutor)
    client.post(url, sent)
    client.post(f"/moments/{sent['submission']}/words/", {"note": "You waited for Ben.", "next": "/group/"})
    assert kept() == [("praise", "You waited for Ben.")]


def test_words_of_another_adult_cannot_be_changed(cast, in_school, client_as, noted):
    moment = noted(cast.other_tutor, cast.pupils[0], note="Kind to a guest.")
    words = f"/moments/{moment.submission}/words/"
    assert client_as(cast.tutor).post(words, {"note": "Something else"}).status_code == 404
    moment.refresh_from_db()
    assert moment.note == "Kind to a guest."


def test_a_note_home_without_words_is_refused_and_asks_for_them(cast, in_school, client_as):
    url, sent = sheet(cast.pupils[0], kind="note_home", note="  ")
    answer = client_as(cast.tutor).post(url, sent)
    assert answer.status_code == 422
    assert "Write what the note home said. Nothing was noted." in answer.content.decode()
    assert kept() == []


@pytest.mark.parametrize(
    ("days", "words"),
    [(1, "That day has not come yet."), (-29, "A moment can be noted up to four weeks back.")],
)
def test_a_day_out_of_reach_is_refused(cast, in_school, client_as, days, words):
    url, sent = sheet(cast.pupils[0], on=(today() + timedelta(days=days)).isoformat(), note="Sang a solo.")
    page = client_as(cast.tutor).post(url, sent).content.decode()
    assert words in page
    assert "Sang a solo." in page, "what was written is still there"
    assert kept() == []


@pytest.mark.parametrize("days", [0, -28])
def test_a_day_within_reach_is_kept(cast, in_school, client_as, days):
    on = today() + timedelta(days=days)
    url, sent = sheet(cast.pupils[0], on=on.isoformat())
    client_as(cast.tutor).post(url, sent)
    assert Moment.objects.get().on == on


def test_too_many_words_are_refused(cast, in_school, client_as):
    url, sent = sheet(cast.pupils[0], note="x" * 281)
    assert client_as(cast.tutor).post(url, sent).status_code == 422
    assert kept() == []


def test_a_pupil_who_left_is_named_with_the_day_and_nothing_is_kept(cast, in_school, client_as):
    ewa = cast.pupils[4]
    left = today() - timedelta(days=1)
    Person.objects.filter(pk=ewa.pk).update(left_on=left)
    Membership.objects.filter(person=ewa).update(until=left)
    url, sent = sheet(ewa)
    answer = client_as(cast.tutor).post(url, sent)
    assert "Ewa Nowak left the school on" in answer.content.decode()
    assert kept() == []


def test_a_leaver_of_another_class_is_as_absent_as_nobody(cast, in_school, client_as):
    other = cast.other_pupils[0]
    Person.objects.filter(pk=other.pk).update(left_on=today())
    url, sent = sheet(other)
    assert client_as(cast.tutor).post(url, sent).status_code == 404


def test_an_action_refuses_a_pupil_of_another_class_without_naming_them(cast, in_school):
    with pytest.raises(Refused) as refusal:
        actions.record_moment(cast.tutor, pupils=[cast.pupils[0], cast.other_pupils[0]], kind="greeting")
    assert refusal.value.reason == "That pupil is not in one of your groups. Nothing was noted."
    assert kept() == []


def test_the_whole_group_at_the_door_with_exceptions(cast, in_school, client_as):
    here = cast.pupils[2:]
    sent = {"kind": "greeting", "submission": str(uuid4()), "pupils": [pupil.pk for pupil in here]}
    client = client_as(cast.tutor)
    url = f"/group/{cast.tutor_group.pk}/moment/"
    assert client.get(url + "?start=all").content.decode().count(" checked") == len(cast.pupils) + 1
    page = client.post(url, sent, follow=True).content.decode()
    assert set(Moment.objects.values_list("pupil_id", flat=True)) == {pupil.pk for pupil in here}
    assert "Noted: greeting for 10 pupils." in page
    client.post(f"/moments/{sent['submission']}/undo/")
    assert kept() == []


def test_a_group_form_cannot_reach_a_pupil_outside_the_group(cast, in_school, client_as):
    sent = {"kind": "greeting", "submission": str(uuid4()), "pupils": [cast.other_pupils[0].pk]}
    answer = client_as(cast.tutor).post(f"/group/{cast.tutor_group.pk}/moment/", sent)
    assert "Choose at least one pupil." in answer.content.decode()
    assert kept() == []


def test_who_may_note_a_moment(cast, in_school, client_as):
    answered, recorded = set(), set()
    for who, user in cast.users.items():
        client = client_as(user)
        url, sent = sheet(cast.pupils[0])
        if client.get(url).status_code == 200:
            answered.add(who)
        before = Moment.objects.count()
        client.post(url, sent)
        if Moment.objects.count() > before:
            recorded.add(who)
    assert answered == recorded == {"tutor", "pastoral", "senco", "dsl", "head"}


def test_a_stranger_gets_the_same_page_as_for_a_pupil_who_does_not_exist(cast, client_as):
    client = client_as(cast.stranger)
    there = client.get(f"/pupils/{cast.pupils[0].pk}/moment/")
    nowhere = client.get("/pupils/999999/moment/")
    assert (there.status_code, there.content) == (nowhere.status_code, nowhere.content)


def test_an_observation_is_for_its_writer_and_the_pastoral_lead(cast, in_school, client_as, noted):
    ben = cast.pupils[1]
    noted(cast.tutor, ben, kind="observation", note="Quieter than last week.")
    noted(cast.tutor, ben, kind="praise", note="Helped at the fair.")
    pages = {
        who: client_as(getattr(cast, who)).get(f"/pupils/{ben.pk}/").content.decode()
        for who in ("tutor", "pastoral", "head", "senco", "dsl")
    }
    assert all("Helped at the fair." in page for page in pages.values())
    seen = {who for who, page in pages.items() if "Quieter than last week." in page}
    assert seen == {"tutor", "pastoral"}


def test_a_second_adult_of_the_class_reads_praise_but_no_observation(cast, in_school, noted):
    Membership.objects.create(
        school=cast.school, group=cast.tutor_group, person=cast.other_tutor.person, part=Membership.LEAD
    )
    noted(cast.tutor, cast.pupils[1], kind="observation", note="Quieter.")
    praise = noted(cast.tutor, cast.pupils[1], kind="praise")
    assert list(visible_moments(cast.other_tutor)) == [praise]


def test_the_audit_trail_holds_no_words(cast, in_school):
    actions.record_moment(cast.tutor, pupils=cast.pupils[:2], kind="praise", note="A secret kindness.")
    entry = AuditEntry.objects.get(verb="notice.record_moment")
    assert entry.facts == {"kind": "praise", "pupils": [pupil.pk for pupil in cast.pupils[:2]]}
    assert "kindness" not in f"{entry.why}{entry.row}{entry.facts}"


def test_htmx_gets_what_changed_on_the_card_and_undo_in_the_corner(cast, in_school, client_as):
    pupil = cast.pupils[0]
    noticed = f'<li data-place="noticed" hx-swap-oob="outerHTML:#card-{pupil.pk} [data-place=noticed]"'
    url, sent = sheet(pupil, where="card")
    answer = client_as(cast.tutor).post(url, sent, headers={"HX-Request": "true"})
    page = answer.content.decode()
    assert answer.headers["HX-Retarget"] == f"#said-{pupil.pk}"
    assert f'<span id="said-{pupil.pk}">Today</span>' in page
    assert f"{noticed}>noticed" in page, "the place is filled"
    assert page.count("<li data-place") == 1, "no other place changes when a moment is noted"
    whole = client_as(cast.tutor).get(f"/group/{cast.tutor_group.pk}/").content.decode()
    for changed in (f'id="card-{pupil.pk}"', f'id="said-{pupil.pk}"', 'data-place="noticed"'):
        assert changed in whole, "there is a card for it to change"
    assert 'hx-swap-oob="beforeend:#toasts"' in page
    assert f"/moments/{sent['submission']}/undo/?where=card" in page
    undone = client_as(cast.tutor).post(
        f"/moments/{sent['submission']}/undo/?where=card", headers={"HX-Request": "true"}
    )
    page = undone.content.decode()
    assert "Taken back." in page
    assert f'{noticed} class="empty">noticed' in page
    assert f'<span id="said-{pupil.pk}">Nothing noted yet</span>' in page
    assert kept() == []


def test_another_school_never_sees_a_moment(cast, in_school, noted):
    noted(cast.tutor, cast.pupils[0])
    assert Moment.objects.exists(), "there is something that could leak"
    with scope(school=cast.stranger.school):
        assert list(visible_moments(cast.stranger)) == []


def test_a_refusal_without_a_page_to_go_back_to_is_a_page_of_its_own(cast, in_school, client_as, noted):
    moment = noted(cast.other_tutor, cast.pupils[0])
    answer = client_as(cast.tutor).post(f"/moments/{moment.submission}/undo/")
    assert answer.status_code == 409
    assert "That moment has already been taken back." in answer.content.decode()
