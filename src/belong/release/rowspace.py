"""What can be had exactly by adding and subtracting published sets.

An attacker who knows every number of people turns each published mean into a sum over a set of people. Any
combination of those sums is a sum over a vector of people; the ones that can be had are the row space of the
published sets. A vector in that space that rests on fewer people than the threshold points at them: a small
set, or the difference of two small sets (a class with one child swapped gives that child minus the other).

People who are in exactly the same published sets cannot be told apart, so they form one *atom*; vectors are
over atoms. Finding every small vector of a space is a hard search in general. Here it is complete for weights
of −1, 0 and 1 when up to seven directions remain after demanding nought on every large atom (the usual case
for one pair of attributes), for sets up to twelve, and otherwise looks at the candidates below. The audit of a
whole publication history by linear programmes is to come on top of this.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from scipy import linalg, optimize, sparse

from belong.release.model import Flags, Floats, Ints

_EXACT = 1e-7
_SIGNED, _PLAIN = 7, 12
"""Up to so many free directions every combination is tried, with signs (1,093) or without (4,095)."""


@dataclass(frozen=True, eq=False)
class Space:
    """The row space of some sets over atoms.

    ``sets`` (sets × atoms) 0/1; ``sizes`` people per atom; ``atom_of`` each counted person's atom; ``rows``
    an independent choice of the sets and ``inverse`` the inverse of their Gram matrix; ``order`` where each
    set stood when it was given.
    """

    sets: Floats
    sizes: Ints
    atom_of: Ints
    rows: Floats
    inverse: Floats
    order: Ints

    def holds(self, sets: Flags) -> Flags:
        """Which of these sets (n × atoms) can be had exactly: those no longer than their projection."""
        along = np.asarray(sparse.csr_array(sets, dtype=np.float64) @ self.rows.T)
        length = sets.sum(axis=1)
        inside = ((along @ self.inverse) * along).sum(axis=1)
        return np.asarray(length - inside < _EXACT * np.maximum(length, 1))

    def recipe(self, vector: Floats) -> Flags:
        """Which sets, in the order given, have a part in a short combination that gives this vector.

        The one with the least sum of absolute weights, which a linear programme finds and which uses few
        sets; least squares would spread the weights over every set there is.
        """
        both_signs = np.concatenate([self.sets.T, -self.sets.T], axis=1)
        found = optimize.linprog(np.ones(both_signs.shape[1]), A_eq=both_signs, b_eq=vector, method="highs")
        if found.success and found.x is not None:
            weights = found.x.reshape(2, -1).max(axis=0)
        else:
            weights = np.abs(np.linalg.lstsq(self.sets.T, vector, rcond=None)[0])
        taking_part = np.zeros(len(self.sets), dtype=bool)
        taking_part[self.order] = weights > 1e-6
        return taking_part


def space(members: Flags) -> Space:
    """The space of published sets, ``members`` (sets × counted people).

    Sets are put in an order of their own first, so that the same sets are always searched in the same way.
    """
    order = np.lexsort(np.packbits(members, axis=1).T) if members.size else np.arange(len(members))
    members = members[order]
    packed = np.ascontiguousarray(np.packbits(members, axis=0).T)
    marks = packed.view(np.dtype((np.void, packed.shape[1]))).ravel()
    _, first, atom_of, sizes = np.unique(marks, return_index=True, return_inverse=True, return_counts=True)
    sets = members[:, first].astype(np.float64)
    rows = sets[_independent(sets)]
    inverse = np.asarray(np.linalg.inv(rows @ rows.T), dtype=np.float64)
    return Space(
        sets, sizes.astype(np.int64), atom_of.astype(np.int64), rows, inverse, order.astype(np.int64)
    )


def _independent(sets: Floats) -> Ints:
    """Places of as many sets as possible none of which is a combination of the others, in order."""
    _, upper, order = linalg.qr(sets @ sets.T, mode="economic", pivoting=True, check_finite=False)
    diagonal = np.abs(np.diag(upper))
    return np.sort(order[diagonal > 1e-9 * diagonal.max(initial=1.0)]).astype(np.int64)


def small_sets(have: Space, hidden: Flags, threshold: int) -> Floats:
    """Vectors over atoms (n × atoms) that can be had exactly and rest on 1 to ``threshold`` − 1 people.

    ``hidden`` (hidden sets × counted people) are checked by name; then differences and intersections of every
    two published sets, single atoms, and combinations of the space's own directions.
    """
    found = [
        _those_had(have, _as_atoms(have, hidden), threshold),
        _those_had(have, _pairwise(have, threshold), threshold),
        _those_had(have, np.eye(len(have.sizes), dtype=bool)[have.sizes < threshold], threshold),
        _swapped(have, threshold),
        _combinations(have, threshold),
    ]
    return np.concatenate([part for part in found if len(part)] or [np.zeros((0, len(have.sizes)))])


def _those_had(have: Space, sets: Flags, threshold: int) -> Floats:
    people = sets @ have.sizes
    sets = sets[(people > 0) & (people < threshold)]
    return sets[have.holds(sets)].astype(np.float64)


def _as_atoms(have: Space, sets: Flags) -> Flags:
    """Sets of people that are whole atoms, as vectors; one that splits an atom cannot be had at all."""
    inside = np.zeros((len(sets), len(have.sizes)))
    for place, members in enumerate(sets):
        inside[place] = np.bincount(have.atom_of[members], minlength=len(have.sizes))
    whole = ((inside == 0) | (inside == have.sizes)).all(axis=1)
    return inside[whole] > 0


def _pairwise(have: Space, threshold: int) -> Flags:
    """A∖B, B∖A and A∩B of every two published sets, where that is fewer people than the threshold."""
    both = (have.sets * have.sizes) @ have.sets.T
    apart = np.diag(both)[:, None] - both
    sets = have.sets.astype(bool)
    left, right = np.nonzero(np.triu((both > 0) & (both < threshold)))
    meets = sets[left] & sets[right]
    left, right = np.nonzero((apart > 0) & (apart < threshold))
    return np.concatenate([meets, sets[left] & ~sets[right]])


def _swapped(have: Space, threshold: int) -> Floats:
    """A − B, and A + B − everyone, for every two published sets for which that rests on few people.

    Always in the space, as everyone is published: the first are those in one set only, the others those in
    both and, with the other sign, those in neither.
    """
    both = (have.sets * have.sizes) @ have.sets.T
    size, everyone = np.diag(both), have.sizes.sum()
    found = []
    for sign, people in (
        (-1, size[:, None] + size - 2 * both),
        (1, everyone - size[:, None] - size + 2 * both),
    ):
        left, right = np.nonzero(np.triu((people > 0) & (people < threshold), k=1))
        vectors = have.sets[left] + sign * have.sets[right]
        found.append(vectors - 1 if sign > 0 else vectors)
    whole = bool((have.sets.min(axis=1) == 1).any()) if len(have.sets) else False
    return np.concatenate(found if whole else found[:1])


def _combinations(have: Space, threshold: int) -> Floats:
    """Combinations of the space's directions that are nought on every large atom and rest on few people."""
    small = have.sizes < threshold
    directions = have.rows
    if not small.all():
        directions = linalg.null_space(have.rows[:, ~small].T).T @ have.rows
    if not len(directions) or not small.any():
        return np.zeros((0, len(have.sizes)))
    reduced, pivots = _reduce(np.where(small, directions, 0.0))
    found = []
    for weights in _weights(reduced, have.sizes, threshold):
        few = np.abs(weights) @ have.sizes[pivots] < threshold
        sums = weights[few] @ reduced
        found.append(sums[(np.abs(sums) > 1e-6) @ have.sizes < threshold])
    return np.concatenate(found)


def _weights(reduced: Floats, sizes: Ints, threshold: int) -> Iterator[Floats]:
    """Combinations (n × directions) of −1, 0 and 1 to try, by how many directions take part; the first weight
    is 1, as a vector and its negative tell the same. With many directions pairs are as far as it goes, and
    only those that have enough atoms in common for the rest to be few people.
    """
    directions = len(reduced)
    deepest = min(directions, threshold - 1) if directions <= _PLAIN else 2
    for many in range(1, deepest + 1):
        chosen = np.array(list(itertools.combinations(range(directions), many)))
        if many == 2:
            there = (np.abs(reduced) > 1e-6).astype(np.float64)
            both = (there * sizes) @ there.T
            left, right = chosen.T
            chosen = chosen[both[left, left] + both[right, right] - 2 * both[left, right] < threshold]
        signed = directions <= _SIGNED or many <= 2
        signs = [(1.0, *rest) for rest in itertools.product((1.0, -1.0), repeat=many - 1)]
        for sign in signs if signed else signs[:1]:
            weights = np.zeros((len(chosen), directions))
            np.put_along_axis(weights, chosen, np.array([sign] * len(chosen)).reshape(chosen.shape), axis=1)
            yield weights


def _reduce(directions: Floats) -> tuple[Floats, Ints]:
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
