"""One look at many sets of respondents: for which of them nothing small can follow from the published sets.

Each question has its own respondents, and each needs the search of `rowspace`. They differ by a few people, though: of
random vectors that are nought along every published set of everybody, a combination that is nought for the few
who left a question out is nought along the sets of those who answered it, too. So one factorisation serves all
questions, and only those that this look does not clear are searched by themselves.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import linalg

from belong.release.model import Flags, Floats
from belong.release.rowspace import EXACT, MANY, PLAIN, Space, null_vectors, space
from belong.release.subsets import few_that_add_up
from belong.release.suppress import crowds

_LOOSE = 64
"""Random vectors that are drawn; questions left out by more people are searched by themselves."""


@dataclass(frozen=True, eq=False)
class Sweep:
    """``both`` people in every two published sets, ``few`` hidden sets that may be small (n × people), ``loose`` random
    vectors (vectors × people).
    """

    have: Space
    both: Floats
    few: Floats
    loose: Floats
    threshold: int

    @classmethod
    def of(cls, sets: Flags, hidden: Flags, answered: Flags, threshold: int) -> Sweep:
        """``answered`` (questions × people) says by how many people the questions differ at most."""
        have = space(sets)
        spare = min(int((~answered).sum(axis=1).max(initial=0)), _LOOSE)
        few = hidden[(hidden.sum(axis=1) < threshold + spare) & hidden.any(axis=1)].astype(np.float64)
        return cls(have, have.rows @ have.rows.T, few, null_vectors(have, _LOOSE), threshold)

    def clears(self, answered: Flags) -> bool:
        """Whether nothing under the threshold can be had from the sums of those who ``answered``, or is most of a
        published set. False where this look is not enough to say so.
        """
        missing = np.flatnonzero(~answered)
        free = self.have.rows.shape[1] - len(self.have.kept) - len(missing)
        if len(missing) + 2 > len(self.loose) or free <= 2 or len(self.have.kept) <= PLAIN:
            return False
        both = self.both - self.have.rows[:, missing] @ self.have.rows[:, missing].T
        probes = self._probes(missing)
        return not (self._crowded(both, len(answered) - len(missing)) or self._had(answered, both, probes))

    def _probes(self, missing: np.ndarray) -> Floats:
        """Two vectors along which every set of those who answered is nought, and nought for the others."""
        turned = (
            linalg.qr(self.loose[:, missing], mode="full")[0] if len(missing) else np.eye(len(self.loose))
        )
        probes = np.asarray(turned[:, -2:].T @ self.loose)
        probes[:, missing] = 0.0
        return probes

    def _crowded(self, both: Floats, everyone: int) -> bool:
        """Whether two sets differ by few people, or one cuts a small part out of another that is most of it. ``both``
        people in every two sets.
        """
        size = np.diag(both)
        apart = size[:, None] - both
        swapped = (
            (apart + apart.T, everyone - apart - apart.T) if (size == everyone).any() else (apart + apart.T,)
        )
        if any(((people > 0) & (people < self.threshold)).any() for people in swapped):
            return True
        return any(crowds(part, size[:, None], self.threshold).any() for part in (both, apart))

    def _had(self, answered: Flags, both: Floats, probes: Floats) -> bool:
        """Whether a hidden set, what two sets share or do not share, or a few atoms can be had."""
        people = self.few @ answered
        along = np.abs(self.few @ probes.T).max(axis=1, initial=0.0)
        if self._any(people, along):
            return True
        # What is in the one and not in the other is along a probe minus what is in both: along a set it is nought.
        shared = np.max([np.abs((self.have.rows * probe) @ self.have.rows.T) for probe in probes], axis=0)
        if self._any(both, shared) or self._any(np.diag(both)[:, None] - both, shared):
            return True
        atoms, at = np.unique(self.have.atom_of[answered], return_inverse=True)
        sizes = np.bincount(at, minlength=len(atoms))
        sums = np.array([np.bincount(at, weights=probe[answered]) for probe in probes])
        few, most = sizes < self.threshold, 4 if len(atoms) <= MANY else 2
        return bool(len(few_that_add_up(sums[:, few], sizes[few], self.threshold, most, EXACT)[0]))

    def _any(self, people: Floats, along: Floats) -> bool:
        """Whether any of these is few people and nought along the probes."""
        small = (people > 0) & (people < self.threshold)
        return bool((along[small] < EXACT * np.maximum(people[small], 1)).any())
