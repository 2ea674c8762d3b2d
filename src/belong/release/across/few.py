"""Whether adding and subtracting published sets gives something about fewer than five schools.

People alike in every published set are one atom; every combination of sets has one weight for all people of an atom,
so what rests on four schools rests on atoms that lie within those four. Only combinations that are nought on every
atom of five schools or more come into question: mostly there are none, and the search is over. Otherwise schools are
divided into blocks, again and again: if no combination rests on four blocks, none rests on four schools out of them.
So the search is complete; where it would take too long, whatever four blocks it had come to count as found, which
hides more than needed.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from belong.release.across.pooling import SCHOOLS
from belong.release.model import Flags, Floats, Ints
from belong.release.rowspace import atoms_of

_NOUGHT = 1e-9
_MOST = 3000
"""Sets of blocks that are looked at."""

Blocks = tuple[tuple[int, ...], ...]


def on_few_schools(rows: Flags, school: Ints) -> Floats | None:
    """A combination of ``rows`` (sets × people) that rests on fewer than ``SCHOOLS`` schools (``school``: a number a
    person), as the weight it gives each person; None if there is no such combination.
    """
    search = _Search.of(rows, school)
    return None if search is None else search.look()


@dataclass(frozen=True, eq=False)
class _Search:
    """Combinations that are nought on every atom of many schools, as orthonormal ``directions`` (directions × atoms),
    where the other atoms lie (``lies_in``, atoms × schools; nowhere for those of many), and each person's ``atom``.
    """

    directions: Floats
    lies_in: Flags
    atom: Ints

    @classmethod
    def of(cls, rows: Flags, school: Ints) -> _Search | None:
        atom = atoms_of(rows.astype(np.float64))
        first = np.unique(atom, return_index=True)[1]
        lies_in = np.zeros((len(first), int(school.max()) + 1), dtype=bool)
        lies_in[atom, school] = True
        thick = lies_in.sum(axis=1) >= SCHOOLS
        table = rows[:, first].astype(np.float64)
        directions = _span(_nought_on(table[:, thick]) @ np.where(thick, 0.0, table))
        return cls(directions, lies_in & ~thick[:, None], atom) if len(directions) else None

    def look(self) -> Floats | None:
        waiting: list[Blocks] = [(tuple(np.flatnonzero(self.lies_in.any(axis=0)).tolist()),)]
        seen = set(waiting)
        for turn in range(_MOST + 1):
            if not waiting:
                break
            blocks = waiting.pop()
            found = self._resting_on(blocks)
            if found is None:
                continue
            if turn == _MOST or (len(blocks) < SCHOOLS and all(len(block) == 1 for block in blocks)):
                return np.asarray(found[self.atom])
            for finer in _divided(blocks):
                if finer not in seen:
                    seen.add(finer)
                    waiting.append(finer)
        return None

    def _resting_on(self, blocks: Blocks) -> Floats | None:
        """A combination (by atom) that is nought on every atom that lies partly outside these schools."""
        inside = np.zeros(self.lies_in.shape[1], dtype=bool)
        inside[[school for block in blocks for school in block]] = True
        outside = self.directions[:, (self.lies_in & ~inside).any(axis=1)]
        lengths, ways = np.linalg.eigh(outside @ outside.T)
        return np.asarray(ways[:, 0] @ self.directions) if lengths[0] < _NOUGHT else None


def _nought_on(table: Floats) -> Floats:
    """All ways (ways × sets) of putting sets together that are nought on these atoms (sets × atoms), orthonormal."""
    left, values, _ = np.linalg.svd(table, full_matrices=True)
    rank = int((values > _NOUGHT).sum())
    return np.asarray(left[:, rank:].T)


def _span(vectors: Floats) -> Floats:
    """An orthonormal basis of all that these vectors (rows) give."""
    _, values, right = np.linalg.svd(vectors, full_matrices=False)
    return np.asarray(right[values > _NOUGHT])


def _divided(blocks: Blocks) -> list[Blocks]:
    """The largest block in two, and of what is then there every choice of as many as there may be schools."""
    largest = max(blocks, key=len)
    half = len(largest) // 2
    parts = sorted([*(block for block in blocks if block != largest), largest[:half], largest[half:]])
    if len(parts) < SCHOOLS:
        return [tuple(parts)]
    return [tuple(part for part in parts if part is not left_out) for left_out in parts]
