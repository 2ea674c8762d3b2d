"""Carers: from relationships files, and from the agents OneRoster lists with a user."""

from belong.people.roster.oneroster.people import Directory, dangling
from belong.people.roster.problems import Where
from belong.people.roster.roles import is_gone, meaning
from belong.people.roster.shape import CARER, PUPIL, CarerRow, RosterFile
from belong.people.roster.sheet import Sheet


def read_relationships(sheets: list[Sheet], directory: Directory, into: RosterFile) -> dict[str, list[str]]:
    """Links from relationships files. Returns role words by person: who is linked to a child is a carer."""
    hints: dict[str, list[str]] = {}
    seen: set[tuple[str, str]] = set()
    for sheet in sheets:
        sheet.mend_ids("pupil", "carer")
        for record in sheet:
            pupil = directory.find(record["pupil"], "student") or directory.find_loosely(
                record["pupil"], "student"
            )
            carer = directory.find(record["carer"]) or directory.find_loosely(record["carer"])
            if pupil is None:
                dangling(sheet, record, "pupil", "pupil")
            elif carer is None:
                dangling(sheet, record, "carer", "carer")
            elif pupil is carer:
                sheet.ledger.set_aside(
                    record.where, "This line links a person to themselves.", "Mend the ids."
                )
            elif is_gone(record["status"]):
                sheet.ledger.pass_over(record.where, "marked as deleted")
            elif (carer.ref, pupil.ref) in seen:
                sheet.ledger.pass_over(record.where, "says again what a line above says")
            else:
                seen.add((carer.ref, pupil.ref))
                into.carers.append(
                    CarerRow(record.where, carer.ref, pupil.ref, record["relation"][:40].lower())
                )
                hints.setdefault(carer.ref, []).append("guardian")
                sheet.ledger.take(record.where)
    return hints


def agent_hints(directory: Directory) -> dict[str, list[str]]:
    """Who is named as an agent of somebody, with the role that suggests."""
    hints: dict[str, list[str]] = {}
    for ids in directory.agents.values():
        for id in ids:
            if agent := directory.find(id):
                hints.setdefault(agent.ref, []).append("guardian")
    return hints


def add_agents(directory: Directory, into: RosterFile) -> None:
    """Carer links from `agentSourcedIds`, which some systems write on the pupil and some on the carer."""
    people = {row.ref: row for row in into.people}
    known = {(link.carer, link.pupil) for link in into.carers}
    for ref, ids in directory.agents.items():
        for id in ids:
            other = directory.find(id)
            one = people.get(ref)
            if one is None:
                continue
            if other is None or other.ref not in people:
                what = "An agent (carer or child) named here is not in these files; the link was left out."
                into.ledger.note(Where(one.where.file, one.where.line), what, "Export carers too.")
                continue
            pair = (other, one) if one.kind == PUPIL else (one, other)
            if pair[0].kind == CARER and pair[1].kind == PUPIL and (pair[0].ref, pair[1].ref) not in known:
                known.add((pair[0].ref, pair[1].ref))
                into.carers.append(
                    CarerRow(one.where, pair[0].ref, pair[1].ref, _relation(directory, pair[0].ref))
                )


def _relation(directory: Directory, ref: str) -> str:
    """`parent` or `guardian`, where the carer's own role says so."""
    words = [word.lower() for word in directory.words[ref] if meaning(word)]
    return words[0][:40] if words else ""
