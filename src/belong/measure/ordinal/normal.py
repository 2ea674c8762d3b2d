"""The bivariate normal distribution, for many points at once."""

from __future__ import annotations

import numpy as np
from scipy import special

from belong.measure.responses import Floats

FAR = 37.0
"""Stands for an infinite threshold: beyond it the normal distribution is 0 or 1 to the last digit."""


def density(h: Floats, k: Floats, rho: Floats) -> Floats:
    """The bivariate normal density at (h, k) with correlation ``rho``, broadcast."""
    left = 1.0 - rho * rho
    return np.asarray(np.exp(-(h * h - 2 * rho * h * k + k * k) / (2 * left)) / (2 * np.pi * np.sqrt(left)))


def cumulative(h: Floats, k: Floats, rho: Floats) -> Floats:
    """P(X ≤ h, Y ≤ k) of a standard bivariate normal pair with correlation |rho| < 1, broadcast.

    By Owen's T function: Owen (1956), Annals of Mathematical Statistics 27, 1075–1090, eq. 2.1. Absolute error
    about 1e-15.
    """
    h, k, rho = np.broadcast_arrays(_tidy(h), _tidy(k), rho)
    root = np.sqrt((1 - rho) * (1 + rho))
    apart = ((h * k < 0) | ((h * k == 0) & (h + k < 0))).astype(float)
    both = 0.5 * (special.ndtr(h) + special.ndtr(k) - apart) - _wing(h, k, rho, root) - _wing(k, h, rho, root)
    # At the origin Owen's formula is 0/0; the value is Sheppard's.
    return np.where((h == 0) & (k == 0), 0.25 + np.arcsin(rho) / (2 * np.pi), np.clip(both, 0.0, 1.0))


def _wing(h: Floats, k: Floats, rho: Floats, root: Floats) -> Floats:
    with np.errstate(divide="ignore", invalid="ignore"):
        slope = np.where(h == 0, np.inf * np.sign(k), (k / np.where(h == 0, 1.0, h) - rho) / root)
    return np.asarray(special.owens_t(h, np.where(np.isnan(slope), 0.0, slope)))


def _tidy(at: Floats) -> Floats:
    """Kept within reach, and exactly nought where it is next to nothing: products must not vanish."""
    near = np.clip(at, -FAR, FAR)
    return np.where(np.abs(near) < 1e-100, 0.0, near)
