"""How closely published sums hem in what nobody published: the audit by linear programmes.

Every person's figure lies between 0 and ``top``; every published mean, times its exact number of people, gives a
sum to within its rounding. A *target* is a hidden set, or what two published sets share or do not share, of fewer
people than the threshold. Its *reach* is the width of the interval of sums it may still have, as a share of all it
could have (``top`` × its people). Under half is too close.

Two programmes for every target and question would take a day in a large school. Most targets are cleared at once
instead: a *witness* is a set of figures for everybody that agrees with all that is published, and two witnesses
whose sums for a target lie far enough apart prove that its reach is wide. Witnesses that push many targets apart
together come from an operator splitting (Boyd et al. 2011, §5.2), which needs one factorisation for all questions
and works on all of them as one table; each is checked before it counts. Only what no witness clears is given to the
exact programme (HiGHS).
"""

from __future__ import annotations

import itertools
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import linalg, optimize, sparse

from belong.release.model import Flags, Floats, Ints
from belong.release.rowspace import Space, atoms_of, space

Singles = NDArray[np.float32]
Flatten = Callable[[Singles], Singles]

HALF = 0.5
"""The least share of its possible range that a target must be left."""

_NUMERIC = 0.2
"""Part of the rounding that a witness may be off by, more than it is entitled to."""

_RELAX, _PUSHES = 1.7, 2
_STEPS, _MORE, _MOST_STEPS = 150, 30, 420
"""Steps of the first round of witnesses, how many more each round takes, and the most."""

_ROUNDS, _WORTH_IT = 40, 0.97
"""Rounds at most; a round that leaves more than this share open was the last."""


@dataclass(frozen=True, eq=False)
class Published:
    """What is known of some questions.

    ``sets`` (sets × people) those most worth keeping first; ``points`` (questions × people) everybody's true figure,
    0 to ``top``, nan for no answer; ``slack`` (questions × sets) how far a published sum may be from the true one;
    ``targets`` are looked at where fewer than ``threshold`` of them answered.
    """

    sets: Flags
    points: Floats
    slack: Floats
    targets: Targets
    threshold: int
    top: float = 100.0


@dataclass(frozen=True)
class Narrow:
    """A target that can be told too closely: its place, the question, lowest and highest sum, and the published sets
    that hem it in or cut it out.
    """

    target: int
    question: int
    low: float
    high: float
    by: tuple[int, ...]


@dataclass(frozen=True, eq=False)
class Targets:
    """``members`` (targets × people) and, for each, the places of the published sets that cut it out: two, or none
    for a hidden set.
    """

    members: Flags
    cut_by: tuple[tuple[int, ...], ...]

    @classmethod
    def of(cls, sets: Flags, hidden: Flags, answered: Flags, threshold: int) -> Targets:
        """Hidden sets, and intersections and differences of two published ones, that in some question hold 1 to
        ``threshold`` − 1 people. ``answered`` questions × people.
        """
        fewest, most = np.full((len(sets), len(sets)), np.inf), np.zeros((len(sets), len(sets)))
        apart_fewest, apart_most = fewest.copy(), most.copy()
        for who in np.unique(answered, axis=0):
            rows = sparse.csr_array(sets[:, who].astype(np.float64))
            both = np.asarray((rows @ rows.T).todense())
            apart = np.diag(both)[:, None] - both
            fewest, most = np.minimum(fewest, both), np.maximum(most, both)
            apart_fewest, apart_most = np.minimum(apart_fewest, apart), np.maximum(apart_most, apart)
        left, right = np.nonzero(np.triu((most > 0) & (fewest < threshold)))
        first, second = np.nonzero((apart_most > 0) & (apart_fewest < threshold))
        found = np.concatenate([hidden, sets[left] & sets[right], sets[first] & ~sets[second]])
        pairs = [()] * len(hidden) + [
            *zip(left.tolist(), right.tolist(), strict=True),
            *zip(first.tolist(), second.tolist(), strict=True),
        ]
        packed = np.packbits(found, axis=1)
        single = (
            np.sort(np.unique(packed, axis=0, return_index=True)[1]) if len(found) else np.zeros(0, np.int64)
        )
        single = single[found[single].any(axis=1)]
        return cls(found[single], tuple(pairs[place] for place in single))


def too_narrow(known: Published, most: int = 0) -> list[Narrow]:
    """Every target of every question whose reach is under half. With ``most``, so many targets are enough, each with
    the first question it is too narrow in.
    """
    if not len(known.targets.members) or not len(known.points):
        return []
    system = _System.of(known)
    open_ones = _witnessed(system)
    found: list[Narrow] = []
    for question in range(len(known.points)):
        for target in np.flatnonzero(open_ones[:, question]).tolist():
            narrow = _exactly(system, target, question, known.targets.cut_by[target])
            if narrow is None:
                continue
            found.append(narrow)
            if most:
                open_ones[target] = False
            if len(found) == most:
                return found
    return found


@dataclass(frozen=True, eq=False)
class _System:
    """The same over atoms: people alike in every set and target. ``rows`` (sets × atoms), ``tops`` the most an atom's
    sum can be and ``truth`` what it is (atoms × questions), ``sums`` and ``slack`` (sets × questions), ``targets``
    (targets × atoms), ``ranges`` all that each target could have (targets × questions), nought where it is no target.
    """

    have: Space
    rows: sparse.csr_array
    tops: Floats
    truth: Floats
    sums: Floats
    slack: Floats
    targets: sparse.csr_array
    ranges: Floats

    @classmethod
    def of(cls, known: Published) -> _System:
        everything = np.concatenate([known.sets, known.targets.members]).astype(np.float64)
        atom_of = atoms_of(sparse.csr_array(everything))
        sizes = np.bincount(atom_of)
        first = np.unique(atom_of, return_index=True)[1]
        gather = sparse.csr_array(
            (np.ones(len(atom_of)), (atom_of, np.arange(len(atom_of)))), shape=(len(sizes), len(atom_of))
        )
        rows = known.sets[:, first]
        plain = sparse.csr_array(rows.astype(np.float64))
        targets = sparse.csr_array(known.targets.members[:, first].astype(np.float64))
        truth = np.asarray(gather @ np.nan_to_num(known.points).T)
        answered = np.asarray(gather @ (~np.isnan(known.points)).T.astype(np.float64))
        people = np.asarray(targets @ answered)
        ranges = np.where((people > 0) & (people < known.threshold), known.top * people, 0.0)
        return cls(
            space(rows),
            plain,
            known.top * answered,
            truth,
            np.asarray(plain @ truth),
            known.slack.T,
            targets,
            ranges,
        )


def _witnessed(system: _System) -> Flags:
    """Targets × questions that no two witnesses have shown to be wide."""
    lowest = np.asarray(system.targets @ system.truth)
    highest = lowest.copy()
    dice = np.random.default_rng(1)
    needed = HALF * system.ranges
    flat = _flattening(system.have, len(system.truth))
    before = np.inf
    for turn in range(_ROUNDS):
        left = highest - lowest < needed
        if not left.any() or (turn > 2 and left.sum() > _WORTH_IT * before):
            break
        before = left.sum()
        pushes, question_of = _pushes(system, left, dice)
        for start in range(0, pushes.shape[1], 512):
            part = slice(start, start + 512)
            found = _witnesses(
                system, flat, pushes[:, part], question_of[part], min(_STEPS + _MORE * turn, _MOST_STEPS)
            )
            sums = np.asarray(system.targets @ found)
            for column, question in enumerate(question_of[part]):
                np.minimum(lowest[:, question], sums[:, column], out=lowest[:, question])
                np.maximum(highest[:, question], sums[:, column], out=highest[:, question])
    return np.asarray(highest - lowest < needed)


def _pushes(system: _System, left: Flags, dice: np.random.Generator) -> tuple[Floats, Ints]:
    """Directions (atoms × pushes) that pull targets apart, and whose question each is for.

    Targets that share nobody go together, some up and some down, then all the other way round.
    """
    ends = system.targets.indptr
    members = [system.targets.indices[a:b] for a, b in itertools.pairwise(ends)]
    directions, question_of = [], []
    for question in range(left.shape[1]):
        waiting = dice.permutation(np.flatnonzero(left[:, question])).tolist()
        for _ in range(_PUSHES):
            if not waiting:
                break
            taken = np.zeros(system.rows.shape[1])
            later = []
            for target in waiting:
                if taken[members[target]].any():
                    later.append(target)
                else:
                    taken[members[target]] = dice.choice((-1.0, 1.0))
            waiting = later
            directions += [taken, -taken]
            question_of += [question, question]
    return np.array(directions).T, np.array(question_of, dtype=np.int64)


def _witnesses(system: _System, flat: Flatten, pushes: Floats, question_of: Ints, steps: int) -> Floats:
    """Figures (atoms × pushes) that agree with all that is published, pushed as far as so many steps go.

    Turn by turn to the nearest point with the true sums and the nearest within the bounds, in single precision: what
    still misses a sum at the end is drawn back towards the truth.
    """
    exact = system.truth[:, question_of]
    truth, tops = exact.astype(np.float32), system.tops[:, question_of].astype(np.float32)
    pull = pushes.astype(np.float32) * tops * np.float32(0.3) - truth
    inside = truth.copy()
    dual = np.zeros_like(inside)
    for _ in range(steps):
        level = flat(inside - dual + pull)
        level += truth
        level *= np.float32(_RELAX)
        level += np.float32(1 - _RELAX) * inside
        dual += level
        inside = np.minimum(np.maximum(dual, np.float32(0)), tops)
        dual -= inside
    moved = inside.astype(np.float64) - exact
    missed = np.abs(np.asarray(system.rows @ moved))
    allowed = _NUMERIC * system.slack[:, question_of]
    with np.errstate(divide="ignore", invalid="ignore"):
        share = np.where(missed > allowed, allowed / missed, 1.0).min(axis=0)
    return np.asarray(exact + share * moved)


def _flattening(have: Space, atoms: int) -> Flatten:
    """The nearest figures that change no published sum: by way of the rows where those are few, else one table."""
    half = linalg.solve_triangular(have.root, have.rows[have.kept].toarray(), lower=True)
    if 2 * len(half) < atoms:
        short = half.astype(np.float32)
        return lambda vectors: vectors - short.T @ (short @ vectors)
    table = (np.eye(atoms) - half.T @ half).astype(np.float32)
    return lambda vectors: table @ vectors


def _exactly(system: _System, target: int, question: int, cut_by: tuple[int, ...]) -> Narrow | None:
    """Both ends by linear programme; None if the reach is wide enough."""
    weights = system.targets[[target]].toarray().ravel()
    sums, slack = system.sums[:, question], system.slack[:, question]
    table = system.rows.toarray()
    ends, by = [], set(cut_by)
    for sign in (1.0, -1.0):
        found = optimize.linprog(
            sign * weights,
            A_ub=np.concatenate([table, -table]),
            b_ub=np.concatenate([sums + slack, slack - sums]),
            bounds=[(0.0, top) for top in system.tops[:, question].tolist()],
            method="highs",
        )
        ends.append(sign * float(found.fun or 0.0))
        binding = np.abs(found.ineqlin.marginals).reshape(2, -1).max(axis=0) > 1e-7
        by |= set(np.flatnonzero(binding).tolist())
    low, high = ends
    if high - low >= HALF * system.ranges[target, question] - 1e-6:
        return None
    return Narrow(target, question, float(low), float(high), tuple(sorted(by)))
