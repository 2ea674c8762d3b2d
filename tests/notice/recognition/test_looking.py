"""Looking through what was sent: who may, what becomes of it, and what nobody ever learns."""

from datetime import timedelta

import pytest
from django_scopes import scopes_disabled

from belong.base.append_only import trail_opened
from belong.base.clock import today
from belong.guard.concerns.raising import look_through, raise_words
from belong.guard.concerns.rota import rota_of
from belong.notice.models import Recognition
from belong.people.models import Group, Membership, Person
from tests.conftest import make_user

pytestmark = pytest.mark.alike


@pytest.fixture
def waits(cast, recognised) -> Recognition:
    """Ben told of Amina."""
    return recognised(
        cast.pupils[0], cast.pupils[1], source="pupil", state="waiting", words="Shared her lunch."
    )


def at(row: Recognition, act: str) -> str:
    return f"/recognition/{row.pk}/{act}/"


def test_it_waits_for_the_tutor_the_pastoral_lead_and_the_head(cast, client_as, waits):
    for who, sees in (
        ("tutor", True),
        ("pastoral", True),
        ("head", True),
        ("other_tutor", False),
        ("senco", False),
        ("dsl", False),
    ):
        page = client_as(cast.users[who]).get("/recognition/").content.decode()
        assert ("Shared her lunch." in page) is sees, who
    assert client_as(cast.survey_lead).get("/recognition/").status_code == 403


def test_approved_it_is_seen_by_the_pupil_and_the_giver_is_told(cast, client_as, waits, in_school):
    client_as(cast.tutor).post(at(waits, "approve"), {"words": "Shared her lunch."})
    page = client_as(cast.pupil).get("/me/").content.decode()
    assert "Shared her lunch." in page
    assert "Seen by Ben C" in page
    waits.refresh_from_db()
    assert waits.decided_by_id == cast.tutor.person_id


def test_who_does_not_want_to_be_named_is_not(cast, client_as, waits, in_school):
    Recognition.objects.update(is_signed=False)
    client_as(cast.tutor).post(at(waits, "approve"), {"words": "Shared her lunch."})
    page = client_as(cast.pupil).get("/me/").content.decode()
    assert "somebody at school" in page
    assert "Ben C" not in page


def test_changed_words_are_told_to_the_giver(cast, client_as, waits, in_school):
    changed = {"words": "Shared what she had.", "note": "I left out the lunch."}
    client_as(cast.pastoral).post(at(waits, "approve"), changed)
    waits.refresh_from_db()
    assert (waits.words, waits.first_words) == ("Shared what she had.", "Shared her lunch.")
    assert "Shared what she had." in client_as(cast.pupil).get("/me/").content.decode()


def test_a_moderators_words_name_nobody_else(cast, client_as, waits):
    answer = client_as(cast.tutor).post(at(waits, "approve"), {"words": "Shared her lunch with Daniel."})
    assert answer.status_code == 422
    assert "Your words name another pupil: Daniel" in answer.content.decode()
    waits.refresh_from_db()
    assert waits.state == "waiting"


def test_declined_the_giver_reads_a_kind_line_and_the_pupil_nothing(cast, client_as, recognised, in_school):
    row = recognised(
        cast.pupils[1],
        cast.pupils[0],
        source="pupil",
        state="waiting",
        words="He is not as stupid as he looks.",
    )
    assert client_as(cast.tutor).post(at(row, "decline"), {"reply": ""}).status_code == 422
    client_as(cast.tutor).post(at(row, "decline"), {"reply": "Come and talk to me about it."})
    sent = client_as(cast.pupil).get("/me/sent/").content.decode()
    assert "Come and talk to me about it." in sent
    assert "kept just between us" in sent
    ben = client_as(make_user(cast.pupils[1], "ben", "pupil"))
    for page in ("/me/", "/me/timeline/?all=1", "/me/sent/"):
        assert "stupid" not in ben.get(page).content.decode()
    assert ben.get(f"/recognition/{row.pk}/photo/").status_code == 404


def test_a_decision_can_be_taken_back(cast, client_as, waits, in_school):
    tutor = client_as(cast.tutor)
    tutor.post(at(waits, "approve"), {"words": "Changed."})
    tutor.post(at(waits, "again"))
    waits.refresh_from_db()
    assert (waits.state, waits.words, waits.first_words) == ("waiting", "Shared her lunch.", "")
    assert "Shared her lunch." not in client_as(cast.pupil).get("/me/").content.decode()


def test_of_two_adults_the_first_decides(cast, client_as, waits):
    client_as(cast.tutor).post(at(waits, "decline"), {"reply": "Thank you."})
    answer = client_as(cast.pastoral).post(at(waits, "approve"), {"words": "Shared her lunch."})
    assert answer.status_code == 422
    assert "Mx Tutor has already looked at this one." in answer.content.decode()


def test_words_about_the_moderator_do_not_come_to_the_moderator(cast, client_as, recognised, in_school):
    words = "He was brave: Mx Head hits me, and he said stop."
    row = recognised(cast.pupils[0], cast.pupils[1], source="pupil", state="waiting", words=words)
    rota = rota_of(cast.school)
    rota.head = cast.head.person
    rota.save()
    flagged = look_through([("What did you see?", words)])
    raise_words(cast.school, cast.pupils[1], flagged, f"notice.recognition:{row.pk}")
    for who in (cast.head, cast.tutor):  # such a concern goes another way, and nobody else comes across it
        assert words not in client_as(who).get("/recognition/").content.decode()
        assert client_as(who).post(at(row, "approve"), {"words": "x"}).status_code == 404


def test_what_the_rules_find_is_pointed_out_to_whoever_reads(cast, client_as, recognised, in_school):
    words = "He listened when I said that my uncle hits me."
    recognised(cast.pupils[0], cast.pupils[1], source="pupil", state="waiting", words=words)
    page = client_as(cast.tutor).get("/recognition/").content.decode()
    assert "Read with care." in page
    assert "I’m worried about who wrote it" in page


def test_today_says_that_something_waits_until_it_is_read(cast, client_as, waits):
    tutor = client_as(cast.tutor)
    assert "Something good about Amina" in tutor.get("/").content.decode()
    assert "Something good about Amina" not in client_as(cast.other_tutor).get("/").content.decode()
    tutor.post(at(waits, "approve"), {"words": "Shared her lunch."})
    assert "Something good about Amina" not in tutor.get("/").content.decode()


def test_a_tutor_sees_who_has_not_been_recognised_by_name_only(cast, client_as, recognised, in_school):
    recognised(cast.pupils[0])
    recognised(cast.pupils[2], days=60)
    page = client_as(cast.tutor).get(f"/recognition/group/{cast.tutor_group.pk}/").content.decode()
    first, seen = page.split("Not recognised yet", 1)[1].split("What was seen", 1)
    assert "Amina Yusuf" in seen
    assert "Amina Yusuf" not in first
    assert first.index("Ben Carter") < first.index("Cerys Pugh") or "Cerys Pugh" in first
    assert client_as(cast.other_tutor).get(f"/recognition/group/{cast.tutor_group.pk}/").status_code == 404


def test_a_coach_sees_those_of_their_group(cast, client_as, recognised, in_school):
    recognised(cast.pupils[0], words="For the coach, too.")
    recognised(cast.pupils[1], words="Not for the coach.")
    group = Group.objects.create(school=cast.school, kind=Group.CUSTOM, name="Coaching 4")
    Membership.objects.create(school=cast.school, group=group, person=cast.pupils[0])
    lead = {"part": Membership.LEAD, "school": cast.school}
    Membership.objects.create(group=group, person=cast.other_tutor.person, **lead)
    page = client_as(cast.other_tutor).get(f"/recognition/group/{group.pk}/").content.decode()
    assert "For the coach, too." in page
    assert "Not for the coach." not in page


def test_the_wall_shows_only_what_pupils_chose(cast, client_as, recognised, in_school):
    shown = recognised(cast.pupils[0], cast.pupils[1], source="pupil", words="Shared her lunch.")
    recognised(cast.pupils[0], words="Not on a wall.")
    address = f"/pupils/{cast.pupils[0].pk}/timeline/recognition/{shown.pk}/"
    assert client_as(cast.tutor).post(address, {"wall": "on"}).status_code == 404, "she can choose herself"
    assert client_as(cast.pupil).post(address, {"wall": "on", "family": "on"}).status_code == 302
    page = client_as(cast.tutor).get(f"/recognition/group/{cast.tutor_group.pk}/wall/").content.decode()
    assert "Shared her lunch." in page
    assert "Not on a wall." not in page
    assert "Ben" not in page
    client_as(cast.pupil).post(address, {})
    page = client_as(cast.tutor).get(f"/recognition/group/{cast.tutor_group.pk}/wall/").content.decode()
    assert "Shared her lunch." not in page


def test_a_tutor_notes_what_a_pupil_without_a_sign_in_says(cast, client_as, recognised, in_school):
    row = recognised(cast.pupils[1])
    address = f"/pupils/{cast.pupils[1].pk}/timeline/recognition/{row.pk}/"
    for other in (cast.other_tutor, cast.senco, cast.pupil, cast.carer):
        assert client_as(other).post(address, {"wall": "on"}).status_code == 404
    assert client_as(cast.tutor).post(address, {"wall": "on"}).status_code == 302
    assert client_as(cast.tutor).post(address.replace(f"/{row.pk}/", "/999/"), {}).status_code == 404
    page = client_as(cast.tutor).get(f"/pupils/{cast.pupils[1].pk}/timeline/").content.decode()
    assert "The tutor’s wall shows it" in page


def test_nothing_about_a_pupil_who_left_is_shown(cast, client_as, waits, in_school):
    Person.objects.filter(pk=cast.pupils[0].pk).update(left_on=today() - timedelta(days=1))
    assert "Shared her lunch." not in client_as(cast.tutor).get("/recognition/").content.decode()
    assert client_as(cast.tutor).post(at(waits, "approve"), {"words": "x"}).status_code == 404


def test_queries_of_the_lists_do_not_grow(
    cast, client_as, recognised, in_school, django_assert_max_num_queries
):
    tutor = client_as(cast.tutor)
    for number, pupil in enumerate(cast.pupils[:8]):
        recognised(
            pupil, cast.pupils[number - 1], source="pupil", state="waiting", words=f"Good thing {number}."
        )
        recognised(pupil, words=f"Seen {number}.")
    for address in ("/recognition/", f"/recognition/group/{cast.tutor_group.pk}/"):
        tutor.get(address)
        with django_assert_max_num_queries(22):
            tutor.get(address)


def test_a_school_can_be_deleted_with_all_it_recognised(cast, recognised):
    recognised(cast.pupils[0])
    with trail_opened(), scopes_disabled():
        cast.school.delete()
        assert not Recognition.objects.exists()
