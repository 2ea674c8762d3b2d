"""Which sets may be shown. Hides too few people, then whatever would give a hidden set away.

Three steps, repeated until nothing changes:
1. a group under the threshold in any question, or a cell of a hidden group, is hidden;
2. for every shown total the hidden parts together are nobody or at least the threshold, are never one cell
   alone, and leave each small cell in company: which parts, so that least is lost, ``suppress`` works out;
3. no set under the threshold is in the row space of the shown sets, over all attributes together, nor is it most
   of a shown set that another one divides.
All questions of a family are hidden or shown together: a score is the sum of its questions, so a question
hidden by itself could be had back from the score.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from belong.release.cuts import Layout
from belong.release.model import ALL, Flags, Ints, ReleaseRefused
from belong.release.rowspace import small_sets, space
from belong.release.suppress import crowds, least_loss, line_holds
from belong.release.sweep import Sweep

FIRST, LEAST_ONE_WAY = 12, 3
"""How many two-way cells of the same people a group of the menu's first attribute, and of its last, is worth."""


@dataclass(frozen=True, eq=False)
class Family:
    """Measures that are hidden or shown together. ``answered`` (measures × people); ``counts`` respondents
    (groups × measures).
    """

    keys: tuple[str, ...]
    answered: Flags
    counts: Ints

    @classmethod
    def of(cls, keys: tuple[str, ...], answered: Flags, layout: Layout) -> Family:
        counts = layout.members.astype(np.int64) @ answered.T.astype(np.int64)
        return cls(keys, answered, counts)


def choose(
    layout: Layout,
    family: Family,
    threshold: int,
    barred: Flags | None = None,
    ways: list[frozenset[int]] | None = None,
) -> Flags:
    """Which groups are shown (by place). ``barred`` groups are hidden whatever their size. Into ``ways``
    go groups of which one at least had to be hidden.

    Raises ``ReleaseRefused`` when not even everyone together may be shown.
    """
    counts = family.counts
    shown = np.asarray((counts >= threshold).all(axis=1))
    if barred is not None:
        shown &= ~barred
    if not shown[0]:
        raise ReleaseRefused(f"Fewer than {threshold} people answered, so nothing can be shown.")
    _settle(layout, counts, shown, threshold)
    order = _worth(layout, counts)
    sweep = None
    for turn, answered in enumerate(_patterns(family.answered)):
        # Hiding more never lets a small set out: a pattern that holds goes on holding, a look taken before stays true.
        if turn:
            sweep = sweep or Sweep.of(
                layout.members[shown], layout.members[~shown], family.answered, threshold
            )
            if sweep.clears(answered):
                continue
        while found := (
            _crowding(layout, order, answered, shown, threshold)
            or _exposing(layout, order, answered, shown, threshold, deep=not turn)
        ):
            if ways is not None:
                ways.extend(found)
            shown[least_of_each(found, layout, answered)] = False
            _settle(layout, counts, shown, threshold)
            sweep = None
    return shown


def _patterns(answered: Flags) -> Flags:
    """The different sets of respondents (n × people), the largest first."""
    different = np.unique(answered, axis=0)
    return different[np.argsort(-different.sum(axis=1), kind="stable")]


def _settle(layout: Layout, counts: Ints, shown: Flags, threshold: int) -> None:
    """Steps 1 and 2: cells of hidden groups, then company for what is hidden, cut by cut."""
    for cut in layout.cuts:
        for place in layout.of(cut):
            if not all(shown[list(side)].all() for side in layout.groups[place].parents):
                shown[place] = False
        lines = layout.lines_of(cut)
        while not all(
            line_holds(line, counts, shown, threshold) for line in lines if shown[list(line.totals)].all()
        ):
            shown &= least_loss(lines, counts, shown, threshold)


def _worth(layout: Layout, counts: Ints) -> Ints:
    """Places by how much they are worth keeping: everyone, then groups in the order of the menu, then two-way
    cells; large before small.
    """

    def key(place: int) -> tuple[int, int, int]:
        group = layout.groups[place]
        return len(group.parents), group.order if group.cut != ALL else -1, -int(counts[place].max())

    return np.array(sorted(range(len(layout.groups)), key=key), dtype=np.int64)


def _crowding(
    layout: Layout, order: Ints, answered: Flags, shown: Flags, threshold: int
) -> list[frozenset[int]]:
    """Two shown sets each, one of which is to be hidden because most of a published set is a small part that the other
    cuts out of it. What the set says is nearly what the part says, and any reader sees it.
    """
    places = order[shown[order]]
    sets = layout.members[places][:, answered].astype(np.float64)
    both = sets @ sets.T
    size = np.diag(both)[:, None]
    crowded = crowds(both, size, threshold) | crowds(size - both, size, threshold)
    pairs = {tuple(sorted(pair)) for pair in zip(*map(np.ndarray.tolist, np.nonzero(crowded)), strict=True)}
    return _ways(places[list(pair)].tolist() for pair in sorted(pairs))


def _exposing(
    layout: Layout, order: Ints, answered: Flags, shown: Flags, threshold: int, *, deep: bool
) -> list[frozenset[int]]:
    """Shown sets that together give a small set: of each, one is to be hidden."""
    places = order[shown[order]]
    have = space(layout.members[places][:, answered])
    leaks = small_sets(have, layout.members[~shown][:, answered], threshold, deep=deep)
    return _ways(places[have.recipe(leak)].tolist() for leak in leaks)


def _ways(found: Iterable[Iterable[int]]) -> list[frozenset[int]]:
    """Without everyone together, who are never hidden."""
    ways = (frozenset(places) - {0} for places in found)
    return [way for way in dict.fromkeys(ways) if way]


def least_of_each(ways: Iterable[Iterable[int]], layout: Layout, answered: Flags) -> list[int]:
    """Sets to hide so that of each of the ``ways`` (places) at least one is: again and again the one that stops most
    ways for what it is worth. Never everyone.
    """
    waiting = [set(way) - {0} for way in ways]
    waiting = [way for way in waiting if way]
    found: list[int] = []
    while waiting:
        stops = Counter(place for way in waiting for place in way)
        best = min(sorted(stops), key=lambda place: price(layout, place, answered) / stops[place])
        found.append(best)
        waiting = [way for way in waiting if best not in way]
    return sorted(found)


def price(layout: Layout, place: int, answered: Flags) -> float:
    """What a group is worth: the root of its people, so that five groups say more than one of the same people; for
    groups of one attribute several times as much, the first in the menu most.
    """
    group = layout.groups[place]
    root = float(np.sqrt((layout.members[place] & answered).sum()))
    return root if group.parents else root * max(LEAST_ONE_WAY, FIRST - FIRST // 4 * group.order)
