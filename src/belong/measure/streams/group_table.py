"""Scores of many groups at once: by any columns together, in one pass over the data."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import reduce
from math import lcm
from operator import add
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from belong.measure.responses import Floats
from belong.measure.streams.opening import UnreadableSource, fetched
from belong.measure.streams.source import Source

if TYPE_CHECKING:
    import ibis.expr.types as ir


@dataclass(frozen=True)
class GroupTable:
    """One row per combination that occurs. ``columns[name]`` (rows,) its values; ``people`` (rows,) with a score;
    ``mean`` (rows,) of their scores, 0–100; ``square`` (rows,) the sum of squared distances from it. These are raw
    counts of small groups: nothing here may be shown before a release has protected it.
    """

    columns: dict[str, NDArray[np.generic]]
    people: NDArray[np.int64]
    mean: Floats
    square: Floats

    def __len__(self) -> int:
        return len(self.people)


def group_table(source: Source, by: Sequence[str], needed: int | None = None) -> GroupTable:
    """Mean score of every combination of the columns ``by``; people with fewer than ``needed`` answers have none.

    ``needed``: two thirds of the items by default. Raises UnreadableSource for a column that is not there.
    """
    for name in by:
        if name not in source.table.columns:
            raise UnreadableSource(f"There is no column {name}.")
    least = -(-2 * len(source.ids) // 3) if needed is None else needed
    scored, most = _scores(source, by, max(1, least))
    rows = fetched(
        scored.group_by(list(by)).aggregate(
            people=scored.count(), total=scored.score.sum(), squares=(scored.score * scored.score).sum()
        )
    )
    people = rows["people"].astype(np.int64)
    mean = rows["total"] / people
    square = np.maximum(rows["squares"] - people * mean**2, 0.0)
    return GroupTable(
        {name: rows[name] for name in by}, people, mean * (100 / most), square * (100 / most) ** 2
    )


def _scores(source: Source, by: Sequence[str], least: int) -> tuple[ir.Table, int]:
    """The columns ``by`` and everybody's mean points (``score``) from ``least`` answers on; the most points there are.

    Points are the steps above the lowest answer, multiplied so that every question's highest answer earns the same.
    The codes are made in one step and used in the next, and stay as narrow as holds their sum: DuckDB then looks at
    each answer once, and ten million people take half the time.
    """
    weights = [lcm(*(size - 1 for size in source.categories)) // (size - 1) for size in source.categories]
    most = weights[0] * (source.categories[0] - 1)
    if len(set(weights)) == 1:
        weights, most = [1] * len(weights), source.categories[0] - 1
    names = [f"code{j}" for j in range(len(source.ids))]
    codes = {name: source.codes[id] for name, id in zip(names, source.ids, strict=True)}
    table = source.table.select(**{name: source.table[name] for name in by}, **codes)
    narrow = "int16" if (most + max(weights)) * len(names) < 2**15 else "int64"
    answered = reduce(add, ((table[name] > 0).cast("int16") for name in names))
    total = reduce(add, (table[name].cast(narrow) * w if w > 1 else table[name].cast(narrow)
                         for name, w in zip(names, weights, strict=True)))  # fmt: skip
    if len(set(weights)) == 1:
        counted = table.select(*by, answered=answered, points=total)
        points = counted.points - counted.answered
    else:
        hits = reduce(
            add, ((table[name] > 0).cast(narrow) * w for name, w in zip(names, weights, strict=True))
        )
        counted = table.select(*by, answered=answered, points=total, hits=hits)
        points = counted.points - counted.hits
    counted = counted.mutate(points=points).filter(counted.answered >= least)
    return counted.select(*by, score=counted.points / counted.answered), most
