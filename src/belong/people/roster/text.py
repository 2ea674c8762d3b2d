"""Bytes to rows: which encoding, which separator, which line the headings stand on, and what each line lacks.

Tolerant where tolerance cannot lose a row: a line that cannot be split is kept, with its fault, so that it is
reported by number and never swallows its neighbours.
"""

import codecs
import csv
import re
from collections import Counter
from collections.abc import Callable, Iterator

from belong.people.roster.tables import Line, Table, build

DELIMITERS = ",;\t|"
LONGEST_RECORD = 12
_BREAK = re.compile(r"\r\n|\n|\r")
UNCLOSED = "opens a quotation mark that never closes"
UNSPLIT = "cannot be split into cells"


def decode(data: bytes) -> tuple[str, str]:
    """The text, and a note where the encoding had to be guessed."""
    for mark, name in (
        (codecs.BOM_UTF8, "utf-8-sig"),
        (codecs.BOM_UTF16_LE, "utf-16"),
        (codecs.BOM_UTF16_BE, "utf-16"),
    ):
        if data.startswith(mark):
            return data.decode(name, errors="replace"), ""
    head = data[:2000]
    if head.count(0) > len(head) // 4:
        little = head[1::2].count(0) >= head[0::2].count(0)
        return data.decode("utf-16-le" if little else "utf-16-be", errors="replace"), ""
    try:
        return data.decode("utf-8"), ""
    except UnicodeDecodeError:
        text = data.decode("cp1252", errors="replace")
        return text, "Not in UTF-8: read as Windows (cp1252). Check names with accents."


def parse(name: str, data: bytes, known: Callable[[str], bool]) -> Table:
    """Read a separated-values file. `known` says whether a heading is one we have a word for."""
    text, encoding_note = decode(data)
    lines = _BREAK.split(text)
    first = 0
    delimiter = ""
    if lines and (told := re.fullmatch(r'"?sep=(.)"?', lines[0].strip())):
        delimiter, first = told[1], 1
    delimiter = delimiter or sniff(lines)
    records = _records(lines, delimiter, first)
    table = build(name, records, known)
    if encoding_note:
        table.notes.append((0, "", encoding_note, "Export as “CSV UTF-8” where the system offers it."))
    return table


def sniff(lines: list[str]) -> str:
    """The separator that most of the first lines hold, equally often."""
    sample = [re.sub(r'"[^"]*"', "", line) for line in lines[:20] if line.strip()]
    best, best_score = ",", 0.0
    for candidate in DELIMITERS:
        counts = [line.count(candidate) for line in sample]
        if any(counts):
            usual, times = Counter(counts).most_common(1)[0]
            score = times / len(counts) * (1 + min(usual, 20) / 20) if usual else 0.1
            if score > best_score:
                best, best_score = candidate, score
    return best


def _records(lines: list[str], delimiter: str, first: int) -> Iterator[Line]:
    """Each record with the line it starts on. Quoted line breaks are followed, but not past a few lines."""
    at = first
    while at < len(lines):
        cells, used, fault = _record(lines, at, delimiter)
        if cells:
            yield Line(at + 1, cells, fault)
        at += used


def _record(lines: list[str], at: int, delimiter: str) -> tuple[list[str], int, str]:
    line = lines[at]
    if '"' not in line:
        return line.split(delimiter) if line.strip() else [], 1, ""
    text = line
    for used in range(1, LONGEST_RECORD + 1):
        cells, open_quote = _split(text, delimiter)
        if cells is not None:
            return cells, used, ""
        if not open_quote or at + used >= len(lines):
            break
        text += "\n" + lines[at + used]
    loose = line.replace('"', "").split(delimiter)
    return loose, 1, UNCLOSED if _split(line, delimiter)[1] else UNSPLIT


def _split(text: str, delimiter: str) -> tuple[list[str] | None, bool]:
    """Cells, or None and whether a quotation mark is still open. A stray mark inside a cell is just a mark."""
    try:
        return next(csv.reader([text], delimiter=delimiter, strict=True)), False
    except csv.Error as error:
        if "unexpected end" in str(error):
            return None, True
    try:
        return next(csv.reader([text], delimiter=delimiter)), False
    except csv.Error:
        return None, False
