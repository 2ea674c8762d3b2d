"""Classes and enrolments to groups and memberships."""

import re
from dataclasses import dataclass, field
from datetime import date

from belong.base.clock import today
from belong.people.roster import codes, values
from belong.people.roster.facts import AT_SOURCE, SWAPPED
from belong.people.roster.oneroster.people import Directory, dangling
from belong.people.roster.problems import Where
from belong.people.roster.roles import ends_matter, is_gone, meaning
from belong.people.roster.shape import (
    CLASS,
    CLUB,
    HOUSE,
    LEAD,
    TUTOR_GROUP,
    GroupRow,
    MembershipRow,
    RosterFile,
)
from belong.people.roster.sheet import Dates, Record, Sheet

_TYPES = (
    (TUTOR_GROUP, re.compile(r"homeroom|registration|\breg\b|form|tutor")),
    (HOUSE, re.compile(r"\bhouse\b")),
    (CLUB, re.compile(r"club|enrichment|extra-?curricular")),
)
_TITLES = (
    (
        TUTOR_GROUP,
        re.compile(
            r"(am |pm )?(homeroom|registration|reg|form|tutor)( group| time| period)?( \S+)?"
            r"|\S+ (registration|tutor group|form group|homeroom)"
        ),
    ),
    (CLUB, re.compile(r".*\bclub")),
)
LONGEST_NAME = 120


@dataclass
class Classes:
    """Groups by their id in the files."""

    by_id: dict[str, GroupRow] = field(default_factory=dict)
    over: set[str] = field(default_factory=set)

    def find(self, id: str) -> GroupRow | None:
        return self.by_id.get(id)


def read_classes(
    sheets: list[Sheet], sessions: dict[str, date], courses: dict[str, str], dates: Dates, into: RosterFile
) -> tuple[Classes, dict[str, list[tuple[str, str]]]]:
    """Groups; and for vendors who name a class's teacher on the class itself, (person id, role) by group ref."""
    classes = Classes()
    teachers: dict[str, list[tuple[str, str]]] = {}
    for sheet in sheets:
        sheet.mend_ids("id", "org", "course", "teacher")
        term_ends = sessions if _terms_matter(sheet, sessions) else {}
        use_ends = ends_matter(sheet, "ends", dates)
        for record in sheet:
            if _is_over(record, term_ends) or (
                use_ends and (dates.read(sheet, record, "ends") or today()) < today()
            ):
                classes.over.add(record["id"])
                into.ledger.pass_over(record.where, "the class is over")
                continue
            row = _group(sheet, record, courses, classes)
            if row is None:
                continue
            classes.by_id[row.source_id] = row
            into.groups.append(row)
            into.ledger.take(record.where)
            if record["teacher"]:
                teachers[row.ref] = [(id, "teacher") for id in values.split_list(record["teacher"])]
    return classes, teachers


def _terms_matter(sheet: Sheet, sessions: dict[str, date]) -> bool:
    """False where every term that the classes name has passed: the file is last year's, not the classes over."""
    named = {term for cell in sheet.values("terms") for term in values.split_list(cell)}
    return any(sessions[term] >= today() for term in named if term in sessions)


def _is_over(record: Record, ends: dict[str, date]) -> bool:
    terms = [ends[term] for term in values.split_list(record["terms"]) if term in ends]
    return bool(terms) and max(terms) < today()


def _group(sheet: Sheet, record: Record, courses: dict[str, str], classes: Classes) -> GroupRow | None:
    id, name = record["id"], record["title"]
    if not id or not name:
        what = "This class has no id." if not id else "This class has no name."
        sheet.ledger.set_aside(record.where, what, "Fill it in at the source.")
        return None
    if sheet.is_mangled(record, "id"):
        return None
    if id in classes.by_id:
        what = f"The class id {id} was already used on line {classes.by_id[id].where.line}."
        sheet.ledger.set_aside(record.where, what, "Give each class one line and one id.")
        return None
    if len(name) > LONGEST_NAME or len(id) > LONGEST_NAME:
        sheet.ledger.set_aside(
            record.where, f"The class's name or id is longer than {LONGEST_NAME} letters.", AT_SOURCE
        )
        return None
    kind = _kind(record, courses.get(record["course"], record["course_title"]))
    grades = {codes.year(piece) for piece in values.split_list(record["grade"])} - {None, ""}
    year = str(grades.pop()) if len(grades) == 1 else ""
    if not year and kind == TUTOR_GROUP:
        year = codes.year_of_group(name)
    return GroupRow(
        record.where, f"class:{id}", kind, name, id, year, record["org"], is_gone(record["status"])
    )


def _kind(record: Record, course: str) -> str:
    """By the class's type; without one by its name or its course's; else a class."""
    said = record["type"].lower()
    for kind, words in _TYPES:
        if words.search(said):
            return kind
    named = (record["title"].lower(), course.lower())
    return next((kind for kind, words in _TITLES if any(map(words.fullmatch, named))), CLASS)


def read_enrolments(
    sheets: list[Sheet], classes: Classes, directory: Directory, dates: Dates, into: RosterFile
) -> dict[str, list[str]]:
    """Who is in what. Returns the role words by person, for people whose own line says nothing."""
    hints: dict[str, list[str]] = {}
    for sheet in sheets:
        sheet.mend_ids("class", "user")
        use_ends = ends_matter(sheet, "ends", dates)
        for record in sheet:
            _enrolment(sheet, record, classes, directory, dates if use_ends else None, hints, into)
    return hints


def _enrolment(
    sheet: Sheet,
    record: Record,
    classes: Classes,
    directory: Directory,
    dates: Dates | None,
    hints: dict[str, list[str]],
    into: RosterFile,
) -> None:
    group = classes.find(record["class"])
    person = directory.find(record["user"], sheet.role or record["role"].lower())
    if group is None and record["class"] in classes.over:
        into.ledger.pass_over(record.where, "the class is over")
        return
    if group is None and classes.find(record["user"]) and directory.find(record["class"]):
        into.ledger.set_aside(record.where, f"{SWAPPED}: class and person.", AT_SOURCE)
        return
    if group is None:
        dangling(sheet, record, "class", "class")
        return
    if person is None:
        person = _nearly(sheet, record, directory)
        if person is None:
            return
    word = record["role"] or sheet.role or "student"
    said = meaning(word)
    if said is None:
        what = f"The role{sheet.quote(word)} is not one that belong knows."
        into.ledger.set_aside(
            record.where, what, "Use student, teacher or aide.", column=sheet.heading("role")
        )
        return
    until = dates.read(sheet, record, "ends") if dates else None
    if until and until < today():
        into.ledger.pass_over(record.where, "the place in the class is over")
        return
    hints.setdefault(person.ref, []).append(word)
    gone = is_gone(record["status"])
    into.memberships.append(
        MembershipRow(record.where, group.ref, person.ref, said.part, until=until, gone=gone)
    )
    into.ledger.take(record.where)


def _nearly(sheet: Sheet, record: Record, directory: Directory):
    """The person whose id lost its zeros in a spreadsheet, said aloud; else the row is set aside."""
    if sheet.is_mangled(record, "user"):
        return None
    if person := directory.find_loosely(record["user"], sheet.role):
        what = "Ids here differ from the people's file only in zeros at the front or in capitals; they were matched."
        sheet.ledger.note(
            record.where, what, "Format id columns as text before saving.", column=sheet.heading("user")
        )
        return person
    dangling(sheet, record, "user", "person")
    return None


def leads_on_classes(
    teachers: dict[str, list[tuple[str, str]]], directory: Directory, into: RosterFile
) -> None:
    """Memberships of teachers who are named on the class's own line."""
    where = {group.ref: group.where for group in into.groups}
    for ref, named in teachers.items():
        for id, _ in named:
            if person := directory.find(id, "teacher"):
                into.memberships.append(MembershipRow(where[ref], ref, person.ref, LEAD))
            else:
                into.ledger.note(
                    Where(where[ref].file, where[ref].line),
                    "The teacher named on this class is not in these files.",
                )
