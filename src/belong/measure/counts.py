"""Counts that add: the only thing the reliability of a scale needs to know about people.

``PairCounts`` holds every two-way table of the items (the Gram matrix of their one-hot columns) for each
group; ``PatternCounts`` holds how often each distinct answer pattern occurs. Both come from rows in memory,
from a stream in pieces, or from several sources: counting the pieces and adding equals counting the whole.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from belong.measure.blocks import Joint, blocks_of, pairs_of
from belong.measure.blocks import tables as tables_of
from belong.measure.refusing import NotMeasurable, checked_weights
from belong.measure.responses import Codes, Floats, Responses

Cases = Literal["complete", "pairwise"]
"""``complete``: only people who answered every item; ``pairwise``: everyone, each pair on who answered
both.
"""


MANY = 20_000
"""From so many rows on pairs are counted by blocks of items."""


@dataclass(frozen=True)
class PairCounts:
    """All two-way tables at once.

    ``tables[g, a, b]`` is the (weighted) number of people of group ``g`` with category ``a`` and category
    ``b``, where ``a`` and ``b`` run over the categories of all items laid end to end (``slices`` says which
    are whose). Codes are oriented: high means belonging. ``people[g]`` is the unweighted number of rows
    counted.
    """

    items: tuple[str, ...]
    categories: tuple[int, ...]
    groups: tuple[str, ...]
    cases: Cases
    tables: Floats
    people: NDArray[np.int64]

    def __add__(self, other: PairCounts) -> PairCounts:
        if (self.items, self.categories, self.cases) != (other.items, other.categories, other.cases):
            raise ValueError("counts add only for the same items, categories and kind of cases")
        groups = tuple(dict.fromkeys((*self.groups, *other.groups)))
        tables = np.zeros((len(groups), *self.tables.shape[1:]))
        people = np.zeros(len(groups), dtype=np.int64)
        for part in (self, other):
            for g, group in enumerate(part.groups):
                tables[groups.index(group)] += part.tables[g]
                people[groups.index(group)] += part.people[g]
        return PairCounts(self.items, self.categories, groups, self.cases, tables, people)

    @property
    def weighted(self) -> bool:
        """Whether people count unequally: parts of people were counted, or all of them together are not as many."""
        if (np.rint(self.tables) != self.tables).any():
            return True
        own = [float(np.diagonal(self.tables, axis1=1, axis2=2)[:, part].sum()) for part in self.slices]
        return self.cases == "complete" and any(total != self.people.sum() for total in own)

    @property
    def slices(self) -> tuple[slice, ...]:
        ends = np.cumsum(self.categories)
        return tuple(
            slice(int(end - size), int(end)) for end, size in zip(ends, self.categories, strict=True)
        )

    def of(self, group: str) -> PairCounts:
        """One group's counts; NotMeasurable for a group that was not counted."""
        if group not in self.groups:
            raise NotMeasurable(f"Nobody in the group {group} was counted.")
        g = self.groups.index(group)
        return PairCounts(
            self.items, self.categories, (group,), self.cases, self.tables[g : g + 1], self.people[g : g + 1]
        )

    def total(self) -> PairCounts:
        """All groups together, as the group ``all``."""
        tables, people = self.tables.sum(axis=0, keepdims=True), self.people.sum(keepdims=True)
        return PairCounts(self.items, self.categories, ("all",), self.cases, tables, people)

    def frequencies(self) -> dict[str, Floats]:
        """(Weighted) number of people per category of each item, all groups together."""
        table = self.tables.sum(axis=0)
        return {id: np.diag(table)[part].copy() for id, part in zip(self.items, self.slices, strict=True)}

    def covariance(self) -> Floats:
        """Covariance matrix of the codes 1…k, items × items, with divisor n − 1 of each pair's own n.

        From complete cases it is the ordinary (listwise) matrix; from pairwise counts each entry rests on
        the people who answered both items, so the matrix may fail to be positive definite. Raises NotMeasurable
        where fewer than two people (or a weight of no more than 1 in all) answered an item or a pair.
        """
        table = self.tables.sum(axis=0)
        values = np.concatenate([np.arange(1, size + 1, dtype=float) for size in self.categories])
        lay = np.zeros((len(self.items), len(values)))
        for i, part in enumerate(self.slices):
            lay[i, part] = 1.0
        both = lay @ table @ lay.T
        if (both <= 1).any():
            raise NotMeasurable(self._too_few(both))
        first = (lay * values) @ table @ lay.T
        cross = (lay * values) @ table @ (lay * values).T
        return np.asarray((cross - first * first.T / both) / (both - 1))

    def _too_few(self, both: Floats) -> str:
        """Which item or pair a covariance is missing for."""
        if self.cases == "complete" or not self.items:
            most = both.max(initial=0)
            return f"Fewer than two people answered every item, so nothing varies together (n = {most:g})."
        own = np.flatnonzero(np.diag(both) <= 1)
        i, j = (own[0], own[0]) if own.size else np.argwhere(both <= 1)[0]
        which = self.items[i] if i == j else f"both {self.items[i]} and {self.items[j]}"
        return f"Fewer than two people answered {which} (n = {both[i, j]:g})."


def pair_counts(
    responses: Responses,
    cases: Cases,
    groups: Sequence[str] | NDArray[np.str_] | None = None,
    weights: Floats | None = None,
) -> PairCounts:
    """Count all pairs of categories, by group; weights (one per row, none below nought) make weighted counts.

    A row with weight 0 counts for nothing, in ``people`` too. Rows that several people gave count as often, and their
    weight is that of all of them together. Raises NotMeasurable for weights that are none.
    """
    names = np.full(len(responses), "all") if groups is None else np.asarray(groups)
    keep = responses.complete() if cases == "complete" else np.ones(len(responses), dtype=bool)
    if weights is not None:
        weights = checked_weights(weights, len(responses))
        keep = keep & (weights > 0)
    weights = responses.counts if weights is None else weights
    codes, width = responses.oriented(), sum(responses.categories)
    found = tuple(dict.fromkeys(names.tolist()))
    tables = np.zeros((len(found), width, width))
    people = np.zeros(len(found), dtype=np.int64)
    for g, name in enumerate(found):
        rows = np.flatnonzero(keep & (names == name))
        some = codes if len(rows) == len(codes) else codes[rows]
        count = _by_blocks if len(rows) > MANY and max(responses.categories) < 127 else _by_product
        tables[g] = count(some, responses.categories, None if weights is None else weights[rows])
        people[g] = len(rows) if responses.counts is None else responses.counts[rows].sum()
    return PairCounts(responses.ids, responses.categories, found, cases, tables, people)


def _by_product(codes: Codes, categories: Sequence[int], weights: Floats | None) -> Floats:
    hot = one_hot(codes, categories)
    return hot.T @ (hot if weights is None else hot * weights[:, None])


def _by_blocks(codes: Codes, categories: Sequence[int], weights: Floats | None) -> Floats:
    """The same from joint counts of blocks of items: a few additions for each row in place of thousands."""
    blocks = blocks_of(categories)
    numbers = {block: codes[:, block.items].astype(np.int64) @ np.array(block.steps) for block in blocks}
    joint: list[Joint] = []
    for pair in pairs_of(blocks):
        number, size = numbers[pair[0]], pair[0].count
        if len(pair) == 2:
            number, size = number * pair[1].count + numbers[pair[1]], size * pair[1].count
        joint.append(
            (pair, np.arange(size), np.bincount(number, weights=weights, minlength=size).astype(float))
        )
    return tables_of(categories, joint)


def one_hot(codes: Codes, categories: Sequence[int]) -> Floats:
    """People × all categories, 1 where the code is that category; unanswered items are all 0."""
    hot = [codes[:, j : j + 1] == np.arange(1, size + 1) for j, size in enumerate(categories)]
    return np.concatenate(hot, axis=1).astype(np.float64) if hot else np.zeros((len(codes), 0))


@dataclass(frozen=True)
class PatternCounts:
    """Distinct answer patterns (oriented codes, 0 = no answer) and how many people of each group gave them.

    ``patterns[p, item]``; ``counts[g, p]``, weighted if weights were given. Sorted, so equal content is
    equal.
    """

    items: tuple[str, ...]
    categories: tuple[int, ...]
    groups: tuple[str, ...]
    patterns: Codes
    counts: Floats

    def __add__(self, other: PatternCounts) -> PatternCounts:
        if (self.items, self.categories) != (other.items, other.categories):
            raise ValueError("counts add only for the same items and categories")
        groups = tuple(dict.fromkeys((*self.groups, *other.groups)))
        stacked = np.concatenate([self.patterns, other.patterns])
        patterns, place = np.unique(stacked, axis=0, return_inverse=True)
        counts = np.zeros((len(groups), len(patterns)))
        for part, places in ((self, place[: len(self.patterns)]), (other, place[len(self.patterns) :])):
            for g, group in enumerate(part.groups):
                np.add.at(counts[groups.index(group)], places, part.counts[g])
        return PatternCounts(self.items, self.categories, groups, patterns, counts)

    def people(self) -> float:
        return float(self.counts.sum())

    def of(self, group: str) -> PatternCounts:
        """One group's counts; NotMeasurable for a group that was not counted."""
        if group not in self.groups:
            raise NotMeasurable(f"Nobody in the group {group} was counted.")
        g = self.groups.index(group)
        return PatternCounts(self.items, self.categories, (group,), self.patterns, self.counts[g : g + 1])


def pattern_counts(
    responses: Responses,
    groups: Sequence[str] | NDArray[np.str_] | None = None,
    weights: Floats | None = None,
) -> PatternCounts:
    """Count distinct answer patterns by group. Raises NotMeasurable for weights that are none."""
    names = np.full(len(responses), "all") if groups is None else np.asarray(groups)
    patterns, place = _distinct(responses.oriented(), responses.categories)
    found = tuple(dict.fromkeys(names.tolist()))
    one_each = np.ones(len(responses)) if responses.counts is None else responses.counts
    weight = one_each if weights is None else checked_weights(weights, len(responses))
    counts = np.zeros((len(found), len(patterns)))
    for g, name in enumerate(found):
        rows = names == name
        counts[g] = np.bincount(place[rows], weights=weight[rows], minlength=len(patterns))
    return PatternCounts(responses.ids, responses.categories, found, patterns, counts)


def _distinct(codes: Codes, categories: Sequence[int]) -> tuple[Codes, NDArray[np.intp]]:
    """Distinct rows in order, and which of them each row is. As one number each where that fits: sorted ten
    times as fast.
    """
    sizes = np.array(categories, dtype=np.int64) + 1
    if not len(sizes) or np.log2(sizes).sum() >= 62:
        patterns, place = np.unique(codes, axis=0, return_inverse=True)
        return patterns, place.reshape(-1)
    steps = np.append(np.cumprod(sizes[:0:-1])[::-1], 1).astype(np.int64)
    numbers = np.zeros(len(codes), dtype=np.int64)
    for j, step in enumerate(steps):
        numbers += codes[:, j] * step
    found, place = np.unique(numbers, return_inverse=True)
    return ((found[:, None] // steps) % sizes).astype(codes.dtype), place
