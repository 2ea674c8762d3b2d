"""On which days a check-in asks. Dates only: nothing here reads or writes a row."""

from collections.abc import Iterable
from datetime import date, timedelta

SCHOOL_WEEK = 4
LONGEST_ONCE = 13
Shut = Iterable[tuple[date, date]]


def asking_days(starts: date, ends: date, every: int, shut: Shut = ()) -> list[date]:
    """The first days of every round: each week or fortnight on the weekday it began, but not in holidays."""
    if every <= 0:
        return [starts]
    holidays = list(shut)
    count = (ends - starts).days // every + 1
    days = [starts + timedelta(days=every * turn) for turn in range(count)]
    return [day for day in days if not any(first <= day <= last for first, last in holidays)]


def last_day(day: date, ends: date, every: int) -> date:
    """Until when a round can be answered: the rest of a school week; asked once, a fortnight at most."""
    return min(ends, day + timedelta(days=SCHOOL_WEEK if every else LONGEST_ONCE))


def week_of(day: date) -> tuple[int, int]:
    """The year and week a day falls in."""
    return day.isocalendar()[:2]
