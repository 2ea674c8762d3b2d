"""A table out of any file: headings, rows of text with their line numbers, and what is wrong with a row.

Secret columns (passwords, PINs) are taken out here, before anything else sees the table. Where a cell elsewhere
repeats another line's secret, columns are swapped on that line: the cell is emptied and the line has a fault.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from belong.people.roster.values import clean, unmangle

HEADINGS_WITHIN = 12
_SECRET = re.compile(r"passw|passcode|^pwd|pwd$|secret|^pin$|pincode|^pass$|kennwort|passphrase|credential")
SLIPPED = "repeats a password in another column; columns are probably swapped"
GARBLED = "Accents had been garbled (read once in the wrong encoding) and were put right."
TOO_MANY = "has {found} cells under {wanted} headings; a comma inside a value is probably not quoted"


@dataclass(slots=True)
class Line:
    """One row of text, and why it cannot be read, if so."""

    line: int
    cells: list[str]
    fault: str = ""


@dataclass
class Table:
    """`notes` are (line, heading, what, mend). `had_secrets` names the columns that were taken out."""

    name: str
    headings: list[str]
    rows: list[Line]
    notes: list[tuple[int, str, str, str]] = field(default_factory=list)
    had_secrets: list[str] = field(default_factory=list)
    unread: list[str] = field(default_factory=list)

    def to_json(self) -> dict[str, Any]:
        """For keeping between the upload and the go-ahead."""
        rows = [[row.line, row.cells, row.fault] for row in self.rows]
        return {
            "name": self.name,
            "headings": self.headings,
            "rows": rows,
            "notes": self.notes,
            "had_secrets": self.had_secrets,
            "unread": self.unread,
        }

    @classmethod
    def from_json(cls, kept: dict[str, Any]) -> "Table":
        """The table that `to_json` kept."""
        rows = [Line(line, cells, fault) for line, cells, fault in kept["rows"]]
        notes = [tuple(note) for note in kept["notes"]]
        return cls(kept["name"], kept["headings"], rows, notes, kept["had_secrets"], kept["unread"])

    def column(self, at: int) -> list[str]:
        """The filled cells of a column, from rows without a fault."""
        return [row.cells[at] for row in self.rows if not row.fault and row.cells[at]]


def key(heading: str) -> str:
    """A heading without case, accents, spaces or punctuation: `"School DfE Number"` → `"schooldfenumber"`."""
    plain = unicodedata.normalize("NFKD", heading).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]", "", plain.lower()).removeprefix("metadata")


def is_secret(heading: str) -> bool:
    """Whether a heading names something that must never be read or kept."""
    return bool(_SECRET.search(key(heading)))


def build(name: str, records: Iterable[Line], known: Callable[[str], bool]) -> Table:
    """Find the headings, square up the rows, take out blank and secret columns."""
    garbled: list[int] = []
    filled = [
        Line(row.line, [_mended(cell, row.line, garbled) for cell in row.cells], row.fault) for row in records
    ]
    filled = [row for row in filled if any(row.cells)]
    at = _headings_at(filled, known)
    table = Table(name, filled[at].cells if filled else [], filled[at + 1 :])
    if at:
        table.notes.append(
            (
                filled[at].line,
                "",
                f"{at} {'line' if at == 1 else 'lines'} above the headings {'was' if at == 1 else 'were'} not read.",
                "",
            )
        )
    table.notes += [(line, "", GARBLED, "Check these names at the source.") for line in garbled]
    for row in table.rows:
        _square(row, len(table.headings))
    _drop_secrets(table)
    _drop_nameless(table)
    _name_twins(table)
    return table


def _mended(cell: str, line: int, garbled: list[int]) -> str:
    """A clean cell; one that went through the wrong encoding once is put right, and its line remembered."""
    if not cell.isascii() and (mended := unmangle(cell)) is not None:
        garbled.append(line)
        cell = mended
    return clean(cell)


def _headings_at(rows: list[Line], known: Callable[[str], bool]) -> int:
    """The row with most headings we know, among the first few; the first row where none is known."""
    scores = [sum(known(cell) for cell in row.cells if cell) for row in rows[:HEADINGS_WITHIN]]
    return scores.index(max(scores)) if scores else 0


def _square(row: Line, width: int) -> None:
    """As many cells as headings; cells beyond are a fault unless they are blank."""
    if len(row.cells) > width:
        if any(row.cells[width:]) and not row.fault:
            row.fault = TOO_MANY.format(found=len(row.cells), wanted=width)
        row.cells = row.cells[:width]
    row.cells += [""] * (width - len(row.cells))


def _drop_secrets(table: Table) -> None:
    secret = [at for at, heading in enumerate(table.headings) if is_secret(heading)]
    if not secret:
        return
    values = {row.cells[at] for row in table.rows for at in secret} - {""}
    tell = {value for value in values if _is_telling(value)}
    keep = [at for at in range(len(table.headings)) if at not in secret]
    for row in table.rows:
        own = {row.cells[at] for at in secret}
        if row.fault:  # cells may have moved, a secret among them
            row.cells[secret[0] :] = [""] * (len(row.cells) - secret[0])
        row.cells = [row.cells[at] for at in keep]
        for at, cell in enumerate(row.cells):
            if cell in tell and cell not in own:
                row.cells[at], row.fault = "", SLIPPED
    table.had_secrets = [table.headings[at] for at in secret]
    table.headings = [table.headings[at] for at in keep]


def _is_telling(secret: str) -> bool:
    """Long and mixed enough that the same text elsewhere is no chance, as with a PIN and an admission number."""
    return len(secret) >= 6 and any(map(str.isalpha, secret)) and not secret.isalpha()


def _drop_nameless(table: Table) -> None:
    """Columns without a heading are not read; those that hold something are mentioned."""
    nameless = [at for at, heading in enumerate(table.headings) if not heading]
    if not nameless:
        return
    for at in nameless:
        if any(row.cells[at] for row in table.rows):
            table.notes.append(
                (0, "", f"Column {at + 1} has no heading and was not read.", "Give it a heading.")
            )
    keep = [at for at in range(len(table.headings)) if at not in nameless]
    for row in table.rows:
        row.cells = [row.cells[at] for at in keep]
    table.headings = [table.headings[at] for at in keep]


def _name_twins(table: Table) -> None:
    """Two columns of one heading: the second becomes `Name (2)`."""
    seen: dict[str, int] = {}
    for at, heading in enumerate(table.headings):
        seen[key(heading)] = seen.get(key(heading), 0) + 1
        if seen[key(heading)] > 1:
            table.headings[at] = f"{heading} ({seen[key(heading)]})"
            table.notes.append(
                (0, heading, f"The heading “{heading}” stands twice; the first column was read.", "")
            )
