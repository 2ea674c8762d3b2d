"""Lists of pupils, staff or carers as a school's own system exports them: any columns, through a mapping."""

import hashlib
from collections.abc import Callable
from collections.abc import Mapping as MappingType
from dataclasses import dataclass, field

from belong.base.clock import today
from belong.people.roster import codes, facts, upn, values
from belong.people.roster.characteristics import Characteristics
from belong.people.roster.fields import fields, headings_of, only_in
from belong.people.roster.groups_of_lists import Groups
from belong.people.roster.problems import Where
from belong.people.roster.roles import BY_HAND, is_gone, meaning, not_granted
from belong.people.roster.shape import CARER, PUPIL, STAFF, CarerRow, PersonRow, RoleRow, RosterFile
from belong.people.roster.sheet import Dates, Record, Sheet
from belong.people.roster.tables import Table, key

MOSTLY = 0.8
HELD = "held:"
FIELDS_OF_PUPILS = frozenset(
    ("upn", "year", "tutor_group", "house", "sen", "fsm_eligible", "pupil_premium", "eal")
)
LISTS = {PUPIL: "List of pupils", STAFF: "List of staff", CARER: "List of carers"}


@dataclass(frozen=True)
class Mapping:
    """What each column of a list is. `columns` is heading → field, "" for columns left out.

    `complete`: the list holds everyone of its kind, so whoever is missing has left.
    """

    who: str = PUPIL
    columns: MappingType[str, str] = field(default_factory=dict)
    complete: bool = False

    def problems(self) -> list[str]:
        """Why this mapping cannot be used, as sentences; none where it can."""
        chosen = [name for name in self.columns.values() if name]
        said = []
        for name in sorted({name for name in chosen if chosen.count(name) > 1}):
            said.append(f"Two columns are both “{fields()[name].label}”. Leave one of them out.")
        if not {"given_name", "family_name", "full_name"} & set(chosen):
            said.append(
                "No column holds a name. Choose first name and surname, or the whole name in one cell."
            )
        if self.who == CARER and "pupil_ref" not in chosen:
            said.append("A list of carers needs a column with the child's admission number, id or UPN.")
        return said


def fingerprint(table: Table) -> str:
    """The same for every export with these headings, in whatever order; it names no pupil."""
    return hashlib.sha256("\0".join(sorted(map(key, table.headings))).encode()).hexdigest()


def guess(table: Table, who: str = "") -> Mapping:
    """The likeliest mapping, from the headings and, for UPNs and e-mail addresses, from what stands below them."""
    who = who or _who(table)
    wanted = headings_of(who)
    sheet = Sheet(table, wanted, RosterFile("").ledger)
    columns = {at: name for name, at in sheet.columns.items()}
    for at in range(len(table.headings)):
        if (
            at not in columns
            and (name := _by_cells(table.column(at))) in wanted
            and name not in columns.values()
        ):
            columns[at] = name
    if {"given_name", "family_name"} & set(columns.values()):
        columns = {at: name for at, name in columns.items() if name != "full_name"}
    return Mapping(who, {heading: columns.get(at, "") for at, heading in enumerate(table.headings)})


def _by_cells(cells: list[str]) -> str:
    """What most cells of a column can only be. Codes of ethnicity and SEN are known, so that they stay unseen."""
    tests: dict[str, Callable[[str], bool]] = {
        "upn": lambda cell: not upn.fault(upn.tidy(cell)),
        "email": lambda cell: bool(values.email(cell)),
        "ethnicity": lambda cell: len(cell) > 1 and bool(codes.characteristic("ethnicity", cell)),
        "sen": lambda cell: cell in ("E", "K", "N"),
    }
    for name, fits in tests.items():
        if cells and sum(map(fits, cells)) >= MOSTLY * len(cells):
            return name
    return ""


def _who(table: Table) -> str:
    """By the headings that stand in one kind of list only."""
    keys = set(map(key, table.headings))
    if any("staff" in heading or "employee" in heading for heading in keys):
        return STAFF
    tells = {who: len(keys & only_in(who)) for who in (PUPIL, CARER, STAFF)}
    return max(tells, key=lambda who: tells[who])


def samples(table: Table, at: int, most: int = 3) -> list[str]:
    """The first different cells of a column, for the person who maps it."""
    return list(dict.fromkeys(table.column(at)))[:most]


def read(table: Table, mapping: Mapping) -> RosterFile:
    """Read a list by its mapping. The mapping has no `problems()`."""
    roster = RosterFile(LISTS[mapping.who], mapping.complete)
    wanted = {name: (key(heading),) for heading, name in mapping.columns.items() if name}
    sheet = Sheet(table, wanted, roster.ledger, fuzzy=False)
    sheet.mend_ids("source_id", "pupil_ref")
    dates = Dates([sheet], facts.DATES)
    roster.unused = [
        (table.name, name) for name in [*table.unread, *table.had_secrets, *sheet.leftover().values()]
    ]
    groups = Groups(sheet, roster)
    sensitive = Characteristics(sheet, roster) if mapping.who == PUPIL else None
    seen = Seen()
    carers: dict[str, PersonRow] = {}
    for record in sheet:
        row = _person(sheet, record, mapping.who, dates, seen)
        if row is None:
            continue
        roster.ledger.take(record.where)
        if row.kind == CARER:
            known = carers.setdefault(row.ref, row)
            _add_child(record, known, roster)
            if known is not row:
                continue
        roster.people.append(row)
        _roles(sheet, record, row, roster)
        if row.kind == PUPIL and not row.gone:
            groups.add(record, row)
        if sensitive:
            sensitive.add(record, row)
    groups.settle_years()
    return roster


@dataclass
class Seen:
    """Who was met already, by what tells people apart."""

    by: dict[tuple, Where] = field(default_factory=dict)

    def before(self, what: tuple, where: Where) -> Where | None:
        """The first line that had this, or None (and from now on this one)."""
        first = self.by.setdefault(what, where)
        return None if first == where else first


def _person(sheet: Sheet, record: Record, who: str, dates: Dates, seen: Seen) -> PersonRow | None:
    if sum(bool(cell) for cell in record.cells.values()) == 1 and len(record.cells) > 2:
        what = "Only one cell of this line is filled; it looks like a total or a title, not a person."
        sheet.ledger.set_aside(record.where, what, "Take the line out of the list.")
        return None
    if sheet.is_mangled(record, "source_id"):
        return None
    if len(record["source_id"]) > 120:
        sheet.ledger.set_aside(record.where, "The id is longer than 120 letters.", facts.AT_SOURCE)
        return None
    if who == CARER and not record["pupil_ref"]:
        sheet.ledger.set_aside(record.where, "This line names no child.", "Fill in the child's id.")
        return None
    found = facts.read(sheet, record, dates)
    if found is None or _is_repeat(sheet, record, found, who, seen):
        return None
    id = record["source_id"]
    tell = id or found.get("upn") or _by_mail(found) or f"line {record.where.line}"
    left = found.get("left_on")
    gone = (
        is_gone(record["status"]) or codes.flag(record["status"]) is False or bool(left and left <= today())
    )
    _keep_to_kind(found, who)
    return PersonRow(record.where, f"{who}:{tell}", who, id, found, gone=gone)


def _by_mail(found: dict) -> str:
    """Address and name together: a family may share the address."""
    mail = found.get("email", "")
    return f"{mail} {found['given_name']} {found.get('family_name', '')}".lower() if mail else ""


def _is_repeat(sheet: Sheet, record: Record, found: dict, who: str, seen: Seen) -> bool:
    """Set aside a second line about the same person; a carer has one line for each child."""
    if who == CARER:
        return False
    name = (found["given_name"].lower(), found.get("family_name", "").lower())
    tells = [("id", record["source_id"]), ("UPN", found.get("upn"))]
    if not any(value for _, value in tells):
        tells = [("name and date of birth", (*name, found.get("born"), found.get("year") or ""))]
    for what, value in tells:
        if value and (first := seen.before((what, value), record.where)):
            said = f"The {what} is the same as on line {first.line}."
            column = sheet.heading({"id": "source_id", "UPN": "upn"}.get(what, ""))
            sheet.ledger.set_aside(record.where, said, "Give each person one line.", column=column)
            return True
    return False


def _keep_to_kind(found: dict, who: str) -> None:
    """A pupil's address is not needed here; an adult has no year group, UPN or date of birth."""
    for name in ("email", "title") if who == PUPIL else ("year", "upn", "born"):
        found.pop(name, None)


def _roles(sheet: Sheet, record: Record, row: PersonRow, roster: RosterFile) -> None:
    if row.kind != STAFF:
        roster.roles.append(RoleRow(record.where, row.ref, row.kind))
        return
    said = meaning(record["role"])
    if "role" not in sheet:
        what = "The list has no roles, so everyone in it came in as teacher."
        roster.ledger.note(Where(record.where.file), what, BY_HAND)
    if "role" not in sheet or (said and said.role == "teacher"):
        roster.roles.append(RoleRow(record.where, row.ref, "teacher"))
    else:
        roster.ledger.note(record.where, not_granted(record["role"], said), BY_HAND)


def _add_child(record: Record, row: PersonRow, roster: RosterFile) -> None:
    link = CarerRow(record.where, row.ref, HELD + record["pupil_ref"], record["relationship"][:40].lower())
    link.may_see = codes.flag(record["may_see"]) if record["may_see"] else None
    roster.carers.append(link)
