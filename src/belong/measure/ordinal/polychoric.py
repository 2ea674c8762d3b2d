"""Thresholds and polychoric correlations from two-way tables alone, in two steps.

Step one takes each item's thresholds from its own answers; step two finds, for each pair of items, the correlation
of the two normal variables behind them that makes their table most likely. Olsson (1979), Psychometrika 44, 443–460.
All pairs are solved at once.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import special

from belong.measure.counts import PairCounts
from belong.measure.ordinal.normal import FAR, cumulative, density
from belong.measure.refusing import NotMeasurable
from belong.measure.responses import Floats

MOST = 0.9999
"""A correlation is kept this side of one; one that ends here is named in ``Polychoric.at_the_edge``."""


@dataclass(frozen=True)
class Polychoric:
    """Correlations of the normal variables behind ordered answers.

    ``correlation`` (items, items); ``thresholds`` one array per item, one value between each two categories in use;
    ``used`` the codes in use per item (categories nobody chose are left out and named in ``unused``); ``tables``
    (pairs, k, k) the counts each correlation rests on, in the order of ``pairs``, laid into the most categories any
    item has; ``people`` (pairs,) their totals; ``positive`` whether the matrix is positive definite.
    """

    items: tuple[str, ...]
    correlation: Floats
    thresholds: tuple[Floats, ...]
    used: tuple[tuple[int, ...], ...]
    pairs: tuple[tuple[int, int], ...]
    tables: Floats
    people: Floats
    positive: bool
    at_the_edge: tuple[tuple[str, str], ...]
    weighted: bool = False

    @property
    def unused(self) -> dict[str, tuple[int, ...]]:
        """Per item the codes inside its range that nobody chose; items with none are left out."""
        gaps = {
            item: tuple(code for code in range(used[0], used[-1]) if code not in used)
            for item, used in zip(self.items, self.used, strict=True)
        }
        return {item: codes for item, codes in gaps.items() if codes}

    def alike(self) -> str:
        """In words, the first pair whose answers follow from each other; "" where there is none."""
        if not self.at_the_edge:
            return ""
        one, other = self.at_the_edge[0]
        return f"the answers to {one} and {other} follow from each other (their correlation is ±1)"

    @property
    def between(self) -> Floats:
        """The correlations in the order of ``pairs``. Shape (pairs,)."""
        return np.array([self.correlation[i, j] for i, j in self.pairs])

    def grid(self) -> Floats:
        """Thresholds with their infinite ends, padded to one length: (items, k + 1)."""
        return padded(self.thresholds)


def polychoric(counts: PairCounts) -> Polychoric:
    """Two-step polychoric correlations of all pairs of items, all groups together.

    Each pair's table and each item's margin are those of ``counts``: of complete cases the estimates are lavaan's;
    of pairwise counts each rests on those who answered both. A two-by-two table with one empty cell gets half
    a person in that cell, and the margins move to keep their sums, as lavaan does. Raises NotMeasurable for an item
    with fewer than two categories in use or for a pair nobody answered.
    """
    whole = counts.total()
    table, slices = whole.tables[0], whole.slices
    margins = [np.diag(table)[part] for part in slices]
    used = tuple(tuple(int(code) + 1 for code in np.flatnonzero(margin > 0)) for margin in margins)
    for item, codes in zip(counts.items, used, strict=True):
        if not codes:
            raise NotMeasurable(f"Nobody answered {item}.")
        if len(codes) == 1:
            raise NotMeasurable(f"Everybody who answered {item} gave the same answer ({codes[0]}).")
    thresholds = tuple(
        special.ndtri(np.cumsum(margin[np.array(codes) - 1])[:-1] / margin.sum())
        for margin, codes in zip(margins, used, strict=True)
    )
    pairs = tuple((i, j) for i in range(len(used)) for j in range(i))
    tables = _tables(table, slices, used, pairs)
    people = tables.sum(axis=(1, 2))
    for (i, j), total in zip(pairs, people, strict=True):
        if total <= 0:
            raise NotMeasurable(f"Nobody answered both {counts.items[j]} and {counts.items[i]}.")
    grid = padded(thresholds)
    first, second = grid[[i for i, _ in pairs]], grid[[j for _, j in pairs]]
    rho = _most_likely(_never_empty(tables, used, pairs), first, second)
    correlation = np.eye(len(used))
    for (i, j), value in zip(pairs, rho, strict=True):
        correlation[i, j] = correlation[j, i] = value
    edge = tuple(
        (counts.items[j], counts.items[i])
        for (i, j), value in zip(pairs, rho, strict=True)
        if abs(value) > MOST - 1e-6
    )
    positive = bool(np.linalg.eigvalsh(correlation)[0] > 1e-10) if len(used) else True
    weighted = counts.weighted
    return Polychoric(
        counts.items, correlation, thresholds, used, pairs, tables, people, positive, edge, weighted
    )


def padded(thresholds: tuple[Floats, ...]) -> Floats:
    """Thresholds with −∞ before and +∞ after, all to one length: categories beyond an item's own have no width."""
    most = max((len(own) for own in thresholds), default=0)
    grid = np.full((len(thresholds), most + 2), FAR)
    grid[:, 0] = -FAR
    for row, own in zip(grid, thresholds, strict=True):
        row[1 : len(own) + 1] = own
    return grid


def _tables(
    table: Floats,
    slices: tuple[slice, ...],
    used: tuple[tuple[int, ...], ...],
    pairs: tuple[tuple[int, int], ...],
) -> Floats:
    most = max((len(codes) for codes in used), default=0)
    places = [np.array(codes) - 1 + part.start for codes, part in zip(used, slices, strict=True)]
    tables = np.zeros((len(pairs), most, most))
    for place, (i, j) in enumerate(pairs):
        tables[place, : len(used[i]), : len(used[j])] = table[np.ix_(places[i], places[j])]
    return tables


def _never_empty(
    tables: Floats, used: tuple[tuple[int, ...], ...], pairs: tuple[tuple[int, int], ...]
) -> Floats:
    """Half a person into the empty cell of a two-by-two table; without it the correlation would be ±1."""
    tables = tables.copy()
    for table, (i, j) in zip(tables, pairs, strict=True):
        if len(used[i]) == len(used[j]) == 2 and (table[:2, :2] == 0).sum() == 1:
            empty = table[:2, :2] == 0
            across = empty[::-1, ::-1]
            table[:2, :2] += np.where(empty | across, 0.5, -0.5)
    return tables


def cells(first: Floats, second: Floats, rho: Floats) -> Floats:
    """Probability of each cell of a table, (pairs, k, k), given two rows of thresholds and a correlation each."""
    grid = cumulative(first[:, :, None], second[:, None, :], rho[:, None, None])
    return np.maximum(_differences(grid), 1e-300)


def slopes(first: Floats, second: Floats, rho: Floats) -> Floats:
    """How each cell's probability moves with the correlation: (pairs, k, k)."""
    return _differences(density(first[:, :, None], second[:, None, :], rho[:, None, None]))


def _differences(grid: Floats) -> Floats:
    return np.asarray(grid[:, 1:, 1:] - grid[:, :-1, 1:] - grid[:, 1:, :-1] + grid[:, :-1, :-1])


def _most_likely(tables: Floats, first: Floats, second: Floats) -> Floats:
    """The correlation of each table: Fisher scoring inside a shrinking bracket. Shape (pairs,)."""
    count = len(tables)
    low, high = np.full(count, -MOST), np.full(count, MOST)
    rho = np.zeros(count)
    total = tables.sum(axis=(1, 2))
    for _ in range(100):
        chance, slope = cells(first, second, rho), slopes(first, second, rho)
        seen = tables > 0
        gradient = np.where(seen, tables * slope / chance, 0.0).sum(axis=(1, 2))
        weight = total * (slope**2 / np.maximum(chance, 1e-12)).sum(axis=(1, 2))
        low, high = np.where(gradient > 0, rho, low), np.where(gradient < 0, rho, high)
        step = rho + gradient / np.maximum(weight, 1e-12)
        following = np.where((step > low) & (step < high), step, (low + high) / 2)
        moved = np.abs(following - rho)
        rho = np.where(gradient == 0, rho, following)
        if (moved < 1e-12).all():
            break
    return np.asarray(rho)
