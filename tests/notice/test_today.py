"""What notice puts on Today: whom to greet, whom to look at again, who has gone quiet, who is unnoticed."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from belong.base.clock import frozen, today
from belong.base.today import items_for
from belong.people.models import Membership, Person
from tests.conftest import make_person


def told(user) -> list[tuple[str, str, str]]:
    kinds = ("greet", "restore", "review", "quiet", "overlooked")
    return [(item.kind, item.title, item.detail) for item in items_for(user) if item.kind in kinds]


@pytest.fixture
def calm(cast, in_school, noted):
    """Everybody had a moment yesterday."""
    for pupil in [*cast.pupils, *cast.other_pupils]:
        noted(cast.tutor, pupil, days=1)
    return cast


def at(year: int, month: int, day: int):
    return frozen(datetime(year, month, day, 8, tzinfo=ZoneInfo("Europe/London")))


def test_nothing_due_is_a_calm_page(calm, client_as):
    page = client_as(calm.tutor).get("/").content.decode()
    assert "Nothing due" in page
    assert "Who to greet" in page


def test_a_new_pupil_is_greeted_with_how_to_say_the_name(calm):
    joined = {"joined_on": today() - timedelta(days=41), "said_like": "oh-KAH-for"}
    Person.objects.filter(pk=calm.pupils[3].pk).update(**joined)
    [(kind, title, detail)] = told(calm.tutor)
    assert (kind, title) == ("greet", "Daniel Okafor")
    assert detail.startswith("New since")
    assert detail.endswith("Say oh-KAH-for.")


def test_a_birthday_is_greeted_without_the_age(calm):
    born = (
        date(2012, today().month, today().day)
        if (today().month, today().day) != (2, 29)
        else date(2012, 2, 29)
    )
    Person.objects.filter(pk=calm.pupils[0].pk).update(born=born)
    assert told(calm.tutor) == [("greet", "Amina Yusuf", "Birthday today.")]


@pytest.mark.parametrize(
    ("moment", "greeted"),
    [
        ((2025, 2, 28), False),
        ((2025, 3, 3), True),
        ((2028, 2, 29), True),
        ((2028, 3, 1), False),
        ((2029, 3, 1), True),
    ],
)
def test_a_birthday_on_29_february_is_kept_every_year(cast, in_school, moment, greeted):
    """1 March 2025 is a Saturday: it is greeted on Monday 3 March."""
    Person.objects.filter(pk=cast.pupils[0].pk).update(born=date(2012, 2, 29), joined_on=date(2020, 9, 1))
    with at(*moment):
        found = [title for kind, title, detail in told(cast.tutor) if detail.startswith("Birthday")]
    assert found == (["Amina Yusuf"] if greeted else [])


def test_quiet_pupils_longest_first_five_at_most_and_the_rest_in_my_group(cast, in_school, noted, client_as):
    for n, pupil in enumerate(cast.pupils[:8]):
        noted(cast.tutor, pupil, days=28 + 7 * n + 1)
    for pupil in cast.pupils[8:]:
        noted(cast.tutor, pupil)
    rows = [row for row in told(cast.tutor) if row[0] == "quiet"]
    assert [title for _, title, _ in rows] == [
        "Hugo Silva",
        "Grace Hall",
        "Farhan Malik",
        "Ewa Nowak",
        "Daniel Okafor",
        "And 3 more",
    ]
    assert rows[0][2] == "No moment for 11 weeks"
    page = client_as(cast.tutor).get("/").content.decode()
    assert f'href="/group/{cast.tutor_group.pk}/?sort=quiet"' in page


def test_nobody_is_quiet_before_the_school_has_noted_moments_for_four_weeks(cast, in_school, noted):
    Person.objects.filter(kind=Person.PUPIL).update(joined_on=today() - timedelta(days=400))
    assert told(cast.tutor) == []
    noted(cast.pastoral, cast.pupils[0], days=2)
    assert told(cast.tutor) == []
    noted(cast.pastoral, cast.pupils[0], days=29)
    assert ("quiet", "Ben Carter", "No moment yet") in told(cast.tutor)


def test_four_weeks_to_the_day_is_not_yet_quiet(cast, in_school, noted):
    for pupil in cast.pupils[1:]:
        noted(cast.tutor, pupil)
    noted(cast.pastoral, cast.pupils[0], days=28)
    assert told(cast.tutor) == []


def test_someone_new_is_greeted_and_not_called_quiet(calm):
    pupil = calm.pupils[0]
    Person.objects.filter(pk=pupil.pk).update(joined_on=today() - timedelta(days=10))
    assert [kind for kind, _, _ in told(calm.tutor)] == ["greet"]


def test_conversations_and_reviews_are_ones_own(calm, stands, noted):
    amina, ben, cerys, daniel, ewa, *_ = calm.pupils
    stands(calm.tutor, ben, "restore", set_days=7, review_in=0)
    stands(calm.tutor, amina, "restore", set_days=9, review_in=-2)
    stands(calm.tutor, cerys, "maintain", set_days=42, review_in=0)
    stands(calm.pastoral, daniel, "maintain", set_days=42, review_in=0)
    stands(calm.tutor, ewa, "maintain", set_days=0, review_in=1)
    found = told(calm.tutor)
    assert [(kind, title) for kind, title, _ in found] == [
        ("restore", "Amina Yusuf"),
        ("restore", "Ben Carter"),
        ("review", "Cerys Pugh"),
    ]
    assert found[1][2] == "Conversation due today"
    assert found[2][2].startswith("Maintain since")
    lead = [row for row in told(calm.pastoral) if row[0] == "review"]
    assert [title for _, title, _ in lead] == ["Daniel Okafor"]
    assert lead[0][2].startswith("Maintain. Nothing noted by you since")


def test_a_pastoral_lead_gets_the_count_by_year_with_a_link(calm, client_as):
    assert [row for row in told(calm.pastoral) if row[0] == "overlooked"] == [
        ("overlooked", "Year 8: 12 pupils", "Four or more empty places"),
        ("overlooked", "Year 9: 12 pupils", "Four or more empty places"),
    ]
    page = client_as(calm.pastoral).get("/").content.decode()
    assert 'href="/overlooked/?year=8&amp;empty=4"' in page
    assert not [row for row in told(calm.tutor) if row[0] == "overlooked"]


def test_every_pupil_row_has_its_plus(calm, client_as, stands):
    ben = calm.pupils[1]
    stands(calm.tutor, ben, "restore", set_days=7, review_in=0)
    page = client_as(calm.tutor).get("/").content.decode()
    assert "Conversations to have" in page
    assert f'href="/pupils/{ben.pk}/moment/"' in page
    assert 'aria-label="Note a moment for Ben Carter"' in page


def test_a_leaver_is_on_nobodys_list(calm, stands):
    ben = calm.pupils[1]
    stands(calm.tutor, ben, "restore", set_days=7, review_in=0)
    Person.objects.filter(pk=ben.pk).update(left_on=today())
    assert told(calm.tutor) == []


def test_queries_do_not_grow(cast, in_school, lively, client_as):
    client = client_as(cast.tutor)
    client.get("/")

    def count() -> int:
        with CaptureQueriesContext(connection) as seen:
            assert client.get("/").status_code == 200
        return len(seen)

    few = count()
    for n in range(20):
        pupil = make_person(cast.school, Person.PUPIL, f"Pupil{n}", "More", year="8", joined_on=today())
        Membership.objects.create(school=cast.school, group=cast.tutor_group, person=pupil)
    assert count() == few
