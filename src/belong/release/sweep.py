"""One look at many sets of respondents: for which of them nothing small can follow from the published sets.

Each question has its own respondents, and each needs the search of `rowspace`. They differ by a few people, though: of
random vectors that are nought along every published set of everybody, a combination that is nought for the few
who left a question out is nought along the sets of those who answered it, too. So one factorisation serves all
questions, and only those that this look does not clear are searched by themselves.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import linalg, sparse

from belong.release.model import Flags, Floats
from belong.release.rowspace import EXACT, MANY, PLAIN, Space, null_vectors, space
from belong.release.subsets import few_that_add_up
from belong.release.suppress import crowds

_LOOSE = 64
"""Random vectors that are drawn; questions left out by more people are searched by themselves."""


@dataclass(frozen=True, eq=False)
class Sweep:
    """Published sets and what is looked for: ``rows`` (sets × people), ``both`` people in every two sets, ``named``
    hidden sets, intersections and differences (n × people), ``loose`` random vectors (vectors × people).
    """

    have: Space
    both: Floats
    named: sparse.csr_array
    loose: Floats
    threshold: int

    @classmethod
    def of(cls, sets: Flags, hidden: Flags, answered: Flags, threshold: int) -> Sweep:
        """``answered`` (questions × people) says by how many people the questions differ at most."""
        have = space(sets)
        spare = min(int((~answered).sum(axis=1).max(initial=0)), _LOOSE)
        both = np.asarray((have.rows @ have.rows.T).todense())
        below = threshold + spare
        apart = np.diag(both)[:, None] - both
        left, right = np.nonzero(np.triu((both > 0) & (both < below)))
        first, second = np.nonzero((apart > 0) & (apart < below))
        few = hidden[(hidden.sum(axis=1) < below) & hidden.any(axis=1)]
        rows = have.rows
        meeting = rows[left].multiply(rows[right])
        differing = rows[first] - rows[first].multiply(rows[second])
        named = sparse.vstack([sparse.csr_array(few.astype(np.float64)), meeting, differing], format="csr")
        return cls(have, both, sparse.csr_array(named), null_vectors(have, _LOOSE), threshold)

    def clears(self, answered: Flags) -> bool:
        """Whether nothing under the threshold can be had from the sums of those who ``answered``, or is most of a
        published set. False where this look is not enough to say so.
        """
        missing = np.flatnonzero(~answered)
        free = self.have.rows.shape[1] - len(self.have.kept) - len(missing)
        if len(missing) + 2 > len(self.loose) or free <= 2 or len(self.have.kept) <= PLAIN:
            return False
        return not (self._crowded(missing) or self._had(answered, self._probes(missing)))

    def _probes(self, missing: np.ndarray) -> Floats:
        """Two vectors along which every set of those who answered is nought, and nought for the others."""
        turned = (
            linalg.qr(self.loose[:, missing], mode="full")[0] if len(missing) else np.eye(len(self.loose))
        )
        probes = np.asarray(turned[:, -2:].T @ self.loose)
        probes[:, missing] = 0.0
        return probes

    def _crowded(self, missing: np.ndarray) -> bool:
        """Whether two sets differ by few people, or one cuts a small part out of another that is most of it."""
        left_out = self.have.rows[:, missing].toarray()
        both = self.both - left_out @ left_out.T
        size = np.diag(both)
        apart = size[:, None] - both
        everyone = self.have.rows.shape[1] - len(missing)
        swapped = (
            (apart + apart.T, everyone - apart - apart.T) if (size == everyone).any() else (apart + apart.T,)
        )
        if any(((people > 0) & (people < self.threshold)).any() for people in swapped):
            return True
        return any(crowds(part, size[:, None], self.threshold).any() for part in (both, apart))

    def _had(self, answered: Flags, probes: Floats) -> bool:
        """Whether a named set or a few atoms can be had."""
        people = self.named @ answered.astype(np.float64)
        along = np.abs(np.asarray(self.named @ probes.T)).max(axis=1)
        small = (people > 0) & (people < self.threshold)
        if (along[small] < EXACT * np.maximum(people[small], 1)).any():
            return True
        atoms, at = np.unique(self.have.atom_of[answered], return_inverse=True)
        sizes = np.bincount(at, minlength=len(atoms))
        sums = np.array([np.bincount(at, weights=probe[answered]) for probe in probes])
        few, most = sizes < self.threshold, 4 if len(atoms) <= MANY else 2
        return bool(len(few_that_add_up(sums[:, few], sizes[few], self.threshold, most, EXACT)[0]))
