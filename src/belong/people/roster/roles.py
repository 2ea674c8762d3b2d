"""What the role words of rosters mean here. The words themselves are content: `codes/roster-roles`.

A file gives nobody more than a class: of the twelve roles an import grants pupil, carer and teacher. Words such as
`principal` bring the person in as staff and are mentioned, because a file that could make a safeguarding lead would
be a way round every rule about who sees what.
"""

from collections import defaultdict
from dataclasses import dataclass
from functools import cache

from belong import content
from belong.base.clock import today
from belong.people.roster.problems import Where
from belong.people.roster.shape import ASSISTANT, LEAD, MEMBER, PUPIL, STAFF
from belong.people.roster.sheet import Dates, Record, Sheet
from belong.people.roster.tables import key

GONE = frozenset(
    (
        "tobedeleted",
        "inactive",
        "deleted",
        "left",
        "leaver",
        "withdrawn",
        "graduated",
        "transferred",
        "offroll",
    )
)
KNOWN_ROLES = "Use student, teacher, aide, guardian or another OneRoster role."
BY_HAND = "Give leaders and office staff their role by hand."


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a role word says: the kind of person, the role granted ("" none), the part in a group.

    `suggest` is the role the word usually goes with, which only a person can give.
    """

    kind: str
    role: str
    part: str
    suggest: str


@cache
def _meanings() -> dict[str, Meaning]:
    found: dict[str, Meaning] = {}
    for entry in content.read("codes/roster-roles")["roles"]:
        kind, role = entry["kind"], entry["role"] or ""
        part = MEMBER if kind != STAFF else ASSISTANT if entry.get("assistant") or not role else LEAD
        one = Meaning(kind, role, part, entry.get("suggest") or "")
        found |= {key(word): one for word in entry["spellings"]}
    return found


def meaning(word: str) -> Meaning | None:
    """What a role word means, compared without case, spaces and dashes."""
    return _meanings().get(key(word))


def not_granted(word: str, said: Meaning | None) -> str:
    """What to say of a member of staff whose role a file cannot give."""
    usual = f" ({said.suggest})" if said and said.suggest else ""
    named = f"“{word}”{usual}" if word else "A person without a role"
    return f"{named} came in as staff with no role yet; an import gives nobody more than teacher."


def is_gone(status: str) -> bool:
    """Whether a status says that the row no longer holds. Blank and `active` hold."""
    return key(status) in GONE


@dataclass(slots=True)
class Held:
    """A role of a user from roles.csv."""

    where: Where
    word: str
    org: str
    grade: str


def read_roles(sheets: list[Sheet], dates: Dates) -> tuple[dict[str, list[Held]], set[str]]:
    """Roles by user id, and the users all of whose roles are over."""
    held: dict[str, list[Held]] = defaultdict(list)
    over: set[str] = set()
    for sheet in sheets:
        sheet.mend_ids("user", "org")
        use_ends = ends_matter(sheet, "ends", dates)
        for record in sheet:
            end = dates.read(sheet, record, "ends") if use_ends else None
            if not record["user"]:
                sheet.ledger.set_aside(record.where, "This role names no person.", "Fill in the person's id.")
            elif meaning(record["role"]) is None:
                _set_aside_word(sheet, record)
            elif is_gone(record["status"]) or (end and end < today()):
                over.add(record["user"])
                sheet.ledger.pass_over(record.where, "the role is over")
            else:
                held[record["user"]].append(
                    Held(record.where, record["role"], record["org"], record["grade"])
                )
    return dict(held), over - set(held)


def ends_matter(sheet: Sheet, field: str, dates: Dates) -> bool:
    """False (with a note) where every end date of the file has passed: then the file is old, not everyone gone."""
    if field not in sheet:
        return False
    days = [day for day in (dates.peek(sheet, text, field) for text in sheet.values(field)) if day]
    if days and all(day < today() for day in days):
        what = (
            f"Every end date in this file has passed (the latest is {max(days):%d %B %Y}), so none was used."
        )
        sheet.ledger.note(
            Where(sheet.table.name), what, "Export this year's roster.", column=sheet.heading(field)
        )
        return False
    return bool(days)


def _set_aside_word(sheet: Sheet, record: Record) -> None:
    others = [field for field in ("org", "user", "grade") if meaning(record[field])]
    if others:
        what = f"Columns look swapped on this line: “{sheet.heading(others[0])}” holds a role."
    elif record["role"]:
        what = f"The role{sheet.quote(record['role'])} is not one that belong knows."
    else:
        what = "This line names no role."
    sheet.ledger.set_aside(record.where, what, KNOWN_ROLES, column=sheet.heading("role"))


def main_kind(meanings: list[Meaning]) -> str:
    """The kind of a person with several roles; a pupil who also helps stays a pupil, who may do least."""
    kinds = {found.kind for found in meanings}
    return PUPIL if PUPIL in kinds else STAFF if STAFF in kinds else meanings[0].kind
