"""The clock of reminders: school hours, and rungs as a pure function of them."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from belong.guard.concerns.hours import SchoolHours
from belong.guard.concerns.timer import OUTSIDE, URGENT, Limits, acknowledge_by, rungs

DAY = (time(8, 30), time(15, 30))
WEEK = SchoolHours((DAY,) * 5 + (None, None), ((date(2026, 12, 21), date(2027, 1, 3)),))
SHUT = SchoolHours((None,) * 7)


def at(day: int, hour: int, minute: int = 0, month: int = 11) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=UTC)


MOMENTS = st.datetimes(datetime(2026, 1, 1), datetime(2027, 6, 1), timezones=st.just(UTC))


@pytest.mark.parametrize(
    ("raised", "urgent", "by"),
    [
        (at(16, 10), True, at(16, 11)),  # an hour of a Monday
        (at(16, 15), True, at(17, 9)),  # half an hour today, half an hour tomorrow
        (at(20, 15, 30), True, at(23, 9, 30)),  # Friday at the bell: Monday
        (at(16, 10), False, at(16, 15, 30)),  # the end of the day
        (at(16, 15), False, at(17, 15, 30)),  # too late for today
        (at(21, 12), False, at(23, 15, 30)),  # Saturday
        (at(20, 12, month=12), True, datetime(2027, 1, 4, 9, 30, tzinfo=UTC)),  # a holiday
    ],
)
def test_somebody_should_have_taken_it_on_by(raised, urgent, by):
    assert acknowledge_by(raised, urgent, WEEK, Limits()) == by


def test_summer_time_moves_with_the_school():
    assert acknowledge_by(at(15, 9, month=6), True, WEEK, Limits()) == at(15, 10, month=6)
    assert acknowledge_by(at(15, 6, month=6), True, WEEK, Limits()) == at(15, 8, 30, month=6)


def test_an_urgent_ladder_in_hours():
    found = rungs(at(16, 10), at(16, 10), 3, WEEK, Limits(), at(18, 9))
    assert [(rung.due, rung.reach) for rung in found] == [
        (at(16, 10), 1),
        (at(16, 11), 2),
        (at(16, 12), 3),
        (at(17, 8, 30), 3),
        (at(18, 8, 30), 3),
    ]


def test_an_urgent_ladder_out_of_hours_tells_the_contact_at_once():
    found = rungs(at(16, 19), at(16, 19), 3, WEEK, Limits(), at(17, 11))
    assert [(rung.due, rung.step) for rung in found] == [
        (at(16, 19), OUTSIDE),
        (at(17, 8, 30), URGENT),
        (at(17, 9, 30), URGENT + 1),
        (at(17, 10, 30), URGENT + 2),
    ]


def test_what_is_not_urgent_waits_for_the_morning_and_the_end_of_the_day():
    found = rungs(at(16, 19), None, 3, WEEK, Limits(), at(19, 9))
    assert [rung.due for rung in found] == [at(17, 8, 30), at(17, 15, 30), at(18, 15, 30), at(19, 8, 30)]


def test_what_becomes_urgent_later_starts_a_ladder_of_its_own():
    before = rungs(at(16, 9), None, 3, WEEK, Limits(), at(16, 12))
    after = rungs(at(16, 9), at(16, 11), 3, WEEK, Limits(), at(16, 12))
    assert {rung.step for rung in before}.isdisjoint(rung.step for rung in after)
    assert [rung.due for rung in after] == [at(16, 11), at(16, 12)]


def test_a_school_that_never_opens_has_no_end_of_day_but_its_contact_is_told():
    assert SHUT.next_open(at(16, 10)) is None
    assert SHUT.after(at(16, 10), 30) is None
    assert rungs(at(16, 10), None, 3, SHUT, Limits(), at(30, 10)) == []
    assert [one.step for one in rungs(at(16, 10), at(16, 10), 3, SHUT, Limits(), at(30, 10))] == [OUTSIDE]


@given(MOMENTS, st.booleans(), st.integers(1, 3), st.integers(0, 20), st.integers(0, 20))
def test_coming_late_finds_the_same_rungs(raised, urgent, levels, first, second):
    """Whatever is asked when, the rungs up to a moment are the first of those up to a later one."""
    early, late = sorted((raised + timedelta(days=first), raised + timedelta(days=first + second)))
    since = raised if urgent else None
    before = rungs(raised, since, levels, WEEK, Limits(), early)
    after = rungs(raised, since, levels, WEEK, Limits(), late)
    assert after[: len(before)] == before
    assert len({rung.step for rung in after}) == len(after)
    assert all(raised <= rung.due <= late for rung in after)
    assert all(rung.outside or WEEK.is_open(rung.due) or _is_an_end(rung.due) for rung in after)


def _is_an_end(moment: datetime) -> bool:
    hours = WEEK.of_day(moment.date())
    return hours is not None and moment == hours[1]


@given(MOMENTS, st.integers(1, 600))
def test_open_time_is_never_given_away(moment, minutes):
    end = WEEK.after(moment, minutes)
    assert end is not None
    assert end - moment >= timedelta(minutes=minutes)
    opens = WEEK.next_open(moment)
    assert opens is not None
    assert (opens == moment) == WEEK.is_open(moment)
