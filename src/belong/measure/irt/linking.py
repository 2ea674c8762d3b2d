"""Bringing two forms on one scale through the questions both ask."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy import optimize

from belong.measure.irt.fit import Fitted, ItemFit, quadrature
from belong.measure.irt.models import Model, chances
from belong.measure.refusing import NotMeasurable
from belong.measure.responses import Floats


@dataclass(frozen=True)
class Link:
    """θ on the first form's scale = ``slope`` × θ on the second's + ``shift``.

    ``common`` are the questions it rests on; ``off`` the root mean squared difference, in answer categories, between
    the two forms' expected answers to them after linking. A question that stands out in ``drift`` (its own such
    difference) may have changed its meaning.
    """

    slope: float
    shift: float
    common: tuple[str, ...]
    off: float
    drift: dict[str, float]


def link(first: Fitted, second: Fitted, common: Sequence[str] | None = None) -> Link:
    """Stocking & Lord (1983), Applied Psychological Measurement 7, 201–210: the line that makes the common questions'
    expected answers agree best over the latent distribution.

    ``common``: item names asked in both; by default all names both have. Raises NotMeasurable with fewer than two, with
    models of different kinds, where one of them is in ``Fitted.doubts``, or where a common question has other
    answers in use in the two forms.
    """
    if first.model != second.model:
        raise NotMeasurable(f"A {first.model} and a {second.model} can't be linked.")
    left, right = ({item.item: item for item in form.items} for form in (first, second))
    names = tuple(common) if common is not None else tuple(name for name in left if name in right)
    if len(names) < 2:
        raise NotMeasurable("At least two questions must be asked in both forms.")
    for name in names:
        if name not in left or name not in right:
            raise NotMeasurable(f"{name} is not in both forms.")
        if left[name].used != right[name].used:
            raise NotMeasurable(f"{name} has other answers in use in the two forms.")
        for form in (first, second):
            if doubt := form.doubts.get(name) or form.doubts.get(""):
                raise NotMeasurable(f"Forms can't be linked through {name}: {doubt}.")
    theta, weight = quadrature(first.spread)
    wanted = np.stack([_expected(first, left[name].parameters, theta) for name in names])

    def gap(line: Floats) -> Floats:
        found = np.stack(
            [_expected(second, moved(second.model, right[name], *line), theta) for name in names]
        )
        return np.asarray(found - wanted)

    def off(line: Floats) -> Floats:
        return np.asarray(np.sqrt(weight) * gap(line).sum(axis=0))

    start = _start(left, right, names)
    result = optimize.least_squares(off, start, jac="3-point", xtol=1e-13, ftol=1e-14, gtol=1e-13)
    rest = gap(result.x) ** 2 @ weight
    drift = {name: float(np.sqrt(own)) for name, own in zip(names, rest, strict=True)}
    return Link(float(result.x[0]), float(result.x[1]), names, float(np.sqrt(rest.mean())), drift)


def moved(model: Model, item: ItemFit, slope: float, shift: float) -> Floats:
    """An item's parameters after its scale is stretched by ``slope`` and moved by ``shift``."""
    own = item.slope / slope
    steps = np.ones(len(item.intercepts)) if model == "grm" else np.arange(1, len(item.intercepts) + 1)
    return np.concatenate([[own], item.intercepts - own * shift * steps])


def _expected(form: Fitted, parameters: Floats, theta: Floats) -> Floats:
    chance = chances(form.model, parameters, theta)
    return np.asarray(np.arange(len(chance)) @ chance)


def _start(left: dict[str, ItemFit], right: dict[str, ItemFit], names: Sequence[str]) -> Floats:
    """Mean and spread of the common places: Marco (1977)'s line."""
    one, other = (np.concatenate([side[name].places for name in names]) for side in (left, right))
    slope = float(one.std() / other.std()) if other.std() > 0 else 1.0
    return np.array([slope, float(one.mean() - slope * other.mean())])
