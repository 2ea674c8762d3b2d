"""Both sides of a relationship as one viewer may see them: what the pupil said, what adults say they know."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field, replace

from belong.ask.queries import Turning, adults_named
from belong.base.clock import today
from belong.notice.access import visible_knowings, visible_relationships
from belong.notice.both_sides.access import close_to, visible_matches
from belong.notice.both_sides.thresholds import SAID_WITHIN
from belong.notice.models import Match, MatchOffer, State
from belong.people.access import visible_pupils
from belong.people.models import Group, Person, User
from belong.people.queries import owners_of_plans, tutor_group_of

NOBODY, UNHEARD, SILENT, OTHERS, AGREE = "nobody", "unheard", "silent", "others", "agree"
SHOWN = {
    NOBODY: "No adult on either side",
    UNHEARD: "No adult recorded; the pupil not heard",
    SILENT: "Named by the pupil, nothing recorded",
    OTHERS: "Recorded, and the pupil named others or nobody",
    AGREE: "An adult on both sides",
}
SORTS = {"fewest": "Fewest adults first", "name": "Name", "group": "Tutor group"}


@dataclass(frozen=True)
class Filters:
    """What to show: a year, a tutor group, one kind of difference, a pupil's name, in which order."""

    year: str = ""
    group: int | None = None
    show: str = ""
    search: str = ""
    sort: str = "fewest"


@dataclass(frozen=True)
class Side:
    """One adult on one side. `says` is what they recorded: "knows", a state's word, or both."""

    adult: Person
    says: tuple[str, ...] = ()


@dataclass(frozen=True)
class Both:
    """One pupil. `said` is None where no question named the viewer, or it was not answered."""

    pupil: Person
    group: Group | None
    said: Turning | None
    named: tuple[Person, ...] = ()
    recorded: tuple[Side, ...] = ()
    keep: tuple[Side, ...] = ()
    matches: tuple[MatchOffer, ...] = ()
    kinds: frozenset[str] = field(default_factory=frozenset)

    @property
    def adults(self) -> int:
        """How many adults there are on either side."""
        return len({adult.pk for adult in self.named} | {side.adult.pk for side in self.keep})

    @property
    def silent(self) -> list[Person]:
        """Adults the pupil named who recorded nothing at all."""
        heard = {side.adult.pk for side in self.recorded}
        return [adult for adult in self.named if adult.pk not in heard]

    @property
    def unnamed(self) -> list[Person]:
        """Adults who say they know the pupil, whom the pupil did not name."""
        if self.said is None or self.said.rather_not:
            return []
        chosen = {adult.pk for adult in self.named}
        return [side.adult for side in self.keep if side.adult.pk not in chosen]

    @property
    def differences(self) -> list[str]:
        """Where the two sides differ, in words."""
        lines = [f"{adult.display_name} is named and has recorded nothing." for adult in self.silent]
        if self.unnamed:
            names = ", ".join(adult.display_name for adult in self.unnamed)
            whom = "named others" if self.named else "said nobody yet"
            lines.append(f"{names}: recorded; the pupil {whom}.")
        return lines


def both_sides(user: User) -> list[Both]:
    """Every pupil whose tutor or pastoral lead the viewer is, or whose answer named the viewer; ten queries or so,
    however many pupils. Nothing here is counted or listed by adult."""
    said = adults_named(user, since=today() - SAID_WITHIN)
    pupils = close_to(user) | visible_pupils(user).filter(pk__in=said)
    return _rows(user, list(pupils.distinct()), said)


def narrowed(rows: list[Both], asked: Filters) -> list[Both]:
    """Those of some rows that were asked for, in the order asked for."""
    return _sorted([row for row in rows if _fits(row, asked)], asked.sort)


def both_sides_of(user: User, pupil: Person) -> Both:
    """The same for one pupil; the caller has checked that the user may see them."""
    said = adults_named(user, [pupil.pk], since=today() - SAID_WITHIN)
    return _rows(user, [pupil], said)[0]


def pupils_without_adult(user: User) -> list[Person]:
    """Pupils who told the viewer "nobody yet" and whom no adult has recorded knowing."""
    return [row.pupil for row in narrowed(both_sides(user), Filters(show=NOBODY, sort="name"))]


def counts(rows: Iterable[Both]) -> dict[str, int]:
    """How many of some rows are of each kind."""
    found = list(rows)
    return {kind: sum(1 for row in found if kind in row.kinds) for kind in SHOWN}


def adults_to_ask(row: Both) -> list[Person]:
    """Adults who may be asked to look out for a pupil: those the pupil named to the viewer first, then by name."""
    standing = {offer.adult_id for offer in row.matches if offer.is_offered or offer.is_accepted}
    found = [adult for adult in owners_of_plans() if adult.pk not in standing]
    named = {adult.pk for adult in row.named}
    return sorted(found, key=lambda a: (a.pk not in named, a.family_name, a.given_name, a.pk))


def _rows(user: User, pupils: list[Person], said: dict[int, Turning]) -> list[Both]:
    ids = [pupil.pk for pupil in pupils]
    groups = tutor_group_of(ids)
    says, keeps = _recorded(user, ids)
    wanted = {pk for turning in said.values() for pk in turning.adults} | {a for _, a in says}
    adults = {person.pk: person for person in Person.objects.staff().here().filter(pk__in=wanted)}
    matches: dict[int, list[MatchOffer]] = {}
    for offer in visible_matches(user).filter(pupil__in=ids).select_related("adult"):
        matches.setdefault(offer.pupil_id, []).append(offer)
    by_pupil: dict[int, list[Side]] = {}
    for (pupil_id, adult_id), heard in says.items():
        if adult_id in adults:
            by_pupil.setdefault(pupil_id, []).append(Side(adults[adult_id], tuple(heard)))
    made = []
    for pupil in pupils:
        turning = said.get(pupil.pk)
        sides = sorted(by_pupil.get(pupil.pk, []), key=lambda side: side.adult.family_name)
        row = Both(
            pupil=pupil,
            group=groups.get(pupil.pk),
            said=turning,
            named=tuple(adults[pk] for pk in turning.adults if pk in adults) if turning else (),
            recorded=tuple(sides),
            keep=tuple(side for side in sides if (pupil.pk, side.adult.pk) in keeps),
            matches=tuple(matches.get(pupil.pk, ())),
        )
        made.append(_with_kinds(row))
    return made


def _recorded(
    user: User, pupils: Collection[int]
) -> tuple[dict[tuple[int, int], list[str]], set[tuple[int, int]]]:
    """(pupil, adult) → what the adult recorded, and those pairs in which the adult says they know the pupil."""
    says: dict[tuple[int, int], list[str]] = {}
    keeps: set[tuple[int, int]] = set()
    for pair in visible_knowings(user).filter(pupil__in=pupils).values_list("pupil_id", "adult_id"):
        says.setdefault(pair, []).append("knows them")
        keeps.add(pair)
    rows = visible_relationships(user).filter(pupil__in=pupils).order_by("pk")
    for pupil_id, adult_id, state in rows.values_list("pupil_id", "adult_id", "state"):
        says.setdefault((pupil_id, adult_id), []).append(State(state).label)
        if state == State.MAINTAIN:
            keeps.add((pupil_id, adult_id))
    return says, keeps


def _with_kinds(row: Both) -> Both:
    kinds = set()
    if not row.named and not row.keep:
        kinds.add(NOBODY if row.said is not None and row.said.nobody_yet else UNHEARD)
    if row.silent:
        kinds.add(SILENT)
    if row.unnamed:
        kinds.add(OTHERS)
    if {adult.pk for adult in row.named} & {side.adult.pk for side in row.keep}:
        kinds.add(AGREE)
    return replace(row, kinds=frozenset(kinds))


def _fits(row: Both, asked: Filters) -> bool:
    """The search looks at pupils' names only: nobody is to list an adult's pupils here."""
    return (
        (not asked.year or row.pupil.year == asked.year)
        and (asked.group is None or (row.group is not None and row.group.pk == asked.group))
        and (not asked.show or asked.show in row.kinds)
        and asked.search.strip().casefold() in _names(row.pupil)
    )


def _names(pupil: Person) -> str:
    names = (pupil.display_name, pupil.given_name, pupil.family_name)
    return " ".join(names).casefold()


def _sorted(rows: list[Both], sort: str) -> list[Both]:
    def name(row: Both) -> tuple[object, ...]:
        return (row.pupil.family_name.casefold(), row.pupil.given_name.casefold(), row.pupil.pk)

    if sort == "name":
        return sorted(rows, key=name)
    if sort == "group":
        return sorted(rows, key=lambda row: (row.group.name if row.group else "~", *name(row)))
    return sorted(rows, key=lambda row: (row.adults, NOBODY not in row.kinds, *name(row)))


def waiting_matches(user: User) -> list[MatchOffer]:
    """Offers that wait for this adult's answer."""
    mine = MatchOffer.objects.filter(adult=user.person_id, state=Match.OFFERED)
    return list(visible_matches(user).filter(pk__in=mine.values("pk")).select_related("pupil", "offered_by"))
