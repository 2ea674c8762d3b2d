"""Groups and places in them: what a roster would make, rename, close, fill and empty."""

from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

from belong.people.models import Group, Membership, Person
from belong.people.roster.groups_of_lists import FROM_LIST
from belong.people.roster.held import Held
from belong.people.roster.match import fold
from belong.people.roster.problems import Ledger
from belong.people.roster.shape import (
    HOUSE,
    LEAD,
    MEMBER,
    TUTOR_GROUP,
    GroupRow,
    MembershipRow,
    RosterFile,
)
from belong.people.roster.values import split_title

ONE_AT_A_TIME = (TUTOR_GROUP, HOUSE)
Place = tuple[str, str, str]


@dataclass
class GroupPlan:
    """`places` are to be made, by the refs of group and person; `ended` are held memberships to end."""

    added: list[GroupRow] = field(default_factory=list)
    changed: list[tuple[Group, dict[str, tuple[Any, Any]]]] = field(default_factory=list)
    closed: list[Group] = field(default_factory=list)
    refs: dict[str, Group | None] = field(default_factory=dict)
    places: list[MembershipRow] = field(default_factory=list)
    ended: dict[int, Membership] = field(default_factory=dict)

    @property
    def changes(self) -> bool:
        return bool(self.added or self.changed or self.closed or self.places or self.ended)

    def summary(self) -> list[Any]:
        """For the plan's fingerprint."""
        return [
            sorted(row.ref for row in self.added),
            sorted((group.pk, *map(str, sorted(fields.items()))) for group, fields in self.changed),
            sorted(group.pk for group in self.closed),
            sorted((row.group, row.person, row.part) for row in self.places),
            sorted(self.ended),
        ]

    def end_places_of(self, people: set[int], held: Held) -> None:
        """Leavers leave their groups too."""
        self.ended |= {row.pk: row for row in held.memberships if row.person_id in people}


def plan_groups(
    held: Held, roster: RosterFile, people: dict[str, Person | None], ledger: Ledger
) -> GroupPlan:
    """Compare groups and memberships. `people` are the file's people by ref; tutors found by name are added."""
    plan = GroupPlan()
    _groups(plan, held, roster)
    wanted = _wanted(plan, roster, people)
    leads = _leads_by_name(plan, held, roster, people, ledger)
    tutored = {group for group, _, _ in leads}
    _places(plan, held, roster, people, wanted | leads, tutored)
    _drop_empty(plan)
    if roster.complete:
        _close(plan, held, roster)
    return plan


def _groups(plan: GroupPlan, held: Held, roster: RosterFile) -> None:
    by_id = {(group.kind, group.source_id): group for group in held.groups if group.source_id}
    any_kind = {g.source_id: g for g in held.groups if g.source_id and not g.source_id.startswith(FROM_LIST)}
    by_name: dict[tuple, list[Group]] = defaultdict(list)
    for group in held.groups:
        by_name[group.kind, fold(group.name)].append(group)
    own_ids = {row.source_id for row in roster.groups}
    for row in roster.groups:
        found = by_id.get((row.kind, row.source_id)) or any_kind.get(row.source_id)
        if found is None:
            named = [g for g in by_name[row.kind, fold(row.name)] if g not in plan.refs.values()]
            found = next((g for g in named if _may_adopt(g, row, own_ids)), None)
        if row.gone:
            if found and found not in plan.closed:
                plan.closed.append(found)
            continue
        plan.refs[row.ref] = found
        if found is None:
            plan.added.append(row)
        elif fields := _differences(found, row):
            plan.changed.append((found, fields))


def _may_adopt(group: Group, row: GroupRow, own_ids: set[str]) -> bool:
    """A group of the same name made by hand, by a list, or now told by a list, is the same group."""
    from_list = group.source_id.startswith(FROM_LIST) or row.source_id.startswith(FROM_LIST)
    return (not group.source_id or from_list) and group.source_id not in own_ids


def _differences(group: Group, row: GroupRow) -> dict[str, tuple[Any, Any]]:
    says: dict[str, Any] = {"name": row.name, "kind": row.kind}
    if row.year:
        says["year"] = row.year
    if not group.source_id or not row.source_id.startswith(FROM_LIST):
        says["source_id"] = row.source_id
    return {
        name: (getattr(group, name), value) for name, value in says.items() if getattr(group, name) != value
    }


def _wanted(
    plan: GroupPlan, roster: RosterFile, people: dict[str, Person | None]
) -> dict[Place, MembershipRow]:
    rows = [row for row in roster.memberships if row.group in plan.refs and row.person in people]
    return {(row.group, row.person, row.part): row for row in rows if not row.gone}


def _leads_by_name(
    plan: GroupPlan, held: Held, roster: RosterFile, people: dict[str, Person | None], ledger: Ledger
) -> dict[Place, MembershipRow]:
    """Tutors that a pupil list names, found among the staff; refs of the form `staff#12`."""
    if not roster.leads_by_name:
        return {}
    found: dict[Place, MembershipRow] = {}
    staff = held.here("staff")
    for row in roster.leads_by_name:
        if row.group not in plan.refs:
            continue
        if person := _member_of_staff(row.called, staff):
            ref = f"staff#{person.pk}"
            people.setdefault(ref, person)
            found.setdefault((row.group, ref, LEAD), MembershipRow(row.where, row.group, ref, LEAD))
        else:
            what = f"The tutor “{row.called}” is not among the staff here, or is there twice."
            ledger.note(row.where, what, "Import the staff first, then this list again.")
    return found


def _member_of_staff(called: str, staff: list[Person]) -> Person | None:
    """By e-mail, by id, by whole name, or by title or initial with family name where only one fits."""
    wanted = fold(called)[0]
    _, plain = split_title(called)
    plain = fold(plain)[0]
    for fits in (
        lambda p: wanted in (p.email.lower(), p.source_id.lower()),
        lambda p: plain in fold(f"{p.given_name} {p.family_name}", f"{p.family_name}, {p.given_name}"),
        lambda p: plain in fold(f"{p.preferred_name} {p.family_name}", f"{p.given_name[:1]} {p.family_name}"),
        lambda p: plain in fold(p.family_name, f"{p.given_name[:1]}. {p.family_name}"),
    ):
        found = [person for person in staff if fits(person)]
        if found:
            return found[0] if len(found) == 1 else None
    return None


def _places(
    plan: GroupPlan,
    held: Held,
    roster: RosterFile,
    people: dict[str, Person | None],
    wanted: dict[Place, MembershipRow],
    tutored: set[str],
) -> None:
    """New places, and held ones that end. Whoever the file does not cover keeps theirs."""
    ref_of_person = {person.pk: ref for ref, person in people.items() if person}
    ref_of_group = {group.pk: ref for ref, group in plan.refs.items() if group}
    groups = {group.pk: group for group in held.groups}
    kinds = {row.ref: row.kind for row in roster.groups}
    new_home = {
        (ref, kinds[group]) for group, ref, part in wanted if part == MEMBER and kinds[group] in ONE_AT_A_TIME
    }
    taken_back = {(row.group, row.person, row.part) for row in roster.memberships if row.gone}
    covered = {part for _, _, part in wanted}
    have: set[Place] = set()
    for row in held.memberships:
        if row.group_id not in groups:
            continue
        person, ref = ref_of_person.get(row.person_id, ""), ref_of_group.get(row.group_id, "")
        place = (ref, person, row.part)
        moved = row.part == MEMBER and (person, groups[row.group_id].kind) in new_home
        dropped = roster.complete and ref and person and row.part in covered
        relieved = roster.complete and row.part == LEAD and ref in tutored
        if place in wanted:
            have.add(place)
        elif (place in taken_back or moved or relieved or dropped) and not (
            person and roster.set_one_aside(people[person], groups[row.group_id])
        ):
            plan.ended[row.pk] = row
    plan.places = [row for place, row in wanted.items() if place not in have]


def _close(plan: GroupPlan, held: Held, roster: RosterFile) -> None:
    """Groups that a complete file should name and does not close with all their places.

    A list should name the kinds it has a column for; files with classes of their own should name every group that
    ever came from such files. Groups without an id are the school's own and stay.
    """
    kinds = {row.kind for row in roster.groups}
    has_classes = any(not row.source_id.startswith(FROM_LIST) for row in roster.groups)
    named = {group.pk for group in plan.refs.values() if group}
    for group in held.groups:
        expected = group.kind in kinds or (has_classes and not group.source_id.startswith(FROM_LIST))
        if group.source_id and expected and group.pk not in named and group not in plan.closed:
            plan.closed.append(group)
    closed = {group.pk for group in plan.closed}
    plan.ended |= {row.pk: row for row in held.memberships if row.group_id in closed}


def _drop_empty(plan: GroupPlan) -> None:
    """A group that a list names only on lines that were set aside is not made."""
    filled = {row.group for row in plan.places}
    empty = [row for row in plan.added if row.source_id.startswith(FROM_LIST) and row.ref not in filled]
    for row in empty:
        plan.added.remove(row)
        del plan.refs[row.ref]
