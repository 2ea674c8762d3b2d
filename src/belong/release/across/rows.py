"""What a table across schools holds besides the cells of a release."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Count:
    """With noise only: how many people stand behind a figure, perturbed, and ``error``, the standard error (points of
    100) that noise adds to its mean; the figure's interval holds it already.
    """

    cut: str
    group: str
    measure: str
    people: int
    error: float


@dataclass(frozen=True)
class NoiseTold:
    """What may be said about the noise: how far counts are changed at most, the variance, the counts that never
    stand, and a mark that tells one secret from another.
    """

    most: int
    variance: float
    gone: int
    mark: str

    @classmethod
    def read(cls, plain: Mapping[str, Any]) -> NoiseTold:
        """From plain data; databases may give 3 for 3.0."""
        return cls(int(plain["most"]), float(plain["variance"]), int(plain["gone"]), str(plain["mark"]))
