"""Roster import: files in, a neutral roster, what would change, and the change itself.

`open_path` or `open_bytes` turns what a person chose into tables. `needs_mapping` says whether it is a list that
needs a `Mapping` (`lists.guess` suggests one) or a set of files that explain themselves; `read` makes a `RosterFile` of
either. Nothing here but `plan` and `apply` touches the database.
"""

from functools import cache
from pathlib import Path

from belong.base.errors import Refused
from belong.people.roster import lists, oneroster, opening
from belong.people.roster.fields import headings_of
from belong.people.roster.lists import Mapping
from belong.people.roster.oneroster.layouts import HEADINGS
from belong.people.roster.problems import Where
from belong.people.roster.shape import RosterFile
from belong.people.roster.tables import Table, is_secret, key

__all__ = ["Mapping", "RosterFile", "Table", "needs_mapping", "open_bytes", "open_path", "read"]


@cache
def _words() -> frozenset[str]:
    return HEADINGS | {heading for headings in headings_of().values() for heading in headings}


def _known(heading: str) -> bool:
    return key(heading) in _words() or is_secret(heading)


def open_path(path: Path) -> list[Table]:
    """Tables of a folder, zip, CSV or XLSX. Raises Refused."""
    return opening.open_path(path, _known)


def open_bytes(name: str, data: bytes) -> list[Table]:
    """Tables of an uploaded zip, CSV or XLSX. Raises Refused."""
    return opening.open_bytes(name, data, _known)


def needs_mapping(tables: list[Table]) -> bool:
    """Whether this is one list whose columns a person must confirm. Raises Refused for files that make no sense."""
    if oneroster.recognises(tables):
        return False
    if len(tables) == 1:
        return True
    names = ", ".join(table.name for table in tables[:8])
    raise Refused(
        f"These files are not a roster that belong knows ({names}). OneRoster and School Data Sync have a list of "
        "people (users.csv, or Student.csv and Teacher.csv) beside the others. To bring in a list of pupils or staff, "
        "choose that one file."
    )


def read(tables: list[Table], mapping: Mapping | None = None) -> RosterFile:
    """The roster in these tables; a list needs its mapping. Raises Refused."""
    if not needs_mapping(tables):
        return _with_cells(oneroster.read(tables), tables)
    mapping = mapping or lists.guess(tables[0])
    if said := mapping.problems():
        raise Refused(" ".join(said))
    return _with_cells(lists.read(tables[0], mapping), tables)


def _with_cells(roster: RosterFile, tables: list[Table]) -> RosterFile:
    """Keep the cells of lines set aside, so that nobody counts as gone whose line was only unreadable."""
    aside = roster.ledger.aside
    lines = [row.cells for table in tables for row in table.rows if Where(table.name, row.line) in aside]
    roster.aside_cells = [frozenset(filter(None, cells)) for cells in lines]
    return roster
