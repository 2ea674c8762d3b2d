"""Cronbach's alpha with its interval, item statistics, and one-factor omega, all from a covariance matrix.

The matrix comes from ``PairCounts.covariance()``; say which cases it rests on (complete or pairwise) and
whether it is weighted wherever the number is shown. Alpha, one-factor omega and categorical omega are
different numbers.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import optimize, special

from belong.measure.responses import Floats


@dataclass(frozen=True)
class Interval:
    """An estimate with its standard error (nan if the method gives none) and 95 % limits."""

    value: float
    se: float
    low: float
    high: float
    method: str = ""


@dataclass(frozen=True)
class OneFactor:
    """One-factor maximum-likelihood solution of a covariance matrix: loadings and residual variances
    (items,).
    """

    loadings: Floats
    residuals: Floats
    omega: float
    heywood: bool


def alpha(covariance: Floats) -> float:
    """Cronbach's alpha (raw) of an items × items covariance matrix; nan for one item or no variance.

    Cronbach (1951), Psychometrika 16, 297–334.
    """
    k = len(covariance)
    total = float(covariance.sum())
    if k < 2 or not total > 0:
        return float("nan")
    return k / (k - 1) * (1 - float(np.trace(covariance)) / total)


def alpha_if_dropped(covariance: Floats) -> Floats:
    """Alpha of the remaining items when each one is left out. Shape (items,)."""
    k = len(covariance)
    return np.array([alpha(np.delete(np.delete(covariance, i, 0), i, 1)) for i in range(k)])


def item_rest(covariance: Floats) -> Floats:
    """Correlation of each item with the sum of the others. Shape (items,); nan for a constant item."""
    own = np.diag(covariance)
    rest_covariance = covariance.sum(axis=1) - own
    rest_variance = covariance.sum() - 2 * rest_covariance - own
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.asarray(rest_covariance / np.sqrt(own * rest_variance))


def feldt_interval(value: float, people: int, items: int, level: float = 0.95) -> Interval:
    """Feldt's F interval for alpha: people unrelated, answers near normal.

    Feldt (1965), Psychometrika 30, 357–370. The interval for counts alone; with rows use ``alpha_interval``.
    """
    if people < 2 or items < 2 or not value < 1:
        return Interval(value, float("nan"), float("nan"), float("nan"), "Feldt")
    tail = (1 - level) / 2
    free = people - 1
    low = 1 - (1 - value) * float(special.fdtri(free, free * (items - 1), 1 - tail))
    high = 1 - (1 - value) * float(special.fdtri(free, free * (items - 1), tail))
    return Interval(value, float("nan"), low, high, "Feldt")


def alpha_influence(values: Floats, weights: Floats | None = None) -> tuple[float, Floats]:
    """Alpha of complete item values (people × items) and each person's influence on it. Shape (people,).

    The influence values sum to 0 under the weights; the root of their sum of squares is the asymptotically
    distribution-free standard error of Maydeu-Olivares, Coffman & Hartmann (2007), Psychological Methods
    12(2), 157–176, so it holds for answers in few categories. Summed within classes or schools it becomes the
    cluster-robust one.
    """
    n, k = values.shape
    weight = np.full(n, 1.0) if weights is None else weights
    weight = weight / weight.sum()
    centred = values - weight @ values
    of_items = (centred**2).sum(axis=1)
    of_total = centred.sum(axis=1) ** 2
    trace, total = float(weight @ of_items), float(weight @ of_total)
    if k < 2 or not total > 0:
        return float("nan"), np.full(n, np.nan)
    value = k / (k - 1) * (1 - trace / total)
    slope = -(k / (k - 1)) * ((of_items - trace) / total - trace / total**2 * (of_total - total))
    return value, weight * slope


def alpha_interval(
    values: Floats, weights: Floats | None = None, clusters: Floats | None = None, level: float = 0.95
) -> Interval:
    """Alpha with a distribution-free 95 % interval; ``clusters`` (integer codes) make it cluster-robust.

    The limits are taken on log(1 − alpha), so the upper one stays below 1.
    """
    value, influence = alpha_influence(values, weights)
    method = "distribution-free" if clusters is None else "distribution-free, cluster-robust"
    if np.isnan(value) or not value < 1:
        return Interval(value, float("nan"), float("nan"), float("nan"), method)
    sums = influence if clusters is None else np.bincount(clusters.astype(np.intp), weights=influence)
    if clusters is not None:
        sums = sums[np.bincount(clusters.astype(np.intp)) > 0]
    units = len(sums)
    if units < 2:
        return Interval(value, float("nan"), float("nan"), float("nan"), method)
    se = float(np.sqrt(units / (units - 1) * (sums**2).sum()))
    reach = float(special.stdtrit(units - 1, 0.5 + level / 2)) * se / (1 - value)
    return Interval(value, se, 1 - (1 - value) * np.exp(reach), 1 - (1 - value) * np.exp(-reach), method)


def one_factor(covariance: Floats) -> OneFactor | None:
    """One-factor maximum-likelihood fit of a covariance matrix; None if it is not identified.

    Needs at least three items, each with variance, and a positive definite matrix. The likelihood is
    concentrated on the uniquenesses (Jöreskog 1967, Psychometrika 32, 443–482) and, being scale-free,
    worked on the correlation matrix. Omega = (Σλ)² / ((Σλ)² + Σθ), McDonald (1999), Test Theory, as lavaan
    computes it. A residual at its floor of .005 is a Heywood case and is said.
    """
    k = len(covariance)
    own = np.diag(covariance)
    if k < 3 or not np.isfinite(covariance).all() or (own <= 0).any():
        return None
    spread = np.sqrt(own)
    correlation = covariance / np.outer(spread, spread)
    if np.linalg.eigvalsh(correlation)[0] < 1e-8:
        return None
    start = np.clip((1 - 0.5 / k) / np.diag(np.linalg.inv(correlation)), 0.01, 0.99)
    fit = optimize.minimize(
        _discrepancy, start, args=(correlation,), jac=True, method="L-BFGS-B", bounds=[(_FLOOR, 1.0)] * k,
        options={"ftol": 1e-15, "gtol": 1e-9, "maxiter": 500},
    )  # fmt: skip
    loadings = _loadings(fit.x, correlation)
    loadings = loadings * spread * (1 if loadings.sum() >= 0 else -1)
    residuals = fit.x * own
    common = float(loadings.sum()) ** 2
    omega = common / (common + float(residuals.sum()))
    return OneFactor(loadings, residuals, omega, heywood=bool((fit.x <= _FLOOR * 1.0001).any()))


_FLOOR = 0.005


def _discrepancy(unique: Floats, correlation: Floats) -> tuple[float, Floats]:
    """Concentrated ML discrepancy in the uniquenesses, and its gradient (Lawley & Maxwell 1971, ch. 4)."""
    root = np.sqrt(unique)
    values = np.linalg.eigvalsh(correlation / np.outer(root, root))
    rest = values[:-1]
    loadings = _loadings(unique, correlation)
    implied = np.outer(loadings, loadings) + np.diag(unique)
    gradient = np.diag(implied - correlation) / unique**2
    return float(-(np.log(rest) - rest).sum() - len(rest)), gradient


def _loadings(unique: Floats, correlation: Floats) -> Floats:
    root = np.sqrt(unique)
    values, vectors = np.linalg.eigh(correlation / np.outer(root, root))
    return np.asarray(root * vectors[:, -1] * np.sqrt(max(values[-1] - 1, 0.0)))
