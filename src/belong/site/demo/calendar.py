"""When things happened in the demo school, told back from today so that it never looks stale."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")


def at(day: date, hour: int = 9) -> datetime:
    """A moment on a day, London time."""
    return datetime.combine(day, time(hour), LONDON)


def school_day(day: date) -> date:
    """The day itself, or the Monday after a weekend."""
    return day + timedelta(days=max(0, 7 - day.weekday()) if day.weekday() > 4 else 0)


@dataclass(frozen=True)
class Calendar:
    """The dates the story hangs on; `today` is the day the demo is made."""

    today: date

    @property
    def waves(self) -> tuple[date, ...]:
        """Opening days of the closed pupil waves, two years back to last month."""
        return tuple(school_day(self.today - timedelta(weeks=weeks)) for weeks in (106, 88, 54, 36, 7))

    @property
    def open_wave(self) -> date:
        """Opening day of the wave that is open now."""
        return school_day(self.today - timedelta(days=5))

    @property
    def septembers(self) -> tuple[date, ...]:
        """The two latest moves up: every 1 September after the first wave until today."""
        first = self.waves[0].year
        days = (date(year, 9, 1) for year in range(first, self.today.year + 1))
        return tuple(day for day in days if self.waves[0] < day <= self.today)

    @property
    def first_september(self) -> date:
        """The September that began the school year of the first wave."""
        day = self.waves[0]
        return date(day.year if day.month >= 9 else day.year - 1, 9, 1)
