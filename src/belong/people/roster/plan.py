"""What an import would do, worked out in full before anything is written."""

import hashlib
import json
from dataclasses import dataclass, field
from typing import Any

from belong.base.clock import today
from belong.people import roles as role_names
from belong.people.models import CarerLink, Characteristic, Person, School, User
from belong.people.roster import held as held_rows
from belong.people.roster.held import Held
from belong.people.roster.lists import HELD
from belong.people.roster.match import Matcher
from belong.people.roster.plan_groups import GroupPlan, plan_groups
from belong.people.roster.problems import Ledger, Problem, Where
from belong.people.roster.shape import CARER, PUPIL, STAFF, CarerRow, CharacteristicRow, PersonRow, RosterFile

STOP_SHARE = 0.10
COMPARED = (
    "source_id",
    "given_name",
    "family_name",
    "preferred_name",
    "title",
    "said_like",
    "name_at_home",
    "email",
    "born",
    "sex",
    "year",
    "upn",
    "home_language",
    "joined_on",
)


@dataclass
class Changed:
    """A person who stays, with each field that would change as (before, after)."""

    person: Person
    row: PersonRow
    fields: dict[str, tuple[Any, Any]]
    back: bool = False


@dataclass
class Leaving:
    """A person who would leave, and why."""

    person: Person
    why: str
    on: Any


@dataclass
class LinkPlan:
    """A carer's link to make, or to change in what the file says."""

    carer: str
    pupil: str
    relationship: str
    may_see: bool | None
    held: CarerLink | None = None


@dataclass
class RosterPlan:
    """Everything an import would do. `refs` finds the person of a row: held, or (None) still to be added."""

    school: School
    roster: RosterFile
    ledger: Ledger
    first: bool
    on_roll: dict[str, int]
    added: list[PersonRow] = field(default_factory=list)
    changed: list[Changed] = field(default_factory=list)
    left: list[Leaving] = field(default_factory=list)
    unchanged: int = 0
    refs: dict[str, Person | None] = field(default_factory=dict)
    groups: GroupPlan = field(default_factory=GroupPlan)
    roles: list[tuple[str, str]] = field(default_factory=list)
    characteristics: list[tuple[CharacteristicRow, Characteristic | None]] = field(default_factory=list)
    links: list[LinkPlan] = field(default_factory=list)
    unlinked: list[CarerLink] = field(default_factory=list)

    @property
    def set_aside(self) -> list[Problem]:
        return self.ledger.problems

    @property
    def notes(self) -> list[Problem]:
        return self.ledger.notes

    @property
    def is_empty(self) -> bool:
        """Whether the file says nothing that is not here already."""
        people = self.added or self.changed or self.left
        more = self.roles or self.characteristics or self.links or self.unlinked
        return not (people or more or self.groups.changes)

    def leaving(self, kind: str) -> int:
        return sum(one.person.kind == kind for one in self.left)

    @property
    def stop(self) -> str:
        """Why a person must say yes in so many words, or ""."""
        for kind, word in ((PUPIL, "pupils"), (STAFF, "staff")):
            here, leave = self.on_roll[kind], self.leaving(kind)
            if here and leave > STOP_SHARE * here:
                share = round(100 * leave / here)
                return f"{leave} of {here} {word} ({share} %) would leave."
        return ""

    def counts(self) -> dict[str, int]:
        """The figures of a summary; no names."""
        rows = self.ledger.counts()
        return {
            "added": len(self.added),
            "changed": len(self.changed),
            "left": len(self.left),
            "unchanged": self.unchanged,
            "groups_added": len(self.groups.added),
            "groups_closed": len(self.groups.closed),
            "places_added": len(self.groups.places),
            "places_ended": len(self.groups.ended),
            "read": rows.read,
            "taken": rows.taken,
            "set_aside": rows.set_aside,
            "passed_over": rows.passed_over,
        }

    def digest(self) -> str:
        """The same for the same plan: what was shown is what is applied, or nothing is."""
        said = [
            sorted((row.ref, *map(str, sorted(row.facts.items()))) for row in self.added),
            sorted((c.person.pk, c.back, *map(str, sorted(c.fields.items()))) for c in self.changed),
            sorted(one.person.pk for one in self.left),
            self.groups.summary(),
            sorted(self.roles),
            sorted((c.person, c.kind, c.value) for c, _ in self.characteristics),
            sorted((link.carer, link.pupil, link.relationship, str(link.may_see)) for link in self.links),
            sorted(link.pk for link in self.unlinked),
            len(self.set_aside),
        ]
        return hashlib.sha256(json.dumps(said, default=str).encode()).hexdigest()


def make(school: School, roster: RosterFile, actor: User | None = None) -> RosterPlan:
    """Compare a roster with what the school holds. Reads in a fixed number of queries; writes nothing."""
    held = held_rows.load(school)
    ledger = roster.ledger.copy()
    on_roll = {kind: len(held.here(kind)) for kind in (PUPIL, STAFF, CARER)}
    plan = RosterPlan(school, roster, ledger, held.is_new, on_roll)
    childless = _find_children(plan, held)
    matcher = Matcher(held, roster, plan.refs, ledger)
    gone = _people(plan, held, matcher, childless)
    plan.groups = plan_groups(held, roster, plan.refs, ledger)
    _roles(plan, held)
    _characteristics(plan, held)
    _links(plan, held)
    _leavers(plan, held, matcher, gone, actor)
    plan.groups.end_places_of({one.person.pk for one in plan.left}, held)
    return plan


def _people(plan: RosterPlan, held: Held, matcher: Matcher, childless: set[str]) -> list[Leaving]:
    """Sort the file's people into added, changed and unchanged; return those it says have left."""
    gone = []
    upns = {person.upn: person.pk for person in held.people if person.upn}
    for row in _surest_first(plan.roster.people):
        if row.ref in childless:
            continue
        person, sound = matcher.find(row)
        if not sound:
            continue
        if row.gone:
            if person is None or person.is_leaver:
                plan.ledger.pass_over(row.where, "has left and is not here")
            else:
                gone.append(Leaving(person, "the file says so", row.facts.get("left_on") or today()))
            continue
        _keep_upns_apart(row, person, upns, plan.ledger)
        plan.refs[row.ref] = person
        if person is None:
            plan.added.append(row)
            continue
        fields = _differences(person, row)
        if fields or person.is_leaver:
            plan.changed.append(Changed(person, row, fields, person.is_leaver))
        else:
            plan.unchanged += 1
    return gone


def _surest_first(rows: list[PersonRow]) -> list[PersonRow]:
    """Rows with an id or a UPN claim their person before rows that go by name."""
    return sorted(rows, key=lambda row: not (row.source_id or row.facts.get("upn")))


def _keep_upns_apart(row: PersonRow, person: Person | None, upns: dict[str, int], ledger: Ledger) -> None:
    owner = upns.get(row.facts.get("upn", ""))
    if owner is not None and (person is None or owner != person.pk):
        del row.facts["upn"]
        what = "The UPN on this line belongs to another pupil here; it was left out."
        ledger.note(row.where, what, "Correct the UPN in the school's system.", who=row.name)


def _differences(person: Person, row: PersonRow) -> dict[str, tuple[Any, Any]]:
    says = {**row.facts, **({"source_id": row.source_id} if row.source_id else {})}
    return {
        name: (getattr(person, name), says[name])
        for name in COMPARED
        if name in says and getattr(person, name) != says[name]
    }


def _roles(plan: RosterPlan, held: Held) -> None:
    """A role is given once: where somebody has ended it by hand, a file does not bring it back."""
    back = {one.person.pk for one in plan.changed if one.back}
    for row in plan.roster.roles:
        if row.person not in plan.refs:
            continue
        person = plan.refs[row.person]
        if (
            person is None
            or (person.pk in back and row.role not in held.roles[person.pk])
            or row.role not in held.ever_roles[person.pk]
        ):
            plan.roles.append((row.person, row.role))


def _characteristics(plan: RosterPlan, held: Held) -> None:
    said: dict[tuple[str, str], str] = {}
    for row in plan.roster.characteristics:
        if row.person not in plan.refs:
            continue
        if (before := said.get((row.person, row.kind))) is not None:
            if before != row.value:
                what = "Two places in the files say different things about a pupil here; the first was read."
                plan.ledger.note(row.where, what, "Mend it in the school's system.", column=row.kind)
            continue
        said[row.person, row.kind] = row.value
        person = plan.refs[row.person]
        now = held.characteristics.get((person.pk, row.kind)) if person else None
        if now is None or now.value != row.value:
            plan.characteristics.append((row, now))


def _find_children(plan: RosterPlan, held: Held) -> set[str]:
    """Children that a list of carers names by number are people here: give them refs.

    Returns the carers none of whose children is here; they cannot come in.
    """
    by_number = {p.source_id: p for p in held.people if p.kind == PUPIL and p.source_id}
    by_number |= {p.upn: p for p in held.people if p.upn}
    found: dict[str, bool] = {}
    for row in plan.roster.carers:
        if not row.pupil.startswith(HELD):
            continue
        if child := by_number.get(row.pupil.removeprefix(HELD)):
            plan.refs[row.pupil] = child
        else:
            what = "No pupil here has the number this line names."
            plan.ledger.set_aside(row.where, what, "Import the pupils first, or correct the number.")
        found[row.carer] = found.get(row.carer, False) or child is not None
    return {carer for carer, any_child in found.items() if not any_child}


def _links(plan: RosterPlan, held: Held) -> None:
    """Carers' links: new ones, changed ones, and those that a complete file no longer holds."""
    named: set[tuple[str, str]] = set()
    kept: set[tuple[int, int]] = set()
    for row in plan.roster.carers:
        pair = (row.carer, row.pupil)
        if pair in named or row.carer not in plan.refs or row.pupil not in plan.refs:
            continue
        named.add(pair)
        carer, child = plan.refs[row.carer], plan.refs[row.pupil]
        link = held.links.get((carer.pk, child.pk)) if carer and child else None
        if link:
            kept.add((link.carer_id, link.pupil_id))
        if link is None or _says_more(row, link):
            plan.links.append(LinkPlan(*pair, row.relationship, row.may_see, link))
    if plan.roster.complete and named:
        people = {person.pk for person in plan.refs.values() if person}
        plan.unlinked = [
            link for pair, link in held.links.items() if pair not in kept and people.issuperset(pair)
        ]


def _says_more(row: CarerRow, link: CarerLink) -> bool:
    """Whether the file says something about a link that is not held."""
    other_relation = bool(row.relationship) and link.relationship != row.relationship
    return other_relation or (row.may_see is not None and link.may_see != row.may_see)


def _leavers(plan: RosterPlan, held: Held, matcher: Matcher, gone: list[Leaving], actor: User | None) -> None:
    """Those the file says have left, and in a complete file those it does not name.

    Somebody whose line was set aside stays; so do staff the school added by hand, whoever is importing, and the
    last senior leader who can sign in.
    """
    plan.left = gone
    if plan.roster.complete:
        kinds = {row.kind for row in plan.roster.people if not row.gone}
        found = {person.pk for person in plan.refs.values() if person} | matcher.taken.keys() | matcher.spared
        for person in held.people:
            missing = person.kind in kinds and person.pk not in found and not person.is_leaver
            by_hand = person.kind != PUPIL and not person.source_id
            if missing and not by_hand and not plan.roster.mentions(person):
                plan.left.append(Leaving(person, "not in the file", today()))
    _carers_left_behind(plan, held)
    _keep_the_door(plan, held, actor)


def _carers_left_behind(plan: RosterPlan, held: Held) -> None:
    """A carer leaves with the last of their children."""
    leaving = {one.person.pk for one in plan.left}
    stay = {person.pk for person in held.people if not person.is_leaver} - leaving
    children: dict[int, set[int]] = {}
    for carer, pupil in held.links:
        children.setdefault(carer, set()).add(pupil)
    named = {found.pk for link in plan.links if (found := plan.refs[link.carer])}
    for person in held.here(CARER):
        own = children.get(person.pk, set())
        if own & leaving and not own & stay and person.pk not in leaving | named:
            plan.left.append(Leaving(person, "all their children leave", today()))


def _keep_the_door(plan: RosterPlan, held: Held, actor: User | None) -> None:
    """Nobody locks themselves, or everybody, out of their own school."""
    heads = {p.pk for p in held.here(STAFF) if role_names.SENIOR_LEADER in held.roles[p.pk]}
    keep = {actor.person_id} if actor else set()
    leaving = {one.person.pk for one in plan.left}
    if heads and heads <= leaving:
        keep |= heads
    for one in [one for one in plan.left if one.person.pk in keep]:
        plan.left.remove(one)
        why = "somebody must stay senior leader" if one.person.pk in heads else "you are importing"
        what = f"{one.person.display_name} is not in the file but stays: {why}."
        plan.ledger.note(Where(""), what, "Add them to the file, or end their time here by hand.")
