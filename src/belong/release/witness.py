"""Witnesses: figures for everybody that agree with all that is published, and lie far from the true ones.

Two of them whose sums for a small group lie far enough apart prove that nobody can tell the group's figure closely.
Each question has a *base*, figures well inside all that is published (the centre of the largest ball, by linear
programme). Witnesses that push many groups apart together come from an operator splitting (Boyd et al. 2011, §5.2),
which needs one factorisation for all questions and works on all of them as one table; whatever misses a published
figure at the end is drawn back towards the base until it does not.

What agrees with all that is published agrees with less, too. So a `Book` keeps them: when a wave is worked out again
with other groups hidden, most of them still hold, and little is left to look for.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray
from scipy import linalg

from belong.release.model import Flags, Floats, Ints
from belong.release.published import System
from belong.release.rowspace import Space

Singles = NDArray[np.float32]
Flatten = Callable[[Singles], Singles]

_RELAX, _PUSHES = 1.7, 2
_STEPS, _MEND = 30, 15
"""Steps under a pull, and steps without one that then bring the figures back to all that is published."""

_ROUNDS, _WORTH_IT = 200, 5
"""Rounds at most; one that clears fewer targets than this was the last, as programmes do no worse."""

_CROWDED = 50
"""Targets in a row that share people with those that are pushed already: there is hardly room for more."""

NOBODY = 1e-3
"""A sum (points) up to which nobody need have what is asked."""

_AT_ONCE = 512
"""Witnesses worked on as one table."""

_NEARLY, _A_LITTLE_IN = 0.95, 1 - 1e-4
"""So far from the base to a witness all must hold to keep it without mending, and so far a witness is kept: what it is
rounded by must not carry it out.
"""

_INSIDE = 0.02
"""A kept base is still one if it is so far, in widths of each published figure, from what that figure excludes."""


@dataclass(eq=False)
class Book:
    """Bases (people) and witnesses (people × n) by the name of their question, from one look to the next: each
    person's share of the most they can have.
    """

    bases: dict[Hashable, Floats] = field(default_factory=dict)
    witnesses: dict[Hashable, list[Singles]] = field(default_factory=dict)

    def keep(self, system: System, found: Floats, question_of: Ints) -> None:
        """Write witnesses (atoms × n) in, shared out evenly in each atom."""
        for question in np.unique(question_of).tolist():
            shares = system.shares(found[:, question_of == question], question).astype(np.float32)
            self.witnesses.setdefault(system.names[question], []).append(shares)

    def of(self, name: Hashable, people: int) -> Singles:
        """All witnesses of a question, side by side."""
        kept = self.witnesses.get(name) or [np.zeros((people, 0), dtype=np.float32)]
        self.witnesses[name] = [np.concatenate(kept, axis=1)]
        return self.witnesses[name][0]


@dataclass(frozen=True, eq=False)
class Ends:
    """The lowest and highest sum of every target (targets × questions) in any witness so far."""

    system: System
    lowest: Floats
    highest: Floats

    @classmethod
    def of(cls, system: System) -> Ends:
        sums = np.asarray(system.targets @ system.truth)
        return cls(system, sums, sums.copy())

    def see(self, found: Floats, question_of: Ints) -> None:
        """Take witnesses (atoms × n) into account, each for one question."""
        sums = np.asarray(self.system.targets @ found)
        for question in np.unique(question_of).tolist():
            mine = sums[:, question_of == question]
            np.minimum(self.lowest[:, question], mine.min(axis=1), out=self.lowest[:, question])
            np.maximum(self.highest[:, question], mine.max(axis=1), out=self.highest[:, question])

    def open(self) -> Flags:
        """Targets × questions that no two witnesses have shown to be wide."""
        apart = self.highest - self.lowest
        return np.asarray((apart < self.system.needed) & (~self._may_be_nobody(self.lowest)))

    def _may_be_nobody(self, lowest: Floats) -> Flags:
        return np.asarray(self.system.rare & (lowest <= NOBODY))

    def is_open(self, target: int, question: int) -> bool:
        low, high = self.lowest[target, question], self.highest[target, question]
        return bool(high - low < self.system.needed[target, question] and not self._may_be_nobody(low))


def look(system: System, book: Book) -> Ends:
    """How far apart witnesses can be had: those of the ``book`` that still hold, then new ones while they help."""
    ends = Ends.of(system)
    lost = _recall(system, book, ends)
    if not ends.open().any():
        return ends
    search = _Search.of(system, book, ends)
    search.take_back(book, lost, ends)
    dice = np.random.default_rng(1)
    before = np.inf
    for turn in range(_ROUNDS):
        left = ends.open()
        if not left.any() or (turn > 2 and before - left.sum() < _WORTH_IT):
            break
        before = left.sum()
        pushes, question_of = _pushes(system, left, dice)
        for part in _parts(len(question_of)):
            which = question_of[part]
            found = search.witnesses(pushes[:, part], which)
            ends.see(found, which)
            book.keep(system, found, which)
    return ends


def _recall(system: System, book: Book, ends: Ends) -> dict[int, Flags]:
    """See which of the book's witnesses still hold as they are, where there is anything to clear; the others by
    question.
    """
    lost: dict[int, Flags] = {}
    for question in np.flatnonzero(ends.open().any(axis=0)).tolist():
        shares = book.of(system.names[question], system.gather.shape[1])
        found = system.figures(shares.astype(np.float64), question)
        sums = np.asarray(system.rows @ found)
        low, high = system.low[:, [question]], system.high[:, [question]]
        holds = np.asarray(((sums >= low) & (sums <= high)).all(axis=0))
        ends.see(found[:, holds], np.full(int(holds.sum()), question))
        lost[question] = np.logical_not(holds)
    return lost


def _parts(many: int) -> list[slice]:
    return [slice(start, start + _AT_ONCE) for start in range(0, many, _AT_ONCE)]


def _pushes(system: System, left: Flags, dice: np.random.Generator) -> tuple[Floats, Ints]:
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
            taken, waiting = _apart(waiting, members, system.rows.shape[1], dice)
            directions += [taken, -taken]
            question_of += [question, question]
    return np.array(directions).T, np.array(question_of, dtype=np.int64)


def _apart(
    waiting: list[int], members: Sequence[NDArray[np.integer]], atoms: int, dice: np.random.Generator
) -> tuple[Floats, list[int]]:
    """A direction for targets that share nobody, and those that must wait: all the rest, once many in turn had to."""
    taken, later = np.zeros(atoms), []
    crowded = 0
    for turn, target in enumerate(waiting):
        if taken[members[target]].any():
            later.append(target)
            crowded += 1
            if crowded == _CROWDED:
                return taken, later + waiting[turn + 1 :]
        else:
            taken[members[target]] = dice.choice((-1.0, 1.0))
            crowded = 0
    return taken, later


@dataclass(frozen=True, eq=False)
class _Search:
    """What looking for witnesses needs: ``base`` (atoms × questions), its published ``sums`` (sets × questions), and
    how to reach the nearest figures with the same sums.
    """

    system: System
    base: Floats
    sums: Floats
    flat: Flatten

    @classmethod
    def of(cls, system: System, book: Book, ends: Ends) -> _Search:
        """A base for every question that has anything open."""
        base = system.truth.copy()
        for question in np.flatnonzero(ends.open().any(axis=0)).tolist():
            base[:, question] = _base(system, book, question)
        return cls(system, base, np.asarray(system.rows @ base), _flattening(system.have, len(system.truth)))

    def take_back(self, book: Book, lost: Mapping[int, Flags], ends: Ends) -> None:
        """Where anything is still open: the book's witnesses that nearly hold are drawn back in, the others mended."""
        is_open = np.asarray(ends.open().any(axis=0))
        for question, places in lost.items():
            if not (is_open[question] and places.any()):
                continue
            name = self.system.names[question]
            shares = book.of(name, self.system.gather.shape[1])
            found = self.system.figures(shares[:, places].astype(np.float64), question)
            which = np.full(found.shape[1], question)
            far = self._within(found, which) < _NEARLY
            if far.any():
                found[:, far] = self._split(found[:, far], np.zeros_like(found[:, far]), which[far], _MEND)
            found = self._drawn_in(found, which)
            ends.see(found, which)
            book.witnesses[name] = [
                shares[:, ~places],
                self.system.shares(found, question).astype(np.float32),
            ]

    def witnesses(self, pushes: Floats, question_of: Ints) -> Floats:
        """Figures (atoms × pushes) that agree with all that is published, pushed far."""
        far = 0.3 * pushes * self.system.tops[:, question_of]
        return self._mended(self._split(self.base[:, question_of], far, question_of, _STEPS), question_of)

    def _mended(self, found: Floats, question_of: Ints) -> Floats:
        """The nearest figures that agree with all that is published."""
        return self._drawn_in(self._split(found, np.zeros_like(found), question_of, _MEND), question_of)

    def _drawn_in(self, found: Floats, question_of: Ints) -> Floats:
        """What misses a published figure, drawn towards the base until it does not, and a little further."""
        held = self._within(found, question_of) * _A_LITTLE_IN
        return found * held + self.base[:, question_of] * (1 - held)

    def _split(self, start: Floats, pull: Floats, question_of: Ints, steps: int) -> Floats:
        """Turn by turn the nearest point with the sums of the base and the nearest within the bounds, in single
        precision, from a start and under a steady pull (atoms × n).
        """
        base, tops = (table[:, question_of].astype(np.float32) for table in (self.base, self.system.tops))
        inside = start.astype(np.float32)
        aim = pull.astype(np.float32) - base
        dual = np.zeros_like(inside)
        for _ in range(steps):
            level = self.flat(inside - dual + aim)
            level += base
            level *= np.float32(_RELAX)
            level += np.float32(1 - _RELAX) * inside
            dual += level
            inside = np.minimum(np.maximum(dual, np.float32(0)), tops)
            dual -= inside
        return np.minimum(inside.astype(np.float64), self.system.tops[:, question_of])

    def _within(self, found: Floats, question_of: Ints) -> Floats:
        """For each column, how far from the base towards it one may go and agree with all that is published."""
        sums = self.sums[:, question_of]
        moved = np.asarray(self.system.rows @ found) - sums
        up, down = self.system.high[:, question_of] - sums, sums - self.system.low[:, question_of]
        room = np.maximum(np.where(moved > 0, up, down), 0.0)
        moved = np.abs(moved)
        with np.errstate(divide="ignore", invalid="ignore"):
            return np.asarray(np.where(moved > room, room / moved, 1.0).min(axis=0))


def _base(system: System, book: Book, question: int) -> Floats:
    """Figures (atoms) as far inside what is published as can be: the book's if they still are, else by programme."""
    width = system.high[:, question] - system.low[:, question]
    name = system.names[question]
    if name in book.bases:
        base = system.figures(book.bases[name][:, None], question)[:, 0]
        sums = system.rows @ base
        far = np.minimum(system.high[:, question] - sums, sums - system.low[:, question])
        if (far >= _INSIDE * width).all():
            return base
    found = system.region(question, width).least(np.append(np.zeros(len(system.truth)), -1.0))
    base = system.truth[:, question] if found is None else np.minimum(found[:-1], system.tops[:, question])
    book.bases[name] = system.shares(base[:, None], question)[:, 0]
    return np.asarray(base)


def _flattening(have: Space, atoms: int) -> Flatten:
    """The nearest figures that change no published sum: by way of the rows where those are few, else one table."""
    half = linalg.solve_triangular(have.root, have.rows[have.kept], lower=True)
    if 2 * len(half) < atoms:
        short = half.astype(np.float32)
        return lambda vectors: vectors - short.T @ (short @ vectors)
    table = (np.eye(atoms) - half.T @ half).astype(np.float32)
    return lambda vectors: table @ vectors
