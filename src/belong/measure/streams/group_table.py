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
from belong.measure.streams.source import Source, UnreadableSource

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
    answered, points, most = _points(source)
    table = source.table.select(**{name: source.table[name] for name in by}, n=answered, points=points)
    table = table.filter(table.n >= max(1, least))
    scored = table.mutate(score=table.points / table.n)
    rows = (
        scored.group_by(list(by))
        .aggregate(
            people=scored.count(), total=scored.score.sum(), squares=(scored.score * scored.score).sum()
        )
        .to_pyarrow()
    )
    people = rows["people"].to_numpy().astype(np.int64)
    mean = rows["total"].to_numpy() / people
    square = np.maximum(rows["squares"].to_numpy() - people * mean**2, 0.0)
    columns = {name: rows[name].to_numpy() for name in by}
    return GroupTable(columns, people, mean * (100 / most), square * (100 / most) ** 2)


def _points(source: Source) -> tuple[ir.IntegerValue, ir.IntegerValue, int]:
    """Questions answered, whole points for them, and the most points of one question.

    Points are the steps above the lowest answer, multiplied so that every question's highest answer earns the same.
    """
    most = lcm(*(size - 1 for size in source.categories))
    hits = [(source.codes[id] > 0).cast("int32") for id in source.ids]
    answered = reduce(add, hits)
    weights = [most // (size - 1) for size in source.categories]
    if len(set(weights)) == 1:
        return answered, (reduce(add, (source.codes[id] for id in source.ids)) - answered) * weights[0], most
    steps = ((source.codes[id] - hit) * w for id, hit, w in zip(source.ids, hits, weights, strict=True))
    return answered, reduce(add, steps), most
