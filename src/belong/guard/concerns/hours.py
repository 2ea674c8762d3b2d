"""A school's open hours as a pure calendar: is it open, when does it open next, when is an hour of school time over."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

FAR = 400
"""Days to look ahead for an open day before giving up: more than any holiday."""


@dataclass(frozen=True)
class SchoolHours:
    """Opening times by weekday from Monday on (None: shut), days shut, and where. All moments are aware datetimes."""

    week: tuple[tuple[time, time] | None, ...]
    shut: tuple[tuple[date, date], ...] = ()
    zone: str = "Europe/London"

    def of_day(self, day: date) -> tuple[datetime, datetime] | None:
        """When the school opens and closes on a day, or None."""
        times = self.week[day.weekday()]
        if times is None or any(first <= day <= last for first, last in self.shut):
            return None
        zone = ZoneInfo(self.zone)
        return datetime.combine(day, times[0], zone), datetime.combine(day, times[1], zone)

    def is_open(self, at: datetime) -> bool:
        """Whether the school is open at a moment (its closing time is shut)."""
        hours = self.of_day(self._day(at))
        return hours is not None and hours[0] <= at < hours[1]

    def next_open(self, at: datetime) -> datetime | None:
        """`at` itself where the school is open, else the next opening; None if it never opens."""
        day = self._day(at)
        for ahead in range(FAR):
            hours = self.of_day(day + timedelta(days=ahead))
            if hours and at < hours[1]:
                return max(at, hours[0])
        return None

    def end_of_day(self, at: datetime) -> datetime | None:
        """The end of the school day that `at` falls into, or of the next one; None if the school never opens."""
        opens = self.next_open(at)
        hours = self.of_day(self._day(opens)) if opens else None
        return hours[1] if hours else None

    def after(self, at: datetime, minutes: int) -> datetime | None:
        """The moment when so many minutes of open time have passed since `at`."""
        left, moment = timedelta(minutes=minutes), at
        for _ in range(FAR):
            opens = self.next_open(moment)
            end = self.end_of_day(moment)
            if opens is None or end is None:
                return None
            if opens + left <= end:
                return opens + left
            left, moment = left - (end - opens), end
        return None

    def _day(self, at: datetime) -> date:
        return at.astimezone(ZoneInfo(self.zone)).date()


def week_of(pairs: Sequence[Sequence[str] | None]) -> tuple[tuple[time, time] | None, ...]:
    """A stored week (`Rota.hours`) as times."""
    return tuple((time.fromisoformat(p[0]), time.fromisoformat(p[1])) if p else None for p in pairs)
