"""What is due today for one adult: whom to greet, whom to look at again, who has gone quiet."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Max, QuerySet

from belong.base.clock import today
from belong.notice.models import Moment, Relationship
from belong.notice.queries.cards import by_name
from belong.notice.queries.places import GOOD, in_use_for_weeks, quiet_since
from belong.people.access import visible_pupils
from belong.people.models import Group, Membership, Person, User
from belong.people.queries import pupils_on_roll


@dataclass(frozen=True)
class Due:
    """A relationship whose day to look again has come; `drifted` where this adult noted nothing since."""

    relationship: Relationship
    drifted: bool


@dataclass(frozen=True)
class Quiet:
    """A pupil without a moment for four weeks, and the day of the last one if there ever was one."""

    pupil: Person
    last: date | None


def own_pupils(user: User) -> QuerySet[Person]:
    """The pupils an adult greets: those of the tutor groups they lead, or of all their groups if they lead none."""
    led = Membership.objects.current().filter(group__in=user.led_group_ids, part=Membership.MEMBER)
    tutor = led.filter(group__kind=Group.TUTOR_GROUP)
    return pupils_on_roll().filter(pk__in=(tutor if tutor.exists() else led).values("person"))


def birthdays(pupils: Collection[Person]) -> list[tuple[Person, date]]:
    """Pupils with their birthday today, and on a Monday those of the weekend too.

    Someone born on 29 February keeps it on 1 March in other years, as the law in England counts it.
    """
    day = today()
    days = [day - timedelta(days=back) for back in range(3 if day.weekday() == 0 else 1)]
    found = [
        (pupil, on) for pupil in pupils if pupil.born for on in days if _birthday(pupil.born, on.year) == on
    ]
    return sorted(found, key=lambda entry: by_name(entry[0]))


def quiet_pupils(pupils: Collection[Person]) -> list[Quiet]:
    """Those without a moment for four weeks who have been here as long; longest first. Three queries at most.

    Nobody is quiet for want of any moment at all before the school itself has noted moments for four weeks.
    """
    ids = [pupil.pk for pupil in pupils]
    since = quiet_since()
    recent = Moment.objects.filter(GOOD, pupil__in=ids, on__gte=since).order_by()
    noticed = set(recent.values_list("pupil_id", flat=True).distinct())
    quiet = [p for p in pupils if p.pk not in noticed and (p.joined_on is None or p.joined_on < since)]
    days = Moment.objects.filter(GOOD, pupil__in=[pupil.pk for pupil in quiet]).order_by().values("pupil_id")
    last = {row["pupil_id"]: row["last"] for row in days.annotate(last=Max("on"))}
    if len(last) < len(quiet) and not in_use_for_weeks():
        quiet = [pupil for pupil in quiet if pupil.pk in last]
    found = [Quiet(pupil, last.get(pupil.pk)) for pupil in quiet]
    return sorted(found, key=lambda row: (row.last or date.min, by_name(row.pupil)))


def due_relationships(user: User) -> list[Due]:
    """The adult's own relationships whose day to look again has come, earliest first. Two queries."""
    own = Relationship.objects.filter(adult=user.person_id, pupil__in=visible_pupils(user))
    due = own.filter(review_on__lte=today()).select_related("pupil").defer("reason")
    rows = list(due.order_by("review_on", "id"))
    mine = Moment.objects.filter(adult=user.person_id, pupil__in=[row.pupil_id for row in rows]).order_by()
    last = {row["pupil_id"]: row["last"] for row in mine.values("pupil_id").annotate(last=Max("on"))}
    return [Due(row, row.pupil_id not in last or last[row.pupil_id] < row.set_on) for row in rows]


def _birthday(born: date, year: int) -> date:
    try:
        return born.replace(year=year)
    except ValueError:
        return date(year, 3, 1)
