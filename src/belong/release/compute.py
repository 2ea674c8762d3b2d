"""Figures per person: items, parts and the score as percent of maximum, and who has them."""

from __future__ import annotations

import hashlib
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from belong.measure import item_percent
from belong.release.model import Flags, Floats, MeasureInfo, Microdata

COMMON = 2 / 3
"""An item answered by fewer than this share of everyone is reported alone and left out of the scores, so that
hiding it for a small group does not mean hiding the scores, and scores never give it away.
"""


@dataclass(frozen=True, eq=False)
class Values:
    """One figure per person and measure: ``points`` (measures × people, 0–100, nan for none), ``favourable``
    likewise (share of the answers that were favourable, 0–1).
    """

    measures: tuple[MeasureInfo, ...]
    points: Floats
    favourable: Floats

    @property
    def answered(self) -> Flags:
        return ~np.isnan(self.points)

    def place(self, key: str) -> int | None:
        return next((i for i, info in enumerate(self.measures) if info.key == key), None)


def measures_of(data: Microdata, threshold: int) -> tuple[MeasureInfo, ...]:
    """Score, parts, items, in that order; says which items stand alone."""
    counts = {item: int((codes > 0).sum()) for item, codes in data.items.items()}
    enough = max(threshold, COMMON * max(counts.values(), default=0))
    parted = {item: part for part, items in data.parts.items() for item in items}
    counted = {part: [item for item in items if counts[item] >= enough] for part, items in data.parts.items()}
    made = []
    scored = [item for items in counted.values() for item in items]
    if scored and not data.facts:
        made.append(_measure("score", "score", data, scored))
    if not data.facts:
        made += [_measure(f"part:{p}", "part", data, items, p) for p, items in counted.items() if items]
    made += [
        _measure(f"item:{item}", "item", data, [item], parted.get(item, ""), item in scored)
        for item in data.items
    ]
    return tuple(made)


def of_these(data: Microdata, measures: Sequence[MeasureInfo]) -> tuple[MeasureInfo, ...]:
    """The measures that these answers hold: a release may carry others, of answers kept apart."""
    return tuple(m for m in measures if m.kind != "item" or m.key.removeprefix("item:") in data.items)


def items_of(data: Microdata, measures: Sequence[MeasureInfo], key: str) -> list[str]:
    """The items a measure rests on."""
    kind, _, name = key.partition(":")
    if kind == "item":
        return [name]
    counted = {info.key.removeprefix("item:") for info in measures if info.kind == "item" and info.scored}
    parts = data.parts.values() if kind == "score" else [data.parts.get(name, ())]
    return [item for items in parts for item in items if item in counted]


def values_of(
    data: Microdata,
    measures: tuple[MeasureInfo, ...],
    good: Mapping[str, Flags] | None = None,
    only: Mapping[str, Sequence[str]] | None = None,
) -> Values:
    """Everybody's figures. ``good`` flags favourable answers where they are not simply read from the codes;
    ``only`` limits a measure to some of its items (for comparing waves that share only those).
    """
    points = {item: item_percent(codes, data.categories[item]) for item, codes in data.items.items()}
    flags = favourable_flags(data) if good is None else good
    marks = {
        item: np.where((codes > 0) & has_favourable(data, item), flags[item], np.nan)
        for item, codes in data.items.items()
    }
    rows, shares = [], []
    for info in measures:
        items = list(only[info.key]) if only is not None else items_of(data, measures, info.key)
        rows.append(_mean_of(points, items, data))
        shares.append(_mean_of(marks, items, data))
    shape = (len(measures), data.pupils)
    return Values(measures, np.array(rows).reshape(shape), np.array(shares).reshape(shape))


def favourable_flags(data: Microdata) -> dict[str, Flags]:
    """Which answers count as favourable, by item."""
    return {item: np.isin(codes, list(data.favourable.get(item, ()))) for item, codes in data.items.items()}


def has_favourable(data: Microdata, item: str) -> bool:
    """Whether "usually or always" means anything for an item: some codes count, and not all of them."""
    return 0 < len(set(data.favourable.get(item, ()))) < data.categories[item]


def needed(items: int, minimum: float) -> int:
    """How many of ``items`` must be answered; 0.667 is read as two thirds, as the instruments mean it."""
    return max(1, math.ceil(Fraction(minimum).limit_denominator(20) * items))


def _mean_of(points: Mapping[str, Floats], items: Sequence[str], data: Microdata) -> Floats:
    if len(items) == 1:
        return np.asarray(points[items[0]], dtype=np.float64)
    table = np.array([points[item] for item in items], dtype=np.float64).reshape(len(items), data.pupils)
    answered = (~np.isnan(table)).sum(axis=0)
    total = np.nansum(table, axis=0)
    enough = answered >= needed(len(items), data.minimum_answered)
    return np.where(enough, total / np.maximum(answered, 1), np.nan)


def _measure(
    key: str, kind: str, data: Microdata, items: Sequence[str], part: str = "", scored: bool = True
) -> MeasureInfo:
    hashes = [data.hash_of(item) for item in items]
    mark = hashes[0] if kind == "item" else hashlib.sha256("|".join(hashes).encode()).hexdigest()
    return MeasureInfo(key, data.titles.get(key, key.partition(":")[2] or key), kind, part, scored, mark)
