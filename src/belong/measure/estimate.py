"""Means and differences with honest intervals: weights, clusters, and replicate weights where a file has
them.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import special

from belong.measure.responses import Floats

Rows = NDArray[np.bool_]


@dataclass(frozen=True)
class Design:
    """How the people came into the file. Everything has one entry per person.

    ``weights`` (people,), ``clusters`` integer codes (people,), ``replicates`` (people, R) of balanced
    repeated replication with Fay's factor ``fay``. What is None was not given.
    """

    people: int
    weights: Floats | None = None
    clusters: NDArray[np.intp] | None = None
    replicates: Floats | None = None
    fay: float = 0.0

    @property
    def weight(self) -> Floats:
        """The weights, or ones."""
        return np.ones(self.people) if self.weights is None else self.weights

    @property
    def method(self) -> str:
        """Where standard errors come from: ``replicates``, ``clusters`` or ``people``."""
        if self.replicates is not None:
            return "replicates"
        return "people" if self.clusters is None else "clusters"


@dataclass(frozen=True)
class Estimate:
    """A mean or difference. ``effect`` is the design effect: variance over that of as many unrelated
    people.
    """

    value: float
    se: float
    low: float
    high: float
    people: int
    effect: float
    free: float


def mean(values: Floats, design: Design, rows: Rows | None = None, level: float = 0.95) -> Estimate:
    """Weighted mean of the known values of some rows, with a t interval.

    The standard error comes from replicate weights if there are any (OECD convention: deviations from the
    full-sample estimate; OECD 2009, PISA Data Analysis Manual, ch. 4), else from totals by cluster (Taylor
    linearisation; Särndal, Swensson & Wretman 1992, ch. 5), else from people. nan where fewer than two
    units carry it.
    """
    keep = ~np.isnan(values) if rows is None else rows & ~np.isnan(values)
    taken = np.where(keep, values, 0.0)
    people = int(keep.sum())

    def ratio(weight: Floats) -> float:
        total = float(weight[keep].sum())
        return float(weight @ taken / total) if total > 0 else float("nan")

    value = ratio(design.weight)
    influence = np.where(keep, design.weight * (taken - value), 0.0) / max(
        float(design.weight[keep].sum()), 1e-300
    )
    se, free = _error(ratio, value, influence, keep, design)
    plain = _plain_variance(values[keep], design.weight[keep])
    effect = se**2 / plain if plain > 0 else float("nan")
    return _estimate(value, se, people, effect, free, level)


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
    influence = np.zeros(design.people)
    plain = 0.0
    for rows, sign in ((one, 1.0), (other, -1.0)):
        weight = design.weight[rows]
        centre = float(weight @ taken[rows] / weight.sum()) if weight.sum() > 0 else float("nan")
        influence[rows] += sign * weight * (taken[rows] - centre) / max(float(weight.sum()), 1e-300)
        plain += _plain_variance(taken[rows], weight)
    se, free = _error(gap, value, influence, one | other, design)
    effect = se**2 / plain if plain > 0 else float("nan")
    return _estimate(value, se, int(one.sum() + other.sum()), effect, free, level)


def from_se(value: float, se: float, people: int, free: float, level: float = 0.95) -> Estimate:
    """An estimate whose standard error is known from elsewhere (a small group on the whole school's
    spread).
    """
    return _estimate(value, se, people, float("nan"), free, level)


def _estimate(value: float, se: float, people: int, effect: float, free: float, level: float) -> Estimate:
    reach = float(special.stdtrit(max(free, 1), 0.5 + level / 2)) * se
    return Estimate(value, se, value - reach, value + reach, people, effect, free)


def _error(
    statistic: Callable[[Floats], float], value: float, influence: Floats, rows: Rows, design: Design
) -> tuple[float, float]:
    """Standard error and degrees of freedom of a statistic by the best means the design has."""
    if design.replicates is not None:
        runs = design.replicates.shape[1]
        each = np.array([statistic(design.replicates[:, r]) for r in range(runs)])
        return float(np.sqrt(((each - value) ** 2).sum() / (runs * (1 - design.fay) ** 2))), float(runs)
    if design.clusters is None:
        sums, units = influence[rows], int(rows.sum())
    else:
        sums = np.bincount(design.clusters, weights=influence).astype(np.float64)
        units = len(np.unique(design.clusters[rows]))
    if units < 2:
        return float("nan"), 1.0
    return float(np.sqrt(units / (units - 1) * (sums**2).sum())), float(units - 1)


def _plain_variance(values: Floats, weight: Floats) -> float:
    """Variance of the mean of as many unrelated, equally counted people: the yardstick of the design
    effect.
    """
    n = len(values)
    if n < 2 or weight.sum() <= 0:
        return float("nan")
    centre = float(weight @ values / weight.sum())
    return float(weight @ (values - centre) ** 2 / weight.sum() * n / (n - 1) / n)


def kish(weight: Floats) -> float:
    """Kish's design effect of unequal weights, n·Σw² / (Σw)²; 1 for equal ones."""
    total = float(weight.sum())
    return float(len(weight) * (weight**2).sum() / total**2) if total > 0 else float("nan")
