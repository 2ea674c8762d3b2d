"""The rota as it stands: posts, hours, limits, and who reads own words when. Runs inside a school scope."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from belong.base.clock import now
from belong.guard.concerns.hours import SchoolHours, week_of
from belong.guard.concerns.timer import Limits
from belong.guard.models import Deputy, Holiday, Rota, Shift
from belong.people import roles
from belong.people.models import Person, Role, School
from belong.people.queries import holders


def rota_of(school: School) -> Rota:
    """The school's rota; the usual hours and no posts where none has been set."""
    return Rota.objects.filter(school=school).first() or Rota(school=school)


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
    """The posts of today; three plain queries, as every page of staff asks whether to show the way to concerns."""
    named = {rota.head_id, rota.chair_id, rota.out_of_hours_id} - {None}
    deputies = list(Deputy.objects.values_list("person_id", flat=True))
    leading = Role.objects.current().filter(role__in=(roles.DSL, roles.SENIOR_LEADER)).order_by("person_id")
    held = list(leading.values_list("role", "person_id"))
    asked = {*named, *deputies, *(person_id for _, person_id in held)}
    here = set(Person.objects.here().filter(pk__in=asked).values_list("pk", flat=True))

    def holding(name: str) -> tuple[int, ...]:
        return tuple(dict.fromkeys(one for role, one in held if role == name and one in here))

    dsls = holding(roles.DSL)
    return Posts(
        dsls=dsls,
        deputies=tuple(one for one in deputies if one in here and one not in dsls),
        head=rota.head_id if rota.head_id in here else None,
        chair=rota.chair_id if rota.chair_id in here else None,
        out_of_hours=rota.out_of_hours_id if rota.out_of_hours_id in here else None,
        leaders=holding(roles.SENIOR_LEADER),
    )


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
