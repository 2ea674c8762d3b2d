"""Who has not yet been noticed: absence of attention only.

A pupil is listed for the places nobody has filled, and for nothing else. The query reads ids, names, year and tutor
group; no score, sex or characteristic is loaded, so none can raise or lower anybody. Nor does any sort but the chosen
one: where two pupils are alike, the register's order stands.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import Any

from django.db import connection
from django.db.models import OuterRef, Q, QuerySet, Subquery

from belong.notice.models import Moment
from belong.notice.queries.places import GOOD, LABELS, QUIET_WEEKS, Place, empty_of, places
from belong.notice.queries.taken_on import Promise, promises
from belong.people.access import visible_pupils
from belong.people.models import Group, Membership, Person, User
from belong.people.queries import YEAR_ORDER, tutor_group_of

WEEKS = (2, 4, 6)
SORTS = {
    "empty": "most empty places",
    "name": "name",
    "group": "year and tutor group",
    "quiet": "longest since a moment",
}
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
GIVEN, FAMILY, PREFERRED, YEAR = (
    READ.index(name) for name in ("given_name", "family_name", "preferred_name", "year")
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
    sort: str = "empty"


@dataclass
class Overlooked:
    """One pupil with at least one empty place; `empty` is how many of the six nobody has filled.

    `known` is what was read of the pupil, in the order of `READ`: a `Person` is made of it when one is asked for, as a
    school's list is long and a page of it short. Tutor group, last moment and who will notice are there on a page of
    the list only (`with_details`).
    """

    known: tuple[Any, ...]
    places: tuple[Place, ...]
    empty: int
    group: Group | None = None
    last_noticed: date | None = None
    promises: tuple[Promise, ...] = ()

    @cached_property
    def pupil(self) -> Person:
        return Person.from_db(connection.alias, READ, self.known)

    @property
    def pupil_id(self) -> int:
        return int(self.known[0])

    @property
    def missing(self) -> list[str]:
        return [place.key for place in self.places if not place.filled]


def overlooked(user: User, filters: Filters | None = None) -> list[Overlooked]:
    """Pupils the user may see who have an empty place, sorted by one of `SORTS`: most empty places first, then by name.

    A constant number of queries, whatever the size of the school. `with_details` adds what a page of them shows.
    """
    wanted = filters or Filters()
    pupils = list(_pupils(user, wanted).order_by().values_list(*READ))
    filled = places(user.school, [known[0] for known in pupils], wanted.weeks)
    least = max(wanted.empty, 1)
    found = []
    for known in pupils:
        six = filled.of(known[0])
        if (empty := empty_of(six)) >= least:
            found.append(Overlooked(known, six, empty))
    if wanted.place in LABELS:
        found = [row for row in found if wanted.place in row.missing]
    return _sorted(found, wanted.sort)


def counts_by_empty(found: Sequence[Overlooked]) -> dict[int, int]:
    """How many have at least 1, 2, … and all six places empty."""
    tally = Counter(row.empty for row in found)
    most = len(LABELS)
    return {least: sum(tally[n] for n in range(least, most + 1)) for least in range(1, most + 1)}


def counts_by_year(user: User, least: int) -> list[tuple[str, int]]:
    """How many of the pupils the user may see have at least `least` places empty in each year.

    Youngest year first; years with none are left out. A constant number of queries, and no name is read.
    """
    years = dict(visible_pupils(user).order_by().values_list("pk", "year"))
    filled = places(user.school, years)
    tally = Counter(year for pk, year in years.items() if empty_of(filled.of(pk)) >= least)
    order = {year: at for at, year in enumerate(YEAR_ORDER)}
    return sorted(tally.items(), key=lambda entry: order.get(entry[0], len(order)))


def with_details(rows: Sequence[Overlooked]) -> list[Overlooked]:
    """The same rows with the tutor group, the day of the last moment and who will notice; three queries."""
    ids = [row.pupil_id for row in rows]
    groups, days, said = tutor_group_of(ids), _last_moments(ids), promises(ids)
    return [
        replace(
            row,
            group=groups.get(row.pupil_id),
            last_noticed=days.get(row.pupil_id),
            promises=tuple(said.get(row.pupil_id, ())),
        )
        for row in rows
    ]


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


def _last_moments(ids: Sequence[int]) -> dict[int, date]:
    """The newest day of each: sought pupil by pupil in the index, not by reading three years of moments."""
    newest = Moment.objects.filter(GOOD, pupil=OuterRef("pk")).order_by("-on").values("on")[:1]
    rows = Person.objects.filter(pk__in=ids).order_by().annotate(last=Subquery(newest))
    return {pk: last for pk, last in rows.values_list("pk", "last") if last is not None}


def _sorted(found: list[Overlooked], sort: str) -> list[Overlooked]:
    """By name, and then by what was asked for."""
    found = sorted(found, key=_name)
    if sort == "name":
        return found
    if sort == "group":
        groups = tutor_group_of([row.pupil_id for row in found])
        order = {year: at for at, year in enumerate(YEAR_ORDER)}

        def home(row: Overlooked) -> tuple[int, str]:
            group = groups.get(row.pupil_id)
            return order.get(row.known[YEAR], len(order)), group.name if group else ""

        return sorted(found, key=home)
    if sort == "quiet":
        days = _last_moments([row.pupil_id for row in found])
        return sorted(found, key=lambda row: days.get(row.pupil_id, date.min))
    return sorted(found, key=lambda row: -row.empty)


def _name(row: Overlooked) -> tuple[str, str, int]:
    """As `by_name` sorts people: family name, then the name they are called by."""
    known = row.known
    return known[FAMILY].casefold(), (known[PREFERRED] or known[GIVEN]).casefold(), known[0]
