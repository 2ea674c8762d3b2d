"""Weights that make those who answered look like everybody on roll, kept from growing too large.

Raking (iterative proportional fitting): Deming & Stephan (1940), Annals of Mathematical Statistics 11, 427–444; weights
above a limit are cut back and the rest raked again, as Battaglia, Hoaglin & Frankel (2009), Survey Practice 2(5).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from belong.measure.estimate import kish
from belong.measure.responses import Floats

MOST = 5.0


class CannotRake(ValueError):
    """The margins cannot be met; the message says which and why."""


@dataclass(frozen=True)
class Raked:
    """Weights (people,) with mean 1. ``off`` is the largest distance left from a margin, as a share of everybody;
    ``effect`` Kish's design effect of unequal weights; ``cut`` how many weights stand at the limit.
    """

    weights: Floats
    off: float
    effect: float
    cut: int


def rake(
    answered: Mapping[str, Sequence[str] | NDArray[np.str_]],
    roll: Mapping[str, Mapping[str, float]],
    most: float = MOST,
) -> Raked:
    """Weights for those who answered so that each attribute's shares are those of the roll.

    ``answered[attribute]`` (people,) group names; ``roll[attribute][group]`` numbers on roll. No weight goes above
    ``most`` times their mean. Raises CannotRake where a group on roll has nobody who answered, or someone who answered
    is in no group on roll: merge groups first.
    """
    if most <= 1:
        raise CannotRake("The largest weight must be above 1, which is everybody's mean.")
    names = list(roll)
    columns = [_column(name, answered, roll[name]) for name in names]
    people = len(columns[0][0]) if columns else 0
    if not people:
        raise CannotRake("Nobody answered, or no attribute was given.")
    for name, (place, _) in zip(names, columns, strict=True):
        if len(place) != people:
            raise CannotRake(f"{name} is given for {len(place)} people, {names[0]} for {people}.")
    weights = np.ones(people)
    off = np.inf
    for _ in range(500):
        for place, shares in columns:
            sums = np.bincount(place, weights=weights, minlength=len(shares))
            weights = weights * (shares * people / sums)[place]
        weights = _cut(weights, most)
        off = max(
            float(np.abs(np.bincount(place, weights=weights, minlength=len(shares)) / people - shares).max())
            for place, shares in columns
        )
        if off < 1e-10:
            break
    return Raked(weights, off, kish(weights), int((weights >= most * 0.999).sum()))


def _cut(weights: Floats, most: float) -> Floats:
    """No weight above ``most``; what is cut off goes to the others, so that the mean stays 1."""
    weights = weights * len(weights) / weights.sum()
    for _ in range(100):
        high = weights >= most
        if high.all() or not (weights > most * (1 + 1e-12)).any():
            break
        weights = np.where(high, most, weights * (len(weights) - most * high.sum()) / weights[~high].sum())
    return weights


def _column(
    name: str, answered: Mapping[str, Sequence[str] | NDArray[np.str_]], roll: Mapping[str, float]
) -> tuple[NDArray[np.intp], Floats]:
    groups = sorted(roll)
    if name not in answered:
        raise CannotRake(f"{name} is on the roll, but nobody's {name} among those who answered was given.")
    if any(not 0 < roll[group] < float("inf") for group in groups):
        raise CannotRake(f"{name}: a group on roll must have more than 0 people.")
    place = {group: number for number, group in enumerate(groups)}
    values = np.asarray(answered[name]).astype(str)
    strangers = sorted(set(values.tolist()) - set(groups))
    if strangers:
        raise CannotRake(f"{name}: {', '.join(strangers)} answered but is not on the roll.")
    silent = sorted(set(groups) - set(values.tolist()))
    if silent:
        raise CannotRake(f"{name}: nobody of {', '.join(silent)} answered; merge this group with another.")
    shares = np.array([float(roll[group]) for group in groups])
    return np.array([place[value] for value in values], dtype=np.intp), shares / shares.sum()
