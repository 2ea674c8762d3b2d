"""Means and differences with honest intervals: weights, clusters, and replicate weights where a file has
them.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import special

from belong.measure.refusing import NotMeasurable, checked_weights
from belong.measure.responses import Floats

Rows = NDArray[np.bool_]


@dataclass(frozen=True)
class Design:
    """How the people came into the file. Everything has one entry per person.

    ``weights`` (people,), ``clusters`` integer codes (people,), ``replicates`` (people, R) of balanced
    repeated replication with Fay's factor ``fay`` (0 up to, not at, 1). What is None was not given. Raises
    NotMeasurable for weights below nought, not a number, or nought for everybody, and where there is not one entry
    per person.

    Where equal rows were counted together an entry is a row: ``counts`` says how many people gave it, ``weights`` and
    ``replicates`` are those of all of them added up, ``squares`` their squared weights added up.
    """

    people: int
    weights: Floats | None = None
    clusters: NDArray[np.intp] | None = None
    replicates: Floats | None = None
    fay: float = 0.0
    counts: Floats | None = None
    squares: Floats | None = None

    def __post_init__(self) -> None:
        if self.weights is not None:
            checked_weights(self.weights, self.people)
        if self.clusters is not None and (len(self.clusters) != self.people or (self.clusters < 0).any()):
            raise NotMeasurable(f"Clusters are whole numbers from 0, one for each of {self.people} people.")
        if self.replicates is not None:
            runs = self.replicates
            if runs.ndim != 2 or len(runs) != self.people or not np.isfinite(runs).all() or (runs < 0).any():
                raise NotMeasurable(
                    "Replicate weights are a table (people, runs) of numbers from 0, without gaps."
                )
        if not 0 <= self.fay < 1:
            raise NotMeasurable(f"Fay's factor lies from 0 up to, not at, 1; this is {self.fay:g}.")

    @property
    def weight(self) -> Floats:
        """The weights, or how many people each entry is."""
        return self.number if self.weights is None else self.weights

    @property
    def number(self) -> Floats:
        """How many people each entry is: one, unless equal rows were counted together."""
        return np.ones(self.people) if self.counts is None else self.counts

    @property
    def square(self) -> Floats:
        """The squared weights of each entry's people, added up."""
        if self.squares is not None and self.weights is not None:
            return self.squares
        return self.number if self.weights is None else self.weights**2

    def many(self, rows: Rows) -> int:
        """How many people some entries are."""
        return int(rows.sum()) if self.counts is None else int(self.counts[rows].sum())

    def spread(self, values: Floats) -> float:
        """The standard deviation of the known values, one for each person, unweighted; divisor n − 1."""
        keep = ~np.isnan(values)
        many, known = self.number[keep], values[keep]
        centre = many @ known / many.sum()
        return float(np.sqrt(many @ (known - centre) ** 2 / (many.sum() - 1)))

    def kish(self, rows: Rows | None = None) -> float:
        """Kish's design effect of the unequal weights of some people, n·Σw² / (Σw)²; of all of them by default."""
        keep = np.ones(self.people, dtype=bool) if rows is None else rows
        total = float(self.weight[keep].sum())
        return self.many(keep) * float(self.square[keep].sum()) / total**2 if total > 0 else float("nan")

    @property
    def method(self) -> str:
        """Where standard errors come from: ``replicates``, ``clusters`` or ``people``."""
        if self.replicates is not None:
            return "replicates"
        return "people" if self.clusters is None else "clusters"


@dataclass(frozen=True)
class Estimate:
    """A mean or difference. ``effect`` is the design effect: variance over that of as many unrelated
    people. Where ``doubt`` is not empty, what it says is missing is nan.
    """

    value: float
    se: float
    low: float
    high: float
    people: int
    effect: float
    free: float

    @property
    def doubt(self) -> str:
        """Why there is no value, or no interval; "" where there are both."""
        if not np.isfinite(self.value):
            return "nobody answered, so there is no value"
        return (
            "" if np.isfinite(self.se) else "it rests on one person or one cluster, so there is no interval"
        )


def mean(values: Floats, design: Design, rows: Rows | None = None, level: float = 0.95) -> Estimate:
    """Weighted mean of the known values of some rows, with a t interval.

    The standard error comes from replicate weights if there are any (OECD convention: deviations from the
    full-sample estimate; OECD 2009, PISA Data Analysis Manual, ch. 4), else from totals by cluster (Taylor
    linearisation; Särndal, Swensson & Wretman 1992, ch. 5), else from people. Where nobody answered, or one unit
    alone carries it, ``Estimate.doubt`` says so.
    """
    keep = ~np.isnan(values) if rows is None else rows & ~np.isnan(values)
    taken = np.where(keep, values, 0.0)

    def ratio(weight: Floats) -> float:
        total = float(weight[keep].sum())
        return float(weight @ taken / total) if total > 0 else float("nan")

    value = ratio(design.weight)
    pull = np.where(keep, taken - value, 0.0) / max(float(design.weight[keep].sum()), 1e-300)
    se, free = _error(ratio, value, pull, keep, design)
    plain = _plain_variance(values, design, keep)
    effect = se**2 / plain if plain > 0 else float("nan")
    return _estimate(value, se, design.many(keep), effect, free, level)


def difference(values: Floats, design: Design, one: Rows, other: Rows, level: float = 0.95) -> Estimate:
    """Mean of ``one`` minus mean of ``other`` (groups of the same people's file), allowing for shared
    clusters.
    """
    known = ~np.isnan(values)
    one, other = one & known, other & known
    taken = np.where(known, values, 0.0)

    def gap(weight: Floats) -> float:
        sums = float(weight[one].sum()), float(weight[other].sum())
        if min(sums) <= 0:
            return float("nan")
        return float(weight[one] @ taken[one] / sums[0] - weight[other] @ taken[other] / sums[1])

    value = gap(design.weight)
    pull = np.zeros(design.people)
    plain = 0.0
    for rows, sign in ((one, 1.0), (other, -1.0)):
        weight = design.weight[rows]
        centre = float(weight @ taken[rows] / weight.sum()) if weight.sum() > 0 else float("nan")
        pull[rows] += sign * (taken[rows] - centre) / max(float(weight.sum()), 1e-300)
        plain += _plain_variance(taken, design, rows)
    se, free = _error(gap, value, pull, one | other, design)
    effect = se**2 / plain if plain > 0 else float("nan")
    return _estimate(value, se, design.many(one) + design.many(other), effect, free, level)


def from_se(value: float, se: float, people: int, free: float, level: float = 0.95) -> Estimate:
    """An estimate whose standard error is known from elsewhere (a small group on the whole school's
    spread).
    """
    return _estimate(value, se, people, float("nan"), free, level)


def _estimate(value: float, se: float, people: int, effect: float, free: float, level: float) -> Estimate:
    reach = float(special.stdtrit(max(free, 1), 0.5 + level / 2)) * se
    return Estimate(value, se, value - reach, value + reach, people, effect, free)


def _error(
    statistic: Callable[[Floats], float], value: float, pull: Floats, rows: Rows, design: Design
) -> tuple[float, float]:
    """Standard error and degrees of freedom of a statistic by the best means the design has.

    ``pull`` is how far one unit of weight of each entry moves the statistic.
    """
    if design.replicates is not None:
        runs = design.replicates.shape[1]
        each = np.array([statistic(design.replicates[:, r]) for r in range(runs)])
        return float(np.sqrt(((each - value) ** 2).sum() / (runs * (1 - design.fay) ** 2))), float(runs)
    if design.clusters is None:
        squared, units = float(design.square[rows] @ pull[rows] ** 2), design.many(rows)
    else:
        sums = np.bincount(design.clusters, weights=design.weight * pull).astype(np.float64)
        squared, units = float((sums**2).sum()), len(np.unique(design.clusters[rows]))
    if units < 2:
        return float("nan"), 1.0
    return float(np.sqrt(units / (units - 1) * squared)), float(units - 1)


def _plain_variance(values: Floats, design: Design, rows: Rows) -> float:
    """Variance of the mean of as many unrelated, equally counted people: the yardstick of the design
    effect.
    """
    n, weight = design.many(rows), design.weight[rows]
    if n < 2 or weight.sum() <= 0:
        return float("nan")
    centre = float(weight @ values[rows] / weight.sum())
    return float(weight @ (values[rows] - centre) ** 2 / weight.sum() * n / (n - 1) / n)


def kish(weight: Floats) -> float:
    """Kish's design effect of unequal weights, n·Σw² / (Σw)²; 1 for equal ones. NotMeasurable for weights that
    are none.
    """
    weight = checked_weights(weight, len(weight))
    if not len(weight):
        raise NotMeasurable("There is no weight to speak of.")
    return float(len(weight) * (weight**2).sum() / float(weight.sum()) ** 2)
