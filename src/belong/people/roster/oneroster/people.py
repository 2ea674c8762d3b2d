"""Users, students, teachers and demographics files to people."""

from dataclasses import dataclass, field

from belong.people.roster import codes, facts, values
from belong.people.roster.characteristics import Characteristics
from belong.people.roster.problems import Ledger
from belong.people.roster.roles import (
    BY_HAND,
    KNOWN_ROLES,
    Held,
    Meaning,
    is_gone,
    main_kind,
    meaning,
    not_granted,
)
from belong.people.roster.shape import (
    PUPIL,
    STAFF,
    CharacteristicRow,
    PersonRow,
    RoleRow,
    RosterFile,
)
from belong.people.roster.sheet import Dates, Record, Sheet
from belong.people.roster.tables import key

NO_ID = "This line has no id, so nothing else in the files can point at it."


@dataclass
class Directory:
    """People by the ids the files use. Vendors number pupils and staff apart, so ids live in spaces."""

    ledger: Ledger
    spaces: dict[str, dict[str, PersonRow]] = field(default_factory=dict)
    words: dict[str, list[str]] = field(default_factory=dict)
    agents: dict[str, list[str]] = field(default_factory=dict)
    _loose: dict[str, dict[str, list[PersonRow]]] = field(default_factory=dict)
    _emails: dict[str, PersonRow] | None = None

    def add(self, space: str, row: PersonRow) -> None:
        self.spaces.setdefault(space, {})[row.source_id] = row

    def all(self) -> list[PersonRow]:
        return [row for people in self.spaces.values() for row in people.values()]

    def find(self, id: str, space: str = "") -> PersonRow | None:
        """The person of an id, looking in one space first."""
        order = [space, *(name for name in self.spaces if name != space)]
        for name in order:
            if row := self.spaces.get(name, {}).get(id):
                return row
        return None

    def find_loosely(self, id: str, space: str = "") -> PersonRow | None:
        """The one person whose id differs only in case or in zeros at the front, or whose e-mail it is."""
        bare = id.lower().lstrip("0")
        if not self._loose:
            for name, people in self.spaces.items():
                shelf = self._loose.setdefault(name, {})
                for own, row in people.items():
                    shelf.setdefault(own.lower().lstrip("0"), []).append(row)
        for name in [space, *self.spaces]:
            if len(found := self._loose.get(name, {}).get(bare, [])) == 1:
                return found[0]
        if "@" in id:
            if self._emails is None:
                self._emails = {row.facts["email"]: row for row in self.all() if "email" in row.facts}
            return self._emails.get(id.lower())
        return None


def read_people(
    sheets: list[Sheet], held: dict[str, list[Held]], over: set[str], dates: Dates, into: RosterFile
) -> Directory:
    """People of every users file. Kinds stay open until classes and children have been read."""
    directory = Directory(into.ledger)
    for sheet in sheets:
        sheet.mend_ids("id", "org")
        space = sheet.role or "user"
        sensitive = Characteristics(sheet, into)
        for record in sheet:
            row = _person(sheet, record, space, directory, dates)
            if row is None:
                continue
            roles = held.get(row.source_id, [])
            row.orgs = _orgs(record, roles)
            row.gone = is_gone(record["status"]) or (not roles and row.source_id in over)
            directory.words[row.ref] = _role_words(sheet, record, roles)
            directory.agents[row.ref] = values.split_list(record["agents"])
            _year_from_roles(row, roles)
            directory.add(space, row)
            sensitive.add(record, row)
            into.ledger.take(record.where)
    return directory


def _person(sheet: Sheet, record: Record, space: str, directory: Directory, dates: Dates) -> PersonRow | None:
    id = record["id"]
    if not id:
        sheet.ledger.set_aside(record.where, NO_ID, "Fill in the id.", column=sheet.heading("id"))
        return None
    if sheet.is_mangled(record, "id") or _is_too_long(sheet, record, id):
        return None
    if _bad_role(sheet, record):
        return None
    if (first := directory.spaces.get(space, {}).get(id)) is not None:
        what = f"The id {id} was already used on line {first.where.line}."
        sheet.ledger.set_aside(
            record.where, what, "Give each person one line and one id.", column=sheet.heading("id")
        )
        return None
    found = facts.read(sheet, record, dates)
    if found is None:
        return None
    return PersonRow(record.where, f"{space}:{id}", "", id, found)


def _is_too_long(sheet: Sheet, record: Record, id: str) -> bool:
    if len(id) <= 120:
        return False
    sheet.ledger.set_aside(record.where, "The id is longer than 120 letters.", facts.AT_SOURCE)
    return True


def _bad_role(sheet: Sheet, record: Record) -> bool:
    words = values.split_list(record["role"])
    if all(meaning(word) for word in words):
        return False
    what = f"The role{sheet.quote(record['role'])} is not one that belong knows."
    if any(meaning(record[field]) for field in record.cells if field != "role"):
        what = f"{facts.SWAPPED}: “{sheet.heading('role')}” holds something that is not a role."
    sheet.ledger.set_aside(record.where, what, KNOWN_ROLES, column=sheet.heading("role"))
    return True


def _orgs(record: Record, roles: list[Held]) -> tuple[str, ...]:
    own = [*values.split_list(record["org"]), *values.split_list(record["primary_org"])]
    return tuple(dict.fromkeys([*own, *(role.org for role in roles if role.org)]))


def _role_words(sheet: Sheet, record: Record, roles: list[Held]) -> list[str]:
    words = [*values.split_list(record["role"]), *(role.word for role in roles)]
    return words or ([sheet.role] if sheet.role else [])


def _year_from_roles(row: PersonRow, roles: list[Held]) -> None:
    if "year" not in row.facts:
        years = {codes.year(role.grade) for role in roles if role.grade} - {None, ""}
        if len(years) == 1:
            row.facts["year"] = years.pop()


def read_demographics(sheets: list[Sheet], directory: Directory, dates: Dates, into: RosterFile) -> None:
    """Dates of birth and sex from the file OneRoster keeps apart."""
    for sheet in sheets:
        sheet.mend_ids("user")
        sensitive = Characteristics(sheet, into)
        for record in sheet:
            person = directory.find(record["user"]) or directory.find_loosely(record["user"])
            if person is None:
                dangling(sheet, record, "user", "person")
            elif _is_swapped(sheet, record):
                what = f"{facts.SWAPPED}: sex and date of birth."
                sheet.ledger.set_aside(record.where, what, facts.AT_SOURCE)
            elif is_gone(record["status"]):
                sheet.ledger.pass_over(record.where, "marked as deleted")
            else:
                found = facts.demographics(sheet, record, dates)
                person.facts = found | person.facts
                sensitive.add(record, person)
                sheet.ledger.take(record.where)


def _is_swapped(sheet: Sheet, record: Record) -> bool:
    return (
        bool(record["born"])
        and codes.sex(record["born"]) in ("F", "M", "X")
        and codes.sex(record["sex"]) is None
    )


def dangling(sheet: Sheet, record: Record, field: str, what: str) -> None:
    """Set a row aside that points at nobody or nothing in the files."""
    id = record[field]
    shown = f" {id}" if id and not sheet.table.had_secrets else ""
    said = f"No {what}{shown} is in these files." if id else f"This line names no {what}."
    sheet.ledger.set_aside(
        record.where, said, f"Export the {what} too, or take the line out.", column=sheet.heading(field)
    )


def settle_kinds(directory: Directory, hints: dict[str, list[str]], into: RosterFile) -> None:
    """Decide who is a pupil, staff or carer, from their own roles or, failing that, from what others say of them."""
    for row in directory.all():
        words = directory.words[row.ref] or hints.get(row.ref, [])
        meanings = [found for found in map(meaning, words) if found]
        if not meanings:
            into.ledger.set_aside(
                row.where,
                "Nothing says whether this is a pupil, a member of staff or a carer.",
                "Give the person a role, or a class they are in.",
                who=row.name,
            )
            continue
        row.kind = _kind(row, meanings, into.ledger)
        _tidy_for_kind(row)
        _grant(row, meanings, words, into)
        into.people.append(row)


def _kind(row: PersonRow, meanings: list[Meaning], ledger: Ledger) -> str:
    if len({found.kind for found in meanings}) > 1 and main_kind(meanings) == PUPIL:
        ledger.note(
            row.where, "Both pupil and adult roles are given; the person was read as a pupil.", who=row.name
        )
    return main_kind(meanings)


def _tidy_for_kind(row: PersonRow) -> None:
    """A pupil's address is not needed here; an adult has no year group or UPN."""
    if row.kind == PUPIL:
        row.facts.pop("email", None)
        row.facts.pop("title", None)
    else:
        for name in ("year", "upn", "born"):
            row.facts.pop(name, None)


def _grant(row: PersonRow, meanings: list[Meaning], words: list[str], into: RosterFile) -> None:
    granted = {found.role for found in meanings if found.kind == row.kind and found.role}
    for role in sorted(granted):
        into.roles.append(role_row(row, role))
    if row.kind == STAFF and not granted:
        into.ledger.note(row.where, not_granted(words[0], meanings[0]), BY_HAND)


_FLAGS = {
    **dict.fromkeys(("freelunch", "freemeals", "freeschoolmeals", "fsm"), "fsm_eligible"),
    **dict.fromkeys(("ell", "lep", "eal", "englishlanguagelearner"), "eal"),
    **dict.fromkeys(("fostercare", "lookedafter", "incare"), "looked_after"),
    **dict.fromkeys(("pupilpremium", "pp"), "pupil_premium"),
}


def read_flags(sheets: list[Sheet], directory: Directory, into: RosterFile) -> None:
    """Flags of School Data Sync that have an English counterpart; the others are said and not kept."""
    for sheet in sheets:
        sheet.mend_ids("user")
        for record in sheet:
            person = directory.find(record["user"], "student")
            kind = _FLAGS.get(key(record["flag"]))
            if person is None:
                dangling(sheet, record, "user", "person")
            elif kind is None:
                into.ledger.pass_over(record.where, "a flag without an English counterpart")
            else:
                into.characteristics.append(CharacteristicRow(record.where, person.ref, kind, "yes"))
                into.ledger.take(record.where)


def role_row(row: PersonRow, role: str) -> RoleRow:
    """The role of a person, on the line that told of the person."""
    return RoleRow(row.where, row.ref, role)
