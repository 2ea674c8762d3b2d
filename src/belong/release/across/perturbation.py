"""How far a count is changed: a table of probabilities for every true count, and the change that a cell's key draws.

The noise of maximum entropy with mean 0, variance ``variance`` and no change of more than ``most``, that makes no
count negative and leaves none from 1 to ``gone`` (Fraser & Wooton 2005; Marley & Leaver 2011; Giessing 2016, who
gives the programme solved here; the R package ptable calls the three D, V and js). Nought stays nought: noise
invents nobody.

Such a distribution has the form exp(a·v + b·v²) over the changes that are allowed, so two numbers are looked for, by
Newton's method on a convex function. Small counts allow few changes. Where no distribution over those has mean 0 and
the variance asked for, the variance nearest to it is taken: a count of 1 that may become 0 or 3 only has variance 2.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import ArrayLike, NDArray

from belong.release.model import Floats, Ints, ReleaseRefused

Keys = NDArray[np.uint64]

MOST, VARIANCE, GONE = 5, 3.0, 2

_STEPS, _NEAR = 200, 1e-12
_EDGE = 1e-6
"""Variances so near to the least or greatest possible are taken to be that, where the form above has no limit."""


@dataclass(frozen=True)
class Perturbation:
    """``most`` D, ``variance`` V, ``gone`` js. Raises ``ReleaseRefused`` for three numbers that no noise fits."""

    most: int = MOST
    variance: float = VARIANCE
    gone: int = GONE

    def __post_init__(self) -> None:
        if not 1 <= self.most <= 50:
            raise ReleaseRefused(f"The greatest change of a count lies from 1 to 50, not {self.most}.")
        if not 0 <= self.gone <= self.most:
            raise ReleaseRefused(
                f"Counts from 1 to {self.gone} cannot all be moved away by changes of at most {self.most}."
            )
        if not 0 < self.variance <= self.most**2:
            raise ReleaseRefused(
                f"Changes of at most {self.most} have a variance above 0 and at most {self.most**2}."
            )

    def row(self, count: int) -> tuple[Ints, Floats]:
        """Changes that a true count may get, in rising order, and their probabilities."""
        return self._rows[min(count, len(self._rows) - 1)]

    def changes(self, counts: ArrayLike, keys: Keys) -> Ints:
        """The change of each count by its cell's key (as many, 0 to 2⁶⁴ − 1)."""
        true = np.atleast_1d(np.asarray(counts, dtype=np.int64))
        place = np.minimum(true, len(self._rows) - 1)
        # As a number in [0, 1): rounding to the last of 53 bits may give 1, which the last change takes, too.
        drawn = keys.astype(np.float64) / 2.0**64
        found = np.zeros(len(true), dtype=np.int64)
        for row in np.unique(place).tolist():
            here = place == row
            values, shares = self._rows[row]
            at = np.searchsorted(np.cumsum(shares)[:-1], drawn[here], side="right")
            found[here] = values[at]
        return found

    @cached_property
    def _rows(self) -> list[tuple[Ints, Floats]]:
        """One for every true count up to the first that may be changed freely; larger ones are like that."""
        return [self._row(count) for count in range(self.most + self.gone + 2)]

    def _row(self, count: int) -> tuple[Ints, Floats]:
        if not count:
            return np.zeros(1, dtype=np.int64), np.ones(1)
        changes = np.arange(-self.most, self.most + 1)
        left = count + changes
        allowed = changes[(left == 0) | (left > self.gone)]
        return allowed, most_even(allowed, self.variance)


def most_even(values: Ints, variance: float) -> Floats:
    """The distribution of maximum entropy over ``values`` (rising, on both sides of 0 or holding it) with mean 0 and
    the variance given, or the nearest to it that there is.
    """
    below, above = values[values <= 0].max(), values[values >= 0].min()
    least, greatest = -float(below * above), -float(values[0] * values[-1])
    if variance <= least + _EDGE or variance >= greatest - _EDGE:
        ends = (below, above) if variance <= least + _EDGE else (values[0], values[-1])
        return _two(values, *(int(end) for end in ends))
    facts = np.stack([values, values.astype(np.float64) ** 2 - variance])
    weights = np.zeros(2)
    for _ in range(_STEPS):
        shares = _shares(weights, facts)
        slope = facts @ shares
        if np.abs(slope).max() < _NEAR:
            break
        curve = (facts * shares) @ facts.T - np.outer(slope, slope)
        weights = _downhill(
            weights, np.asarray(np.linalg.solve(curve, slope), dtype=np.float64), slope, facts
        )
    return _shares(weights, facts)


def _two(values: Ints, low: int, high: int) -> Floats:
    """Mean 0 over two values."""
    shares = np.zeros(len(values))
    shares[values == low] = 1.0 if low == high else high / (high - low)
    if low != high:
        shares[values == high] = -low / (high - low)
    return shares


def _height(weights: Floats, facts: Floats) -> float:
    along = weights @ facts
    return float(along.max() + np.log(np.exp(along - along.max()).sum()))


def _shares(weights: Floats, facts: Floats) -> Floats:
    along = weights @ facts
    shares = np.exp(along - along.max())
    return np.asarray(shares / shares.sum())


def _downhill(weights: Floats, step: Floats, slope: Floats, facts: Floats) -> Floats:
    """Newton's step, halved until it goes down far enough."""
    here, size = _height(weights, facts), 1.0
    while _height(weights - size * step, facts) > here - 1e-4 * size * float(slope @ step) and size > 1e-9:
        size /= 2
    return weights - size * step
