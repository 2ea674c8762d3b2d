"""Counts of a source: one Ibis expression each, whatever runs it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from belong.measure.blocks import Block, Joint, blocks_of, pairs_of, tables
from belong.measure.counts import Cases, PairCounts, PatternCounts
from belong.measure.streams.opening import UnreadableSource, fetched
from belong.measure.streams.source import Source

if TYPE_CHECKING:
    import ibis.expr.types as ir

_GROUPED_ROOM = 2_000_000
ALL = "all"


def count_pairs(
    source: Source, cases: Cases = "complete", group: str | None = None, weight: str | None = None
) -> PairCounts:
    """All two-way tables of a source's items; by the values of one column, weighted by another, if given.

    Rows with a weight of zero or less, or none, are refused; see ``unknown_codes`` for codes outside the scale,
    which count as no answer. With many groups the blocks are smaller and the data are gone through more often.
    """
    table, names = _prepared(source, cases, group, weight)
    groups = _groups(table) if group else [ALL]
    room = int(np.sqrt(_GROUPED_ROOM / max(1, len(groups))))
    blocks = blocks_of(source.categories, max(min(room, 1_400), max(source.categories) + 1))
    found: dict[str, list[Joint]] = {name: [] for name in groups}
    for pair in pairs_of(blocks):
        number = _number(table, names, pair)
        rows = _counted(table.mutate(combination=number), ["combination"])
        for name, part in _by_group(rows, groups):
            found[name].append((pair, part["combination"].astype(np.int64), part["n"].astype(float)))
    counted = np.stack([tables(source.categories, found[name]) for name in groups])
    people = _people(table, groups)
    return PairCounts(source.ids, source.categories, tuple(groups), cases, counted, people)


def count_patterns(source: Source, group: str | None = None, weight: str | None = None) -> PatternCounts:
    """Distinct answer patterns of a source and how many people gave each, by the values of one column if given."""
    table, names = _prepared(source, "pairwise", group, weight)
    whole = Block(tuple(range(len(names))), tuple(size + 1 for size in source.categories))
    if np.log2(np.array(whole.sizes, dtype=float)).sum() > 62:
        return _wide(source, table, names)
    rows = _counted(table.mutate(combination=_number(table, names, (whole,))), ["combination"])
    numbers, place = np.unique(rows["combination"].astype(np.int64), return_inverse=True)
    groups, counts = _placed(rows, place, len(numbers))
    steps = np.array(whole.steps, dtype=np.int64)
    patterns = ((numbers[:, None] // steps) % np.array(whole.sizes)).astype(np.int8)
    return PatternCounts(source.ids, source.categories, tuple(groups), patterns, counts)


def unknown_codes(source: Source) -> dict[str, int]:
    """How many answers per item have a code its scale does not know; items with none are left out."""
    row = source.table.aggregate(**{f"c{j}": source.unknown[id].sum() for j, id in enumerate(source.ids)})
    found = {id: int(values[0]) for id, values in zip(source.ids, fetched(row).values(), strict=True)}
    return {id: many for id, many in found.items() if many}


def _prepared(
    source: Source, cases: Cases, group: str | None, weight: str | None
) -> tuple[ir.Table, list[str]]:
    """The source with one clean code per item (c0 …), its group and its weight, complete cases only if asked."""
    for name in (group, weight):
        if name is not None and name not in source.table.columns:
            raise UnreadableSource(f"There is no column {name}.")
    names = [f"c{j}" for j in range(len(source.ids))]
    clean = {name: source.codes[id] for name, id in zip(names, source.ids, strict=True)}
    extra = {}
    if group:
        extra["group"] = source.table[group].cast("string").fill_null("")
    if weight:
        extra["weight"] = source.table[weight].try_cast("float64")
    table = source.table.select(**clean, **extra)
    if weight:
        wrong = _many(table.filter(table.weight.isnull() | table.weight.isnan() | (table.weight <= 0)))
        if wrong:
            raise UnreadableSource(
                f"{wrong} rows have no weight above 0 in {weight}; give each one or leave them out."
            )
    if cases == "complete":
        table = table.filter([table[name] > 0 for name in names])
    return table, names


def _number(table: ir.Table, names: Sequence[str], blocks: Sequence[Block]) -> ir.IntegerValue:
    """The answers of one or two blocks as one number."""
    places = [item for block in blocks for item in block.items]
    sizes = [size for block in blocks for size in block.sizes]
    wide = "int64" if np.prod(np.array(sizes, dtype=float)) >= 2**31 else "int32"
    number = table[names[places[0]]].cast(wide)
    for place, size in zip(places[1:], sizes[1:], strict=True):
        number = number * size + table[names[place]]
    return number


def _counted(table: ir.Table, by: Sequence[str]) -> dict[str, np.ndarray]:
    """People (or their weights) per combination and, if the table has groups, per group."""
    keys = ["group", *by] if "group" in table.columns else list(by)
    many = table.weight.sum() if "weight" in table.columns else table.count()
    return fetched(table.group_by(keys).aggregate(n=many))


def _groups(table: ir.Table) -> list[str]:
    return sorted(fetched(table.select("group").distinct())["group"].tolist())


def _by_group(rows: dict[str, np.ndarray], groups: Sequence[str]) -> list[tuple[str, dict[str, np.ndarray]]]:
    if "group" not in rows:
        return [(groups[0], rows)]
    place = np.searchsorted(np.array(groups), rows["group"].astype(str))
    order = np.argsort(place, kind="stable")
    ends = np.searchsorted(place[order], np.arange(len(groups) + 1))
    return [
        (name, {key: values[order[ends[g] : ends[g + 1]]] for key, values in rows.items()})
        for g, name in enumerate(groups)
    ]


def _people(table: ir.Table, groups: Sequence[str]) -> np.ndarray:
    if "group" not in table.columns:
        return np.array([_many(table)], dtype=np.int64)
    rows = fetched(table.group_by("group").aggregate(n=table.count()))
    known = dict(zip(rows["group"].tolist(), rows["n"].tolist(), strict=True))
    return np.array([known.get(name, 0) for name in groups], dtype=np.int64)


def _many(table: ir.Table) -> int:
    return int(fetched(table.aggregate(n=table.count()))["n"][0])


def _wide(source: Source, table: ir.Table, names: Sequence[str]) -> PatternCounts:
    """More items than fit one number: grouped by their codes themselves."""
    rows = _counted(table, names)
    codes = np.stack([rows[name] for name in names], axis=1).astype(np.int8)
    patterns, place = np.unique(codes, axis=0, return_inverse=True)
    groups, counts = _placed(rows, place.ravel(), len(patterns))
    return PatternCounts(source.ids, source.categories, tuple(groups), patterns, counts)


def _placed(rows: dict[str, np.ndarray], place: np.ndarray, patterns: int) -> tuple[list[str], np.ndarray]:
    """The groups there are, and how many people of each gave each pattern: (groups, patterns)."""
    groups = sorted(set(rows["group"].tolist())) if "group" in rows else [ALL]
    where = np.zeros(len(place), dtype=np.intp)
    if "group" in rows:
        where = np.searchsorted(np.array(groups), rows["group"].astype(str))
    counts = np.zeros((len(groups), patterns))
    np.add.at(counts, (where, place), rows["n"].astype(float))
    return groups, counts
