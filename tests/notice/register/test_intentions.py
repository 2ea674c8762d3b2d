""" "I'll do this": on Today with a day, done, put off, left, taken back; private to the adult."""

from datetime import timedelta

import pytest

from belong.base.clock import today
from belong.base.errors import Refused
from belong.base.models import AuditEntry
from belong.base.today import items_for
from belong.notice.models import Intention, Moment
from belong.notice.register import actions
from belong.people.models import Membership, Person


def meant(user) -> list[tuple[str, str]]:
    return [(item.title, item.detail) for item in items_for(user) if item.kind == "intention"]


@pytest.fixture
def ben(cast):
    return cast.pupils[1]


@pytest.fixture
def intention(cast, in_school, ben) -> Intention:
    return actions.intend(cast.tutor, pupil=ben, key="go-first", due_on=today())


def test_the_pupils_page_offers_what_fits_the_state_and_one_tap_puts_it_on_today(
    cast, in_school, client_as, stands, ben
):
    stands(cast.tutor, ben, "restore")
    client = client_as(cast.tutor)
    page = client.get(f"/pupils/{ben.pk}/").content.decode()
    assert "Go to them first, and own your part" in page
    assert "Two minutes about anything but work" not in page
    page = client.post(
        f"/pupils/{ben.pk}/intend/", {"strategy": "go-first", "due_on": today().isoformat()}, follow=True
    ).content.decode()
    assert "Meant for today: Go to them first, and own your part, with Ben." in page
    assert meant(cast.tutor) == [("Ben Carter", "Go to them first, and own your part.")]
    assert "You meant to" in client.get("/").content.decode()


def test_without_a_state_nothing_is_offered(cast, in_school, client_as, ben):
    assert "Something small that fits" not in client_as(cast.tutor).get(f"/pupils/{ben.pk}/").content.decode()


def test_it_waits_for_its_day(cast, in_school, ben):
    actions.intend(cast.tutor, pupil=ben, key="go-first")
    assert meant(cast.tutor) == []
    assert Intention.objects.get().due_on == actions.next_school_day(today())


def test_done_from_today_offers_to_note_a_moment_and_notes_none_by_itself(
    cast, in_school, client_as, intention
):
    page = client_as(cast.tutor).post(f"/intentions/{intention.pk}/done/", follow=True).content.decode()
    assert "Done. Did something good happen?" in page
    assert f"/pupils/{intention.pupil_id}/moment/" in page
    assert Intention.objects.get().done_on == today()
    assert meant(cast.tutor) == []
    assert not Moment.objects.exists()


def test_not_now_is_back_in_a_week_and_undo_gives_the_old_day_back(cast, in_school, client_as, intention):
    client = client_as(cast.tutor)
    client.post(f"/intentions/{intention.pk}/not-now/")
    later = Intention.objects.get().due_on
    assert later >= today() + timedelta(weeks=1)
    assert later.weekday() < 5
    assert meant(cast.tutor) == []
    client.post(f"/intentions/{intention.pk}/undo/")
    assert Intention.objects.get().due_on == today()


@pytest.mark.parametrize("step", ["done", "leave"])
def test_undo_puts_it_back_on_today(cast, in_school, client_as, intention, step):
    client = client_as(cast.tutor)
    client.post(f"/intentions/{intention.pk}/{step}/")
    assert not Intention.objects.get().is_open
    client.post(f"/intentions/{intention.pk}/undo/")
    assert Intention.objects.get().is_open
    assert len(meant(cast.tutor)) == 1


def test_the_same_thing_twice_is_one_with_the_new_day(cast, in_school, ben, intention):
    day = today() + timedelta(days=2)
    again = actions.intend(cast.tutor, pupil=ben, key="go-first", due_on=day)
    assert again.pk == intention.pk
    assert Intention.objects.get().due_on == day


def test_done_once_it_can_be_meant_again_and_the_old_one_stays_done(cast, in_school, ben, intention):
    actions.done(cast.tutor, intention=intention)
    actions.intend(cast.tutor, pupil=ben, key="go-first", due_on=today())
    with pytest.raises(Refused, match="on Today again since"):
        actions.take_back(cast.tutor, intention=intention)
    assert Intention.objects.filter(done_on=None).count() == 1


def test_nobody_else_sees_it_neither_tutor_nor_pastoral_lead_nor_head(cast, in_school, client_as, intention):
    Membership.objects.create(
        school=cast.school, group=cast.tutor_group, person=cast.other_tutor.person, part=Membership.LEAD
    )
    others = [who for who in cast.users if who != "tutor"]
    assert {client_as(cast.users[who]).get(f"/intentions/{intention.pk}/").status_code for who in others} == {
        404
    }
    page = client_as(cast.pastoral).get(f"/pupils/{intention.pupil_id}/").content.decode()
    assert "own your part" not in page
    assert all(meant(cast.users[who]) == [] for who in ("other_tutor", "pastoral", "head"))


@pytest.mark.parametrize(
    ("key", "days", "words"),
    [
        ("no-such-thing", 0, "no longer in the library"),
        ("go-first", -1, "already gone"),
        ("go-first", 60, "six weeks"),
    ],
)
def test_what_cannot_be_is_said_and_nothing_is_kept(cast, in_school, client_as, ben, key, days, words):
    day = today() + timedelta(days=days)
    answer = client_as(cast.tutor).post(
        f"/pupils/{ben.pk}/intend/", {"strategy": key, "due_on": day.isoformat()}
    )
    assert answer.status_code in (409, 422)
    assert words in answer.content.decode()
    assert not Intention.objects.exists()


def test_a_pupil_who_left_is_gone_from_today_with_what_was_meant(cast, in_school, ben, intention):
    Person.objects.filter(pk=ben.pk).update(left_on=today())
    assert meant(cast.tutor) == []


def test_the_trail_names_the_deed_and_holds_no_words(cast, in_school, intention):
    entry = AuditEntry.objects.get(verb="notice.intend")
    assert entry.facts == {"strategy": "go-first"}
    assert entry.about == f"|{intention.pupil_id}|"
