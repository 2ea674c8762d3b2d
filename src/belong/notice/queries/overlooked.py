"""Who has not yet been noticed: absence of attention only.

A pupil is listed for the places nobody has filled, and for nothing else. The query reads ids, names, year and tutor
group; no score, sex or characteristic is loaded, so none can raise or lower anybody.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from django.db.models import Max, Q, QuerySet

from belong.notice.models import Moment
from belong.notice.queries.cards import by_name
from belong.notice.queries.places import GOOD, LABELS, QUIET_WEEKS, Place, empty_of, places
from belong.people.access import visible_pupils
from belong.people.models import Group, Membership, Person, User
from belong.people.queries import YEAR_ORDER, tutor_group_of

WEEKS = (2, 4, 6)
READ = (
    "id",
    "school_id",
    "kind",
    "given_name",
    "family_name",
    "preferred_name",
    "title",
    "said_like",
    "year",
)


@dataclass(frozen=True)
class Filters:
    """What the viewer asked for. `place` keeps pupils whose place of that name is empty; `empty` is a minimum."""

    weeks: int = QUIET_WEEKS
    year: str = ""
    group: int | None = None
    place: str = ""
    empty: int = 1
    search: str = ""


@dataclass(frozen=True)
class Overlooked:
    """One pupil with at least one empty place; `empty` is how many of the four nobody has filled."""

    pupil: Person
    places: tuple[Place, ...]
    empty: int
    group: Group | None = None
    last_noticed: date | None = None

    @property
    def missing(self) -> list[str]:
        return [place.key for place in self.places if not place.filled]


def overlooked(user: User, filters: Filters | None = None) -> list[Overlooked]:
    """Pupils the user may see who have an empty place: most empty places first, then by name.

    Five queries, whatever the size of the school. `with_details` adds tutor group and last moment to a page of them.
    """
    wanted = filters or Filters()
    pupils = _pupils(user, wanted)
    filled = places(user.school, pupils, wanted.weeks)
    rows = [(pupil, filled.of(pupil.pk)) for pupil in pupils.order_by().only(*READ)]
    counted = [Overlooked(pupil, four, empty_of(four)) for pupil, four in rows]
    found = [row for row in counted if row.empty >= max(wanted.empty, 1)]
    if wanted.place in LABELS:
        found = [row for row in found if wanted.place in row.missing]
    return sorted(found, key=lambda row: (-row.empty, by_name(row.pupil)))


def counts_by_empty(found: Sequence[Overlooked]) -> dict[int, int]:
    """How many have at least 1, 2, 3 and all 4 places empty."""
    tally = Counter(row.empty for row in found)
    return {least: sum(tally[n] for n in range(least, 5)) for least in (1, 2, 3, 4)}


def counts_by_year(user: User, least: int) -> list[tuple[str, int]]:
    """How many of the pupils the user may see have at least `least` places empty in each year.

    Youngest year first; years with none are left out. Five queries, and no name is read.
    """
    pupils = visible_pupils(user)
    filled = places(user.school, pupils)
    years = pupils.order_by().values_list("pk", "year")
    tally = Counter(year for pk, year in years if empty_of(filled.of(pk)) >= least)
    order = {year: at for at, year in enumerate(YEAR_ORDER)}
    return sorted(tally.items(), key=lambda entry: order.get(entry[0], len(order)))


def with_details(rows: Sequence[Overlooked]) -> list[Overlooked]:
    """The same rows with the tutor group and the day of the last moment; two queries."""
    ids = [row.pupil.pk for row in rows]
    groups = tutor_group_of(ids)
    last = Moment.objects.filter(GOOD, pupil__in=ids).order_by().values("pupil_id").annotate(on=Max("on"))
    days = {row["pupil_id"]: row["on"] for row in last}
    return [replace(row, group=groups.get(row.pupil.pk), last_noticed=days.get(row.pupil.pk)) for row in rows]


def tutor_groups_of_visible(user: User) -> QuerySet[Group]:
    """Current tutor groups with a pupil the user may see: the choices of the filter."""
    inside = Membership.objects.current().filter(part=Membership.MEMBER, person__in=visible_pupils(user))
    return Group.objects.current().filter(kind=Group.TUTOR_GROUP, pk__in=inside.values("group"))


def _pupils(user: User, wanted: Filters) -> QuerySet[Person]:
    pupils = visible_pupils(user)
    if wanted.year:
        pupils = pupils.filter(year=wanted.year)
    if wanted.group:
        inside = Membership.objects.current().filter(group=wanted.group, part=Membership.MEMBER)
        pupils = pupils.filter(pk__in=inside.values("person"))
    for word in wanted.search.split():
        pupils = pupils.filter(_named(word))
    return pupils


def _named(word: str) -> Q:
    names = ("given_name", "family_name", "preferred_name")
    return Q.create([(f"{name}__icontains", word) for name in names], connector=Q.OR)
