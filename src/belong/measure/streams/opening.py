"""Opening what is to be counted: Parquet or CSV files, by DuckDB on this machine or by Spark on many."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import numpy as np

from belong.measure.reading import Dialect

if TYPE_CHECKING:
    import ibis.expr.types as ir

Engine = Literal["auto", "duckdb", "spark"]

HERE = "local[*]"
"""Spark's name for this machine with all its cores."""


class UnreadableSource(ValueError):
    """A file or table that cannot be counted; the message names what is missing or wrong and the mend."""


def open_files(
    paths: str | Path | Sequence[str | Path],
    engine: Engine = "auto",
    master: str = HERE,
    dialect: Dialect | None = None,
) -> ir.Table:
    """A table over one or more Parquet or CSV files, read when counted and never whole.

    ``auto`` and ``duckdb`` run here and spill to disk. ``spark`` asks the Spark session at ``master`` (``local[2]``,
    ``spark://host:7077``; needs ``pip install belong[cluster]``), which must reach the files by the same names; for a
    session with settings of your own pass its Ibis table to ``source``. Cells of CSV stay text, so that odd ones are
    counted as such and never guessed at.
    """
    names = [str(path) for path in ([paths] if isinstance(paths, str | Path) else paths)]
    kind = _kind(names)
    if engine == "spark":
        return _by_spark(names, kind, master, dialect)
    import ibis

    connection = ibis.duckdb.connect(threads=_cores())
    if kind == ".parquet":
        return connection.read_parquet(names)
    return connection.read_csv(names, **(_duckdb_words(dialect) if dialect else {"all_varchar": True}))


def fetched(table: ir.Table) -> dict[str, np.ndarray]:
    """The columns of a counted table. DuckDB is asked itself: through Ibis and Arrow pandas would be loaded first, for
    nothing, and that takes as long as counting a million people.
    """
    backend = table.get_backend()
    if backend.name == "duckdb":
        found = backend.con.sql(backend.compile(table)).fetchnumpy()
        return {name: _filled(values) for name, values in found.items()}
    rows = table.to_pyarrow()
    return {name: rows[name].to_numpy() for name in rows.column_names}


def _filled(values: np.ndarray) -> np.ndarray:
    """A column without a mask: None where nothing stands in a column of texts, not a number in one of numbers."""
    if not isinstance(values, np.ma.MaskedArray):
        return values
    filled = np.array(values.data, dtype=object if values.dtype.kind == "O" else float)
    filled[np.ma.getmaskarray(values)] = None if values.dtype.kind == "O" else np.nan
    return filled


def _kind(names: Sequence[str]) -> str:
    """The ending all files share, packed or not; UnreadableSource where there is none that can be counted."""
    if not names:
        raise UnreadableSource("No file was given.")
    for name in names:
        if "*" not in name and "://" not in name and not Path(name).exists():
            raise UnreadableSource(f"There is no file {name}.")
    kinds = {Path(name).suffix.lower().removesuffix(".gz") or ".csv" for name in names}
    if len(kinds) > 1:
        raise UnreadableSource(f"Give files of one kind, not {' and '.join(sorted(kinds))} together.")
    kind = kinds.pop()
    if kind not in (".parquet", ".csv", ".tsv", ".txt"):
        raise UnreadableSource(f"Files must be Parquet or CSV, not {kind}.")
    return kind


def _by_spark(names: Sequence[str], kind: str, master: str, dialect: Dialect | None) -> ir.Table:
    connection = _spark(master)
    places = [name if "://" in name else Path(name).absolute().as_uri() for name in names]
    if kind != ".parquet":
        return connection.read_csv(places, inferSchema=False, **_spark_words(dialect or Dialect()))
    whole = connection.read_parquet(places[0])
    for place in places[1:]:
        whole = whole.union(connection.read_parquet(place))
    return whole


def _duckdb_words(dialect: Dialect) -> dict[str, Any]:
    """Nothing is left to be guessed where all is known."""
    words = {
        "header": True,
        "delim": dialect.delimiter,
        "quote": '"',
        "escape": '"',
        "skip": dialect.skip,
        "null_padding": True,
        "parallel": not dialect.broken,
    }
    if dialect.columns:
        words |= {"auto_detect": False, "columns": {f"c{n}": "string" for n in range(dialect.columns)}}
    return words


def _spark_words(dialect: Dialect) -> dict[str, Any]:
    if dialect.skip:
        raise UnreadableSource("Spark needs the headings in the first line: delete the lines above them.")
    return {
        "sep": dialect.delimiter,
        "quote": '"',
        "escape": '"',
        "encoding": "utf-8",
        "multiLine": True,
    }


def _cores() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _spark(master: str) -> Any:
    import ibis

    try:
        from pyspark.sql import SparkSession
    except ImportError as error:
        raise UnreadableSource("Spark is not installed here: pip install belong[cluster].") from error
    # Counts are small once they are made: two hundred partitions of them, Spark's own habit, would only cost time.
    settings = {"spark.ui.enabled": "false", "spark.ui.showConsoleProgress": "false",
                "spark.sql.adaptive.enabled": "true", "spark.sql.session.timeZone": "UTC"}  # fmt: skip
    if master.startswith("local"):
        settings |= {
            "spark.sql.shuffle.partitions": str(_cores()),
            "spark.driver.host": "127.0.0.1",
            "spark.driver.bindAddress": "127.0.0.1",
        }
    builder = SparkSession.builder.appName("belong").master(master)
    for name, value in settings.items():
        builder = builder.config(name, value)
    try:
        session = builder.getOrCreate()
    except (
        Exception
    ) as error:  # whatever its Java says; without a Java at all it says only that its gateway ended
        raise UnreadableSource(
            f"Spark did not start at {master}: {error}. It needs Java 17 or newer (Debian: openjdk-17-jre-headless)."
        ) from error
    session.sparkContext.setLogLevel("ERROR")
    return ibis.pyspark.connect(session)
