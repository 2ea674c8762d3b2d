"""One factor behind a covariance or correlation matrix: maximum likelihood or least squares, and how well it fits."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import optimize, special

from belong.measure.refusing import NotMeasurable, checked_square
from belong.measure.responses import Floats


@dataclass(frozen=True)
class MaximumLikelihoodFit:
    """The likelihood-ratio χ² of one factor with its degrees of freedom and p, CFI, TLI, RMSEA and SRMR."""

    chi2: float
    df: int
    p: float
    cfi: float
    tli: float
    rmsea: float
    srmr: float


@dataclass(frozen=True)
class Dimensions:
    """Whether one factor is a fair picture. ``eigenvalues`` of the correlation matrix; ``expected`` those of as many
    unrelated items and people (their 95th percentile); ``factors`` how many stand above it.
    """

    eigenvalues: Floats
    expected: Floats
    factors: int

    @property
    def is_one(self) -> bool:
        return self.factors <= 1


def minres(correlation: Floats) -> Floats:
    """Loadings (items,) that leave the least squared residual correlations; psych's ``fm = "minres"``.

    Harman & Jones (1966), Psychometrika 31, 351–368. Raises NotMeasurable with fewer than three items, or
    where a loading comes out at 1 or more (a Heywood case), which no correlation can be.
    """
    correlation = checked_square(correlation, 3, "One factor")
    loadings = least_squares(correlation, np.ones(len(correlation) * (len(correlation) - 1) // 2))
    high = np.flatnonzero(~(np.abs(loadings) < 1))
    if high.size:
        raise NotMeasurable(
            f"The loading of item {high[0] + 1} is 1 or more (a Heywood case): one factor does not fit."
        )
    return loadings


def least_squares(correlation: Floats, weight: Floats) -> Floats:
    """Loadings (items,) that minimise Σ w (r − λλ′)² over pairs i > j in rows, mostly positive."""
    rows, columns = np.tril_indices(len(correlation), -1)
    observed, root = correlation[rows, columns], np.sqrt(weight)

    def off(loadings: Floats) -> Floats:
        return np.asarray(root * (loadings[rows] * loadings[columns] - observed))

    def bend(loadings: Floats) -> Floats:
        return np.asarray(root[:, None] * slope_of(loadings))

    values, vectors = np.linalg.eigh(correlation)
    start = vectors[:, -1] * np.sqrt(max(values[-1] - 0.5, 0.1))
    result = optimize.least_squares(off, start, jac=bend, x_scale="jac", xtol=1e-14, ftol=1e-14, gtol=1e-12)
    return np.asarray(result.x * (1 if result.x.sum() >= 0 else -1))


def slope_of(loadings: Floats) -> Floats:
    """How each implied correlation (pairs i > j in rows) moves with each loading: (pairs, items)."""
    rows, columns = np.tril_indices(len(loadings), -1)
    place, slope = np.arange(len(rows)), np.zeros((len(rows), len(loadings)))
    slope[place, rows], slope[place, columns] = loadings[columns], loadings[rows]
    return slope


def omega_of(loadings: Floats, residuals: Floats | None = None) -> float:
    """One-factor omega total of loadings; residual variances 1 − λ² where none are given (a correlation matrix)."""
    rest = 1 - loadings**2 if residuals is None else residuals
    common = float(loadings.sum()) ** 2
    return common / (common + float(rest.sum()))


def likelihood_fit(
    covariance: Floats, loadings: Floats, residuals: Floats, people: float
) -> MaximumLikelihoodFit:
    """Fit of a maximum-likelihood solution to ``people`` complete cases; covariance with divisor n − 1 as given.

    χ² is n·F with the divisor-n covariance, as lavaan's. With three items nothing is left to test: df 0 and no p (nan).
    """
    sample = covariance * (people - 1) / people
    scale = (people - 1) / people
    implied = np.outer(loadings, loadings) * scale + np.diag(residuals * scale)
    size = len(sample)
    df = size * (size - 3) // 2
    chi2 = people * _discrepancy(sample, implied)
    base = people * _discrepancy(sample, np.diag(np.diag(sample)))
    base_df = size * (size - 1) // 2
    over, under = max(chi2 - df, 0.0), max(base - base_df, chi2 - df, 0.0)
    spread = np.sqrt(np.outer(np.diag(sample), np.diag(sample)))
    rest = np.tril((sample - implied) / spread)
    return MaximumLikelihoodFit(
        chi2,
        df,
        float(special.chdtrc(df, chi2)) if df else float("nan"),
        1 - over / under if under else 1.0,
        float((base / base_df - chi2 / df) / (base / base_df - 1)) if df else 1.0,
        float(np.sqrt(over / (df * people))) if df else 0.0,
        float(np.sqrt((rest**2).sum() / (size * (size + 1) / 2))),
    )


def dimensions(correlation: Floats, people: float, *, draws: int = 200, seed: int = 1) -> Dimensions:
    """Parallel analysis: Horn (1965), Psychometrika 30, 179–185, with the 95th percentile (Glorfeld 1995).

    Looked at before anything that presumes one factor, or more than one, is shown. A matrix of unrelated normal
    variables is drawn from its Wishart distribution, so cost does not grow with people. Raises NotMeasurable with fewer
    than two items, or no more people than items.
    """
    correlation = checked_square(correlation, 2, "Parallel analysis")
    if not people > len(correlation):
        raise NotMeasurable(
            f"Parallel analysis needs more people than items; {people:g} answered {len(correlation)}."
        )
    size = len(correlation)
    own = np.sort(np.linalg.eigvalsh(correlation))[::-1]
    rng = np.random.default_rng(seed)
    free = max(int(people) - 1, size)
    drawn = np.empty((draws, size))
    for row in drawn:
        lower = np.tril(rng.standard_normal((size, size)), -1)
        lower[np.diag_indices(size)] = np.sqrt(rng.chisquare(free - np.arange(size)))
        sample = lower @ lower.T
        spread = np.sqrt(np.diag(sample))
        row[:] = np.sort(np.linalg.eigvalsh(sample / np.outer(spread, spread)))[::-1]
    expected = np.quantile(drawn, 0.95, axis=0)
    above = own > expected
    return Dimensions(own, expected, int(np.argmin(above)) if not above.all() else size)


def _discrepancy(sample: Floats, implied: Floats) -> float:
    log, own = np.linalg.slogdet(implied)[1], np.linalg.slogdet(sample)[1]
    return float(log - own + np.trace(sample @ np.linalg.inv(implied)) - len(sample))
