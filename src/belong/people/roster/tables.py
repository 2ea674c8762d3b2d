"""A table out of any file: headings, rows of text with their line numbers, and what is wrong with a row.

Secret columns (passwords, PINs) are taken out here, before anything else sees the table: what is kept of them is
only which other cells repeat one of their values, so that a row with swapped columns can't smuggle one in.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from belong.people.roster.values import clean

HEADINGS_WITHIN = 12
_SECRET = re.compile(r"passw|passcode|^pwd|pwd$|secret|^pin$|pincode|^pass$|kennwort|passphrase|credential")
TOO_MANY = "has {found} cells under {wanted} headings; a comma inside a value is probably not quoted"


@dataclass(slots=True)
class Line:
    """One row of text. `repeats` are columns whose cell equals some value of a secret column."""

    line: int
    cells: list[str]
    fault: str = ""
    repeats: tuple[int, ...] = ()


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
        rows = [[row.line, row.cells, row.fault, list(row.repeats)] for row in self.rows]
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
        rows = [Line(line, cells, fault, tuple(repeats)) for line, cells, fault, repeats in kept["rows"]]
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
    filled = [Line(row.line, [clean(cell) for cell in row.cells], row.fault) for row in records]
    filled = [row for row in filled if any(row.cells)]
    at = _headings_at(filled, known)
    table = Table(name, filled[at].cells if filled else [], filled[at + 1 :])
    if at:
        table.notes.append((filled[at].line, "", f"{at} lines above the headings were not read.", ""))
    for row in table.rows:
        _square(row, len(table.headings))
    _drop_secrets(table)
    _drop_nameless(table)
    _name_twins(table)
    return table


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
    tell = {value for value in values if any(not char.isalpha() for char in value)}
    keep = [at for at in range(len(table.headings)) if at not in secret]
    for row in table.rows:
        row.cells = [row.cells[at] for at in keep]
        row.repeats = tuple(at for at, cell in enumerate(row.cells) if cell in tell)
    table.had_secrets = [table.headings[at] for at in secret]
    table.headings = [table.headings[at] for at in keep]


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
        row.repeats = tuple(keep.index(at) for at in row.repeats if at in keep)
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
