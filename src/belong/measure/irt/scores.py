"""Where people stand on the latent scale, how surely, and what a set of questions can tell there."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from belong.measure.irt.fit import Fitted, ItemFit, quadrature
from belong.measure.irt.models import Model, along, chances
from belong.measure.refusing import NotMeasurable
from belong.measure.responses import Codes, Floats

EDGE = 15.0
"""Beyond this no place is looked for: an all-lowest or all-highest answer under WLE stays finite well before."""
_CHUNK = 20_000


@dataclass(frozen=True)
class Places:
    """Each pattern's place on the latent scale and its standard error, (patterns,); nan with no answer at all."""

    theta: Floats
    se: Floats


def _checked(fitted: Fitted, patterns: Codes) -> Codes:
    patterns = np.asarray(patterns)
    if patterns.ndim != 2 or patterns.shape[1] != len(fitted.items):
        raise NotMeasurable(
            f"Patterns need {len(fitted.items)} columns, one per item, not shape {patterns.shape}."
        )
    if not np.issubdtype(patterns.dtype, np.integer) or (patterns < 0).any():
        raise NotMeasurable("Patterns hold whole codes 1…k and 0 for no answer, nothing else.")
    return patterns


def placed(item: ItemFit, codes: Codes) -> np.ndarray:
    """Codes 1…k as rows of the item's probabilities (0-based); −1 for no answer or an answer the fit never saw."""
    lookup = np.full(max(int(codes.max(initial=0)), max(item.used)) + 1, -1)
    lookup[list(item.used)] = np.arange(len(item.used))
    return np.asarray(lookup[codes])


def eap(fitted: Fitted, patterns: Codes) -> Places:
    """Expected a posteriori places under the fitted latent distribution, with posterior standard deviations.

    ``patterns`` (patterns, items) oriented codes, 0 = no answer. Bock & Mislevy (1982), Applied Psychological
    Measurement 6, 431–444. An answer the fit never saw counts as none.
    """
    patterns = _checked(fitted, patterns)
    theta, weight = quadrature(fitted.spread)
    logs = [_with_silence(np.log(chances(fitted.model, item.parameters, theta))) for item in fitted.items]
    places, errors = np.empty(len(patterns)), np.empty(len(patterns))
    for begin in range(0, len(patterns), _CHUNK):
        part = slice(begin, begin + _CHUNK)
        total = np.tile(np.log(weight), (len(patterns[part]), 1))
        for j, (item, log) in enumerate(zip(fitted.items, logs, strict=True)):
            total += log[placed(item, patterns[part, j])]
        chance = np.exp(total - total.max(axis=1, keepdims=True))
        chance /= chance.sum(axis=1, keepdims=True)
        places[part] = chance @ theta
        errors[part] = np.sqrt(np.maximum(chance @ theta**2 - places[part] ** 2, 0))
    return _unless_silent(patterns, places, errors)


def wle(fitted: Fitted, patterns: Codes) -> Places:
    """Weighted likelihood places: almost unbiased, finite for the lowest and highest answers, no assumed distribution.

    Warm (1989), Psychometrika 54, 427–450: the place where score + J / (2·information) is nought; standard error
    1/√information. A place still on its way at ±15 is infinite (±inf), as where all items repeat one another.
    """
    patterns = _checked(fitted, patterns)
    low, high = np.full(len(patterns), -EDGE), np.full(len(patterns), EDGE)
    for _ in range(60):
        middle = (low + high) / 2
        up = _warm(fitted, patterns, middle) > 0
        low, high = np.where(up, middle, low), np.where(up, high, middle)
    theta = (low + high) / 2
    heard = _heard(fitted, patterns)
    known = sum(information(fitted.model, item, theta) * heard[:, j] for j, item in enumerate(fitted.items))
    endless = np.abs(theta) > EDGE - 1e-6
    theta = np.where(endless, np.sign(theta) * np.inf, theta)
    return _unless_silent(patterns, theta, np.where(endless, np.inf, 1 / np.sqrt(np.maximum(known, 1e-300))))


def information(model: Model, item: ItemFit, theta: Floats) -> Floats:
    """Fisher information of one item at places on the latent scale: (places,)."""
    chance, moved = chances(model, item.parameters, theta), along(model, item.parameters, theta)
    return np.asarray((moved**2 / chance).sum(axis=0))


def test_information(fitted: Fitted, theta: Floats) -> Floats:
    """Information of all items together: (places,); 1/√ of it is the standard error there."""
    return np.asarray(sum(information(fitted.model, item, theta) for item in fitted.items))


def marginal_reliability(fitted: Fitted) -> float:
    """Expected share of variance that is the latent variable's own, over its distribution: E[I/(I + 1/σ²)]."""
    theta, weight = quadrature(fitted.spread)
    known = test_information(fitted, theta)
    return float(weight @ (known / (known + 1 / fitted.spread)))


def empirical_reliability(places: Places, counts: Floats) -> float:
    """Variance of EAP places over itself plus the mean error variance; ``counts`` says how often each occurs.

    Raises NotMeasurable with fewer than two people who have a place.
    """
    known = ~np.isnan(places.theta)
    weight, theta, error = counts[known], places.theta[known], places.se[known] ** 2
    people = weight.sum()
    if not people > 1:
        raise NotMeasurable(f"A reliability needs at least two people with a place; there are {people:g}.")
    spread = float(weight @ (theta - weight @ theta / people) ** 2 / (people - 1))
    return spread / (spread + float(weight @ error / people))


def _warm(fitted: Fitted, patterns: Codes, theta: Floats) -> Floats:
    """Score + J/(2I) of each pattern at its own place; its sign says which way the solution lies."""
    score, known, bias = np.zeros(len(theta)), np.zeros(len(theta)), np.zeros(len(theta))
    rows = np.arange(len(theta))
    for j, item in enumerate(fitted.items):
        place = placed(item, patterns[:, j])
        heard = place >= 0
        chance, moved = (
            chances(fitted.model, item.parameters, theta),
            along(fitted.model, item.parameters, theta),
        )
        bend = _bending(fitted.model, item, theta)
        score += np.where(heard, moved[place, rows] / chance[place, rows], 0.0)
        known += np.where(heard, (moved**2 / chance).sum(axis=0), 0.0)
        bias += np.where(heard, (moved * bend / chance).sum(axis=0), 0.0)
    return np.asarray(score + bias / (2 * np.maximum(known, 1e-300)))


def _bending(model: Model, item: ItemFit, theta: Floats, reach: float = 1e-4) -> Floats:
    """Second derivative of each answer's probability along the scale, from the exact first one: (k, places)."""
    parameters = item.parameters
    return np.asarray(
        (along(model, parameters, theta + reach) - along(model, parameters, theta - reach)) / (2 * reach)
    )


def _with_silence(log: Floats) -> Floats:
    """Answers as rows, with a last row of zeros that an unanswered question (−1) picks."""
    return np.concatenate([log, np.zeros((1, log.shape[1]))])


def _heard(fitted: Fitted, patterns: Codes) -> np.ndarray:
    return np.stack([placed(item, patterns[:, j]) >= 0 for j, item in enumerate(fitted.items)], axis=1)


def _unless_silent(patterns: Codes, theta: Floats, se: Floats) -> Places:
    silent = (patterns == 0).all(axis=1)
    return Places(np.where(silent, np.nan, theta), np.where(silent, np.nan, se))
