"""One person's facts from one row, whatever the file: read, checked, and either taken or mentioned.

A row is set aside only where a name is impossible; any other cell that cannot be read is left out and noted, so
that one wrong date does not cost a child their place on the roster.
"""

from datetime import date
from typing import Any

from belong.base.clock import today
from belong.people.roster import codes, upn, values
from belong.people.roster.sheet import Dates, Record, Sheet

NAME_FIELDS = ("given_name", "family_name", "preferred_name")
LONGEST = {
    "name_at_home": 80,
    "given_name": 80,
    "family_name": 80,
    "preferred_name": 80,
    "said_like": 120,
    "title": 20,
}
DATES = ("born", "joined_on", "left_on")
SWAPPED = "Columns look swapped on this line"
AT_SOURCE = "Mend the line at the source and export again."


def names(sheet: Sheet, record: Record) -> dict[str, str] | None:
    """Names of a row, or None where the row had to be set aside."""
    found = {field: record[field] for field in NAME_FIELDS if record[field]}
    if "full_name" in record.cells and not (found.get("given_name") or found.get("family_name")):
        title, rest = values.split_title(record["full_name"])
        given, family = values.split_name(rest)
        found |= {name: text for name, text in (("given_name", given), ("family_name", family)) if text}
        if title:
            found["title"] = title
    if record["preferred_family"]:
        found["family_name"] = record["preferred_family"]
    if not all(_is_name(sheet, record, field, text) for field, text in found.items()):
        return None
    if not found.get("given_name"):
        if not found.get("family_name"):
            sheet.ledger.set_aside(record.where, "There is no name on this line.", AT_SOURCE)
            return None
        found["given_name"] = found.pop("family_name")
    if found.get("preferred_name") == found["given_name"]:
        found["preferred_name"] = ""
    return found


def _is_name(sheet: Sheet, record: Record, field: str, text: str) -> bool:
    """Whether a cell can be a name; else its row is set aside.

    In a file with passwords a figure among names without is reason enough.
    """
    heading = sheet.heading(field) or sheet.heading("full_name")
    doubtful = bool(sheet.table.had_secrets) and any(map(str.isdigit, text)) and not sheet.has_figures(field)
    if values.cannot_be_a_name(text) or doubtful:
        what = f"{SWAPPED}: the cell under “{heading}” is not a name."
    elif len(text) > LONGEST[field]:
        what = f"The name under “{heading}” is {len(text)} letters long; {LONGEST[field]} fit."
    else:
        return True
    sheet.ledger.set_aside(record.where, what, AT_SOURCE, column=heading)
    return False


def read(sheet: Sheet, record: Record, dates: Dates) -> dict[str, Any] | None:
    """Everything about the person that the row says and that could be read; None where it was set aside."""
    facts: dict[str, Any] | None = names(sheet, record)
    if facts is None:
        return None
    for field in DATES:
        if field in sheet and (day := dates.read(sheet, record, field)):
            facts[field] = day
    _read_cells(sheet, record, facts, tuple(_CELLS))
    _check_born(sheet, record, facts)
    _add_upn(sheet, record, facts)
    return facts


def demographics(sheet: Sheet, record: Record, dates: Dates) -> dict[str, Any]:
    """Date of birth and sex, from a file that holds nothing else about the person."""
    facts: dict[str, Any] = {}
    if "born" in sheet and (day := dates.read(sheet, record, "born")):
        facts["born"] = day
    _read_cells(sheet, record, facts, ("sex",))
    _check_born(sheet, record, facts)
    return facts


def _read_cells(sheet: Sheet, record: Record, facts: dict[str, Any], fields: tuple[str, ...]) -> None:
    for field in fields:
        if record[field]:
            value = _CELLS[field](record[field])
            if value is None:
                _note(sheet, record, field)
            elif value:
                facts[field] = value


def _language(text: str) -> str | None:
    return text if 2 <= len(text) <= 12 and text.isascii() else None


def _title(text: str) -> str:
    word = text.rstrip(".")
    return word if word.lower() in values.TITLES else ""


_CELLS = {
    "email": values.email,
    "sex": codes.sex,
    "year": codes.year,
    "title": _title,
    "home_language": _language,
    "said_like": lambda text: text if len(text) <= LONGEST["said_like"] else None,
    "name_at_home": lambda text: text if len(text) <= LONGEST["name_at_home"] else None,
}
_WANTED = {
    "email": ("an e-mail address", "It was left out."),
    "sex": ("one of F, M or X", "It was left out."),
    "year": ("a year group such as 7, Year 7 or Reception", "It was left out."),
    "home_language": ("a language", "It was left out."),
    "name_at_home": ("a name of 80 letters at most", "It was left out."),
    "said_like": ("a short hint how to say the name", "It was left out."),
}


def _note(sheet: Sheet, record: Record, field: str) -> None:
    wanted, then = _WANTED[field]
    what = f"This is not {wanted}{sheet.quote(record[field])}. {then}"
    sheet.ledger.note(record.where, what, column=sheet.heading(field))


def _check_born(sheet: Sheet, record: Record, facts: dict[str, Any]) -> None:
    born: date | None = facts.get("born")
    if born and not 0 <= today().year - born.year <= 100:
        sheet.ledger.note(
            record.where,
            "A date of birth lies in the future or a century back; it was left out.",
            "Look at the date at the source.",
            column=sheet.heading("born"),
        )
        del facts["born"]


def _add_upn(sheet: Sheet, record: Record, facts: dict[str, Any]) -> None:
    """From a column of its own, else from the places where exporters hide it."""
    if text := record["upn"]:
        number = upn.tidy(text)
        fault = "was shortened by a spreadsheet" if values.is_scientific(text) else upn.fault(number)
        if not fault:
            facts["upn"] = number
            return
        sheet.ledger.note(
            record.where,
            f"The UPN {fault}; it was left out and the rest of the line was read.",
            "Correct the UPN in the school's system.",
            column=sheet.heading("upn"),
        )
    for field in ("identifier", "master_id", "user_ids"):
        for piece in record[field].replace("{", ",").replace("}", ",").replace(":", ",").split(","):
            if not upn.fault(number := upn.tidy(piece)):
                facts["upn"] = number
                return
