"""Workbooks (XLSX) to the same tables as text files; dates and whole numbers as a person reads them.

A workbook is a zip of XML, so it can be a bomb in two ways: by unpacking to far more than it weighs (caught where
zips are opened), and by one cell far out, which makes a reader lay out every cell before it (caught here).
"""

import io
from collections.abc import Callable
from datetime import date, datetime, time
from typing import Any

import python_calamine as calamine

from belong.base.errors import Refused
from belong.measure.workbook import too_large
from belong.people.roster.tables import Line, Table, build

MOST_CELLS = 3_000_000


def parse(name: str, data: bytes, known: Callable[[str], bool]) -> Table:
    """The sheet of the workbook with most headings we know; the others are named as not read."""
    _refuse_far_cells(name, data)
    try:
        book = calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
        visible = [
            sheet.name for sheet in book.sheets_metadata if sheet.visible == calamine.SheetVisibleEnum.Visible
        ]
        tables = [_table(name, book, sheet, known) for sheet in visible or book.sheet_names]
    except calamine.PasswordError as error:
        raise Refused(
            f"{name} is locked with a password. Save a copy without one and choose that."
        ) from error
    except (calamine.CalamineError, ValueError, OSError) as error:
        raise Refused(f"{name} cannot be opened as a spreadsheet. Save it again as XLSX or CSV.") from error
    filled = [table for table in tables if table.headings]
    if not filled:
        raise Refused(f"{name} is empty: no sheet holds a row of headings.")
    best = max(filled, key=lambda table: (sum(map(known, table.headings)), len(table.rows)))
    best.unread = [f"sheet “{_sheet(table)}”" for table in filled if table is not best]
    return best


def _refuse_far_cells(name: str, data: bytes) -> None:
    if why := too_large(io.BytesIO(data), MOST_CELLS):
        what = why.removeprefix("it ")
        raise Refused(f"{name} {what}. Copy the list into a new workbook, or save it as CSV.")


def _sheet(table: Table) -> str:
    return table.name.partition(" › ")[2]


def _table(name: str, book: Any, sheet: str, known: Callable[[str], bool]) -> Table:
    grid = book.get_sheet_by_name(sheet).to_python(skip_empty_area=False)
    rows = [Line(number, [text(cell) for cell in row]) for number, row in enumerate(grid, start=1)]
    return build(f"{name} › {sheet}", rows, known)


def text(cell: Any) -> str:
    """A cell as text: `12.0` → `"12"`, a date as ISO, TRUE as `"true"`."""
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else repr(cell)
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == time() else cell.isoformat(" ", "minutes")
    if isinstance(cell, date):
        return cell.isoformat()
    return str(cell)
