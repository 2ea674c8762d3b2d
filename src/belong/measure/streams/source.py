"""Where many answers come from: Parquet or CSV files, or any Ibis table (a Spark cluster's, say)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from belong.measure.instrument import Instrument, Item

if TYPE_CHECKING:
    import ibis.expr.types as ir

Engine = Literal["auto", "duckdb", "spark"]


class UnreadableSource(ValueError):
    """A file or table that cannot be counted; the message names what is missing or wrong and the mend."""


@dataclass(frozen=True)
class Source:
    """A table and which of its columns holds which item.

    ``codes[item]`` is an Ibis expression: the oriented code 1…k, 0 where there is no answer or none the scale knows;
    ``unknown[item]`` is true where a code stands that the scale does not know.
    """

    table: ir.Table
    items: tuple[Item, ...]
    codes: Mapping[str, ir.IntegerValue]
    unknown: Mapping[str, ir.BooleanValue]

    @property
    def categories(self) -> tuple[int, ...]:
        return tuple(item.categories for item in self.items)

    @property
    def ids(self) -> tuple[str, ...]:
        return tuple(item.id for item in self.items)


def open_files(paths: str | Path | Sequence[str | Path], engine: Engine = "auto") -> ir.Table:
    """A table over one or more Parquet or CSV files, read when counted and never whole.

    ``auto`` and ``duckdb`` run here with two threads and spill to disk; ``spark`` asks a local Spark session
    (``pip install belong[cluster]``); for a cluster's own session pass its Ibis table to ``source``.
    """
    import ibis

    names = [str(path) for path in ([paths] if isinstance(paths, str | Path) else paths)]
    if not names:
        raise UnreadableSource("No file was given.")
    for name in names:
        if "*" not in name and not Path(name).exists():
            raise UnreadableSource(f"There is no file {name}.")
    kinds = {Path(name).suffix.lower().removesuffix(".gz") or ".csv" for name in names}
    if len(kinds) > 1:
        raise UnreadableSource(f"Give files of one kind, not {' and '.join(sorted(kinds))} together.")
    kind = kinds.pop()
    if kind not in (".parquet", ".csv", ".tsv", ".txt"):
        raise UnreadableSource(f"Files must be Parquet or CSV, not {kind}.")
    connection = _spark() if engine == "spark" else ibis.duckdb.connect(threads=_cores())
    if kind == ".parquet":
        return connection.read_parquet(names if engine != "spark" else names[0])
    if engine == "spark":
        return connection.read_csv(names[0], header=True)
    return connection.read_csv(names, all_varchar=True)  # odd cells are counted as such, not guessed at


def source(table: ir.Table, instrument: Instrument, columns: Mapping[str, str] | None = None) -> Source:
    """Find each scored item's column: by ``columns`` (item id → column), its own column name, or its id.

    Items without a column are left out; raises UnreadableSource where none or only one is found.
    """
    known = {name.lower(): name for name in table.columns}
    codes, unknown, items = {}, {}, []
    for item in instrument.scored_items:
        wanted = (columns or {}).get(item.id) or item.column or item.id
        name = known.get(wanted.lower()) or known.get(item.id.lower())
        if name is not None:
            items.append(item)
            codes[item.id] = _oriented(table[name], item)
            unknown[item.id] = _unknown(table[name], item, instrument)
    if len(items) < 2:
        raise UnreadableSource(
            f"{len(items)} of the {len(instrument.scored_items)} questions of {instrument.key} have a column in this "
            f"table; at least two are needed. Columns: {', '.join(sorted(table.columns)[:30])}."
        )
    return Source(table, tuple(items), codes, unknown)


def _code(column: ir.Column) -> ir.IntegerValue:
    # The text is stripped first: DuckDB would push a bare TRY_CAST into its CSV reader, which then stops at odd cells.
    return column.strip().try_cast("int32") if column.type().is_string() else column.cast("int32")


def _oriented(column: ir.Column, item: Item) -> ir.IntegerValue:
    import ibis

    code, size = _code(column), item.categories
    return ibis.cases((code.between(1, size), (size + 1 - code) if item.reverse else code), else_=0)


def _unknown(column: ir.Column, item: Item, instrument: Instrument) -> ir.BooleanValue:
    """Something stands there that is neither one of the scale's codes nor a code that means no answer."""
    silent = column.isnull()
    if column.type().is_string():
        silent = silent | (column.strip() == "")
    if column.type().is_floating():
        silent = silent | column.isnan()
    meant = [0, *range(1, item.categories + 1), *instrument.missing]
    return ~silent & ~_code(column).isin(meant).fill_null(False)


def _cores() -> int:
    import os

    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _spark():  # type: ignore[no-untyped-def]
    import ibis

    try:
        from pyspark.sql import SparkSession
    except ImportError as error:
        raise UnreadableSource("Spark is not installed here: pip install belong[cluster].") from error
    session = SparkSession.builder.master("local[*]").appName("belong").getOrCreate()
    return ibis.pyspark.connect(session)
