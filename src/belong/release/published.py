"""What a reader of one wave knows of some questions, put over atoms: people alike in all that is looked at."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass

import numpy as np
from scipy import sparse

from belong.release.model import Flags, Floats, Signs
from belong.release.region import Region
from belong.release.rowspace import Space, atoms_of, space


@dataclass(frozen=True, eq=False)
class System:
    """What is published of some questions, over atoms: people alike in every set and target.

    ``names`` of the questions; ``gather`` (atoms × people); ``answered`` (people × questions, 0 or 1), ``top`` the
    most that one person's figure can be; ``rows`` (sets × atoms), ``tops`` the most an atom's sum can be and
    ``truth`` what it is (atoms × questions), ``low`` and ``high`` what a set's sum may be (sets × questions),
    ``targets`` (targets × atoms), ``needed`` how far apart the ends of each target must lie (targets × questions),
    nought where it is no target. ``rare`` says that a target counts only where somebody in it surely has what is asked.
    """

    have: Space
    names: Sequence[Hashable]
    gather: sparse.csr_array
    answered: Floats
    top: float
    rows: sparse.csr_array
    tops: Floats
    truth: Floats
    low: Floats
    high: Floats
    targets: sparse.csr_array
    needed: Floats
    rare: bool

    @classmethod
    def of(
        cls, names: Sequence[Hashable], sets: Flags | Signs, members: Flags, points: Floats, told: Floats,
        top: float, least: Callable[[Floats], Floats], rare: bool = False,
    ) -> System:  # fmt: skip
        """``sets`` and ``members`` of targets (each × people), ``points`` (questions × people), ``told`` (2 × questions
        × sets); ``least`` makes ``needed`` of the people who answered in each target (targets × questions).
        """
        atom_of = atoms_of(np.concatenate([sets, members]).astype(np.float64))
        first = np.unique(atom_of, return_index=True)[1]
        people = len(atom_of)
        gather = sparse.csr_array((np.ones(people), (atom_of, np.arange(people))), shape=(len(first), people))
        rows = sparse.csr_array(sets[:, first].astype(np.float64))
        targets = sparse.csr_array(members[:, first].astype(np.float64))
        answered = (~np.isnan(points)).T.astype(np.float64)
        many = np.asarray(gather @ answered)
        return cls(
            space(sets[:, first]), names, gather, answered, top, rows, top * many,
            np.asarray(gather @ np.nan_to_num(points).T), told[0].T, told[1].T,
            targets, least(np.asarray(targets @ many)), rare,
        )  # fmt: skip

    def region(self, question: int, width: Floats | None = None) -> Region:
        """All figures (atoms) that agree with what is published of a question.

        With ``width`` (sets), one unknown more at the end, from nought to a half: the share of each width by which
        sums keep away from what they may not be.
        """
        low, high, tops = self.low[:, question], self.high[:, question], self.tops[:, question]
        if width is None:
            return Region(self.rows, low, high, tops)
        away = sparse.csr_array(width[:, None])
        rows = sparse.vstack(
            [sparse.hstack([self.rows, -away]), sparse.hstack([self.rows, away])], format="csr"
        )
        open_end = np.full(len(low), np.inf)
        return Region(rows, np.append(low, -open_end), np.append(open_end, high), np.append(tops, 0.5))

    def shares(self, found: Floats, question: int) -> Floats:
        """Figures of atoms (atoms × n) as each person's share of the most they can have (people × n)."""
        tops = self.tops[:, [question]]
        return np.asarray(self.gather.T @ np.divide(found, tops, out=np.zeros_like(found), where=tops > 0))

    def figures(self, shares: Floats, question: int) -> Floats:
        """The other way round: sums over atoms of each person's share of the most they can have."""
        return np.asarray(self.gather @ (shares * (self.top * self.answered[:, [question]])))
