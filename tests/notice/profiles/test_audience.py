"""Each part goes to those the pupil chose, and to nobody besides."""

from datetime import timedelta

import pytest

from belong.base.clock import today
from belong.notice.models import ProfilePage
from belong.notice.profiles.access import visible_parts
from belong.notice.profiles.queries import readings, with_profile
from belong.people.models import Group, Membership, Person
from tests.notice.profiles.conftest import as_new

STAFF = {"tutor", "other_tutor", "pastoral", "senco", "dsl", "head", "survey_lead"}
CLOSE = {"tutor", "pastoral", "senco", "dsl", "head"}


def readers(cast, text: str) -> set[str]:
    return {
        who
        for who, user in cast.users.items()
        if any(part.text == text for part in visible_parts(as_new(user)))
    }


@pytest.mark.parametrize(
    ("audience", "family", "who"),
    [
        ("tutor", False, {"tutor"}),
        ("tutors", False, {"tutor"}),
        ("teachers", False, CLOSE),
        ("staff", False, CLOSE),
        ("staff", True, STAFF),
        ("teachers", True, CLOSE),
    ],
)
def test_who_reads_a_part(cast, shares, audience, family, who):
    shares(cast.pupils[1], family=family, helps=("A quiet seat.", audience))
    assert readers(cast, "A quiet seat.") == who


def test_just_my_tutor_ends_with_the_tutor_and_the_other_goes_on(cast, shares):
    ben = cast.pupils[1]
    shares(ben, helps=("For you alone.", "tutor"), know=("For the next one, too.", "tutors"))
    assert readers(cast, "For you alone.") == {"tutor"}
    Membership.objects.filter(group=cast.tutor_group, part=Membership.LEAD).update(until=today())
    Membership.objects.create(
        school=cast.school,
        group=cast.tutor_group,
        person=cast.other_tutor.person,
        part=Membership.LEAD,
        since=today(),
    )
    ProfilePage.objects.update(approved_on=today() - timedelta(days=1))
    assert readers(cast, "For you alone.") == set()
    assert readers(cast, "For the next one, too.") == {"other_tutor"}


def test_what_is_not_shared_or_of_a_pupil_who_left_is_read_by_nobody(cast, shares):
    page = shares(cast.pupils[1], family=True, helps=("A quiet seat.", "staff"))
    for state in ("draft", "waiting", "held", "replaced", "withdrawn"):
        type(page).objects.update(state=state)
        assert readers(cast, "A quiet seat.") == set(), state
    type(page).objects.update(state="approved")
    Person.objects.filter(pk=cast.pupils[1].pk).update(left_on=today())
    assert readers(cast, "A quiet seat.") == set()


def test_the_page_shows_the_parts_that_are_for_the_reader_only(cast, shares, client_as):
    ben = cast.pupils[1]
    shares(
        ben,
        likes=("Chess.", "staff"),
        helps=("A quiet seat.", "teachers"),
        know=("Tutor’s.", "tutor"),
        family=True,
    )
    texts = ("Chess.", "A quiet seat.", "Tutor’s.")
    found = {}
    for who in ("tutor", "pastoral", "other_tutor"):
        page = client_as(cast.users[who]).get(f"/pupils/{ben.pk}/profile/").content.decode()
        found[who] = [text in page for text in texts]
    assert found == {
        "tutor": [True, True, True],
        "pastoral": [True, True, False],
        "other_tutor": [True, False, False],
    }
    page = client_as(cast.other_tutor).get(f"/pupils/{cast.pupils[2].pk}/profile/")
    assert page.status_code == 404


def test_a_class_teachers_list_holds_what_helps_whom(cast, shares, client_as):
    maths = Group.objects.create(school=cast.school, kind=Group.CLASS, name="8Ma2")
    for pupil in cast.pupils[:2]:
        Membership.objects.create(school=cast.school, group=maths, person=pupil)
    Membership.objects.create(
        school=cast.school, group=maths, person=cast.other_tutor.person, part=Membership.LEAD
    )
    shares(cast.pupils[1], helps=("A quiet seat.", "teachers"), know=("Tutor’s.", "tutor"))
    page = client_as(cast.other_tutor).get(f"/group/{maths.pk}/profiles/").content.decode()
    assert "A quiet seat." in page
    assert "Tutor’s." not in page
    assert "No part for you yet" in page


def test_with_profile_says_only_that_there_is_one(cast, shares):
    amina, ben, cerys, *_ = cast.pupils
    shares(ben, helps=("x", "tutor"))
    page = shares(cerys, helps=("x", "staff"))
    type(page).objects.filter(pk=page.pk).update(state="waiting")
    assert with_profile(cast.pupils) == {ben.pk}
    assert with_profile([amina.pk, ben.pk]) == {ben.pk}


def test_readings_take_two_or_three_queries_for_any_number(cast, shares, django_assert_max_num_queries):
    for pupil in cast.pupils:
        shares(pupil, helps=("x", "teachers"), likes=("y", "staff"))
    user = as_new(cast.tutor)
    assert user.led_group_ids
    assert user.current_roles
    with django_assert_max_num_queries(2):
        found = readings(user, cast.pupils)
    assert all(len(row.parts) == 2 for row in found)
