"""Cronbach's alpha with its interval, item statistics, and one-factor omega, all from a covariance matrix.

The matrix comes from ``PairCounts.covariance()``; say which cases it rests on (complete or pairwise) and
whether it is weighted wherever the number is shown. Alpha, one-factor omega and categorical omega are
different numbers.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import optimize, special

from belong.measure.refusing import TINY, NotMeasurable, checked_square, checked_weights
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
    """One-factor maximum-likelihood solution of a covariance matrix: loadings and residual variances (items,).

    ``heywood``: a residual stands at its floor, so a question is said to be all factor and no noise, which cannot be:
    read omega with care.
    """

    loadings: Floats
    residuals: Floats
    omega: float
    heywood: bool


def alpha(covariance: Floats) -> float:
    """Cronbach's alpha (raw) of an items × items covariance matrix. Below nought where items pull against each other.

    Cronbach (1951), Psychometrika 16, 297–334. Raises NotMeasurable for fewer than two items, or where
    everybody has the same sum.
    """
    covariance = checked_square(covariance, 2, "Alpha")
    k, total, own = len(covariance), float(covariance.sum()), float(np.trace(covariance))
    if not total > TINY * own:
        raise NotMeasurable("Everybody has the same sum of answers, so alpha has nothing to divide by.")
    return k / (k - 1) * (1 - own / total)


def alpha_if_dropped(covariance: Floats) -> Floats:
    """Alpha of the remaining items when each one is left out. Shape (items,).

    Raises NotMeasurable for fewer than three items, or where the others have the same sum for everybody.
    """
    k = len(checked_square(covariance, 3, "Alpha without an item"))
    return np.array([alpha(np.delete(np.delete(covariance, i, 0), i, 1)) for i in range(k)])


def item_rest(covariance: Floats) -> Floats:
    """Correlation of each item with the sum of the others. Shape (items,).

    A correlation with something that does not vary is not defined: such an item, and only it, has nan, and
    ``belong.measure.concerns`` names it. Raises NotMeasurable for fewer than two items.
    """
    covariance = checked_square(covariance, 2, "An item–rest correlation")
    own = np.diag(covariance)
    rest_covariance = covariance.sum(axis=1) - own
    rest_variance = covariance.sum() - 2 * rest_covariance - own
    most = TINY * float(np.trace(covariance))
    varies = (own > most) & (rest_variance > most)
    return np.where(varies, rest_covariance / np.sqrt(np.where(varies, own * rest_variance, 1.0)), np.nan)


def average_correlation(covariance: Floats) -> float:
    """Mean correlation between the items. Raises NotMeasurable for fewer than two, or one that does not vary."""
    correlation, _ = correlation_of(checked_square(covariance, 2, "A mean correlation"))
    k = len(correlation)
    return float((correlation.sum() - k) / (k * (k - 1)))


def guttman_lambda6(covariance: Floats) -> float:
    """Guttman's λ6 of the standardised items: 1 − Σ(1 − R²) / Σr, R² of each item on the others, as psych's.

    Guttman (1945), Psychometrika 10, 255–282. Raises NotMeasurable for fewer than two items, or where some follow from
    others.
    """
    correlation, _ = correlation_of(checked_square(covariance, 2, "λ6"))
    if np.linalg.eigvalsh(correlation)[0] < 1e-8:
        raise NotMeasurable("Some items follow from the others, so λ6 can't be told.")
    return 1 - float((1 / np.diag(np.linalg.inv(correlation))).sum() / correlation.sum())


def feldt_interval(value: float, people: int, items: int, level: float = 0.95) -> Interval:
    """Feldt's F interval for alpha: people unrelated, answers near normal.

    Feldt (1965), Psychometrika 30, 357–370. The interval for counts alone; with rows use ``alpha_interval``. It has no
    standard error (``se`` is nan). Raises NotMeasurable for fewer than two people or items, or an alpha above 1.
    """
    if people < 2 or items < 2 or not value <= 1:
        raise NotMeasurable(
            "An interval for alpha needs two people, two items and an alpha of 1 at most, not "
            f"{people}, {items}, {value}."
        )
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
    cluster-robust one. Raises NotMeasurable for fewer than two people or items, gaps, or no spread of the sums.
    """
    n, k = values.shape
    if n < 2 or k < 2:
        raise NotMeasurable(f"Alpha needs two people and two items at least; there are {n} and {k}.")
    if not np.isfinite(values).all():
        raise NotMeasurable("Alpha's interval rests on complete cases: leave out people with a gap first.")
    weight = np.full(n, 1.0) if weights is None else checked_weights(weights, n)
    weight = weight / weight.sum()
    centred = values - weight @ values
    of_items = (centred**2).sum(axis=1)
    of_total = centred.sum(axis=1) ** 2
    trace, total = float(weight @ of_items), float(weight @ of_total)
    if not total > TINY * max(trace, float((values**2).mean())):
        raise NotMeasurable("Everybody has the same sum of answers, so alpha has nothing to divide by.")
    value = k / (k - 1) * (1 - trace / total)
    slope = -(k / (k - 1)) * ((of_items - trace) / total - trace / total**2 * (of_total - total))
    return value, weight * slope


def alpha_interval(
    values: Floats,
    weights: Floats | None = None,
    clusters: Floats | None = None,
    level: float = 0.95,
    *,
    counts: Floats | None = None,
    squares: Floats | None = None,
) -> Interval:
    """Alpha with a distribution-free 95 % interval; ``clusters`` (integer codes) make it cluster-robust.

    The limits are taken on log(1 − alpha), so the upper one stays below 1. With a single cluster there is no standard
    error and no limits: they are nan, and ``method`` says so. Where rows stand for several people, ``counts`` says for
    how many, ``weights`` are theirs added up and ``squares`` their squared weights. Raises NotMeasurable as
    ``alpha_influence``.
    """
    weights = counts if weights is None else weights
    value, influence = alpha_influence(values, weights)
    method = "distribution-free" if clusters is None else "distribution-free, cluster-robust"
    if value > 1 - TINY:  # all items alike for everybody
        return Interval(1.0, 0.0, 1.0, 1.0, method)
    units, squared = len(influence), float((influence**2).sum())
    if clusters is not None:
        sums = np.bincount(clusters.astype(np.intp), weights=influence)
        units, squared = len(np.unique(clusters)), float((sums**2).sum())
    elif (
        counts is not None and weights is not None
    ):  # a row's influence is that of all its people: back to each one's
        each = influence / np.maximum(weights, 1e-300)
        units, squared = int(counts.sum()), float((counts if squares is None else squares) @ each**2)
    if units < 2:
        return Interval(value, float("nan"), float("nan"), float("nan"), "no interval: one cluster")
    se = float(np.sqrt(units / (units - 1) * squared))
    reach = float(special.stdtrit(units - 1, 0.5 + level / 2)) * se / (1 - value)
    low, high = (1 - (1 - value) * float(np.exp(way * reach)) for way in (1, -1))
    return Interval(value, se, low, high, method)


def one_factor(covariance: Floats) -> OneFactor:
    """One-factor maximum-likelihood fit of a covariance matrix.

    Raises NotMeasurable unless there are at least three items, each with variance, and none that follows from the
    others (a positive definite matrix; fewer people than items never give one). The likelihood is concentrated on
    the uniquenesses (Jöreskog 1967, Psychometrika 32, 443–482) and, being scale-free, worked on the correlation
    matrix. Omega = (Σλ)² / ((Σλ)² + Σθ), McDonald (1999), Test Theory, as lavaan computes it. A residual at its
    floor of .005 is a Heywood case and is said.
    """
    covariance = checked_square(covariance, 3, "One factor")
    k, own = len(covariance), np.diag(covariance)
    correlation, spread = correlation_of(covariance)
    if np.linalg.eigvalsh(correlation)[0] < 1e-8:
        raise NotMeasurable(
            "Some items follow from the others, as with the same answers twice, or fewer people than items."
        )
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


def correlation_of(covariance: Floats) -> tuple[Floats, Floats]:
    """The correlation matrix and the standard deviations (items,); NotMeasurable where an item does not vary."""
    own = np.diag(covariance)
    still = np.flatnonzero(~(own > TINY * max(float(np.max(own, initial=0.0)), 1e-300)))
    if still.size:
        raise NotMeasurable(
            f"Everybody gave item {still[0] + 1} the same answer, so it correlates with nothing."
        )
    spread = np.sqrt(own)
    return covariance / np.outer(spread, spread), spread


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
