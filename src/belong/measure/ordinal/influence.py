"""How far one more answer moves a threshold or a polychoric correlation, and so how uncertain they are.

Both are two-step estimates, so a correlation's uncertainty includes that of the thresholds under it:
Muthén (1984), Psychometrika 49, 115–132. Each answer pattern moves the correlation of a pair by an amount that depends
on its two answers alone, so all of it is a table per pair, and the covariance of all correlations is one product over
distinct answer patterns.
"""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import combinations

import numpy as np
from numpy.typing import NDArray
from scipy import special

from belong.measure.blocks import cut
from belong.measure.counts import PatternCounts
from belong.measure.ordinal.polychoric import Polychoric, cells, slopes
from belong.measure.refusing import NotMeasurable
from belong.measure.responses import Codes, Floats

_CHUNK = 16_384
_LARGEST = 150
"""Most answer combinations of one block of items: a pair of blocks then has a lookup table that stays in the cache."""
WORKERS = 2
"""numpy lets go of the interpreter while it looks up and multiplies, so two threads keep two cores busy."""


@dataclass(frozen=True)
class Influence:
    """What one person adds to each estimate, times the number of people it rests on.

    ``thresholds[i]`` (k_i, k_i − 1): by the category answered; ``correlations`` (pairs, k, k): by the two
    categories, in the order of ``Polychoric.pairs``.
    """

    thresholds: tuple[Floats, ...]
    correlations: Floats


def influence(found: Polychoric) -> Influence:
    """The influence tables of a two-step solution; NotMeasurable with fewer than two items."""
    if not found.pairs:
        raise NotMeasurable(f"A correlation needs two items at least; there is {len(found.items)}.")
    own = tuple(_of_thresholds(np.asarray(values)) for values in found.thresholds)
    grid = found.grid()
    rows, columns = (np.array([pair[side] for pair in found.pairs]) for side in (0, 1))
    first, second, rho = grid[rows], grid[columns], found.between
    chance = cells(first, second, rho)
    score = np.where(found.tables > 0, slopes(first, second, rho) / chance, 0.0)
    moved = score.copy()
    for one, other, across in ((first, second, False), (second, first, True)):
        counts, by, chances = (
            (values.transpose(0, 2, 1) if across else values)
            for values in (found.tables / found.people[:, None, None], score, chance)
        )
        bend = _bend(one, other, rho, counts * by / chances)
        items = columns if across else rows
        for place, item in enumerate(items):
            shift = own[item] @ bend[place, : own[item].shape[1]]
            if across:
                moved[place, :, : len(shift)] -= shift[None, :]
            else:
                moved[place, : len(shift), :] -= shift[:, None]
    information = (found.tables * score**2).sum(axis=(1, 2))
    return Influence(own, moved * (found.people / information)[:, None, None])


def _of_thresholds(values: Floats) -> Floats:
    """Influence of a category on each threshold of its item: (k, k − 1)."""
    below = np.arange(len(values) + 1)[:, None] <= np.arange(len(values))[None, :]
    height = np.exp(-(values**2) / 2) / np.sqrt(2 * np.pi)
    return np.asarray((below - special.ndtr(values)) / height)


def _bend(own: Floats, other: Floats, rho: Floats, weight: Floats) -> Floats:
    """Per person and pair, the product of the correlation's score with each threshold's: (pairs, k − 1).

    ``weight`` is counts × score / probability of each cell, the item whose thresholds move along axis 1.
    """
    inner = own[:, 1:-1]
    root = np.sqrt(1 - rho**2)[:, None, None]
    given = special.ndtr((other[:, None, :] - rho[:, None, None] * inner[:, :, None]) / root)
    edge = np.exp(-(inner**2) / 2)[:, :, None] / np.sqrt(2 * np.pi) * (given[:, :, 1:] - given[:, :, :-1])
    return np.asarray(((weight[:, :-1, :] - weight[:, 1:, :]) * edge).sum(axis=2))


def positions(found: Polychoric, patterns: PatternCounts) -> tuple[Codes, Floats]:
    """Complete patterns as places among the categories in use (patterns, items), and how often each was given.

    Categories nobody used have no place; a pattern with an unanswered item is left out.
    """
    counts = patterns.counts.sum(axis=0)
    codes = patterns.patterns
    keep = (codes > 0).all(axis=1) & (counts > 0)
    codes, counts = codes[keep], counts[keep]
    places = np.empty_like(codes)
    for j, used in enumerate(found.used):
        lookup = np.zeros(patterns.categories[j] + 1, dtype=codes.dtype)
        lookup[list(used)] = np.arange(len(used))
        places[:, j] = lookup[codes[:, j]]
    return places, counts


def gamma(found: Polychoric, patterns: PatternCounts, *, thresholds: bool = False) -> Floats:
    """Asymptotic covariance, times people, of the correlations: (pairs, pairs), in the order of ``found.pairs``.

    With ``thresholds`` those of all items come first: (thresholds + pairs, …). ``found`` must rest on the complete
    cases that ``patterns`` holds; NotMeasurable where it does not, and for weighted counts: a tenth of a person more
    for one answer is no smaller error in it, so no standard error and no χ² would mean what it says.
    """
    if found.weighted:
        raise NotMeasurable(
            "These counts are weighted. Correlations, minres loadings and categorical omega of weighted counts are "
            "estimates for the population; standard errors and χ² (WLSMV) take unweighted counts."
        )
    moves = _Moves(found, influence(found), thresholds)
    places, counts = positions(found, patterns)
    if not np.allclose(found.people, counts.sum(), rtol=1e-6):
        raise NotMeasurable(
            f"The correlations rest on {found.people.max():g} people, the patterns on {counts.sum():g} complete cases: "
            "count both from the same complete cases."
        )

    def part(begin: int) -> Floats:
        moved = moves.of(places[begin : begin + _CHUNK])
        moved *= np.sqrt(counts[begin : begin + _CHUNK])[:, None]
        return np.asarray(moved.T @ moved)

    total = np.zeros((moves.width, moves.width))
    with ThreadPoolExecutor(WORKERS) as pool:
        for product in pool.map(part, range(0, len(places), _CHUNK)):
            total += product
    order = np.argsort(moves.columns)
    return np.asarray(total[np.ix_(order, order)] / counts.sum())


class _Moves:
    """Looks up all influences of a pattern by blocks of items, a few long rows in place of one number per pair.

    ``columns`` says which estimate each looked-up column is of.
    """

    def __init__(self, found: Polychoric, tables: Influence, thresholds: bool) -> None:
        ahead = sum(own.shape[1] for own in tables.thresholds) if thresholds else 0
        place = {pair: ahead + number for number, pair in enumerate(found.pairs)}
        width = tables.correlations.shape[1]
        sizes = [len(used) for used in found.used]
        self.blocks = cut(sizes, _LARGEST)
        self.lookups: list[tuple[int, int, Floats]] = []
        columns: list[int] = []
        for one, two in [(b, b) for b in range(len(self.blocks))] + list(
            combinations(range(len(self.blocks)), 2)
        ):
            first, second = self.blocks[one], self.blocks[two]
            pairs = [(i, j) for i in second for j in first if (i > j if one == two else True)]
            if not pairs:
                continue
            mine, others = _digits(first, sizes), _digits(second, sizes)
            rows = []
            for i, j in pairs:
                table = tables.correlations[place[i, j] - ahead][:width, :width]
                if one == two:
                    rows.append(table[others[i], others[j]])
                else:
                    rows.append(table[others[i][None, :], mine[j][:, None]].ravel())
                columns.append(place[i, j])
            self.lookups.append((one, two, np.stack(rows, axis=1)))
        self.own = tables.thresholds if thresholds else ()
        columns += range(ahead)
        self.columns = np.array(columns)
        self.sizes = sizes
        self.width = len(columns)

    def of(self, places: Codes) -> Floats:
        """Influences of patterns (patterns, items): (patterns, width), columns as in ``columns``."""
        numbers = [self._number(block, places) for block in self.blocks]
        counts = [int(np.prod([self.sizes[i] for i in block])) for block in self.blocks]
        out = np.empty((len(places), self.width))
        at = 0
        for one, two, table in self.lookups:
            row = numbers[one] if one == two else numbers[one] * counts[two] + numbers[two]
            out[:, at : at + table.shape[1]] = table.take(row, axis=0)
            at += table.shape[1]
        for i, own in enumerate(self.own):
            out[:, at : at + own.shape[1]] = own[places[:, i]]
            at += own.shape[1]
        return out

    def _number(self, block: tuple[int, ...], places: Codes) -> NDArray[np.intp]:
        number = np.zeros(len(places), dtype=np.intp)
        for item in block:
            number = number * self.sizes[item] + places[:, item]
        return number


def _digits(block: tuple[int, ...], sizes: Sequence[int]) -> dict[int, NDArray[np.intp]]:
    """For each item of a block, its place in each combination of the block."""
    shape = tuple(sizes[item] for item in block)
    return {item: digit.ravel() for item, digit in zip(block, np.indices(shape), strict=True)}
