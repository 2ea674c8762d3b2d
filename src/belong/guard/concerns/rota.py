"""The rota as it stands: posts, hours, limits, and who reads own words when. Runs inside a school scope."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from belong.base.clock import now, today
from belong.base.prepared import prepared
from belong.guard.concerns.hours import SchoolHours, week_of
from belong.guard.concerns.timer import Limits
from belong.guard.models import Deputy, Holiday, Rota, Shift
from belong.people import roles
from belong.people.models import Person, Role, School, is_here
from belong.people.queries import holders


def rota_of(school: School) -> Rota:
    """The school's rota; the usual hours and no posts where none has been set."""
    found: Rota = next(iter(_rota(school.pk)), None) or Rota(school=school)
    return found


@prepared
def _rota(school_id: int) -> Any:
    return Rota.objects.filter(school=school_id)


def hours_of(rota: Rota) -> SchoolHours:
    """The school's hours, with its holidays."""
    shut = Holiday.objects.values_list("first", "last")
    return SchoolHours(week_of(rota.hours), tuple(shut), rota.school.timezone)


def limits_of(rota: Rota) -> Limits:
    return Limits(rota.urgent_minutes, rota.other_minutes)


@dataclass(frozen=True)
class Posts:
    """Who holds the posts today, as ids of people; leavers hold none. `leaders` stand in where nobody is named."""

    dsls: tuple[int, ...] = ()
    deputies: tuple[int, ...] = ()
    head: int | None = None
    chair: int | None = None
    out_of_hours: int | None = None
    leaders: tuple[int, ...] = ()

    @property
    def readers(self) -> frozenset[int]:
        """The safeguarding leads and their deputies."""
        return frozenset({*self.dsls, *self.deputies})


def posts_of(rota: Rota) -> Posts:
    """The posts of today; three prepared queries, as every page of staff asks whether to show the way to concerns."""
    day = today()
    head, chair, out_of_hours = (
        one or _NOBODY for one in (rota.head_id, rota.chair_id, rota.out_of_hours_id)
    )
    here = set(_those_here(head, chair, out_of_hours, day))
    held = _leading(day)

    def holding(name: str) -> tuple[int, ...]:
        return tuple(dict.fromkeys(one for role, one in held if role == name))

    dsls = holding(roles.DSL)
    return Posts(
        dsls=dsls,
        deputies=tuple(one for one in _deputies(day) if one not in dsls),
        head=rota.head_id if rota.head_id in here else None,
        chair=rota.chair_id if rota.chair_id in here else None,
        out_of_hours=rota.out_of_hours_id if rota.out_of_hours_id in here else None,
        leaders=holding(roles.SENIOR_LEADER),
    )


_NOBODY = 0


@prepared
def _those_here(head: int, chair: int, out_of_hours: int, day: date) -> Any:
    named = Person.objects.here(day).filter(pk__in=(head, chair, out_of_hours))
    return named.order_by().values_list("pk", flat=True)


@prepared
def _leading(day: date) -> Any:
    held = Role.objects.current(day).filter(
        is_here(day, "person__"), role__in=(roles.DSL, roles.SENIOR_LEADER)
    )
    return held.order_by("person_id").values_list("role", "person_id")


@prepared
def _deputies(day: date) -> Any:
    return Deputy.objects.filter(is_here(day, "person__")).values_list("person_id", flat=True)


def may_read_words() -> list[Person]:
    """Who may be put on the rota of readers: pastoral leads and safeguarding leads, whom pupils were told of."""
    return list(holders(roles.PASTORAL_LEAD, roles.DSL))


@dataclass(frozen=True)
class Reading:
    """When somebody on the rota next reads own words, and whom; `when` None: nobody within the days the school set."""

    when: datetime | None
    names: tuple[str, ...] = ()

    @property
    def is_rostered(self) -> bool:
        return self.when is not None


def next_reading(school: School, at: datetime | None = None) -> Reading:
    """The first shift that is running at a moment or begins after it, with its readers by name; three queries."""
    at = at or now()
    rota = rota_of(school)
    hours = hours_of(rota)
    able = holders(roles.PASTORAL_LEAD, roles.DSL)
    shifts = list(Shift.objects.select_related("person").filter(person__in=able.values("id")))
    zone = ZoneInfo(school.timezone)
    for ahead in range(rota.read_within_days + 1):
        day = at.astimezone(zone).date() + timedelta(days=ahead)
        if any(first <= day <= last for first, last in hours.shut):
            continue
        spans = [
            (datetime.combine(day, shift.starts, zone), datetime.combine(day, shift.ends, zone), shift)
            for shift in shifts
            if shift.weekday == day.weekday()
        ]
        coming = [(max(begin, at), shift) for begin, end, shift in spans if end > at]
        if coming:
            when = min(begin for begin, _ in coming)
            people = {shift.person for begin, shift in coming if begin == when}
            if when - at <= timedelta(days=rota.read_within_days):
                return Reading(when, tuple(sorted(person.display_name for person in people)))
    return Reading(None)
