"""Is one factor measured alike in several groups? Configural, then equal thresholds, then equal loadings.

For ordered answers the order of Wu & Estabrook (2016), Psychometrika 81, 1014–1045: thresholds first, with each
further group's item levels and spreads set free; then loadings, with its latent variance set free. Fitted by
diagonally weighted least squares to all groups' thresholds and polychoric correlations at once; χ² scaled and
shifted as for one group.
Levels need items with at least four answers in use; with three the second step tests nothing and is left out.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from belong.measure.counts import PairCounts, PatternCounts
from belong.measure.fairness.climbing import least
from belong.measure.ordinal.influence import gamma
from belong.measure.ordinal.one_factor import Chi2, one_ordinal_factor
from belong.measure.ordinal.polychoric import Polychoric, polychoric
from belong.measure.refusing import NotMeasurable
from belong.measure.responses import Floats

STEPS = ("configural", "thresholds", "loadings")


@dataclass(frozen=True)
class Step:
    """One model of the sequence. ``change`` is its CFI (scaled) less that of the step before; None for the first.

    A fall of more than .010 is commonly read as a lack of invariance (Cheung & Rensvold 2002); for ordered answers that
    is a rough guide.
    """

    name: str
    chi2: Chi2
    scaled: Chi2
    cfi_scaled: float
    rmsea_scaled: float
    srmr: float
    change: float | None


@dataclass(frozen=True)
class _Group:
    found: Polychoric
    gamma: Floats
    observed: Floats
    people: float
    loadings: Floats


Implied = Callable[[Floats], Floats]


def invariance(pairs: PairCounts, patterns: PatternCounts, groups: Sequence[str]) -> list[Step]:
    """The sequence for two or more groups, on complete cases, whose counts both hold.

    Raises NotMeasurable where a group cannot be measured (a Heywood case in it, too), or does not use the same
    answers as the first.
    """
    if len(groups) < 2:
        raise NotMeasurable("At least two groups are needed to compare how they are measured.")
    sides = [_side(pairs, patterns, group) for group in groups]
    for group, side in zip(groups, sides, strict=True):
        for item, mine, first in zip(pairs.items, side.found.used, sides[0].found.used, strict=True):
            if mine != first:
                raise NotMeasurable(
                    f"In the group {group}, {item} has other answers in use than in {groups[0]}."
                )
    widths = [len(values) for values in sides[0].found.thresholds]
    models = [_configural(sides)]
    if min(widths) >= 3:
        models.append(_thresholds(sides, widths))
    models.append(_loadings(sides, widths))
    names = STEPS if len(models) == 3 else ("configural", "loadings")
    steps: list[Step] = []
    base = _baseline(sides)
    for name, (start, implied) in zip(names, models, strict=True):
        before = steps[-1].cfi_scaled if steps else None
        steps.append(_tested(name, sides, start, implied, base, before))
    return steps


def _side(pairs: PairCounts, patterns: PatternCounts, group: str) -> _Group:
    found = polychoric(pairs.of(group))
    if found.at_the_edge:
        raise NotMeasurable(f"In the group {group}, {found.alike()}.")
    covariance = gamma(found, patterns.of(group), thresholds=True)
    size = len(found.pairs)
    factor = one_ordinal_factor(found, covariance[-size:, -size:])
    if factor.heywood:
        raise NotMeasurable(
            f"In the group {group}, {factor.heywood[0]} has a loading of 1 or more (a Heywood case): one factor "
            "does not fit there, so there is nothing to compare."
        )
    observed = np.concatenate([*found.thresholds, found.between])
    return _Group(found, covariance, observed, float(found.people[0]), factor.loadings)


def _configural(sides: Sequence[_Group]) -> tuple[Floats, Implied]:
    """Every group its own thresholds and loadings."""
    width = len(np.concatenate(sides[0].found.thresholds))
    size = len(sides[0].found.items)
    start = np.concatenate([np.concatenate([s.observed[:width], s.loadings]) for s in sides])

    def implied(vector: Floats) -> Floats:
        parts = np.split(vector, len(sides))
        return np.concatenate(
            [np.concatenate([part[:width], _products(part[width : width + size])]) for part in parts]
        )

    return start, implied


def _thresholds(sides: Sequence[_Group], widths: Sequence[int]) -> tuple[Floats, Implied]:
    """One set of thresholds; each further group its own item levels, spreads and loadings."""
    width, size = sum(widths), len(widths)
    first = sides[0]
    start = [first.observed[:width], first.loadings]
    for side in sides[1:]:
        start += [*_levels(first, side), side.loadings]

    def implied(vector: Floats) -> Floats:
        shared, out = vector[:width], [vector[:width], _products(vector[width : width + size])]
        for number in range(len(sides) - 1):
            level, spread, own = np.split(vector[width + size + 3 * size * number :][: 3 * size], 3)
            out += [_moved(shared, level, spread, widths), _products(own)]
        return np.concatenate(out)

    return np.concatenate(start), implied


def _loadings(sides: Sequence[_Group], widths: Sequence[int]) -> tuple[Floats, Implied]:
    """One set of thresholds and of loadings; each further group its own levels, spreads and latent variance."""
    width, size = sum(widths), len(widths)
    start = [sides[0].observed[:width], sides[0].loadings]
    for side in sides[1:]:
        start += [*_levels(sides[0], side), np.ones(1)]

    def implied(vector: Floats) -> Floats:
        shared, own = vector[:width], vector[width : width + size]
        out = [shared, _products(own)]
        for number in range(len(sides) - 1):
            part = vector[width + size + (2 * size + 1) * number :][: 2 * size + 1]
            level, spread, latent = part[:size], part[size : 2 * size], part[-1]
            out += [_moved(shared, level, spread, widths), _products(own / spread * latent)]
        return np.concatenate(out)

    return np.concatenate(start), implied


def _levels(first: _Group, other: _Group) -> list[Floats]:
    """Levels and spreads that lay one group's thresholds on another's, by a line through each item's."""
    level, spread = [], []
    for own, reference in zip(other.found.thresholds, first.found.thresholds, strict=True):
        slope = np.polyfit(own, reference, 1)[0] if len(own) > 1 else 1.0
        spread.append(max(float(slope), 0.1))
        level.append(float(np.mean(reference - spread[-1] * own)))
    return [np.array(level), np.array(spread)]


def _products(loadings: Floats) -> Floats:
    rows, columns = np.tril_indices(len(loadings), -1)
    return np.asarray(loadings[rows] * loadings[columns])


def _moved(shared: Floats, level: Floats, spread: Floats, widths: Sequence[int]) -> Floats:
    return np.asarray((shared - np.repeat(level, widths)) / np.repeat(spread, widths))


def _weights(sides: Sequence[_Group]) -> Floats:
    return np.concatenate([(side.people - 1) / np.diag(side.gamma) for side in sides])


def _tested(
    name: str, sides: Sequence[_Group], start: Floats, implied: Implied, base: Chi2, before: float | None
) -> Step:
    observed, weight = np.concatenate([side.observed for side in sides]), _weights(sides)
    root = np.sqrt(weight)

    def off(vector: Floats) -> Floats:
        return np.asarray(root * (implied(vector) - observed))

    vector, slope = least(off, start)
    plain, scaled = _chi2(sides, float(off(vector) @ off(vector)), weight, slope / root[:, None])
    residual = observed - implied(vector)
    over = max(scaled.value - scaled.df, 0.0)
    under = max(base.value - base.df, over)
    cfi = 1 - over / under if under else 1.0
    people = sum(side.people for side in sides)
    rmsea = float(np.sqrt(len(sides) * over / (scaled.df * (people - len(sides))))) if scaled.df else 0.0
    srmr = _srmr(sides, residual)
    return Step(name, plain, scaled, cfi, rmsea, srmr, None if before is None else cfi - before)


def _chi2(sides: Sequence[_Group], value: float, weight: Floats, slope: Floats) -> tuple[Chi2, Chi2]:
    """χ² and its scaled-and-shifted form over all groups.

    With Γ the covariance of all figures (groups apart), W their weights and U = W − WΔ(Δ'WΔ)⁻Δ'W, it takes tr UΓ and
    tr (UΓ)²; multiplied out, nothing of the size figures × figures × figures is worked on.
    """
    df = len(weight) - slope.shape[1]
    leaning = weight[:, None] * slope
    inner = np.linalg.pinv(slope.T @ leaning, rcond=1e-12)
    trace = square = 0.0
    across, apart = np.zeros((slope.shape[1], slope.shape[1])), np.zeros((slope.shape[1], slope.shape[1]))
    at = 0
    for side in sides:
        rows = slice(at, at + len(side.observed))
        covariance, own = side.gamma / (side.people - 1), weight[rows]
        trace += float(own @ np.diag(covariance))
        square += float(own @ (covariance**2) @ own)
        moved = covariance @ leaning[rows]
        across += leaning[rows].T @ moved
        apart += moved.T @ (own[:, None] * moved)
        at = rows.stop
    taken = inner @ across
    trace -= float(np.trace(taken))
    square += float((taken * taken.T).sum() - 2 * (inner * apart).sum())
    scale = np.sqrt(df / square)
    return Chi2(value, df), Chi2(float(value * scale + df - trace * scale), df)


def _baseline(sides: Sequence[_Group]) -> Chi2:
    """No correlation at all, thresholds free: what CFI compares with."""
    observed, weight = np.concatenate([side.observed for side in sides]), _weights(sides)
    ends = np.cumsum([0, *(len(side.observed) for side in sides)])
    free = np.concatenate(
        [
            begin + np.arange(len(side.observed) - len(side.found.pairs))
            for begin, side in zip(ends[:-1], sides, strict=True)
        ]
    )
    slope = np.zeros((len(observed), len(free)))
    slope[free, np.arange(len(free))] = 1.0
    bound = np.ones(len(observed), dtype=bool)
    bound[free] = False
    return _chi2(sides, float(weight[bound] @ observed[bound] ** 2), weight, slope)[1]


def _srmr(sides: Sequence[_Group], residual: Floats) -> float:
    total, at = 0.0, 0
    people = sum(side.people for side in sides)
    for side in sides:
        pairs = len(side.found.pairs)
        end = at + len(side.observed)
        size = len(side.found.items)
        root = np.sqrt((residual[end - pairs : end] ** 2).sum() / (size * (size + 1) / 2))
        total += side.people / people * float(root)
        at = end
    return total
