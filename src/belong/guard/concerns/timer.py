"""The reminders of one concern: a pure function of the clock. Nothing here reads or writes a row.

Each rung of the ladder is due at a moment that is fixed once the concern is in: so whoever comes late, after a night
with the machine off, finds the same rungs, and can say how late they are.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from belong.guard.concerns.hours import SchoolHours

LEAST = 60
"""What comes in less than this many minutes before the end of a school day waits for the end of the next one."""
LATE = timedelta(minutes=5)
AGAIN = 60
"""Rungs after the last one: a reminder to everybody at the start of each school day, this many days at most."""


@dataclass(frozen=True)
class Limits:
    """How long something may wait, in minutes of school time; other than urgent: None, to the end of the day."""

    urgent: int = 60
    other: int | None = None


@dataclass(frozen=True)
class Rung:
    """One reminder: its number, when it is due, and how many levels of the line it reaches (1: the first level)."""

    step: int
    due: datetime
    reach: int
    outside: bool = False  # to the out-of-hours contact


def acknowledge_by(raised: datetime, urgent: bool, hours: SchoolHours, limits: Limits) -> datetime | None:
    """When somebody should have taken it on; None if the school never opens."""
    return _later(raised, urgent, hours, limits)


def rungs(
    raised: datetime,
    urgent_since: datetime | None,
    levels: int,
    hours: SchoolHours,
    limits: Limits,
    until: datetime,
) -> list[Rung]:
    """Every rung that is due by `until`, in order: told at once, each further level when time is up, then daily.

    `urgent_since` is when it became urgent, None if it is not. Urgent out of hours, the out-of-hours contact is told
    at once; all else waits until the school opens. `levels` is how many levels the line has (first readers, deputies,
    head).
    """
    urgent = urgent_since is not None
    start = max(raised, urgent_since) if urgent_since else raised
    opens = hours.next_open(start)
    found = [Rung(OUTSIDE, start, 1, outside=True)] if urgent and not hours.is_open(start) else []
    moment, last = opens, None
    base = URGENT if urgent else 0
    for level in range(levels):
        if moment is None:
            break
        found.append(Rung(base + level, moment, level + 1))
        last, moment = moment, _later(moment, urgent, hours, limits)
    for again in range(AGAIN):
        last = _morning_after(last, hours) if last else None
        if last is None or last > until:
            break
        found.append(Rung(base + MORNINGS + again, last, levels))
    return sorted((rung for rung in found if rung.due <= until), key=lambda rung: rung.due)


# Numbers of rungs. Something that becomes urgent later starts a ladder of its own.
MORNINGS, OUTSIDE, URGENT = 10, 99, 100


def _later(moment: datetime, urgent: bool, hours: SchoolHours, limits: Limits) -> datetime | None:
    if urgent:
        return hours.after(moment, limits.urgent)
    if limits.other is not None:
        return hours.after(moment, limits.other)
    opens, end = hours.next_open(moment), hours.end_of_day(moment)
    if opens is None or end is None:
        return None
    return end if end - opens >= timedelta(minutes=LEAST) else hours.end_of_day(end)


def _morning_after(moment: datetime, hours: SchoolHours) -> datetime | None:
    end = hours.end_of_day(moment) if hours.is_open(moment) else moment
    return hours.next_open(end) if end else None
