"""Counting answers that are too many to hold: one expression, run by DuckDB on one machine or by Spark on many."""

from belong.measure.streams.counting import count_pairs, count_patterns, unknown_codes
from belong.measure.streams.group_table import GroupTable, group_table
from belong.measure.streams.opening import Engine, UnreadableSource, open_files
from belong.measure.streams.source import Source, source

__all__ = [
    "Engine", "GroupTable", "Source", "UnreadableSource", "count_pairs", "count_patterns", "group_table",
    "open_files", "source", "unknown_codes",
]  # fmt: skip
