"""Before and after with the same people: what changed for one group beyond the others, and beyond chance.

Two honest answers to two different questions, both with standard errors that hold when people come in classes or
schools: ANCOVA compares people who started alike; difference-in-differences compares how much each side moved. A group
chosen *because* it scored low comes back towards the mean by itself: how much is said.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import special

from belong.measure.responses import Floats

EXACT = 1e-9
"""Differences this small beside the scores themselves are rounding."""


class NoPanel(ValueError):
    """The two occasions cannot be compared; the message says why."""


@dataclass(frozen=True)
class Effect:
    """A difference with its cluster-robust standard error, 95 % limits and two-sided p; ``clusters`` it rests on."""

    value: float
    se: float
    low: float
    high: float
    p: float
    clusters: int


@dataclass(frozen=True)
class PanelChange:
    """``treated`` people against ``others`` on two occasions.

    ``ancova``: difference after, at the same start. ``differences``: difference of the two changes. ``stability``: the
    correlation of the two occasions among everybody. ``regression``: how far chance alone would have moved the treated
    group back towards everybody's mean, (1 − stability) × distance at the start (Barnett, van der Pols & Dobson 2005,
    Int. J. Epidemiology 34, 215–220): the part of its own change that needs no explanation if it was chosen for
    its low scores.
    """

    people: int
    treated: int
    before: tuple[float, float]
    after: tuple[float, float]
    ancova: Effect
    differences: Effect
    stability: float
    regression: float


def panel_change(
    before: Floats,
    after: Floats,
    treated: NDArray[np.bool_],
    clusters: NDArray[np.intp] | None = None,
) -> PanelChange:
    """Compare two sides of a matched panel; rows with a score missing (nan) on either occasion are left out.

    ``clusters`` (people,) integer codes of classes or schools; without them everybody is on their own. Raises NoPanel
    with fewer than three people on a side, fewer than three clusters, no spread at the start, or sides that are told
    apart by their starts alone.
    """
    if not len(before) == len(after) == len(treated) == (len(before) if clusters is None else len(clusters)):
        raise NoPanel(
            "Both occasions, the sides and the clusters need one entry for each person, in the same order."
        )
    both = ~np.isnan(before) & ~np.isnan(after)
    y, x, t = after[both], before[both], treated[both].astype(bool)
    units = np.arange(both.sum()) if clusters is None else np.unique(clusters[both], return_inverse=True)[1]
    if min(t.sum(), (~t).sum()) < 3:
        raise NoPanel("Both sides need at least three people who answered on both occasions.")
    if len(np.unique(units)) < 3:
        raise NoPanel("At least three classes or schools are needed to say how sure this is.")
    if not x.std() > 0:
        raise NoPanel("Everybody started at the same score, so starts cannot be compared.")
    if not max(x[t].std(), x[~t].std()) > 0:
        raise NoPanel(
            "On each side everybody started at the same score, so nobody can be compared at the same start."
        )
    one = np.ones(len(y))
    stability = float(np.corrcoef(x, y)[0, 1]) if y.std() > 0 else 0.0
    return PanelChange(
        len(y),
        int(t.sum()),
        (float(x[t].mean()), float(x[~t].mean())),
        (float(y[t].mean()), float(y[~t].mean())),
        _effect(np.stack([t.astype(float), one, x - x.mean()], axis=1), y, units),
        _effect(np.stack([t.astype(float), one], axis=1), y - x, units),
        stability,
        (1 - stability) * float(x.mean() - x[t].mean()),
    )


def _effect(design: Floats, outcome: Floats, units: NDArray[np.intp]) -> Effect:
    """The first coefficient of least squares; Liang & Zeger (1986), CR1 small-sample factor, t on clusters − 1."""
    inverse = np.linalg.inv(design.T @ design)
    slopes = inverse @ (design.T @ outcome)
    residual = outcome - design @ slopes
    count = int(units.max()) + 1
    scores = np.stack(
        [np.bincount(units, weights=design[:, j] * residual, minlength=count) for j in range(design.shape[1])]
    )
    n, k = design.shape
    factor = count / (count - 1) * (n - 1) / (n - k)
    se = float(np.sqrt(factor * (inverse @ (scores @ scores.T) @ inverse)[0, 0]))
    value = float(slopes[0])
    scale = float(np.abs(design).max() + np.abs(outcome).max())
    if np.abs(residual).max() < EXACT * scale:  # nothing is left over: what is left of an error is rounding
        value = 0.0 if abs(value) < EXACT * scale else value
        return Effect(value, 0.0, value, value, 0.0 if value else 1.0, count)
    reach = float(special.stdtrit(count - 1, 0.975)) * se
    p = float(2 * special.stdtr(count - 1, -abs(value / se))) if se > 0 else float("nan")
    return Effect(value, se, value - reach, value + reach, p, count)
