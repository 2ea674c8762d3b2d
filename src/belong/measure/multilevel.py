"""People sit in classes and schools: how alike they are there, what that does to certainty, and how far to
trust a group's mean.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import optimize

from belong.measure.refusing import NotMeasurable
from belong.measure.responses import Floats


@dataclass(frozen=True)
class Nested:
    """Sufficient statistics of values in groups: sizes, means, and the sum of squares within, each
    (groups,).
    """

    sizes: Floats
    means: Floats
    within: Floats

    def __add__(self, other: Nested) -> Nested:
        """Statistics of different groups put side by side."""
        return Nested(
            np.concatenate([self.sizes, other.sizes]),
            np.concatenate([self.means, other.means]),
            np.concatenate([self.within, other.within]),
        )


@dataclass(frozen=True)
class OneWay:
    """One-way random effects: grand mean, variance between and within groups, icc = between / (both); 0 where nobody
    differs from anybody.
    """

    mean: float
    between: float
    residual: float
    groups: int
    people: int

    @property
    def icc(self) -> float:
        total = self.between + self.residual
        return self.between / total if total > 0 else 0.0


def nested(values: Floats, groups: NDArray[np.intp], counts: Floats | None = None) -> Nested:
    """Sizes, means and within-sums of squares; values that are nan are left out, so are empty groups.

    ``counts``: how many people each value is of, where that is not one.
    """
    known = ~np.isnan(values)
    _, place = np.unique(groups[known], return_inverse=True)
    taken = values[known]
    many = np.ones(len(taken)) if counts is None else counts[known]
    sizes = np.bincount(place, weights=many).astype(np.float64)
    means = np.bincount(place, weights=taken * many) / sizes
    within = np.bincount(place, weights=many * (taken - means[place]) ** 2).astype(np.float64)
    return Nested(sizes, means, within)


def one_way(data: Nested) -> OneWay | None:
    """REML by profile likelihood in the ratio between/residual; None with under two groups or no replication.

    The criterion is that of lme4's ``y ~ 1 + (1 | group)`` (Bates et al. 2015, J. Stat. Software 67(1)),
    with mean and residual variance profiled out, so one number is searched for.
    """
    n, groups = int(data.sizes.sum()), len(data.sizes)
    if groups < 2 or n <= groups:
        return None
    spread = float(data.within.sum() + data.sizes @ (data.means - data.means.mean()) ** 2)
    if not spread > 0:
        return OneWay(float(data.means[0]), 0.0, 0.0, groups, n)

    def profile(ratio: float) -> tuple[float, float, float]:
        """Minus twice the restricted log-likelihood (up to a constant), with its mean and residual
        variance.
        """
        weight = data.sizes / (1 + data.sizes * ratio)
        mean = float(weight @ data.means / weight.sum())
        squares = float(data.within.sum() + weight @ (data.means - mean) ** 2)
        residual = squares / (n - 1)
        deviance = (n - 1) * np.log(residual) + np.log1p(data.sizes * ratio).sum() + np.log(weight.sum())
        return float(deviance), mean, residual

    # The ratio is searched on a log scale, then compared with none at all: the estimate may lie on the
    # boundary.
    grid = np.linspace(-16, 7, 47)
    best = int(np.argmin([profile(float(np.exp(u)))[0] for u in grid]))
    ends = (grid[max(best - 1, 0)], grid[min(best + 1, len(grid) - 1)])
    found = optimize.minimize_scalar(
        lambda u: profile(float(np.exp(u)))[0], bounds=ends, method="bounded", options={"xatol": 1e-10}
    )
    ratio = float(np.exp(found.x)) if found.fun < profile(0.0)[0] else 0.0
    _, mean, residual = profile(ratio)
    return OneWay(mean, ratio * residual, residual, groups, n)


def empirical_bayes(data: Nested, fit: OneWay) -> Floats:
    """Each group's mean drawn towards the grand mean by its own reliability (the BLUP plus the mean).
    (groups,)
    """
    return fit.mean + mean_reliability(data.sizes, fit) * (data.means - fit.mean)


def mean_reliability(sizes: Floats | float, fit: OneWay) -> Floats:
    """Reliability of a group's mean, n·icc / (1 + (n − 1)·icc): .54 for n = 30, icc = .038."""
    size = np.asarray(sizes, dtype=np.float64)
    return np.asarray(size * fit.icc / (1 + (size - 1) * fit.icc))


def design_effect(sizes: Floats, icc: float) -> float:
    """Kish's design effect of clustering, 1 + (m − 1)·icc, m the size-weighted mean cluster size Σn²/Σn.
    NotMeasurable for clusters without people.
    """
    if not sizes.sum() > 0:
        raise NotMeasurable("There are no clusters with people in them.")
    return float(1 + ((sizes**2).sum() / sizes.sum() - 1) * icc)


@dataclass(frozen=True)
class Shrunk:
    """Group means drawn together: estimates, the share of each own mean that counts (0–1), and the variance
    between.
    """

    estimates: Floats
    reliability: Floats
    centre: float
    between: float


def shrink(means: Floats, errors: Floats) -> Shrunk:
    """Empirical-Bayes estimates of group means whose standard errors are known, as those of a survey are.

    Normal–normal model, variance between by REML (Morris 1983, JASA 78, 47–55; Raudenbush & Bryk 2002, ch.
    3). With two groups the variance between is a guess from one difference: say so. Raises NotMeasurable for no group,
    or a mean or an error that is not a number.
    """
    means, errors = np.asarray(means, dtype=np.float64), np.asarray(errors, dtype=np.float64)
    if (
        not means.size
        or means.shape != errors.shape
        or not np.isfinite(means + errors).all()
        or (errors < 0).any()
    ):
        raise NotMeasurable(
            "Every group needs a mean and a standard error from 0; leave out those that have none."
        )
    variances = np.maximum(errors**2, 1e-12)

    def fit(between: float) -> tuple[float, float]:
        weight = 1 / (variances + between)
        centre = float(weight @ means / weight.sum())
        loss = float((weight * (means - centre) ** 2).sum() - np.log(weight).sum() + np.log(weight.sum()))
        return loss, centre

    top = float(np.ptp(means)) ** 2 * 4
    between = 0.0
    if len(means) > 1 and top > 0:
        found = optimize.minimize_scalar(
            lambda root: fit(root**2)[0], bounds=(0, np.sqrt(top)), method="bounded", options={"xatol": 1e-10}
        )
        between = float(found.x) ** 2 if found.fun < fit(0.0)[0] - 1e-9 else 0.0
    centre = fit(between)[1]
    reliability = between / (between + variances)
    return Shrunk(centre + reliability * (means - centre), reliability, centre, between)
