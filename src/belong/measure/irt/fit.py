"""Fitting an item response model by marginal maximum likelihood.

EM (Bock & Aitkin 1981, Psychometrika 46, 443–459) on distinct answer patterns, with one scoring step per look
at the data and Anderson's acceleration (Walker & Ni 2011, SIAM J. Numerical Analysis 49, 1715–1735). The latent
variable is standard normal on 61 points from −6 to 6, as in R's mirt with ``quadpts = 61``. The PCM's latent variance
is, as there, that of the people expected at each point; with a variance near 3 those points cut the tails a little.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from belong.measure.counts import PatternCounts
from belong.measure.irt.halves import Halves, expected, halve
from belong.measure.irt.models import Model, chances, difficulties, is_possible, movements, start
from belong.measure.refusing import NotMeasurable
from belong.measure.responses import Floats

POINTS, REACH = 61, 6.0
MEMORY = 6
"""How many earlier steps the acceleration looks back on."""


def quadrature(spread: float = 1.0) -> tuple[Floats, Floats]:
    """61 equally spaced places from −6 to 6, and normal weights of variance ``spread`` that sum to 1."""
    theta = np.linspace(-REACH, REACH, POINTS)
    weight = np.exp(-(theta**2) / (2 * spread))
    return theta, np.maximum(weight / weight.sum(), 1e-300)  # its logarithm must exist


@dataclass(frozen=True)
class ItemFit:
    """One item: slope, intercepts d (k − 1,), places b (k − 1,) on the latent scale, and the codes in use."""

    item: str
    slope: float
    intercepts: Floats
    places: Floats
    used: tuple[int, ...]

    @property
    def parameters(self) -> Floats:
        return np.concatenate([[self.slope], self.intercepts])


STEEP, FLAT = 10.0, 0.05
"""Slopes beyond these (log odds per standard deviation of the latent variable) say that a question repeats another, or
has nothing to do with the others."""
LEAST_SPREAD, MOST_SPREAD = 0.01, 25.0


@dataclass(frozen=True)
class Fitted:
    """A fitted model. ``spread`` is the latent variance: 1 but for the PCM, whose slopes are then all 1.

    Read ``converged`` and ``doubts`` before any figure.
    """

    model: Model
    items: tuple[ItemFit, ...]
    spread: float
    log_likelihood: float
    people: float
    free: int
    steps: int
    converged: bool

    @property
    def doubts(self) -> dict[str, str]:
        """Items whose parameters must not be believed, and why; "" is the model as a whole. Empty where all is well."""
        found = {item.item: why for item in self.items if (why := _doubt(item.slope))}
        if not self.converged:
            found[""] = f"the fit did not settle in {self.steps} steps"
        elif self.model == "pcm" and not 2 * LEAST_SPREAD < self.spread < 0.95 * MOST_SPREAD:
            found[""] = (
                f"the latent variance ran to its bound ({self.spread:.2f}): the questions share no one scale"
            )
        return found

    @property
    def aic(self) -> float:
        return 2 * self.free - 2 * self.log_likelihood

    @property
    def bic(self) -> float:
        return self.free * float(np.log(self.people)) - 2 * self.log_likelihood


def _doubt(slope: float) -> str:
    if abs(slope) > STEEP:
        return f"its slope ({slope:.3g}) has no end: its answers follow from the others'"
    if abs(slope) < FLAT:
        return f"its slope is next to nought ({slope:.2f}): it has nothing to do with the others"
    return "it runs against the others (a slope below nought); it may need turning" if slope < 0 else ""


def fit(patterns: PatternCounts, model: Model = "grm", *, tolerance: float = 1e-5, most: int = 500) -> Fitted:
    """Fit a model to distinct answer patterns, all groups together; a person's missing answers are left out.

    Converged where no parameter would move more than ``tolerance`` in the next step. Cost grows with distinct
    patterns, not with people. Raises NotMeasurable for an item with fewer than two answers in use, fewer than two
    items, or fewer people than items; parameters that ran away are named in ``Fitted.doubts``.
    """
    codes, counts, used = _in_use(patterns)
    halves = halve(codes, counts)
    sizes = [len(own) for own in used]
    shape = _Shape(model, sizes)
    begin = [
        start(
            model,
            np.array([counts[codes[:, j] == c + 1].sum() for c in range(size)])
            / counts[codes[:, j] > 0].sum(),
        )
        for j, size in enumerate(sizes)
    ]
    step = _step(halves, shape)
    vector, value, steps, done = _climb(step, shape.pack(begin), shape.possible, tolerance, most)
    return _fitted(patterns.items, shape, vector, used, value, counts.sum(), (steps, done))


def _in_use(patterns: PatternCounts) -> tuple[np.ndarray, Floats, list[tuple[int, ...]]]:
    """Patterns with categories in use numbered 1…k anew, their counts, and per item the codes in use."""
    counts = patterns.counts.sum(axis=0)
    if (counts < 0).any():
        raise NotMeasurable("A weight below zero can't be used to fit a model.")
    keep = (counts > 0) & (patterns.patterns > 0).any(axis=1)
    codes, counts = patterns.patterns[keep].copy(), counts[keep]
    if codes.shape[1] < 2:
        raise NotMeasurable("A model needs at least two items.")
    used: list[tuple[int, ...]] = []
    for j, (item, size) in enumerate(zip(patterns.items, patterns.categories, strict=True)):
        own = tuple(c for c in range(1, size + 1) if (codes[:, j] == c).any())
        if len(own) < 2:
            raise NotMeasurable(f"{item} has fewer than two answers in use, so nothing can be fitted to it.")
        lookup = np.zeros(size + 1, dtype=codes.dtype)
        lookup[list(own)] = np.arange(1, len(own) + 1)
        codes[:, j] = lookup[codes[:, j]]
        used.append(own)
    if counts.sum() < codes.shape[1]:
        raise NotMeasurable(
            f"A model needs more people than items; {counts.sum():g} answered {codes.shape[1]}."
        )
    return codes, counts, used


@dataclass(frozen=True)
class _Shape:
    """The free parameters as one vector: all items' own; for the PCM the latent variance and all items' intercepts."""

    model: Model
    sizes: list[int]

    def pack(self, items: list[Floats]) -> Floats:
        if self.model == "pcm":
            return np.concatenate([[1.0], *(own[1:] for own in items)])
        return np.concatenate(items)

    def points(self, vector: Floats) -> tuple[Floats, Floats]:
        """Places on the latent scale and their weights: those of a normal distribution with the PCM's own variance."""
        return quadrature(spread=float(vector[0]) if self.model == "pcm" else 1.0)

    def unpack(self, vector: Floats) -> list[Floats]:
        if self.model == "pcm":
            parts = np.split(vector[1:], np.cumsum([size - 1 for size in self.sizes])[:-1])
            return [np.concatenate([[1.0], own]) for own in parts]
        return np.split(vector, np.cumsum(self.sizes)[:-1])

    def possible(self, vector: Floats) -> bool:
        return (self.model != "pcm" or LEAST_SPREAD < vector[0] < MOST_SPREAD) and all(
            is_possible(self.model, own) for own in self.unpack(vector)
        )

    def moves(self, pieces: list[tuple[Floats, Floats]], people: Floats, vector: Floats) -> Floats:
        """One scoring step of all parameters, from each item's gradient and information."""
        if self.model != "pcm":
            return np.concatenate([_solved(*piece) for piece in pieces])
        steps = [_solved(own[1:], inner[1:, 1:]) for own, inner in pieces]
        theta = self.points(vector)[0]
        seen = float(people @ theta**2) / float(people.sum())
        return np.concatenate([[seen - vector[0]], *steps])


def _solved(gradient: Floats, information: Floats) -> Floats:
    return np.asarray(np.linalg.lstsq(information, gradient, rcond=1e-12)[0])


Step = Callable[[Floats], tuple[float, Floats]]


def _step(halves: Halves, shape: _Shape) -> Step:
    """From parameters to their log-likelihood and the parameters one scoring step of EM further on."""

    def step(vector: Floats) -> tuple[float, Floats]:
        items = shape.unpack(vector)
        theta, weight = shape.points(vector)
        logs = [np.log(chances(shape.model, own, theta)) for own in items]
        seen = expected(halves, logs, weight)
        pieces = [
            _scored(shape.model, own, given, theta) for own, given in zip(items, seen.answers, strict=True)
        ]
        move = shape.moves(pieces, seen.people, vector)
        for _ in range(30):
            if shape.possible(vector + move):
                break
            move = move / 2
        return seen.log_likelihood, vector + move

    return step


def _scored(model: Model, parameters: Floats, answers: Floats, theta: Floats) -> tuple[Floats, Floats]:
    """Gradient and Fisher information of one item's part of the expected log-likelihood."""
    chance, moved = chances(model, parameters, theta), movements(model, parameters, theta)
    gradient = (answers / chance * moved).sum(axis=(1, 2))
    reach = moved * np.sqrt(answers.sum(axis=0) / chance)
    flat = reach.reshape(len(parameters), -1)
    return gradient, flat @ flat.T


def _climb(
    step: Step, vector: Floats, possible: Callable[[Floats], bool], tolerance: float, most: int
) -> tuple[Floats, float, int, bool]:
    """Anderson-accelerated fixed point of ``step``; falls back to the plain step wherever the likelihood drops."""
    history: list[tuple[Floats, Floats]] = []
    best = -np.inf
    plain = vector
    for count in range(1, most + 1):
        value, following = step(vector)
        if value < best - 1e-7 * abs(best) and history:
            vector, history = plain, []
            continue
        best, plain = max(best, value), following
        gap = following - vector
        if np.abs(gap).max() < tolerance:
            return vector, value, count, True
        history = [*history, (vector, gap)][-MEMORY - 1 :]
        guess = _mixed(history)
        vector = guess if guess is not None and possible(guess) else following
    return vector, best, most, False


def _mixed(history: list[tuple[Floats, Floats]]) -> Floats | None:
    if len(history) < 2:
        return None
    vector, gap = history[-1]
    gaps = np.stack([gap - earlier for _, earlier in history[:-1]], axis=1)
    places = np.stack([vector - earlier for earlier, _ in history[:-1]], axis=1)
    mix = np.linalg.lstsq(gaps, gap, rcond=1e-8)[0]
    return np.asarray(vector + gap - (places + gaps) @ mix)


def _fitted(
    names: tuple[str, ...],
    shape: _Shape,
    vector: Floats,
    used: list[tuple[int, ...]],
    value: float,
    people: float,
    run: tuple[int, bool],
) -> Fitted:
    items = shape.unpack(vector)
    if shape.model != "pcm" and np.mean([own[0] for own in items]) < 0:
        items = [_mirrored(own) for own in items]
    fits = tuple(
        ItemFit(name, float(own[0]), own[1:], difficulties(shape.model, own), codes)
        for name, own, codes in zip(names, items, used, strict=True)
    )
    spread = float(vector[0]) if shape.model == "pcm" else 1.0
    return Fitted(shape.model, fits, spread, value, float(people), len(vector), *run)


def _mirrored(parameters: Floats) -> Floats:
    """The same item on the latent scale turned round."""
    return np.concatenate([-parameters[:1], parameters[1:]])
