"""One factor behind ordered answers: diagonally weighted least squares on polychoric correlations (WLSMV).

Loadings minimise Σ w (r − λλ′)² with w the inverse variance of each correlation; the χ² is scaled and shifted to the
mean and variance of its reference distribution. Muthén, du Toit & Spisic (1997), unpublished; Asparouhov & Muthén
(2010), Simple second order chi-square correction, Mplus Technical Appendix. As lavaan's ``estimator = "WLSMV"``.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import special

from belong.measure.factor import least_squares, slope_of
from belong.measure.ordinal.polychoric import Polychoric
from belong.measure.refusing import NotMeasurable
from belong.measure.responses import Floats


@dataclass(frozen=True)
class Chi2:
    """A test of fit: statistic, degrees of freedom, p."""

    value: float
    df: int

    @property
    def p(self) -> float:
        return float(special.chdtrc(self.df, max(self.value, 0.0))) if self.df else float("nan")


@dataclass(frozen=True)
class Fit:
    """How well one factor reproduces the correlations, scaled and unscaled.

    CFI and RMSEA of ordinal models flatter; read them with ``srmr`` and the residuals (Xia & Yang 2019).
    """

    chi2: Chi2
    scaled: Chi2
    cfi: float
    cfi_scaled: float
    tli: float
    tli_scaled: float
    rmsea: float
    rmsea_scaled: float
    srmr: float


@dataclass(frozen=True)
class OrdinalFactor:
    """Standardised loadings (items,), their robust standard errors, the fit, and residual correlations.

    ``heywood`` names items whose loading is 1 or more: their numbers must not be believed.
    """

    items: tuple[str, ...]
    loadings: Floats
    se: Floats
    residuals: Floats
    fit: Fit
    heywood: tuple[str, ...]
    people: float


def one_ordinal_factor(found: Polychoric, gamma: Floats) -> OrdinalFactor:
    """Fit one factor to polychoric correlations with their asymptotic covariance (``influence.gamma``).

    Raises NotMeasurable with fewer than three items, where answers follow from each other, or no solution is found.
    """
    size = len(found.items)
    if size < 3:
        raise NotMeasurable(f"One factor needs at least three items; there are {size}.")
    if found.at_the_edge:
        raise NotMeasurable(f"One factor can't be fitted: {found.alike()}.")
    people = float(found.people[0])
    observed, weight = found.between, 1 / np.diag(gamma)
    loadings = least_squares(found.correlation, weight)
    if not np.isfinite(loadings).all():
        raise NotMeasurable("No one-factor solution was found for these correlations.")
    rows, columns = np.array(found.pairs).T
    residual = observed - loadings[rows] * loadings[columns]
    slope = slope_of(loadings)
    inner = slope.T @ (weight[:, None] * slope)
    if np.linalg.matrix_rank(inner, hermitian=True) < size:
        raise NotMeasurable("The items have nothing in common, so one factor says nothing about them.")
    projector = np.linalg.solve(inner, slope.T * weight)
    se = np.sqrt(np.diag(projector @ gamma @ projector.T) / (people - 1))
    rest = np.diag(weight) - (weight[:, None] * slope) @ projector
    fit = _fit(observed, residual, weight, rest, gamma, people, size)
    matrix = np.zeros((size, size))
    for (i, j), value in zip(found.pairs, residual, strict=True):
        matrix[i, j] = matrix[j, i] = value
    too_high = tuple(item for item, value in zip(found.items, loadings, strict=True) if abs(value) >= 1)
    return OrdinalFactor(found.items, loadings, se, matrix, fit, too_high, people)


def _fit(
    observed: Floats, residual: Floats, weight: Floats, rest: Floats, gamma: Floats, people: float, size: int
) -> Fit:
    df = len(observed) - size
    nothing = len(observed)
    model, model_scaled = _tested((people - 1) * float(weight @ residual**2), df, rest @ gamma)
    base, base_scaled = _tested((people - 1) * float(weight @ observed**2), nothing, weight[:, None] * gamma)
    return Fit(
        model,
        model_scaled,
        _cfi(model, base),
        _cfi(model_scaled, base_scaled),
        _tli(model, base),
        _tli(model_scaled, base_scaled),
        _rmsea(model, people),
        _rmsea(model_scaled, people),
        float(np.sqrt((residual**2).sum() / (size * (size + 1) / 2))),
    )


def _tested(value: float, df: int, product: Floats) -> tuple[Chi2, Chi2]:
    """The χ² and its scaled-and-shifted form; ``product`` is UΓ."""
    plain = Chi2(value, df)
    if df == 0:
        return plain, plain
    trace, square = float(np.trace(product)), float((product * product.T).sum())
    scale = np.sqrt(df / square)
    return plain, Chi2(float(value * scale + df - trace * scale), df)


def _cfi(model: Chi2, base: Chi2) -> float:
    over, under = max(model.value - model.df, 0.0), max(base.value - base.df, model.value - model.df, 0.0)
    return 1 - over / under if under else 1.0


def _tli(model: Chi2, base: Chi2) -> float:
    if not model.df or not base.df:
        return 1.0
    each, of = model.value / model.df, base.value / base.df
    return float((of - each) / (of - 1)) if of != 1 else 1.0


def _rmsea(model: Chi2, people: float) -> float:
    if not model.df:
        return 0.0
    return float(np.sqrt(max(model.value - model.df, 0.0) / (model.df * (people - 1))))
