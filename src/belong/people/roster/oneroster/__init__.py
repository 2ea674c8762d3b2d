"""OneRoster 1.1 and 1.2 CSV, and the vendors' dialects of it, to a neutral roster.

Tolerant of column order, case, typing slips, missing manifests and dialect headings; strict about what it claims:
a row is taken in, set aside with a reason, or passed over, and nothing is guessed where a guess could put a child
in the wrong place.
"""

from collections import defaultdict
from datetime import date

from belong.base.errors import Refused
from belong.people.roster.oneroster import groups, links, people
from belong.people.roster.oneroster.layouts import HEADINGS, Layout, layout_for
from belong.people.roster.problems import Where
from belong.people.roster.roles import is_gone, read_roles
from belong.people.roster.shape import OrgRow, RosterFile
from belong.people.roster.sheet import Dates, Sheet
from belong.people.roster.tables import Table, key

DATE_FIELDS = ("born", "begins", "ends", "joined_on", "left_on")


def recognises(tables: list[Table]) -> bool:
    """Whether these tables are a roster in this family: a list of people by its own headings or in company."""
    kinds = [layout.kind for layout in map(_layout, tables) if layout]
    if "users" not in kinds:
        return False
    if len(tables) > 1:
        return len(kinds) > 1
    return any(key(heading) == "sourcedid" for heading in tables[0].headings)


def _layout(table: Table) -> Layout | None:
    return layout_for(table.name, [key(heading) for heading in table.headings])


def read(tables: list[Table]) -> RosterFile:
    """Read every file that belongs to the roster; name the files and columns that were not used."""
    roster = RosterFile("OneRoster")
    sheets = _sheets(tables, roster)
    dates = Dates([sheet for kind in sheets.values() for sheet in kind], DATE_FIELDS)
    _manifest(sheets, roster)
    held, over = read_roles(sheets["roles"], dates)
    _orgs(sheets["orgs"], roster)
    directory = people.read_people(sheets["users"], held, over, dates, roster)
    _roles_of_nobody(held, directory, roster)
    people.read_demographics(sheets["demographics"], directory, dates, roster)
    sessions, courses = _sessions(sheets["sessions"], dates), _courses(sheets["courses"])
    classes, teachers = groups.read_classes(sheets["classes"], sessions, courses, dates, roster)
    hints: dict[str, list[str]] = defaultdict(list)
    for said in (
        groups.read_enrolments(sheets["enrollments"], classes, directory, dates, roster),
        links.read_relationships(sheets["relationships"], directory, roster),
        links.agent_hints(directory),
    ):
        for ref, words in said.items():
            hints[ref] += words
    people.settle_kinds(directory, hints, roster)
    groups.leads_on_classes(teachers, directory, roster)
    links.add_agents(directory, roster)
    people.read_flags(sheets["flags"], directory, roster)
    _drop_loose_ends(roster)
    roster.ledger.close("nothing in it concerns belong")
    return roster


def _sheets(tables: list[Table], roster: RosterFile) -> dict[str, list[Sheet]]:
    found: dict[str, list[Sheet]] = defaultdict(list)
    for table in tables:
        layout = _layout(table)
        roster.unused += [(table.name, name) for name in [*table.unread, *table.had_secrets]]
        if layout is None:
            roster.unused.append((table.name, ""))
            continue
        sheet = Sheet(table, layout.fields, roster.ledger, layout.role, others=HEADINGS)
        missing = [name for name in layout.required if name not in sheet]
        if missing:
            heading = layout.fields[missing[0]][0]
            raise Refused(
                f"{table.name} has no column for “{heading}”. Its headings are: {', '.join(table.headings)}. "
                "Mend the headings and choose the file again."
            )
        roster.unused += [(table.name, heading) for heading in sheet.leftover().values()]
        found[layout.kind].append(sheet)
    return found


def _manifest(sheets: dict[str, list[Sheet]], roster: RosterFile) -> None:
    """Version, and whether the people's file lists everyone (bulk) or only changes (delta)."""
    said = {
        record["name"].lower(): record["value"].lower() for sheet in sheets["manifest"] for record in sheet
    }
    for sheet in sheets["manifest"]:
        for row in sheet.table.rows:
            sheet.ledger.take(Where(sheet.table.name, row.line))
    version = said.get("oneroster.version") or ("1.2" if sheets["roles"] else "")
    vendor = any(sheet.role for sheet in sheets["users"]) or any(s.role for s in sheets["enrollments"])
    roster.format = "School Data Sync" if vendor else f"OneRoster {version}".strip()
    roster.complete = "delta" not in (said.get("file.users"), said.get("file.enrollments"))


def _orgs(sheets: list[Sheet], roster: RosterFile) -> None:
    seen: dict[str, int] = {}
    for sheet in sheets:
        sheet.mend_ids("id", "parent")
        for record in sheet:
            id = record["id"]
            if not id or not record["name"]:
                roster.ledger.set_aside(
                    record.where, "This organisation has no id or no name.", "Fill it in."
                )
            elif id in seen:
                what = f"The organisation id {id} was already used on line {seen[id]}."
                roster.ledger.set_aside(record.where, what, "Give each organisation one line.")
            elif is_gone(record["status"]):
                roster.ledger.pass_over(record.where, "marked as deleted")
            else:
                seen[id] = record.where.line
                number, parent = record["number"], record["parent"]
                roster.orgs.append(
                    OrgRow(record.where, id, record["name"], record["type"].lower(), number, parent)
                )
                roster.ledger.take(record.where)


def _roles_of_nobody(held, directory: people.Directory, roster: RosterFile) -> None:
    """Rows of roles.csv: taken with their person, or set aside where the person is not in the files."""
    for id, rows in held.items():
        person = directory.find(id)
        for row in rows:
            if person:
                roster.ledger.take(row.where)
            else:
                what = "The person of this role is not in the people's file, or was set aside there."
                roster.ledger.set_aside(row.where, what, "Export the person too, or take the line out.")


def _sessions(sheets: list[Sheet], dates: Dates) -> dict[str, date]:
    ends: dict[str, date] = {}
    for sheet in sheets:
        for record in sheet:
            if end := dates.read(sheet, record, "ends"):
                ends[record["id"]] = end
            sheet.ledger.take(record.where)
    return ends


def _courses(sheets: list[Sheet]) -> dict[str, str]:
    titles: dict[str, str] = {}
    for sheet in sheets:
        sheet.mend_ids("id")
        for record in sheet:
            titles[record["id"]] = record["title"]
            sheet.ledger.take(record.where)
    return titles


def _drop_loose_ends(roster: RosterFile) -> None:
    """Links to people who were set aside in the end are set aside with them."""
    here = {row.ref for row in roster.people}
    own_lines = {row.where for row in roster.people}

    def holds(where: Where, *refs: str) -> bool:
        if here.issuperset(refs):
            return True
        if where not in own_lines:
            why = "The person this line is about was set aside."
            roster.ledger.set_aside(where, why, "Mend the person's line first.")
        return False

    roster.memberships = [row for row in roster.memberships if holds(row.where, row.person)]
    roster.carers = [row for row in roster.carers if holds(row.where, row.carer, row.pupil)]
    roster.characteristics = [row for row in roster.characteristics if holds(row.where, row.person)]
