"""Fair share for the adult alone, and stems that begin a sentence of praise."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from belong.base.clock import today
from belong.notice.noting.fair_share import fair_share
from belong.notice.noting.stems import stems_for
from belong.people.models import Person, User


def last(weekday: int) -> int:
    """Days back to the last such weekday, Monday 0; never today."""
    return (today().weekday() - weekday - 1) % 7 + 1


def names(share) -> list[str]:
    return [pupil.first_name for pupil in share.without]


def test_it_lists_who_had_none_from_me_whatever_others_noted(cast, in_school, noted):
    for pupil in cast.pupils[2:]:
        noted(cast.tutor, pupil, days=3, kind="praise")
    noted(cast.pastoral, cast.pupils[0], days=1, kind="praise")
    noted(cast.tutor, cast.pupils[1], days=1, kind="observation")
    assert sorted(names(fair_share(cast.tutor))) == ["Amina", "Ben"]


def test_it_can_be_asked_by_day_and_by_kind(cast, in_school, noted):
    amina, ben = cast.pupils[:2]
    noted(cast.tutor, amina, days=last(0), kind="greeting")
    noted(cast.tutor, ben, days=last(2), kind="praise")
    user = User.objects.get(pk=cast.tutor.pk)
    mondays = fair_share(user, day="monday")
    assert "Amina" not in names(mondays)
    assert {"Ben", "Cerys"} <= set(names(mondays))
    assert "Ben" not in names(fair_share(user, kind="praise"))
    assert "Amina" in names(fair_share(user, kind="praise"))
    everything = fair_share(user)
    assert {line.key: line.reached for line in everything.days}["monday"] == 1
    assert {line.key: line.reached for line in everything.kinds}["praise"] == 1
    assert len(everything.without) == len(cast.pupils) - 2


def test_older_ones_count_only_for_longer_spans(cast, in_school, noted):
    noted(cast.tutor, cast.pupils[0], days=40, kind="praise")
    assert "Amina" in names(fair_share(cast.tutor, weeks=4))
    assert "Amina" not in names(fair_share(cast.tutor, weeks=8))


def test_the_page_is_ones_own_and_one_tap_from_a_moment(cast, in_school, client_as, noted):
    noted(cast.tutor, cast.pupils[0], kind="praise")
    page = client_as(cast.tutor).get("/fair-share/?weeks=4&kind=praise").content.decode()
    assert "Ben Carter" in page
    assert f"/pupils/{cast.pupils[1].pk}/moment/" in page
    other = client_as(cast.head).get("/fair-share/").content.decode()
    assert "Ben Carter" not in other
    assert "No pupils of yours yet" in other


@pytest.mark.parametrize("query", ["weeks=x", "day=sunday&kind=sanction", "weeks=999"])
def test_what_nobody_offered_is_left_out(cast, in_school, client_as, query):
    assert client_as(cast.tutor).get(f"/fair-share/?{query}").status_code == 200


def test_it_asks_as_much_whatever_there_is(cast, in_school, noted):
    def asked() -> int:
        user = User.objects.get(pk=cast.tutor.pk)
        with CaptureQueriesContext(connection) as found:
            fair_share(user)
        return len(found)

    before = asked()
    for pupil in cast.pupils:
        for days in range(6):
            noted(cast.tutor, pupil, days=days)
    assert asked() == before


@pytest.mark.parametrize(("year", "begins"), [("R", "I saw you "), ("4", "I notice you are someone who ")])
def test_stems_fit_the_age(cast, in_school, year, begins):
    assert stems_for(Person(year=year))[0] == begins


def test_a_stem_begins_the_words_without_any_script(cast, in_school, client_as):
    url = f"/pupils/{cast.pupils[0].pk}/moment/?kind=praise"
    page = client_as(cast.tutor).get(url).content.decode()
    assert "I notice you are someone who…" in page
    assert (
        "I notice you are someone who </textarea>"
        in client_as(cast.tutor).get(f"{url}&stem=0").content.decode()
    )
    for odd in ("99", "-1", "x", "%C2%B2"):
        assert client_as(cast.tutor).get(f"{url}&stem={odd}").status_code == 200


def test_the_weekend_check_in_is_one_tap(cast, in_school, client_as):
    page = client_as(cast.tutor).get(f"/pupils/{cast.pupils[0].pk}/moment/").content.decode()
    assert 'name="kind" value="check_in"' in page


def test_weeks_are_whole(cast, in_school, noted):
    noted(cast.tutor, cast.pupils[0], days=28, kind="praise")
    assert "Amina" in names(fair_share(cast.tutor, weeks=4))
    assert (today() - timedelta(weeks=4)).weekday() == today().weekday()
