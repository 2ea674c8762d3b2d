"""Differential item functioning: does a question work differently for two groups who score the same?

Ordinal logistic regression, Zumbo (1999), A Handbook on the Theory and Methods of DIF: the answer from the score,
then with the group, then with group × score. The two-degree test says whether there is a difference, ΔR² how large.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from scipy import special

from belong.measure.counts import PatternCounts
from belong.measure.fairness.proportional_odds import proportional_odds
from belong.measure.refusing import NotMeasurable

MODERATE, LARGE = 0.035, 0.070
"""Jodoin & Gierl (2001), Applied Measurement in Education 14, 329–349."""


@dataclass(frozen=True)
class Dif:
    """One question. ``uniform`` (1 df) and ``total`` (2 df) are likelihood-ratio χ²; ``p`` belongs to ``total``;
    ``delta_r2`` is the gain in Nagelkerke's R² by group and group × score; ``shift`` the log odds by which the second
    group answers higher than the first at the same score; ``curve`` the answers to expect, (score, first group, second
    group) for every score that occurs in both.
    """

    item: str
    uniform: float
    total: float
    p: float
    delta_r2: float
    shift: float
    people: float
    curve: tuple[tuple[float, float, float], ...]

    @property
    def size(self) -> Literal["negligible", "moderate", "large"]:
        """How large: by ΔR², and only where the two-degree test finds anything at 1 %."""
        if self.p >= 0.01 or self.delta_r2 < MODERATE:
            return "negligible"
        return "large" if self.delta_r2 >= LARGE else "moderate"


def dif(patterns: PatternCounts, first: str, second: str) -> list[Dif]:
    """Every item between two groups of ``patterns``, on complete cases, by the sum of all items.

    Raises NotMeasurable where a group is empty, an item has one answer in use, or there is one item only.
    """
    if len(patterns.items) < 2:
        raise NotMeasurable(
            "Whether a question works differently needs at least two: one to look at, one to compare by."
        )
    rows = (patterns.patterns > 0).all(axis=1)
    codes = patterns.patterns[rows].astype(np.int64)
    sides = []
    for group in (first, second):
        if group not in patterns.groups or not patterns.counts[patterns.groups.index(group)][rows].sum() > 0:
            raise NotMeasurable(f"Nobody in the group {group} answered every question.")
        sides.append(patterns.counts[patterns.groups.index(group)][rows])
    score = codes.sum(axis=1)
    return [_one(item, codes[:, j], score, sides[0], sides[1]) for j, item in enumerate(patterns.items)]


def _one(item: str, codes: np.ndarray, score: np.ndarray, first: np.ndarray, second: np.ndarray) -> Dif:
    used, answers = np.unique(codes[(first + second) > 0], return_inverse=True)
    if len(used) < 2:
        raise NotMeasurable(f"Everybody gave {item} the same answer ({int(used[0])}).")
    lookup = np.searchsorted(used, np.clip(codes, used[0], used[-1]))
    number = (score * (len(used) + 1) + lookup) * 2
    cells, counts = _merged(np.concatenate([number, number + 1]), np.concatenate([first, second]))
    group, rest = (cells % 2).astype(float), cells // 2
    answers, total = rest % (len(used) + 1), (rest // (len(used) + 1)).astype(float)
    columns = np.stack([total, group, total * group], axis=1)
    plain, grouped, crossed = (proportional_odds(answers, columns[:, :width], counts) for width in (1, 2, 3))
    shared = np.intersect1d(total[group == 0], total[group == 1])
    both = [shared if shared.size else np.unique(total)] * 2
    ahead = [
        crossed.chances(np.stack([side, np.full(len(side), own), side * own], axis=1)) @ used
        for own, side in enumerate(both)
    ]
    gain = 2 * (crossed.log_likelihood - plain.log_likelihood)
    return Dif(
        item,
        2 * (grouped.log_likelihood - plain.log_likelihood),
        gain,
        float(special.chdtrc(2, max(gain, 0.0))),
        crossed.nagelkerke - plain.nagelkerke,
        float(grouped.slopes[1]),
        float(counts.sum()),
        tuple((float(at), float(one), float(other)) for at, one, other in zip(both[0], *ahead, strict=True)),
    )


def _merged(numbers: np.ndarray, counts: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    cells, place = np.unique(numbers, return_inverse=True)
    summed = np.bincount(place, weights=counts)
    return cells[summed > 0], summed[summed > 0]
