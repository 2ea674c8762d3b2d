"""The library of small things: every entry holds, every state and age finds some, what was just done comes last."""

from datetime import date

import pytest

from belong.base.clock import today
from belong.content import names
from belong.notice.models import State
from belong.notice.register.strategies import age_of, strategies, strategies_for, strategy, title_of
from belong.people.models import Person
from tests.content.wording import FORBIDDEN, NOT_BRITISH, grade


def test_there_are_strategies_for_every_state_each_with_a_known_practice():
    practices = set(names("practices"))
    found = strategies().values()
    assert {one.state for one in found} == set(State)
    assert {one.practice for one in found} <= practices
    assert len({one.title for one in found}) == len(found) >= 18


@pytest.mark.parametrize("one", strategies().values(), ids=lambda one: one.key)
def test_each_is_short_plain_and_can_be_done_in_a_few_minutes(one):
    words = " ".join([one.title, one.do, *one.say])
    assert 1 <= one.minutes <= 3
    assert 3 <= one.ages[0] < one.ages[1] <= 18
    assert 2 <= len(one.say) <= 3
    assert grade(one.do) < 9
    assert not FORBIDDEN.search(words)
    assert not NOT_BRITISH.search(words)


@pytest.mark.parametrize("age", range(3, 19))
@pytest.mark.parametrize("state", State)
def test_every_age_finds_at_least_two_for_every_state(state, age):
    assert sum(one.suits(age) for one in strategies().values() if one.state == state) >= 2


def test_what_was_done_lately_comes_last_and_what_never_was_comes_first():
    pupil = Person(year="8")
    first, second, *_ = strategies_for("restore", pupil, {})
    found = strategies_for("restore", pupil, {first.key: today(), second.key: date(2026, 1, 5)})
    assert [one.key for one in found][-2:] == [second.key, first.key]


def test_the_youngest_are_offered_play_and_nobody_else_is():
    keys = {
        year: {one.key for one in strategies_for("establish", Person(year=year), {})} for year in ("R", "10")
    }
    assert "play-alongside" in keys["R"]
    assert "play-alongside" not in keys["10"]
    assert "two-minutes" not in keys["R"]


@pytest.mark.parametrize(
    ("fields", "age"),
    [({"year": "R"}, 4), ({"year": "8"}, 12), ({"year": "N2"}, 3), ({"year": "X"}, 11), ({}, 11)],
)
def test_the_age_by_year_group_where_no_birthday_is_known(fields, age):
    assert age_of(Person(**fields)) == age


def test_a_birthday_counts_before_the_year_group():
    day = today()
    born = date(day.year - 9, 1, 1)
    assert age_of(Person(year="8", born=born)) == 9


def test_one_that_is_no_longer_in_the_library_still_has_kind_words():
    assert strategy("gone-since") is None
    assert title_of("gone-since") == "Something small for this pupil"
