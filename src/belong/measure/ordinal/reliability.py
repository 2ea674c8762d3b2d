"""Reliability of a sum of ordered answers: categorical omega, and alpha of the normal variables behind them."""

from __future__ import annotations

import numpy as np
from scipy import special

from belong.measure.ordinal.normal import cumulative
from belong.measure.ordinal.polychoric import Polychoric
from belong.measure.refusing import NotMeasurable
from belong.measure.reliability import alpha
from belong.measure.responses import Floats


def categorical_omega(found: Polychoric, loadings: Floats) -> float:
    """Reliability of the sum score itself, given one factor: how much of its variance the factor makes.

    Green & Yang (2009), Psychometrika 74, 155–167, eq. 21, with the polychoric correlations (not those the model
    implies) under the line, as semTools' compRelSEM. Categories nobody chose have no width and change nothing. Raises
    NotMeasurable where a loading is 1 or more (a Heywood case): then the factor is no part of the answers' variance.
    """
    high = np.flatnonzero(~(np.abs(loadings) < 1))
    if high.size:
        item = found.items[high[0]]
        raise NotMeasurable(
            f"{item} has a loading of 1 or more (a Heywood case), so no categorical omega exists."
        )
    true = _covariances(found, np.outer(loadings, loadings))
    whole = _covariances(found, found.correlation)
    np.fill_diagonal(whole, [_variance(values) for values in found.thresholds])
    return float(true.sum() / whole.sum())


def ordinal_alpha(found: Polychoric) -> float:
    """Cronbach's alpha of the polychoric correlations.

    Zumbo, Gadermann & Zeisser (2007), J. Modern Applied Statistical Methods 6, 21–29. It is about variables that
    nobody observes and so always above the reliability of the score people see; shown beside it, never alone.
    """
    return alpha(found.correlation)


def _covariances(found: Polychoric, correlation: Floats) -> Floats:
    """Covariance of each two items' numbers of thresholds passed: (items, items); the diagonal too."""
    inner = found.grid()[:, 1:-1]
    below = special.ndtr(inner)
    rho = np.clip(correlation, -0.999999999, 0.999999999)[:, :, None, None]
    together = cumulative(inner[:, None, :, None], inner[None, :, None, :], rho)
    return np.asarray((together - below[:, None, :, None] * below[None, :, None, :]).sum(axis=(2, 3)))


def _variance(thresholds: Floats) -> float:
    below = special.ndtr(thresholds)
    return float((np.minimum.outer(below, below) - np.outer(below, below)).sum())
