"""Which groups to bar so that nothing small is told, and least is lost: a hitting set, as a mixed integer programme.

Every way in which a small group was found to be had, or told too closely, names groups of which one at least must go;
what must be hidden beside those (``suppress``), and cells of a hidden group, are counted in.
"""

from __future__ import annotations

from collections.abc import Collection

import numpy as np

from belong.release.cuts import Layout
from belong.release.model import Flags, Floats, Ints
from belong.release.protect import price
from belong.release.suppress import Part, Programme


def barred_by(ways: Collection[frozenset[int]], layout: Layout, counts: Ints, threshold: int) -> Flags:
    """Groups (by place) hidden so that of each of the ``ways`` one is at least, together with all that must be
    hidden for them. Never everyone. ``counts`` groups × measures.
    """
    places = [place for place in range(1, len(layout.groups)) if counts[place].any()]
    parts = {place: Part(place, int(counts[place].min()), int(counts[place].max())) for place in places}
    large = np.asarray((counts >= threshold).all(axis=1))
    programme = Programme(layout.lines, parts, large, threshold)
    for place in parts:
        programme.with_it(place, (one for side in layout.groups[place].parents for one in side))
    alone = [way for way in ways if parts.keys().isdisjoint(way)]
    for way in ways:
        if way not in alone:
            programme.one_of(parts.keys() & way)
    found = programme.solve(worths(layout)[places].tolist())
    barred = np.zeros(len(layout.groups), dtype=bool)
    barred[[place for place, hide in zip(places, found, strict=True) if hide]] = True
    # What nobody of the family answered may be shown of another question.
    barred[[place for way in alone for place in way]] = True
    return barred


def worths(layout: Layout) -> Floats:
    """What each group is worth."""
    everybody = np.ones(layout.members.shape[1], dtype=bool)
    return np.array([price(layout, place, everybody) for place in range(len(layout.groups))])
