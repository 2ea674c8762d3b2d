"""What can be had exactly by adding and subtracting published sets.

An attacker who knows every number of people turns each published mean into a sum over a set of people, and each
published change into the sums of two waves. Any combination of those sums is a sum over a vector of people; the
ones that can be had are the row space of the published rows. A vector in that space that rests on fewer people
than the threshold points at them: a small set, or the difference of two small sets (a class with one child swapped
gives that child minus the other).

Whether a vector is in the space is asked of a *probe*: a random vector that is nought along every published row. A
vector in the space is nought along it, too; any other is so with probability nought. One probe answers for every
set at once, and sums of its entries find what nobody named: single people, and every combination of up to four who
cannot be told apart from what is published (*atoms*), complete for weights of −1, 0 and 1. Larger combinations are
tried in full only where few directions are left, after demanding nought on every large atom.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from scipy import linalg

from belong.release.model import Flags, Floats, Ints
from belong.release.subsets import few_that_add_up

EXACT = 1e-9
_SIGNED, PLAIN = 7, 12
"""Up to so many free directions every combination is tried, with signs (1,093) or without (4,095)."""

MANY = 400
"""Atoms up to which combinations of four cost next to nothing."""

_BLOCK = 64
_MOST = 400
"""More vectors than this are not returned at once: whoever asks hides something and asks again."""


@dataclass(frozen=True, eq=False)
class Space:
    """The row space of some published rows (rows × columns, a column one person in one wave).

    ``rows`` 0/1, or −1 where a change takes an earlier answer away; ``kept`` places of rows none of which is a
    combination of earlier ones, and ``root`` the lower Cholesky factor of their products; ``probes`` (2 × columns);
    ``atom_of`` each column's atom, ``sizes`` columns per atom.
    """

    rows: Floats
    kept: Ints
    root: Floats
    probes: Floats
    atom_of: Ints
    sizes: Ints

    def holds(self, vectors: ArrayLike) -> Flags:
        """Which of these vectors (n × columns) can be had exactly."""
        table = np.atleast_2d(np.asarray(vectors, dtype=np.float64))
        return self.is_nought((table @ self.probes.T).T, np.abs(table).sum(axis=1))

    def is_nought(self, along: Floats, length: ArrayLike = 1.0) -> Flags:
        """Where sums of both probes (2 × n) over ``length`` entries are nought but for rounding."""
        return np.asarray(np.abs(along).max(axis=0) < EXACT * np.maximum(length, 1.0))

    def recipe(self, vector: Floats) -> Flags:
        """Which rows have a part in the combination of ``kept`` rows that gives this vector. Rows given first are
        kept first, so the last of them is the one least worth having.
        """
        along = self.rows[self.kept] @ vector
        weights = linalg.cho_solve((self.root, True), along)
        taking_part = np.zeros(self.rows.shape[0], dtype=bool)
        taking_part[self.kept] = np.abs(weights) > 1e-6
        return taking_part


def space(members: ArrayLike) -> Space:
    """The space of published rows (rows × columns), those most worth having first."""
    rows = np.asarray(members).astype(np.float64)
    kept, root = _independent(rows @ rows.T)
    probes = _nought_along(rows[kept], root, 2)
    atom_of = atoms_of(rows)
    return Space(rows, kept, root, probes, atom_of, np.bincount(atom_of, minlength=0))


def null_vectors(have: Space, many: int) -> Floats:
    """Random vectors (many × columns) that are nought along every published row."""
    return _nought_along(have.rows[have.kept], have.root, many)


def _nought_along(rows: Floats, root: Floats, many: int) -> Floats:
    kept, columns = rows.shape
    vectors = np.random.default_rng(columns).normal(size=(many, columns))
    if kept == columns:
        return np.zeros((many, columns))
    return left_of(vectors, rows, root) if kept else vectors


def left_of(vectors: Floats, rows: Floats, root: Floats) -> Floats:
    """What is left of vectors (n × columns) without all that independent rows give (``root`` as in `Space`)."""
    for _ in range(2):
        # Twice, as what is left of the first pass along the rows is rounding of its own size.
        along = linalg.cho_solve((root, True), rows @ vectors.T)
        vectors = vectors - along.T @ rows
    return vectors


def atoms_of(rows: Floats) -> Ints:
    """Columns that are alike in every row have the same number. Two random weights a row tell them apart."""
    weights = (
        np.random.default_rng(rows.shape[0]).integers(1, 2**40, size=(2, rows.shape[0])).astype(np.float64)
    )
    marks = (weights @ rows).T
    _, atom_of = np.unique(marks, axis=0, return_inverse=True)
    return np.asarray(atom_of.ravel(), dtype=np.int64)


def _independent(gram: Floats) -> tuple[Ints, Floats]:
    """Places of rows that are no combination of earlier ones, and the Cholesky factor of their products.

    Block by block: what a row adds to those before it is the length left of it, and nought is left of a
    combination.
    """
    many = len(gram)
    root = np.zeros((many, many))
    kept: list[int] = []
    for start in range(0, many, _BLOCK):
        block = np.arange(start, min(start + _BLOCK, many))
        had = len(kept)
        before = linalg.solve_triangular(root[:had, :had], gram[kept][:, block], lower=True)
        left = gram[np.ix_(block, block)] - before.T @ before
        inner: list[Floats] = []
        for place, row in enumerate(block.tolist()):
            if left[place, place] <= 1e-9 * max(gram[row, row], 1e-9):
                continue
            step = left[place] / np.sqrt(left[place, place])
            inner.append(step)
            root[len(kept), :had] = before[:, place]
            root[len(kept), had : had + len(inner)] = [one[place] for one in inner]
            kept.append(row)
            left = left - np.outer(step, step)
    return np.array(kept, dtype=np.int64), root[: len(kept), : len(kept)]


def small_sets(have: Space, hidden: ArrayLike, threshold: int, *, deep: bool = False) -> Floats:
    """Vectors (n × columns) that can be had exactly and rest on 1 to ``threshold`` − 1 columns.

    ``hidden`` (hidden sets × columns) are checked by name; then intersections and differences of every two
    published sets, and combinations nobody named: of up to four atoms (of two only, if there are very many and not
    ``deep``), and all where few directions are left.
    """
    sets = _plain(have)
    both = sets @ sets.T
    named = np.concatenate(
        [
            _by_name(have, np.asarray(hidden), threshold),
            _pairwise(have, sets, both, threshold),
            _swapped(have, sets, both, threshold),
        ]
    )
    if len(named):
        return named[:_MOST]
    few = _few_atoms(have, threshold, 4 if deep or len(have.sizes) <= MANY else 2)
    return few if len(few) else _combinations(have, threshold)


def _by_name(have: Space, sets: Flags, threshold: int) -> Floats:
    if not sets.size:
        return np.zeros((0, have.rows.shape[1]))
    people = sets.sum(axis=1)
    small = sets[(people > 0) & (people < threshold)].astype(np.float64)
    return np.asarray(small[have.holds(small)])


def _plain(have: Space) -> Floats:
    """The rows that are sets: no changes."""
    return have.rows[(have.rows >= 0).all(axis=1)]


def _pairwise(have: Space, sets: Floats, both: Floats, threshold: int) -> Floats:
    """A∩B and A∖B of every two published sets, where that is fewer people than the threshold and can be had.

    Both at once: along a probe A∖B is minus A∩B, as A itself is nought.
    """
    apart = np.diag(both)[:, None] - both
    meets, differs = (both > 0) & (both < threshold), (apart > 0) & (apart < threshold)
    for probe in have.probes:
        along = (sets * probe) @ sets.T
        had = np.abs(along) < EXACT * np.maximum(both, 1)
        meets, differs = meets & had, differs & had
    left, right = np.nonzero(np.triu(meets))
    first, second = np.nonzero(differs)
    meeting = sets[left[:_MOST]] * sets[right[:_MOST]]
    return np.concatenate([meeting, sets[first[:_MOST]] * (1 - sets[second[:_MOST]])])


def _swapped(have: Space, sets: Floats, both: Floats, threshold: int) -> Floats:
    """A − B, and A + B − everyone, for every two published sets for which that rests on few people.

    Always in the space, as everyone is published: the first are those in one set only, the others those in both
    and, with the other sign, those in neither.
    """
    size, everyone = np.diag(both), have.rows.shape[1]
    found = []
    for sign, people in (
        (-1, size[:, None] + size - 2 * both),
        (1, everyone - size[:, None] - size + 2 * both),
    ):
        left, right = np.nonzero(np.triu((people > 0) & (people < threshold), k=1))
        vectors = sets[left[:_MOST]] + sign * sets[right[:_MOST]]
        found.append(vectors - 1 if sign > 0 else vectors)
    whole = bool((size == everyone).any()) if len(size) else False
    return np.concatenate(found if whole else found[:1])


def _few_atoms(have: Space, threshold: int, most: int) -> Floats:
    """Combinations of up to ``most`` atoms with weights of −1 and 1."""
    small = np.flatnonzero(have.sizes < threshold)
    along = np.array([np.bincount(have.atom_of, weights=probe) for probe in have.probes])[:, small]
    places, signs = few_that_add_up(along, have.sizes[small], threshold, most, EXACT)
    weights = np.zeros((min(len(places), _MOST), len(have.sizes)))
    for row, (at, sign) in enumerate(zip(places[:_MOST], signs[:_MOST], strict=True)):
        weights[row, small[at]] = sign
    return weights[:, have.atom_of]


def _combinations(have: Space, threshold: int) -> Floats:
    """Combinations of the space's directions that are nought on every large atom and rest on few people, where
    there are few directions.
    """
    small = have.sizes < threshold
    first = np.unique(have.atom_of, return_index=True)[1]
    nothing = np.zeros((0, have.rows.shape[1]))
    if not small.any() or len(have.kept) - int((~small).sum()) > PLAIN:
        return nothing
    directions = have.rows[have.kept][:, first]
    if not small.all():
        directions = linalg.null_space(directions[:, ~small].T).T @ directions
    if not len(directions) or len(directions) > PLAIN:
        return nothing
    plain, pivots = reduced(np.where(small, directions, 0.0))
    found = []
    for weights in _weights(len(plain), threshold):
        few = np.abs(weights) @ have.sizes[pivots] < threshold
        sums = weights[few] @ plain
        found.append(sums[(np.abs(sums) > 1e-6) @ have.sizes < threshold])
    return np.concatenate(found)[:, have.atom_of]


def _weights(directions: int, threshold: int) -> Iterator[Floats]:
    """Combinations (n × directions) of −1, 0 and 1 to try, by how many directions take part; the first weight is
    1, as a vector and its negative tell the same.
    """
    for many in range(1, min(directions, threshold - 1) + 1):
        chosen = np.array(list(itertools.combinations(range(directions), many)))
        signs = [(1.0, *rest) for rest in itertools.product((1.0, -1.0), repeat=many - 1)]
        for sign in signs if directions <= _SIGNED or many <= 2 else signs[:1]:
            weights = np.zeros((len(chosen), directions))
            np.put_along_axis(weights, chosen, np.array([sign] * len(chosen)).reshape(chosen.shape), axis=1)
            yield weights


def reduced(directions: Floats) -> tuple[Floats, Ints]:
    """Reduced rows of the same space and their pivots: each row alone is 1 at its own pivot atom.

    So a vector of noughts and ones is the plain sum of the rows whose pivots it holds.
    """
    rows, pivots = directions.copy(), np.zeros(len(directions), dtype=np.int64)
    for place in range(len(rows)):
        pivots[place] = int(np.argmax(np.abs(rows[place]).round(9)))
        rows[place] /= rows[place, pivots[place]]
        others = rows[:, pivots[place]].copy()
        others[place] = 0.0
        rows -= np.outer(others, rows[place])
    return rows, pivots
