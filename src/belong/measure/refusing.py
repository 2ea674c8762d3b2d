"""The one way in which answers that cannot carry a statistic are refused, and the checks that several statistics share.

A figure is worked out, or it is refused here by name, or it comes with a flag. It is never a quiet nan.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.float64]

TINY = 1e-10
"""A variance this small beside the others is rounding, not spread."""


class NotMeasurable(ValueError):
    """The answers cannot carry this statistic; the message says which question, group or weight, and why."""


def checked_weights(weights: Numbers, people: int) -> Numbers:
    """Weights as they came, one each; NotMeasurable for one below nought or not a number, or nought for everybody."""
    weights = np.asarray(weights, dtype=np.float64)
    if weights.shape != (people,):
        raise NotMeasurable(f"{people} people need {people} weights, one each, not {weights.shape}.")
    odd = np.flatnonzero(~np.isfinite(weights))
    if odd.size:
        raise NotMeasurable(f"The weight of row {odd[0]} is not a number ({weights[odd[0]]}).")
    low = np.flatnonzero(weights < 0)
    if low.size:
        raise NotMeasurable(f"The weight of row {low[0]} is below nought ({weights[low[0]]:g}).")
    if people and not weights.sum() > 0:
        raise NotMeasurable("Every weight is nought, so nobody counts.")
    return weights


def checked_square(matrix: Numbers, least: int, what: str) -> Numbers:
    """A square matrix without gaps for at least so many items; NotMeasurable where it is not."""
    matrix = np.asarray(matrix, dtype=np.float64)
    if matrix.ndim != 2 or matrix.shape[0] != matrix.shape[1]:
        raise NotMeasurable(f"{what} needs a square matrix, items by items, not one of shape {matrix.shape}.")
    if len(matrix) < least:
        raise NotMeasurable(f"{what} needs at least {least} items; there {_are(len(matrix))}.")
    if not np.isfinite(matrix).all():
        row = int(np.argmax((~np.isfinite(matrix)).sum(axis=1)))
        raise NotMeasurable(
            f"{what}: the matrix has a gap at item {row + 1}; nobody answered it with the others."
        )
    return matrix


def _are(count: int) -> str:
    return f"is {count}" if count == 1 else f"are {count}"
