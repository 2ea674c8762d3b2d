"""A file too large to hold, as its distinct rows: what stands in the columns asked for, and how many people have it.

A report needs to know what was answered and how often, not by whom, so equal rows are counted together by DuckDB or
Spark and everything else is worked out as for a file in memory.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import reduce
from operator import or_
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from belong.measure.reading import InputError, Source, cell_text, clean, odd_weight
from belong.measure.responses import Floats
from belong.measure.streams.opening import HERE, UnreadableSource, open_files

if TYPE_CHECKING:
    import ibis.expr.types as ir
    import pyarrow as pa

SHARE = 64
"""``auto`` streams a CSV or Parquet file that is more than this part (one 64th) of the machine's memory."""
PACKED = 8
"""What a packed byte (Parquet, CSV.GZ) is worth: it unpacks to about so many."""


def too_large_to_hold(source: Source, memory: int | None = None) -> bool:
    """Whether ``auto`` streams this file; ``memory`` in bytes is the machine's own by default. Spreadsheets
    never are.
    """
    if source.kind == "sheet":
        return False
    if memory is None:
        memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    packed = source.kind == "parquet" or source.path.suffix.lower() == ".gz"
    return source.size * (PACKED if packed else 1) > memory // SHARE


@dataclass(frozen=True)
class Sheets:
    """Distinct rows of a file, used as ``reading.Table`` is. Row ``i`` was given by ``counts[i]`` people.

    ``cells[column]`` are its different cells as text and which of them stands in each row; ``sums[column]`` (rows,) the
    numbers of a weight column added up over each row's people, ``squares`` those of the weight squared.
    """

    file: Source
    cells: dict[str, tuple[list[str], NDArray[np.intp]]]
    counts: Floats
    sums: dict[str, Floats]
    squares: Floats | None

    @property
    def source(self) -> str:
        return self.file.path.name

    def __len__(self) -> int:
        return len(self.counts)

    def distinct(self, column: str) -> tuple[list[str], NDArray[np.intp]]:
        return self.cells[column]

    def line(self, column: str, row: int) -> int:
        """The first line of the file with the same cell in this column: looked for only when it is to be named."""
        texts, places = self.cells[column]
        wanted, at = texts[places[row]], self.file.headings.index(column)
        return next((line for line, cells in self.file.rows(None) if _at(cells, at) == wanted), 0)

    def place(self, column: str, row: int) -> str:
        return f"{self.source}, column '{column}', line {self.line(column, row)}"


def read_sheets(
    file: Source,
    texts: Sequence[str],
    weights: Sequence[str] = (),
    engine: str = "duckdb",
    master: str = HERE,
) -> Sheets:
    """The distinct rows of the columns ``texts``, with the columns ``weights`` added up (the first one squared
    as well).

    Raises InputError for a file that cannot be streamed, or naming the first line with a weight that is none.
    """
    texts, weights = list(dict.fromkeys(texts)), list(dict.fromkeys(weights))
    try:
        rows = _counted(file, texts, weights, engine, master)
    except InputError:
        if file.kind != "csv" or engine == "spark" or file.dialect.broken:
            raise
        # Texts that go on in the next line need a slower reader; a line with too many cells our own, which names it.
        for line, cells in file.rows(None):
            file.fits(line, cells)
        file = replace(file, dialect=replace(file.dialect, broken=True))
        rows = _counted(file, texts, weights, engine, master)
    if not len(rows["n"]):
        raise InputError(
            f"{file.path.name}: there are headings but no answers below them. Export the file again."
        )
    for n, heading in enumerate(weights):
        if rows[f"w{n}x"].to_numpy().any():
            raise InputError(_bad_weight(file, heading))
    return Sheets(
        file,
        {heading: _coded(rows[f"t{n}"]) for n, heading in enumerate(texts)},
        rows["n"].to_numpy().astype(np.float64),
        {heading: rows[f"w{n}s"].to_numpy().astype(np.float64) for n, heading in enumerate(weights)},
        rows["w0q"].to_numpy().astype(np.float64) if weights else None,
    )


def _counted(
    file: Source, texts: Sequence[str], weights: Sequence[str], engine: str, master: str
) -> dict[str, pa.ChunkedArray]:
    """Distinct rows ``t0`` …; ``n`` people; ``w0s`` … sums, ``w0x`` … how many are no weights, ``w0q`` of squares."""
    try:
        table = _opened(file, engine, master)
        columns = {
            heading: table[table.columns[file.headings.index(heading)]] for heading in (*texts, *weights)
        }
        if file.kind == "csv":
            table = table.filter(_anything(table, [columns[heading] for heading in texts]))
        keys = {f"t{n}": columns[heading] for n, heading in enumerate(texts)}
        numbers = {f"w{n}": _number(columns[heading]) for n, heading in enumerate(weights)}
        some = table.select(**keys, **numbers)
        totals: dict[str, Any] = {"n": some.count()}
        for name in numbers:
            totals[f"{name}s"] = some[name].sum()
            odd = some[name].isnull() | some[name].isnan() | (some[name] < 0)
            totals[f"{name}x"] = odd.cast("int32").sum()
        if weights:
            totals["w0q"] = (some.w0 * some.w0).sum()
        found = some.group_by(list(keys)).aggregate(**totals).to_pyarrow()
        return {name: found[name] for name in found.column_names}
    except InputError:
        raise
    except Exception as error:
        # DuckDB and Spark have errors and words of their own, which say what and where.
        said = " ".join(str(error).split())[:300]
        raise InputError(
            f"{file.path.name}: it could not be streamed ({said}). Mend what is named, or use --engine memory."
        ) from error


def _opened(file: Source, engine: str, master: str) -> ir.Table:
    if file.kind == "sheet":
        raise InputError(f"{file.path.name}: a spreadsheet is always read in memory. Leave out --engine.")
    if file.dialect.encoding not in ("utf-8", "utf-8-sig"):
        raise InputError(f"{file.path.name}: only UTF-8 can be streamed. Save it as UTF-8 or as Parquet.")
    try:
        return open_files(file.path, "spark" if engine == "spark" else "duckdb", master, file.dialect)
    except UnreadableSource as error:
        raise InputError(f"{file.path.name}: {error}") from error


def _anything(table: ir.Table, wanted: Sequence[ir.Column]) -> ir.BooleanValue:
    """Lines with something in them: those with nothing but delimiters are nobody's."""
    others = [table[name] for name in table.columns]
    return reduce(or_, ((column.strip() != "").fill_null(False) for column in (*wanted, *others)))


def _number(column: ir.Column) -> ir.FloatingValue:
    """A weight, with a point or a comma; null where there is none."""
    return (column.strip().replace(",", ".") if column.type().is_string() else column).try_cast("float64")


def _coded(column: pa.ChunkedArray) -> tuple[list[str], NDArray[np.intp]]:
    """The different cells as clean text, and which of them stands in each row; cells that read the same are one."""
    import pyarrow.compute as pc

    found = column.combine_chunks().dictionary_encode()
    raw = [clean(cell_text(value)) for value in found.dictionary.to_pylist()]
    places = pc.fill_null(found.indices, len(raw)).to_numpy(zero_copy_only=False)
    texts, same = np.unique(np.array([*raw, ""], dtype=object), return_inverse=True)
    return texts.tolist(), same[places].astype(np.intp)


def _bad_weight(file: Source, heading: str) -> str:
    """Names the first line whose weight is none, as reading in memory does."""
    at = file.headings.index(heading)
    for line, cells in file.rows(None):
        if why := odd_weight(_at(cells, at)):
            return f"{file.path.name}, column '{heading}', line {line}: {why}"
    return f"{file.path.name}, column '{heading}': a weight is not a number. Every line needs one."


def _at(cells: Sequence[str], place: int) -> str:
    return cells[place] if place < len(cells) else ""
