"""Spreadsheet files before anything is taken out of them: how much they would unpack to, and how far out they reach.

A cell at the far corner makes a reader lay out seventeen thousand million cells, and a few kilobytes of zeros unpack to
gigabytes. Both are found here with little memory, before the file is opened for reading.
"""

import re
import zipfile
from collections.abc import Iterable
from typing import IO

MOST_UNPACKED = 512 * 1024 * 1024
MOST_CELLS = 20_000_000
MOST_ROWS = 1_048_576  # of any sheet, by the format itself
PIECE = 1 << 20
_PLACES = re.compile(rb"<(?:[\w.-]+:)?(?:c|row)\b[^<]*?\sr\s*=\s*(?:\"([^\"<]*)\"|'([^'<]*)')")
_PLACE = re.compile(rb"([A-Z]{0,3})(\d{1,7})")


def too_large(stream: IO[bytes], most_cells: int = MOST_CELLS) -> str:
    """Why a workbook is too large to read, or "". What is no zip archive (.xls) is not looked into."""
    try:
        with zipfile.ZipFile(stream) as archive:
            total = 0
            for entry in archive.infolist():
                with archive.open(entry) as member:
                    reach = (0, 0)
                    for piece in _pieces(member):
                        total += PIECE
                        if total > MOST_UNPACKED:
                            return f"it unpacks to more than {MOST_UNPACKED >> 20} MB"
                        here = _reach(piece)
                        if here is None:
                            return "it has a cell that stands nowhere"
                        reach = max(reach[0], here[0]), max(reach[1], here[1])
                    deep, wide = reach
                    if deep > MOST_ROWS or deep * wide > most_cells:
                        return f"it has cells as far out as row {deep:,}, column {wide:,}"
    except (zipfile.BadZipFile, RuntimeError, NotImplementedError, EOFError):
        return ""
    return ""


def _pieces(member: IO[bytes]) -> Iterable[bytes]:
    """Pieces that begin at a tag, so that no cell is cut in two. Every file is looked at: a sheet may have any name."""
    tail = b""
    while piece := member.read(PIECE):
        whole = tail + piece
        yield whole
        tail = whole[whole.rfind(b"<") :] if b"<" in whole else b""


def _reach(xml: bytes) -> tuple[int, int] | None:
    """The deepest row and the widest column that are named; None where one is named in no way a sheet knows.

    A reader counts the letters of `Biiii…2` into a column far beyond its numbers, and then lays out what is before it.
    """
    deep = wide = 0
    for double, single in _PLACES.findall(xml):
        place = _PLACE.fullmatch(double or single)
        if place is None:
            return None
        deep, wide = max(deep, int(place[2])), max(wide, _letters(place[1]))
    return deep, wide


def _letters(column: bytes) -> int:
    """`A` → 1, `Z` → 26, `AA` → 27."""
    number = 0
    for letter in column:
        number = number * 26 + letter - 64
    return number
