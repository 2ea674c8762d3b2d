"""Least squares of many figures with many parameters, by normal equations: an SVD of it all would take minutes."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from belong.measure.refusing import NotMeasurable
from belong.measure.responses import Floats

MOST = 300


def least(off: Callable[[Floats], Floats], start: Floats) -> tuple[Floats, Floats]:
    """The parameters (parameters,) that make Σ off² least, and how ``off`` moves with each (figures, parameters).

    Levenberg (1944) and Marquardt (1963); damped only where a plain Gauss–Newton step goes wrong. Raises NotMeasurable
    where nothing settles.
    """
    vector, rest = start, off(start)
    damping = 0.0
    for _ in range(MOST):
        slope = slopes(off, vector)
        gradient, inner = slope.T @ rest, slope.T @ slope
        before = float(rest @ rest)
        while True:
            step = -np.linalg.lstsq(inner + damping * np.diag(np.diag(inner)), gradient, rcond=1e-14)[0]
            ahead = off(vector + step)
            if float(ahead @ ahead) <= before * (1 + 1e-14) or damping > 1e8:
                break
            damping = max(10 * damping, 1e-6)
        after = float(ahead @ ahead)
        if after <= before:
            vector, rest = vector + step, ahead
        if before - after <= 1e-12 * before or damping > 1e8:  # what is left to gain is rounding
            return vector, slope
        damping = 0.0 if damping < 1e-5 else damping / 10
    raise NotMeasurable("No solution was found that is equal in these groups.")


def slopes(off: Callable[[Floats], Floats], vector: Floats) -> Floats:
    """How each figure moves with each parameter, by central differences: (figures, parameters)."""
    reach = 6e-6 * np.maximum(1.0, np.abs(vector))
    columns = []
    for place, size in enumerate(reach):
        up, down = vector.copy(), vector.copy()
        up[place] += size
        down[place] -= size
        columns.append((off(up) - off(down)) / (up[place] - down[place]))
    return np.stack(columns, axis=1)
