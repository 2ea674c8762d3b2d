"""What a reader of one wave knows of some questions, put over atoms: people alike in all that is looked at."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy import optimize, sparse

from belong.release.model import Flags, Floats, Signs
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
        atom_of = atoms_of(sparse.csr_array(np.concatenate([sets, members]).astype(np.float64)))
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

    def programme(self, question: int, weights: Floats, width: Floats | None = None) -> Any:
        """The figures (atoms) with the least weighted sum that agree with all that is published, from HiGHS.

        With ``width`` (sets), one unknown more at the end, from nought to a half: the share of each width by which
        sums keep away from what they may not be.
        """
        low, high = self.low[:, question], self.high[:, question]
        tops = self.tops[:, question]
        rows, below = self.rows, -self.rows
        if width is not None:
            away = sparse.csr_array(width[:, None])
            rows, below = sparse.hstack([rows, away]), sparse.hstack([below, away])
            tops = np.append(tops, 0.5)
        bounds: Any = np.stack([np.zeros(len(tops)), tops], axis=1)
        table: Any = sparse.vstack([rows, below], format="csr")
        return optimize.linprog(
            weights, A_ub=table, b_ub=np.concatenate([high, -low]), bounds=bounds, method="highs"
        )

    def shares(self, found: Floats, question: int) -> Floats:
        """Figures of atoms (atoms × n) as each person's share of the most they can have (people × n)."""
        tops = self.tops[:, [question]]
        return np.asarray(self.gather.T @ np.divide(found, tops, out=np.zeros_like(found), where=tops > 0))

    def figures(self, shares: Floats, question: int) -> Floats:
        """The other way round: sums over atoms of each person's share of the most they can have."""
        return np.asarray(self.gather @ (shares * (self.top * self.answered[:, [question]])))
