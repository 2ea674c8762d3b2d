"""Figures and the last line of a measurement."""

import math
from collections.abc import Sequence


def percentile(values: Sequence[float], share: float) -> float:
    """By rank; not a number where there are no values."""
    found = sorted(values)
    return found[round(share * (len(found) - 1))] if found else math.nan


def line(name: str, **figures: object) -> str:
    """`bench NAME key=value …`."""
    return " ".join([f"bench {name}", *(f"{key}={value}" for key, value in figures.items())])
