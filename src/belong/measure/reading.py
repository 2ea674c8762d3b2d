"""Files of answers as columns of text: CSV of any delimiter and encoding, gzipped or not, Parquet, and spreadsheets.

``open_source`` looks at a file and its headings; ``Source.read`` then takes only the columns asked for, so
a wide file costs little memory. Every complaint is an ``InputError`` that names the column, the line and
the mend.
"""

from __future__ import annotations

import codecs
import csv
import gzip
import io
import math
import zlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, Literal

import numpy as np
from numpy.typing import NDArray

from belong.measure._node import nearest
from belong.measure.workbook import too_large

Progress = Callable[[int], None]
"""Called with the number of bytes read so far."""

LONGEST_LINE = 4_000_000
SPREADSHEETS = (".xlsx", ".xlsm", ".xlsb", ".xls", ".ods")
_DELIMITERS = ",;\t|"
_KINDS = (
    (b"%PDF", "a PDF"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"SQLite format 3", "a database"),
    (b"$FL2", "an SPSS file; in SPSS choose File, Save as, CSV"),
    (
        b"PK\x03\x04",
        "a zip file or a spreadsheet with another ending; name a spreadsheet .xlsx, unpack a zip",
    ),
)


class InputError(ValueError):
    """A file that cannot be used as it is. The text names the place and the mend."""


@dataclass(frozen=True)
class Table:
    """Chosen columns as cleaned text; ``lines[i]`` is the line (or sheet row) that row ``i`` came from."""

    source: str
    columns: dict[str, list[str]]
    lines: NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.lines)

    def distinct(self, column: str) -> tuple[list[str], NDArray[np.intp]]:
        """The different cells of a column, the first first, and which of them stands in each row."""
        found: dict[str, int] = {}
        places = [found.setdefault(cell, len(found)) for cell in self.columns[column]]
        return list(found), np.array(places, dtype=np.intp)

    def line(self, column: str, row: int) -> int:
        return int(self.lines[row])

    def place(self, column: str, row: int) -> str:
        return f"{self.source}, column '{column}', line {self.line(column, row)}"


@dataclass(frozen=True)
class Dialect:
    """How a CSV file is written: ``skip`` lines before its headings, how many ``columns`` (0: not known), its encoding
    by Python's name. ``broken``: texts in it may go on in the next line, so it can't be read from its middle.
    """

    delimiter: str = ","
    skip: int = 0
    columns: int = 0
    encoding: str = "utf-8"
    broken: bool = False


@dataclass(frozen=True)
class Source:
    """A file that was looked at: its headings, what kind it is, and how to read it."""

    path: Path
    headings: tuple[str, ...]
    size: int
    rows: Callable[[Progress | None], Iterator[tuple[int, Sequence[str]]]]
    kind: Literal["csv", "parquet", "sheet"] = "csv"
    dialect: Dialect = Dialect()

    def find(self, name: str) -> str | None:
        """The heading equal to ``name``, letter case and spacing aside; None if there is none or more than
        one.
        """
        if self.headings.count(name) == 1:
            return name
        wanted = clean(name).casefold()
        close = [heading for heading in self.headings if heading.casefold() == wanted]
        return close[0] if len(close) == 1 else None

    def require(self, name: str, what: str) -> str:
        """The heading for ``name`` or an InputError that suggests near ones."""
        found = self.find(name)
        if found is not None:
            return found
        if sum(heading.casefold() == clean(name).casefold() for heading in self.headings) > 1:
            raise InputError(
                f"{self.path.name}, line 1: the heading '{name}' stands there more than once. Rename one."
            )
        some = ", ".join(heading for heading in self.headings[:12] if heading)
        more = ", …" if len(self.headings) > 12 else ""
        raise InputError(
            f"{self.path.name}: there is no column '{name}' ({what}).{nearest(name, self.headings)} "
            f"The columns are: {some}{more}."
        )

    def fits(self, line: int, cells: Sequence[str]) -> None:
        """InputError for a line with more in it than there are headings."""
        if len(cells) > len(self.headings) and any(cells[len(self.headings) :]):
            raise InputError(
                f"{self.path.name}, line {line}: {len(cells)} cells under {len(self.headings)} headings. "
                "Put quotes round texts that hold the delimiter, or mend this line."
            )

    def read(self, names: Iterable[str], progress: Progress | None = None) -> Table:
        """The columns with these headings. Blank lines are left out; short lines are filled with blanks."""
        wanted = list(dict.fromkeys(names))
        places = [self.headings.index(name) for name in wanted]
        columns: list[list[str]] = [[] for _ in wanted]
        lines: list[int] = []
        for line, cells in self.rows(progress):
            self.fits(line, cells)
            lines.append(line)
            for column, place in zip(columns, places, strict=True):
                column.append(cells[place] if place < len(cells) else "")
        if not lines:
            raise InputError(
                f"{self.path.name}: there are headings but no answers below them. Export the file again."
            )
        return Table(self.path.name, dict(zip(wanted, columns, strict=True)), np.array(lines, dtype=np.int64))


def number_in(cell: str) -> float | None:
    """A number with point or comma, or None."""
    try:
        value = float(cell.replace(",", ".") if cell.count(",") == 1 and "." not in cell else cell)
    except ValueError:
        return None
    return value if math.isfinite(value) else None


def odd_weight(cell: str) -> str:
    """What is wrong with a weight, and the mend; "" if nothing is."""
    value = number_in(cell)
    if value is None:
        seen = f"'{cell[:40]}' is not a number" if cell else "the cell is empty"
        return f"{seen}. Every line needs a weight; correct it or leave the line out."
    return f"a weight cannot be negative ({cell}). Correct it." if value < 0 else ""


def clean(text: str) -> str:
    """Text without the spaces, hard spaces and byte-order marks that exports leave around and inside it."""
    return " ".join(text.replace("\ufeff", "").replace("\xa0", " ").replace("\u200b", "").split())


def open_source(path: str | Path, sheet: str | None = None) -> Source:
    """Look at a file: which kind, which headings. Raises InputError for what is not a table of answers."""
    path = Path(path)
    if path.is_dir():
        raise InputError(f"{path}: this is a folder. Give the file inside it.")
    try:
        size = path.stat().st_size
        with path.open("rb") as stream:
            head = stream.read(4096)
    except FileNotFoundError:
        raise InputError(
            f"{path}: there is no such file.{_near_file(path)} Check the name and folder."
        ) from None
    except OSError as error:
        raise InputError(
            f"{path}: the file cannot be opened ({error.strerror}). Check who may read it."
        ) from None
    if not head:
        raise InputError(f"{path.name}: the file is empty. Export it again.")
    if path.suffix.lower() in SPREADSHEETS:
        return _sheet_source(path, size, sheet)
    if head.startswith(b"PAR1"):
        return _parquet_source(path, size)
    for magic, kind in _KINDS:
        if head.startswith(magic):
            raise InputError(
                f"{path.name}: this is {kind}. Give a CSV, CSV.GZ or XLSX file with one line per person."
            )
    return _csv_source(path, size)


def _near_file(path: Path) -> str:
    try:
        return nearest(path.name, [other.name for other in path.parent.iterdir()])
    except OSError:
        return ""


def _csv_source(path: Path, size: int) -> Source:
    encoding, sample = _sample(path)
    if "\x00" in sample:
        raise InputError(
            f"{path.name}: this is not text. Give a CSV, CSV.GZ or XLSX file with one line per person."
        )
    delimiter, skip = _delimiter(sample)
    try:
        line, headings = next(_csv_rows(path, encoding, delimiter, skip, None))
    except StopIteration:
        raise InputError(f"{path.name}: the file holds nothing but blank lines. Export it again.") from None
    if len(headings) < 2:
        raise InputError(
            f"{path.name}, line {line}: only one column was found. The first line must hold the headings, "
            "with commas, semicolons or tabs between them."
        )

    def rows(progress: Progress | None) -> Iterator[tuple[int, Sequence[str]]]:
        found = _csv_rows(path, encoding, delimiter, skip, progress)
        next(found)
        return found

    return Source(
        path, tuple(headings), size, rows, dialect=Dialect(delimiter, skip, len(headings), encoding)
    )


def _parquet_source(path: Path, size: int) -> Source:
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        file = pq.ParquetFile(path)
    except (pa.ArrowException, OSError):
        raise InputError(f"{path.name}: the Parquet file is damaged or cut short. Export it again.") from None
    headings = [clean(name) for name in file.schema_arrow.names]

    def rows(progress: Progress | None) -> Iterator[tuple[int, Sequence[str]]]:
        line, total = 0, max(1, file.metadata.num_rows)
        for batch in file.iter_batches(10_000):
            for values in zip(*(column.to_pylist() for column in batch.columns), strict=True):
                line += 1
                yield line, [cell_text(value) for value in values]
            if progress:
                progress(size * line // total)

    return Source(path, tuple(headings), size, rows, "parquet")


def _open_bytes(path: Path) -> tuple[IO[bytes], IO[bytes]]:
    """(stream of content, raw file whose position shows how far reading has come)."""
    raw = path.open("rb")
    gzipped = raw.read(2) == b"\x1f\x8b"
    raw.seek(0)
    return (gzip.GzipFile(fileobj=raw) if gzipped else raw), raw  # type: ignore[return-value]


def _sample(path: Path) -> tuple[str, str]:
    """The encoding and the first part of the text. The whole file is tried as UTF-8; Windows-1252 if it is
    not.
    """
    stream, raw = _open_bytes(path)
    try:
        with raw, stream:
            head = stream.read(65536)
            if head.startswith((b"\xff\xfe", b"\xfe\xff")):
                return "utf-16", head[: len(head) // 2 * 2].decode("utf-16", errors="ignore")
            decoder = io.IncrementalNewlineDecoder(codecs.getincrementaldecoder("utf-8")(), False)
            chunk = head
            try:
                while chunk:
                    decoder.decode(chunk)
                    chunk = stream.read(1 << 20)
                decoder.decode(b"", final=True)
            except UnicodeDecodeError:
                return "cp1252", head.decode("cp1252", errors="replace")
            return "utf-8-sig", head.decode("utf-8", errors="ignore").removeprefix("\ufeff")
    except (gzip.BadGzipFile, EOFError, zlib.error):
        raise InputError(
            f"{path.name}: the gzip file is damaged or cut short. Copy or export it again."
        ) from None


def _delimiter(sample: str) -> tuple[str, int]:
    """The delimiter under which the first lines have the most cells, alike; and how many lines to skip."""
    first = sample.lstrip("\r\n").split("\n", 1)[0].strip().strip('"')
    if first.lower().startswith("sep=") and len(first) == 5:
        return first[4], 1
    lines = sample.splitlines(keepends=True)[:30]

    def width(delimiter: str) -> tuple[int, int]:
        try:
            counts = [len(row) for row in csv.reader(lines, delimiter=delimiter) if row][:10]
        except csv.Error:
            return 0, 0
        return (counts[0] if counts else 0), sum(count == counts[0] for count in counts)

    return max(_DELIMITERS, key=width), 0


def _csv_rows(
    path: Path, encoding: str, delimiter: str, skip: int, progress: Progress | None
) -> Iterator[tuple[int, Sequence[str]]]:
    stream, raw = _open_bytes(path)
    known: dict[str, str] = {}
    with raw, stream, io.TextIOWrapper(stream, encoding=encoding, errors="replace", newline="") as text:
        reader = csv.reader(_lines(text, path.name), delimiter=delimiter)
        start = 1
        try:
            for count, row in enumerate(reader):
                line, start = start, reader.line_num + 1
                if count < skip or not any(row):
                    continue
                # The same few answers come again and again: one cleaned copy of each serves them all.
                cells = [
                    known.get(cell) or known.setdefault(cell, clean(cell)) if len(cell) < 40 else clean(cell)
                    for cell in row
                ]
                if any(cells):
                    yield line, cells
                if len(known) > 50_000:
                    known.clear()
                if progress and count % 500 == 0:
                    progress(raw.tell())
        except csv.Error as error:
            raise InputError(
                f"{path.name}, line {reader.line_num}: not readable as CSV ({error}). Mend the line."
            ) from None


def _lines(text: IO[str], name: str) -> Iterator[str]:
    """The lines of a file, none longer than memory bears."""
    while line := text.readline(LONGEST_LINE):
        if len(line) == LONGEST_LINE:
            raise InputError(
                f"{name}: a line is longer than {LONGEST_LINE:,} characters. Is this a table of answers?"
            )
        yield line


def _sheet_source(path: Path, size: int, sheet: str | None) -> Source:
    from python_calamine import CalamineError, CalamineWorkbook

    with path.open("rb") as stream:
        if why := too_large(stream):
            raise InputError(
                f"{path.name}: {why}. Copy the answers into a new workbook, or save them as CSV."
            )
    try:
        with CalamineWorkbook.from_path(str(path)) as book:
            names = list(book.sheet_names)
            if sheet is not None and sheet not in names:
                close = nearest(sheet, names)
                raise InputError(
                    f"{path.name}: there is no sheet '{sheet}'.{close} Sheets: {', '.join(names)}."
                )
            grids = (
                book.get_sheet_by_name(name).to_python(skip_empty_area=False)
                for name in ([sheet] if sheet else names)
            )
            grid = next((found for found in grids if len(found) > 1), None)
    except (CalamineError, OSError, ValueError) as error:
        if isinstance(error, InputError):
            raise
        raise InputError(
            f"{path.name}: this is not a spreadsheet that can be read. Save it again as .xlsx."
        ) from None
    if grid is None:
        raise InputError(f"{path.name}: no sheet holds headings with answers below them. Export it again.")
    cells = [(line, [cell_text(value) for value in row]) for line, row in enumerate(grid, start=1)]
    filled = [(line, row) for line, row in cells if any(row)]
    return Source(path, tuple(filled[0][1]), size, lambda progress: iter(filled[1:]), "sheet")


def cell_text(value: Any) -> str:
    """A cell that is more than text as text: 3.0 is 3, dates are ISO, what is no number is nothing."""
    if isinstance(value, float):
        if value != value:
            return ""
        if value.is_integer():
            return str(int(value))
    return clean(str(value)) if value is not None else ""
