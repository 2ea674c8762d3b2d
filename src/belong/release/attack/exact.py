"""What can be had exactly: the space of weighted sums that adding and subtracting told figures reaches.

Independent of the engine's own search (``rowspace``), so that each checks the other. Named sets are tested by their
distance from that space; a set, or a difference of two, that rests on fewer people than the threshold and that nobody
would think to name is found by a whole-number programme, which looks at all of them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy import optimize, sparse

from belong.release.model import Flags, Floats, Ints

_linprog: Any = optimize.linprog
_milp: Any = optimize.milp

_NEAR = 1e-7
_SECONDS = 60.0
"""How long the search for a set nobody named may take."""
_FOUND, _IMPOSSIBLE = 0, 2


@dataclass(frozen=True, eq=False)
class Reach:
    """The space: ``basis`` orthonormal, of the ``rows`` it was made from."""

    rows: Floats
    basis: Floats

    @classmethod
    def of(cls, rows: Floats) -> Reach:
        """The space of these rows (rows × blocks)."""
        length = np.linalg.norm(rows, axis=1, keepdims=True)
        _, values, right = np.linalg.svd(rows / np.where(length > 0, length, 1.0), full_matrices=False)
        return cls(rows, right[values > 1e-9 * max(values.max(initial=0.0), 1e-12)])

    def holds(self, vectors: Floats) -> Flags:
        """Which vectors (n × blocks) are in the space."""
        rest = vectors - (vectors @ self.basis.T) @ self.basis
        return np.asarray(np.abs(rest).max(axis=1, initial=0.0) < _NEAR)

    def recipe(self, vector: Floats) -> list[int]:
        """Places of the rows in a short combination that gives the vector: the least sum of absolute weights."""
        signed = np.concatenate([self.rows.T, -self.rows.T], axis=1)
        found = _linprog(np.ones(signed.shape[1]), A_eq=signed, b_eq=vector, method="highs")
        if found.success:
            weights = np.abs(found.x.reshape(2, -1)).max(axis=0)
        else:
            weights = np.abs(np.linalg.lstsq(self.rows.T, vector, rcond=None)[0])
        return [int(place) for place in np.flatnonzero(weights > 1e-6)]

    def smallest(self, sizes: Ints, threshold: int) -> tuple[Floats | None, bool]:
        """A vector of −1, 0 and 1 in the space that rests on the fewest people, if on fewer than the threshold; and
        whether the search came to its end.
        """
        small = sizes < threshold
        free, pivots = _nought_on(self.basis, ~small)
        if not len(free):
            return None, True
        blocks = np.flatnonzero(small)
        many = len(blocks)
        place = {int(block): i for i, block in enumerate(blocks)}
        rest = [i for i, block in enumerate(blocks) if int(block) not in set(pivots.tolist())]
        along = np.zeros((many, many))
        along[np.arange(many), np.arange(many)] = 1.0
        for row, pivot in zip(free[:, blocks], pivots, strict=True):
            along[:, place[int(pivot)]] -= row
        along = along[rest]
        one = np.eye(many)
        people = np.concatenate([sizes[blocks], sizes[blocks]]).astype(float)
        found = _whole_numbers(
            people,
            [
                optimize.LinearConstraint(sparse.csr_array(np.hstack([along, -along])), -_NEAR, _NEAR),
                optimize.LinearConstraint(sparse.csr_array(np.hstack([one, one])), 0, 1),
                optimize.LinearConstraint(people[None], 1, threshold - 1),
            ],
        )
        if found.x is None:
            return None, found.status == _IMPOSSIBLE
        vector = np.zeros(len(sizes))
        vector[blocks] = np.round(found.x[:many]) - np.round(found.x[many:])
        return (vector if bool(self.holds(vector[None])[0]) else None), found.status == _FOUND


def _whole_numbers(cost: Floats, constraints: list[Any]) -> Any:
    """The cheapest choice of noughts and ones; asked again in another way where the solver stumbles over its own
    simplifications.
    """
    for presolve in (True, False):
        found = _milp(
            cost,
            constraints=constraints,
            integrality=np.ones(len(cost), dtype=np.int64),
            bounds=optimize.Bounds(0, 1),
            options={"time_limit": _SECONDS, "presolve": presolve},
        )
        if found.status in (_FOUND, _IMPOSSIBLE):
            break
    return found


def _nought_on(basis: Floats, large: Flags) -> tuple[Floats, Ints]:
    """Directions of the space that are nought on every large block, reduced: each is 1 at its own pivot block and 0 at
    the others', so that a vector of whole numbers is a whole-number sum of them.
    """
    rows = basis
    if large.any() and len(rows):
        across = rows[:, large].T
        _, values, right = np.linalg.svd(across, full_matrices=across.shape[0] < across.shape[1])
        rank = int((values > 1e-9).sum())
        rows = right[rank:] @ rows
        rows = np.where(large, 0.0, rows)
    pivots = []
    rows = rows.copy()
    for place in range(len(rows)):
        pivot = int(np.argmax(np.abs(rows[place])))
        if abs(rows[place, pivot]) < 1e-9:
            continue
        rows[place] /= rows[place, pivot]
        others = rows[:, pivot].copy()
        others[place] = 0.0
        rows -= np.outer(others, rows[place])
        pivots.append((place, pivot))
    kept = [place for place, _ in pivots]
    clean = np.where(np.abs(rows[kept]) < 1e-9, 0.0, rows[kept])
    return clean, np.array([pivot for _, pivot in pivots], dtype=np.int64)
