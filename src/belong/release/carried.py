"""What changes tell beyond themselves: set beside the figures of both waves, all at once.

A change is a row over two waves: its people's answers now, less their answers then. With the published sets of both
waves it makes one row space, in which nothing small may lie, as in a single wave. Nor may a combination of changes
carry a sum across: were its people exactly what published sets of one wave give, but not so in the other, a sum of
the other wave would be known that nobody published, and the next wave's changes could carry it on. Where no change
carries anything, a chain of waves tells no more than each two that follow each other.
"""

from __future__ import annotations

import numpy as np
from scipy import linalg

from belong.release.model import Flags, Floats
from belong.release.rowspace import left_of, reduced, small_sets, space

_SURE = 1e-5
"""The least part that a change has in a combination."""

_NOUGHT = 1e-7
"""Under this share of its length, what is left of a row is rounding."""


def ways_of(now: Flags, then: Flags, panel_now: Flags, panel_then: Flags, threshold: int) -> list[list[int]]:
    """Changes (by their place) that together tell too much, each list a way; empty if there is none.

    ``now`` and ``then`` are the published sets of the waves (sets × people of that wave), ``panel_now`` and
    ``panel_then`` the same people in each (changes × people).
    """
    if not len(panel_now):
        return []
    carried = _carried(now, then, panel_now, panel_then)
    return carried or _small(now, then, panel_now, panel_then, threshold)


def _small(now: Flags, then: Flags, panel_now: Flags, panel_then: Flags, threshold: int) -> list[list[int]]:
    rows = np.block(
        [
            [now.astype(np.int8), np.zeros((len(now), then.shape[1]), dtype=np.int8)],
            [np.zeros((len(then), now.shape[1]), dtype=np.int8), then.astype(np.int8)],
            [panel_now.astype(np.int8), -panel_then.astype(np.int8)],
        ]
    )
    rows = rows[:, rows.any(axis=0)]
    have, first = space(rows), len(now) + len(then)
    leaks = small_sets(have, np.zeros((0, rows.shape[1]), dtype=bool), threshold, deep=True)
    ways = [(np.flatnonzero(have.recipe(leak)) - first).tolist() for leak in leaks]
    ways = [[place for place in way if place >= 0] for way in ways]
    return [way for way in ways if way]


def _carried(now: Flags, then: Flags, panel_now: Flags, panel_then: Flags) -> list[list[int]]:
    """Combinations of changes that one wave's sets give and the other's do not."""
    known = [_given(sets, panel) for sets, panel in ((now, panel_now), (then, panel_then))]
    ways = []
    for one, other in (known, known[::-1]):
        alone, lengths, _ = linalg.svd(one - other @ (other.T @ one), full_matrices=False)
        plain = reduced(alone.T[lengths > _SURE])[0]
        ways += [np.flatnonzero(np.abs(row) > _SURE).tolist() for row in plain]
    return ways


def _given(sets: Flags, panel: Flags) -> Floats:
    """The combinations of ``panel`` rows (as orthonormal columns) that lie in the space of ``sets``."""
    table = panel.astype(np.float64)
    left = table
    if len(sets):
        have = space(sets)
        left = left_of(table, have.rows[have.kept], have.root)
    values, vectors = linalg.eigh(left @ left.T)
    return np.asarray(vectors[:, values < _NOUGHT * max(1.0, float(table.sum(axis=1).max()))])
