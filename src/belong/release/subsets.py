"""Few numbers that add up to nought, with signs: up to four of them, all there are.

Sums of two are sorted and set beside each other, so that four cost as much as two times two. The numbers are drawn
at random along two probes: sums over the first that agree by chance are told from real ones by the second.
"""

from __future__ import annotations

import numpy as np

from belong.release.model import Floats, Ints

Combinations = tuple[Ints, Ints]
"""Places and their signs (each n × places)."""


def few_that_add_up(along: Floats, sizes: Ints, threshold: int, most: int, exact: float) -> Combinations:
    """Combinations of up to ``most`` (1 to 4) places whose ``along`` (2 × places), each taken with sign, add up to
    nought, and whose ``sizes`` add up to less than ``threshold``; the fewest places there are any with.
    """
    nothing = np.zeros((0, 1), dtype=np.int64)
    for many, candidates in enumerate((_one, _two, _three, _four)[:most], start=1):
        if many >= threshold or many > len(sizes):
            break
        places, signs = candidates(along[0], sizes, threshold, exact)
        sums = np.abs((along[:, places] * signs).sum(axis=2)).max(axis=0)
        real = (sums < exact * many) & (sizes[places].sum(axis=1) < threshold)
        if real.any():
            return places[real], signs[real]
    return nothing, nothing


def _one(values: Floats, sizes: Ints, threshold: int, exact: float) -> Combinations:
    places = np.flatnonzero(np.abs(values) < exact)[:, None]
    return places, np.ones_like(places)


def _two(values: Floats, sizes: Ints, threshold: int, exact: float) -> Combinations:
    order = np.argsort(np.abs(values))
    near = np.flatnonzero(np.diff(np.abs(values)[order]) < exact)
    first, second = order[near], order[near + 1]
    signs = np.stack([np.ones_like(first), _against(values[first], values[second])], axis=1)
    return np.stack([first, second], axis=1), signs


def _three(values: Floats, sizes: Ints, threshold: int, exact: float) -> Combinations:
    first, second, sign = _pairs(values, sizes, threshold - 2)
    sums = values[first] + sign * values[second]
    order = np.argsort(np.abs(values))
    ranked = np.append(np.abs(values)[order], np.inf)
    at = np.searchsorted(ranked, np.abs(sums) - exact)
    near = np.flatnonzero(ranked[at] - np.abs(sums) < exact)
    first, second, sign, sums, third = first[near], second[near], sign[near], sums[near], order[at[near]]
    places = np.stack([first, second, third], axis=1)
    signs = np.stack([np.ones_like(first), sign, _against(sums, values[third])], axis=1)
    return _different(places, signs)


def _four(values: Floats, sizes: Ints, threshold: int, exact: float) -> Combinations:
    first, second, sign = _pairs(values, sizes, threshold - 3)
    sums = values[first] + sign * values[second]
    order = np.argsort(np.abs(sums))
    near = np.flatnonzero(np.diff(np.abs(sums)[order]) < exact)
    one, two = order[near], order[near + 1]
    other = _against(sums[one], sums[two])
    places = np.stack([first[one], second[one], first[two], second[two]], axis=1)
    signs = np.stack([np.ones_like(one), sign[one], other, other * sign[two]], axis=1)
    return _different(places, signs)


def _against(left: Floats, right: Floats) -> Ints:
    """The sign with which ``right`` takes ``left`` away."""
    return np.where(left * right > 0, -1, 1).astype(np.int64)


def _different(places: Ints, signs: Ints) -> Combinations:
    """Those in which nobody stands twice."""
    ranked = np.sort(places, axis=1)
    single = (np.diff(ranked, axis=1) > 0).all(axis=1)
    return places[single], signs[single]


def _pairs(values: Floats, sizes: Ints, threshold: int) -> tuple[Ints, Ints, Ints]:
    """Every two places of few enough people, once with each sign."""
    first, second = np.triu_indices(len(values), k=1)
    few = sizes[first] + sizes[second] <= threshold
    first, second = first[few], second[few]
    sign = np.repeat(np.array([1, -1]), len(first))
    return np.tile(first, 2), np.tile(second, 2), sign
