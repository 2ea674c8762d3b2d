"""How few questions would do? Adaptive forms tried on simulated people before anyone is asked.

Each next question is the one that tells most at the place estimated so far; answering stops at a wanted precision. Van
der Linden & Glas (2010), Elements of Adaptive Testing. A simulation rests on the fitted model being true: it is the
best case.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from belong.measure.irt.fit import Fitted, quadrature
from belong.measure.irt.models import along, chances
from belong.measure.refusing import NotMeasurable
from belong.measure.responses import Floats


@dataclass(frozen=True)
class Length:
    """After ``questions`` questions: mean standard error (SD of the posterior), correlation with the simulated truth,
    and the same two for a fixed form of as many questions, the best ones for everybody.
    """

    questions: int
    se: float
    agreement: float
    fixed_se: float
    fixed_agreement: float


@dataclass(frozen=True)
class Simulation:
    """``lengths`` from one question to all; ``whole_se`` of the whole form; ``adaptive_needs`` and ``fixed_needs`` the
    fewest questions whose mean standard error is at most ``wanted_se`` (None where none is); ``use`` how often each
    question was among the first ``adaptive_needs``, as a share of people.
    """

    people: int
    wanted_se: float
    whole_se: float
    lengths: tuple[Length, ...]
    adaptive_needs: int | None
    fixed_needs: int | None
    use: dict[str, float]


def simulate(
    fitted: Fitted,
    *,
    people: int = 2_000,
    like: int | None = None,
    seed: int = 1,
    step: Callable[[int, int], None] | None = None,
) -> Simulation:
    """Let ``people`` drawn from the fitted distribution answer, adaptively and by a fixed short form.

    The wanted precision is that of the best fixed form of ``like`` questions (default: the whole form, give or take
    a tenth). ``step`` is told (question, questions). Raises NotMeasurable with fewer than three items, or a
    model with ``doubts``.
    """
    count = len(fitted.items)
    if count < 3:
        raise NotMeasurable(f"There is nothing to shorten: the form has {count} questions.")
    if people < 2 or (like is not None and like < 1):
        raise NotMeasurable("A simulation needs two people at least, and a form of one question at least.")
    for name, doubt in fitted.doubts.items():
        raise NotMeasurable(f"This model is no ground for a simulation: {name or 'the whole'}: {doubt}.")
    theta, weight = quadrature(fitted.spread)
    rng = np.random.default_rng(seed)
    truth = rng.normal(0.0, np.sqrt(fitted.spread), people)
    logs, known = _tables(fitted, theta)
    answers = np.stack([_answers(fitted, j, truth, rng) for j in range(count)], axis=1)
    order = np.argsort(-(known @ weight), kind="stable")
    fixed = _run(logs, answers, theta, weight, lambda asked, mass: np.full(people, order[asked]))
    chosen: list[np.ndarray] = []

    def best(asked: int, mass: Floats) -> np.ndarray:
        worth = mass @ known.T
        for earlier in chosen:
            worth[np.arange(people), earlier] = -np.inf
        chosen.append(worth.argmax(axis=1))
        if step:
            step(asked + 1, count)
        return chosen[-1]

    adaptive = _run(logs, answers, theta, weight, best)
    lengths = tuple(
        Length(n + 1, float(a[1].mean()), _agree(a[0], truth), float(f[1].mean()), _agree(f[0], truth))
        for n, (a, f) in enumerate(zip(adaptive, fixed, strict=True))
    )
    whole = lengths[-1].se
    wanted = lengths[min(like, count) - 1].fixed_se if like else whole * 1.1
    needs = next((one.questions for one in lengths if one.se <= wanted), None)
    short = np.concatenate(chosen[: needs or count])
    use = {item.item: float((short == j).sum() / people) for j, item in enumerate(fitted.items)}
    return Simulation(
        people, wanted, whole, lengths, needs,
        next((one.questions for one in lengths if one.fixed_se <= wanted), None), use,
    )  # fmt: skip


def _tables(fitted: Fitted, theta: Floats) -> tuple[list[Floats], Floats]:
    """Per item log probabilities (k, points); information of all items (items, points)."""
    logs, known = [], []
    for item in fitted.items:
        chance, moved = (
            chances(fitted.model, item.parameters, theta),
            along(fitted.model, item.parameters, theta),
        )
        logs.append(np.log(chance))
        known.append((moved**2 / chance).sum(axis=0))
    return logs, np.stack(known)


def _answers(fitted: Fitted, item: int, truth: Floats, rng: np.random.Generator) -> np.ndarray:
    chance = chances(fitted.model, fitted.items[item].parameters, truth)
    return np.asarray(
        (rng.random(len(truth)) > np.cumsum(chance, axis=0)).sum(axis=0).clip(max=len(chance) - 1)
    )


def _run(
    logs: list[Floats],
    answers: np.ndarray,
    theta: Floats,
    weight: Floats,
    choose: Callable[[int, Floats], np.ndarray],
) -> list[tuple[Floats, Floats]]:
    """EAP places and errors after each question."""
    people, count = answers.shape
    total = np.tile(np.log(weight), (people, 1))
    mass = np.tile(weight, (people, 1))
    out = []
    for asked in range(count):
        items = choose(asked, mass)
        for j in np.unique(items):
            mine = items == j
            total[mine] += logs[j][answers[mine, j]]
        mass = np.exp(total - total.max(axis=1, keepdims=True))
        mass /= mass.sum(axis=1, keepdims=True)
        place = mass @ theta
        out.append((place, np.sqrt(np.maximum(mass @ theta**2 - place**2, 0))))
    return out


def _agree(place: Floats, truth: Floats) -> float:
    return float(np.corrcoef(place, truth)[0, 1]) if place.std() > 0 else 0.0
