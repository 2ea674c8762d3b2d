"""Files of a trust, a local authority or a vendor's sample hold several schools: which one is meant."""

from dataclasses import dataclass

from belong.people.roster.problems import Where
from belong.people.roster.shape import CARER, PUPIL, STAFF, OrgRow, PersonRow, RosterFile

ABOVE = ("district", "local", "state", "national", "ministryofeducation", "trust", "department")


@dataclass(frozen=True, slots=True)
class Choice:
    """A school in the files, with how many it has."""

    id: str
    name: str
    number: str
    pupils: int
    staff: int
    kind: str = ""


def choices(roster: RosterFile) -> list[Choice]:
    """The schools with pupils or staff; none where the files name no organisation. Largest first."""
    found = []
    for org in roster.orgs or _unnamed(roster):
        if org.kind in ABOVE:
            continue
        ids = _below(org.id, roster)
        people = [row for row in roster.people if ids & set(row.orgs)]
        pupils = sum(row.kind == PUPIL for row in people)
        staff = sum(row.kind == STAFF for row in people)
        if people:
            found.append(Choice(org.id, org.name, org.number or org.id, pupils, staff, org.kind))
    return sorted(found, key=lambda choice: (-choice.pupils, -choice.staff, choice.name))


def obvious(found: list[Choice], name: str = "", number: str = "") -> Choice | None:
    """The choice that needs no asking: the only one, the one of this name or number, or the only school with pupils."""
    if len(found) == 1:
        return found[0]
    for same in (
        [c for c in found if name and c.name.strip().lower() == name.strip().lower()],
        [c for c in found if number and number in (c.id, c.number)],
        [c for c in found if c.kind == "school" and c.pupils]
        if any(c.kind != "school" for c in found)
        else [],
    ):
        if len(same) == 1:
            return same[0]
    return None


def only(roster: RosterFile, org: str) -> RosterFile:
    """What concerns one school; every other row is passed over, with the name of the organisation it belongs to."""
    names = {row.id: row.name for row in roster.orgs}
    ids = _below(org, roster)
    people = [row for row in roster.people if row.kind != CARER and (not row.orgs or ids & set(row.orgs))]
    here = {row.ref for row in people}
    links = [row for row in roster.carers if row.pupil in here]
    parents = {row.carer for row in links}
    people += [row for row in roster.people if row.kind == CARER and row.ref in parents]
    here |= parents
    groups = [row for row in roster.groups if not row.org or row.org in ids]
    in_groups = {row.ref for row in groups}
    chosen = roster.with_only(
        school=names.get(org, ""),
        people=people,
        groups=groups,
        carers=links,
        memberships=[row for row in roster.memberships if row.person in here and row.group in in_groups],
        roles=[row for row in roster.roles if row.person in here],
        characteristics=[row for row in roster.characteristics if row.person in here],
    )
    _pass_over_the_rest(roster, chosen, names)
    return chosen


def _pass_over_the_rest(roster: RosterFile, chosen: RosterFile, names: dict[str, str]) -> None:
    kept = {row.where for rows in _rows(chosen) for row in rows}
    for row in roster.people:
        if row.where not in kept:
            chosen.ledger.pass_over(row.where, f"belongs to {_whose(row, names)}")
    for rows in _rows(roster)[1:]:
        for other in rows:
            if other.where not in kept:
                chosen.ledger.pass_over(other.where, "belongs to another organisation in these files")


def _rows(roster: RosterFile) -> list[list]:
    return [roster.people, roster.groups, roster.memberships, roster.carers, roster.characteristics]


def _whose(row: PersonRow, names: dict[str, str]) -> str:
    if not row.orgs:
        return "no child of this school"
    return names.get(row.orgs[0], row.orgs[0])


def _below(org: str, roster: RosterFile) -> set[str]:
    """An organisation and everything under it."""
    children: dict[str, list[str]] = {}
    for row in roster.orgs:
        if row.parent:
            children.setdefault(row.parent, []).append(row.id)
    found, todo = set(), [org]
    while todo:
        one = todo.pop()
        if one not in found:
            found.add(one)
            todo += children.get(one, [])
    return found


def _unnamed(roster: RosterFile) -> list[OrgRow]:
    """Organisations that people point at where no file names them."""
    ids = dict.fromkeys(org for row in roster.people for org in row.orgs)
    return [OrgRow(Where(""), id, id) for id in ids]
