"""On which days the check-ins of a school ask, and whether two of them meet in one week."""

from collections.abc import Iterable
from datetime import date

from belong.ask.checkins.calendar import asking_days, week_of
from belong.ask.models import CheckIn
from belong.ask.queries.waves import pupils_of_check_in
from belong.guard.models import Holiday
from belong.people.models import School


def days_of(check_in: CheckIn, shut: Iterable[tuple[date, date]] | None = None) -> list[date]:
    """The days on which a check-in asks; after it was stopped there is none."""
    holidays = holidays_of_school() if shut is None else shut
    days = asking_days(check_in.starts_on, check_in.ends_on, check_in.every, holidays)
    return [day for day in days if check_in.stopped_on is None or day < check_in.stopped_on]


def holidays_of_school() -> list[tuple[date, date]]:
    """First and last day of every holiday."""
    return list(Holiday.objects.values_list("first", "last"))


def check_ins_between(school: School, first: date, last: date) -> list[CheckIn]:
    """Check-ins of a school that ask on some day of a stretch."""
    rows = CheckIn.objects.filter(school=school, starts_on__lte=last, ends_on__gte=first)
    return list(rows.select_related("group"))


def twice_a_week(check_in: CheckIn) -> str:
    """Why some pupils would be asked twice in one week; "" where nobody is."""
    weeks = {week_of(day) for day in days_of(check_in)}
    pupils = set(pupils_of_check_in(check_in).values_list("pk", flat=True))
    for other in check_ins_between(check_in.school, check_in.starts_on, check_in.ends_on):
        if other.pk == check_in.pk or weeks.isdisjoint({week_of(day) for day in days_of(other)}):
            continue
        both = pupils & set(pupils_of_check_in(other).values_list("pk", flat=True))
        if both:
            who = "One pupil is" if len(both) == 1 else f"{len(both)} of these pupils are"
            return (
                f"{who} asked by “{other.title}” in the same weeks, and once a week is the most. "
                "Stop that one first, or choose other weeks."
            )
    return ""
