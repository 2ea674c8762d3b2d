"""How far a number can be narrowed: linear programmes over everything that may be true given what is told.

People come in *blocks* that no table splits; each holds some number of people and a sum of their figures (0–100 each).
A mean told to within a span is two inequalities, and linear even where the number of people is only a band: the sum
lies between low·n and high·n. A mean of unknown n is a ratio; scaling the whole programme by 1/n makes it linear
(Charnes and Cooper, Naval Research Logistics Quarterly 9, 1962).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import numpy as np
from scipy import optimize, sparse

from belong.release.attack.told import Span
from belong.release.model import Flags, Floats, Ints

_linprog: Any = optimize.linprog

HALF = 0.5
"""A span under this share of what is possible counts as narrowed."""
_SLACK = 1e-6


@dataclass(eq=False)
class Known:
    """Blocks whose numbers of people are known exactly. Unknown is only the sum in each.

    ``rows`` (weights over blocks) with their spans: low ≤ rows·sums ≤ high.
    """

    sizes: Ints
    rows: Floats
    low: Floats
    high: Floats
    _seen: list[Floats] = field(default_factory=list)

    def interval(self, weights: Floats) -> Span | None:
        """Least and most of a weighted sum; None where no answers could give what is told."""
        ends = []
        for sign in (1.0, -1.0):
            found = self._solve(sign * weights)
            if found is None:
                return None
            ends.append(float(weights @ found))
        return ends[0], ends[1]

    def narrowed(
        self, weights: Floats, *, counted: bool = False, tell: Callable[[int, int], None] | None = None
    ) -> dict[int, Span] | None:
        """Which of the weighted sums (one a row) can be narrowed to under half their range, and to what; None where no
        answers could give what is told.

        ``counted``: the sums count people who gave one answer. A rare answer is rare in every small set, which is no
        news of it: somebody in the set must surely have given it. Every point found on the way is kept: it shows for
        most sums at once, without a programme of their own, that they are still wide open.
        """
        people = np.abs(weights) @ self.sizes
        low, high = np.full(len(weights), np.inf), np.full(len(weights), -np.inf)
        if not self._start(weights):
            return None

        def is_close(places: Any) -> Any:
            close = high[places] - low[places] < HALF * 100 * people[places] - _SLACK
            return close & (low[places] > _SLACK) if counted else close

        def learn(point: Floats) -> None:
            reached = weights @ point
            np.minimum(low, reached, out=low)
            np.maximum(high, reached, out=high)

        for point in self._seen:
            learn(point)
        found: dict[int, Span] = {}
        waiting = np.arange(len(weights))[is_close(slice(None))]
        while len(waiting):
            if tell:
                tell(len(weights) - len(waiting), len(weights))
            place, waiting = int(waiting[0]), waiting[1:]
            for sign in (1.0, -1.0):
                corner = self._solve(sign * weights[place]) if is_close(place) else None
                if corner is not None:
                    learn(corner)
            if is_close(place):
                found[place] = float(low[place]), float(high[place])
            waiting = waiting[is_close(waiting)]
        return found

    def _start(self, weights: Floats) -> bool:
        """A few far corners; False where nothing is possible at all."""
        draw = np.random.default_rng(1)
        for turn in range(6 if len(weights) > 6 else 1):
            along = draw.normal(size=len(self.sizes)) if turn else weights.sum(axis=0)
            for sign in (1.0, -1.0):
                if self._solve(sign * along) is None:
                    return False
        return True

    def _solve(self, cost: Floats) -> Floats | None:
        table, limits, bounds = self._told
        found = _linprog(cost, A_ub=table, b_ub=limits, bounds=bounds, method="highs")
        if not found.success:
            return None
        point = np.asarray(found.x, dtype=np.float64)
        self._seen.append(point)
        return point

    @cached_property
    def _told(self) -> tuple[Any, Floats, Floats]:
        """Everything told as rows that are at most their limits, and the ends of each block's sum."""
        return (
            sparse.csr_array(np.concatenate([self.rows, -self.rows])),
            np.concatenate([self.high, -self.low]),
            np.column_stack([np.zeros(len(self.sizes)), 100.0 * self.sizes]),
        )


@dataclass(eq=False)
class Banded:
    """Blocks whose numbers of people are known only as spans.

    ``people`` (blocks × 2). ``adding``: rows of weights over blocks that are nought both for numbers and for sums
    (a total and its parts). ``sets``: rows of 0/1 with the span of their number (``counts``) and mean (``means``).
    ``moved``: rows over numbers and sums together (2 × blocks) that are at most nought.
    """

    people: Floats
    adding: Floats
    sets: Floats
    counts: Floats
    means: Floats
    moved: Floats

    def number(self, weights: Floats) -> Span | None:
        """Least and most people in a union of blocks; None where nothing fits what is told."""
        least, most = self._point(self._counting(weights)), self._point(self._counting(-weights))
        if least is None or most is None:
            return None
        return max(0.0, float(weights @ least[: len(weights)])), float(weights @ most[: len(weights)])

    def fewer_than(self, weights: Floats, threshold: int) -> list[int]:
        """Which unions of blocks (one a row) surely hold fewer people.

        Asked for as many people as possible in all that are still in doubt at once, most show that they could be more.
        """
        doubtful, few = list(range(len(weights))), []
        while doubtful:
            point = self._point(self._counting(-weights[doubtful].sum(axis=0)))
            left = doubtful if point is None else self._under(weights, doubtful, point, threshold)
            if len(left) == len(doubtful):
                one = left.pop(0)
                point = self._point(self._counting(-weights[one]))
                if point is not None and not self._under(weights, [one], point, threshold):
                    left = self._under(weights, left, point, threshold)
                elif point is not None:
                    few.append(one)
            doubtful = left
        return few

    @staticmethod
    def _under(weights: Floats, places: list[int], point: Floats, threshold: int) -> list[int]:
        people = weights[places] @ point[: weights.shape[1]]
        return [place for place, n in zip(places, people.tolist(), strict=True) if n < threshold - _SLACK]

    def mean(self, weights: Floats) -> Span | None:
        """Least and most of the mean of a union of blocks, if there is anybody in it."""
        cost = np.concatenate([np.zeros(len(weights)), weights, [0.0]])
        least, most = self._point(cost, weights), self._point(-cost, weights)
        if least is None or most is None:
            return None
        return max(0.0, float(cost @ least)), min(100.0, float(cost @ most))

    @staticmethod
    def _counting(weights: Floats) -> Floats:
        return np.concatenate([weights, np.zeros(len(weights) + 1)])

    def _point(self, cost: Floats, people: Floats | None = None) -> Floats | None:
        """Where (numbers, sums, scale) cost least: the scale is 1, or 1/n with ``people`` scaled to one."""
        blocks = len(self.people)
        row = np.zeros(2 * blocks + 1)
        if people is None:
            row[-1] = 1.0
        else:
            row[:blocks] = people
        fixed = sparse.csr_array(row[None])
        limits, equal = self._told
        found = _linprog(
            cost, A_ub=limits, b_ub=np.zeros(limits.shape[0]), A_eq=sparse.vstack([equal, fixed]).tocsr(),
            b_eq=np.concatenate([np.zeros(equal.shape[0]), [1.0]]),
            bounds=[(0, None)] * (2 * blocks) + [(0, 1)], method="highs",
        )  # fmt: skip
        return np.asarray(found.x, dtype=np.float64) if found.success else None

    @cached_property
    def _told(self) -> tuple[Any, Any]:
        """Everything that is at most nought, and everything that is nought, over (numbers, sums, scale)."""
        blocks = len(self.people)
        one, none = np.eye(blocks), np.zeros((blocks, blocks))
        empty = np.zeros_like(self.sets)
        means_low, means_high = self.means[:, :1] * self.sets, self.means[:, 1:] * self.sets
        parts = [
            np.hstack([-one, none, self.people[:, :1]]),
            np.hstack([one, none, -self.people[:, 1:]]),
            np.hstack([-100 * one, one, np.zeros((blocks, 1))]),
            np.hstack([-self.sets, empty, self.counts[:, :1]]),
            np.hstack([self.sets, empty, -self.counts[:, 1:]]),
            np.hstack([means_low, -self.sets, np.zeros((len(self.sets), 1))]),
            np.hstack([-means_high, self.sets, np.zeros((len(self.sets), 1))]),
            np.hstack([self.moved, np.zeros((len(self.moved), 1))]),
        ]
        nought, scale = np.zeros_like(self.adding), np.zeros((len(self.adding), 1))
        equal = [np.hstack([self.adding, nought, scale]), np.hstack([nought, self.adding, scale])]
        return sparse.csr_array(np.concatenate(parts)), sparse.csr_array(np.concatenate(equal))


def banded(
    people: Sequence[Span],
    adding: Sequence[tuple[Sequence[int], Sequence[int]]] = (),
    sets: Sequence[tuple[Flags, Span, Span]] = (),
    moved: Sequence[Floats] = (),
) -> Banded:
    """A ``Banded`` from parts: ``adding`` pairs of block places that are equal together, ``sets`` with the spans of
    their number and mean.
    """
    blocks = len(people)
    rows = np.zeros((len(adding), blocks))
    for row, (totals, parts) in zip(rows, adding, strict=True):
        row[list(totals)] += 1.0
        row[list(parts)] -= 1.0
    return Banded(
        np.array(people, dtype=np.float64).reshape(blocks, 2), rows,
        np.array([members for members, _, _ in sets], dtype=np.float64).reshape(len(sets), blocks),
        np.array([count for _, count, _ in sets], dtype=np.float64).reshape(len(sets), 2),
        np.array([mean for _, _, mean in sets], dtype=np.float64).reshape(len(sets), 2),
        np.array(moved, dtype=np.float64).reshape(len(moved), 2 * blocks),
    )  # fmt: skip


def is_narrow(span: Span) -> bool:
    """Whether a mean's span is under half the scale."""
    return span[1] - span[0] < HALF * 100 - _SLACK
