"""What stands in an Excel workbook: its tables as a spreadsheet reads them, and every part of the file as text."""

import io
import zipfile
from typing import Any

from python_calamine import CalamineWorkbook

MIME = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
FIRST = "Read me first"


def sheets_of(data: bytes) -> dict[str, list[dict[str, Any]]]:
    """Sheet → its rows by heading, empty cells left out; of the first sheet each line as `name` and `words`."""
    book = CalamineWorkbook.from_filelike(io.BytesIO(data))
    found = {}
    for name in book.sheet_names:
        grid = book.get_sheet_by_name(name).to_python(skip_empty_area=False)
        headings, *rows = [["name", "words"], *grid] if name == FIRST else grid
        found[name] = [
            {key: value for key, value in zip(headings, row, strict=True) if value != ""} for row in rows
        ]
    return found


def parts_of(data: bytes) -> dict[str, str]:
    """Every part of the file as it is written."""
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        return {name: packed.read(name).decode() for name in packed.namelist()}
