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

from belong.measure.responses import Codes, Floats, Responses

Cases = Literal["complete", "pairwise"]
"""``complete``: only people who answered every item; ``pairwise``: everyone, each pair on who answered
both.
"""


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
    def slices(self) -> tuple[slice, ...]:
        ends = np.cumsum(self.categories)
        return tuple(
            slice(int(end - size), int(end)) for end, size in zip(ends, self.categories, strict=True)
        )

    def of(self, group: str) -> PairCounts:
        """One group's counts."""
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
        the people who answered both items, so the matrix may fail to be positive definite.
        """
        table = self.tables.sum(axis=0)
        values = np.concatenate([np.arange(1, size + 1, dtype=float) for size in self.categories])
        lay = np.zeros((len(self.items), len(values)))
        for i, part in enumerate(self.slices):
            lay[i, part] = 1.0
        both = lay @ table @ lay.T
        first = (lay * values) @ table @ lay.T
        cross = (lay * values) @ table @ (lay * values).T
        with np.errstate(invalid="ignore", divide="ignore"):
            return np.asarray((cross - first * first.T / both) / (both - 1))


def pair_counts(
    responses: Responses,
    cases: Cases,
    groups: Sequence[str] | NDArray[np.str_] | None = None,
    weights: Floats | None = None,
) -> PairCounts:
    """Count all pairs of categories, by group; weights (one per row) make weighted counts."""
    names = np.full(len(responses), "all") if groups is None else np.asarray(groups)
    keep = responses.complete() if cases == "complete" else np.ones(len(responses), dtype=bool)
    hot = one_hot(responses.oriented(), responses.categories)
    found = tuple(dict.fromkeys(names.tolist()))
    tables = np.zeros((len(found), hot.shape[1], hot.shape[1]))
    people = np.zeros(len(found), dtype=np.int64)
    for g, name in enumerate(found):
        rows = keep & (names == name)
        picked = hot[rows]
        tables[g] = picked.T @ (picked if weights is None else picked * weights[rows, None])
        people[g] = rows.sum()
    return PairCounts(responses.ids, responses.categories, found, cases, tables, people)


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


def pattern_counts(
    responses: Responses,
    groups: Sequence[str] | NDArray[np.str_] | None = None,
    weights: Floats | None = None,
) -> PatternCounts:
    """Count distinct answer patterns by group."""
    names = np.full(len(responses), "all") if groups is None else np.asarray(groups)
    patterns, place = np.unique(responses.oriented(), axis=0, return_inverse=True)
    found = tuple(dict.fromkeys(names.tolist()))
    weight = np.ones(len(responses)) if weights is None else weights
    counts = np.zeros((len(found), len(patterns)))
    for g, name in enumerate(found):
        rows = names == name
        counts[g] = np.bincount(place[rows], weights=weight[rows], minlength=len(patterns))
    return PatternCounts(responses.ids, responses.categories, found, patterns, counts)
