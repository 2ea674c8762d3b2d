"""Files for roster tests, written where they are needed."""

# ruff: noqa: E501  (headings and XML stand on one line)

import csv
import io
import zipfile
from pathlib import Path
from typing import Any

from belong.people import roster
from belong.people.roster import RosterFile, schools
from belong.people.roster.lists import Mapping
from belong.people.roster.plan import RosterPlan

DATA = Path(__file__).resolve().parent.parent / "data" / "oneroster"
UK, SDS = DATA / "uk", DATA / "sds-v2.1"

ORGS = "sourcedId,status,dateLastModified,name,type,identifier,parentSourcedId\no1,,,Oak Park School,school,123456,\n"
USERS_11 = "sourcedId,status,dateLastModified,enabledUser,orgSourcedIds,role,username,userIds,givenName,familyName,email,agentSourcedIds,grades,password"
CLASSES = (
    "sourcedId,status,dateLastModified,title,grades,courseSourcedId,classType,schoolSourcedId,termSourcedIds"
)
ENROLMENTS = "sourcedId,status,dateLastModified,classSourcedId,schoolSourcedId,userSourcedId,role,primary,beginDate,endDate"


def pupil(id: str, given: str, family: str, year: str = "08", *, status: str = "", agents: str = "") -> str:
    """A pupil's line of a 1.1 users file; each has a password of their own."""
    return f'{id},{status},,true,o1,student,u{id},,{given},{family},,"{agents}",{year},Secret-{id}!'


def teacher(id: str, given: str, family: str, role: str = "teacher", email: str = "") -> str:
    """An adult's line of a 1.1 users file."""
    return f"{id},,,true,o1,{role},u{id},,{given},{family},{email},,,Secret-{id}!"


def lines(*rows: str) -> str:
    return "\r\n".join(rows)


def small(**more: str) -> dict[str, str]:
    """A sound little OneRoster 1.1 set: two pupils, their tutor, a tutor group."""
    files = {
        "orgs.csv": ORGS,
        "users.csv": lines(
            USERS_11,
            pupil("p1", "Amina", "Yusuf"),
            pupil("p2", "Ben", "Carter"),
            teacher("t1", "Mary", "Ahmed"),
        ),
        "classes.csv": lines(CLASSES, "c1,,,8H,08,,homeroom,o1,", "c2,,,Maths 8,08,,scheduled,o1,"),
        "enrollments.csv": lines(
            ENROLMENTS,
            "e1,,,c1,o1,p1,student,,,",
            "e2,,,c1,o1,p2,student,,,",
            "e3,,,c1,o1,t1,teacher,true,,",
            "e4,,,c2,o1,p1,student,,,",
        ),
    }
    return files | more


def zipped(files: dict[str, str | bytes]) -> bytes:
    """A zip of named files."""
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return data.getvalue()


def folder_zip(folder: Path) -> bytes:
    """A zip of a folder of CSV files."""
    return zipped({file.name: file.read_bytes() for file in sorted(folder.glob("*.csv"))})


def read(files: dict[str, str | bytes]) -> RosterFile:
    """The roster in a set of files."""
    return roster.read(roster.open_bytes("roster.zip", zipped(files)))


def read_list(text: str | bytes, name: str = "list.csv", mapping: Mapping | None = None) -> RosterFile:
    """The roster in one list, by the mapping guessed or given."""
    data = text.encode() if isinstance(text, str) else text
    return roster.read(roster.open_bytes(name, data), mapping)


def one_school(found: RosterFile, org: str = "") -> RosterFile:
    """The part of a roster about one school."""
    choices = schools.choices(found)
    if not choices:
        return found
    chosen = schools.obvious(choices)
    return schools.only(found, org or (chosen.id if chosen else ""))


def why(found: RosterFile | RosterPlan) -> dict[tuple[str, int], str]:
    """Reasons of the lines set aside, by file and line."""
    return {(p.where.file, p.where.line): p.what for p in found.ledger.problems}


def notes(found: RosterFile | RosterPlan) -> str:
    """All notes as one text."""
    return "\n".join(note.what for note in found.ledger.notes)


def people(found: RosterFile) -> dict[str, dict[str, Any]]:
    """Facts by the person's id in the file."""
    return {row.source_id: row.facts for row in found.people}


def table(rows: list[list[Any]]) -> str:
    """CSV text."""
    text = io.StringIO()
    csv.writer(text).writerows(rows)
    return text.getvalue()


_CONTENT = """<?xml version="1.0" encoding="UTF-8"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/><Override PartName="/xl/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"/></Types>"""
_RELS = """<?xml version="1.0" encoding="UTF-8"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>"""
_BOOK = """<?xml version="1.0" encoding="UTF-8"?><workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="Pupils" sheetId="1" r:id="rId1"/></sheets></workbook>"""
_BOOK_RELS = """<?xml version="1.0" encoding="UTF-8"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles" Target="styles.xml"/></Relationships>"""
_STYLES = """<?xml version="1.0" encoding="UTF-8"?><styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="14" applyNumberFormat="1"/></cellXfs></styleSheet>"""


class Day(int):
    """A spreadsheet's day number, formatted as a date."""


def xlsx(rows: list[list[Any]], *, at: dict[str, str] | None = None) -> bytes:
    """A workbook with one sheet. Numbers stay numbers, `Day` becomes a date; `at` adds cells by reference."""
    body = "".join(
        f'<row r="{number}">'
        + "".join(_cell(number, column, value) for column, value in enumerate(row))
        + "</row>"
        for number, row in enumerate(rows, start=1)
    )
    for reference, value in (at or {}).items():
        number = "".join(char for char in reference if char.isdigit())
        body += f'<row r="{number}"><c r="{reference}" t="inlineStr"><is><t>{value}</t></is></c></row>'
    sheet = f'<?xml version="1.0" encoding="UTF-8"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>{body}</sheetData></worksheet>'
    return zipped(
        {
            "[Content_Types].xml": _CONTENT,
            "_rels/.rels": _RELS,
            "xl/workbook.xml": _BOOK,
            "xl/_rels/workbook.xml.rels": _BOOK_RELS,
            "xl/styles.xml": _STYLES,
            "xl/worksheets/sheet1.xml": sheet,
        }
    )


def _cell(row: int, column: int, value: Any) -> str:
    reference = f"{chr(65 + column)}{row}"
    if isinstance(value, Day):
        return f'<c r="{reference}" s="1"><v>{int(value)}</v></c>'
    if isinstance(value, (int, float)):
        return f'<c r="{reference}"><v>{value}</v></c>'
    return f'<c r="{reference}" t="inlineStr"><is><t>{value}</t></is></c>' if value else ""
