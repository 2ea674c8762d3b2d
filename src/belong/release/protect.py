"""Which sets may be shown. Hides too few people, then whatever would give a hidden set away.

Three steps, repeated until nothing changes:
1. a group under the threshold in any question, or a cell of a hidden group, is hidden;
2. for every shown total the hidden parts together are nobody or at least the threshold, are never one cell
   alone, and leave each small cell in company of at least half its own size;
3. no set under the threshold is in the row space of the shown sets, over all attributes together.
All questions of a family are hidden or shown together: a score is the sum of its questions, so a question
hidden by itself could be had back from the score.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from belong.release.cuts import Layout, Line
from belong.release.model import Flags, Ints, ReleaseRefused
from belong.release.rowspace import small_sets, space


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


def choose(layout: Layout, family: Family, threshold: int, barred: Flags | None = None) -> Flags:
    """Which groups are shown (by place). ``barred`` groups are hidden whatever their size.

    Raises ``ReleaseRefused`` when not even everyone together may be shown.
    """
    counts = family.counts
    shown = np.asarray((counts >= threshold).all(axis=1))
    if barred is not None:
        shown &= ~barred
    if not shown[0]:
        raise ReleaseRefused(f"Fewer than {threshold} people answered, so nothing can be shown.")
    while True:
        _hide_cells_of_hidden_groups(layout, shown)
        if _hide_partners(layout, counts, shown, threshold):
            continue
        victim = exposing_set(layout, family, shown, threshold)
        if victim is None:
            return shown
        shown[victim] = False


def _hide_cells_of_hidden_groups(layout: Layout, shown: Flags) -> None:
    for place, group in enumerate(layout.groups):
        if any(not shown[parent] for parent in group.parents):
            shown[place] = False


def _hide_partners(layout: Layout, counts: Ints, shown: Flags, threshold: int) -> bool:
    """Step 2 once over every line; True if anything was hidden."""
    changed = False
    for line in layout.lines:
        if not shown[line.total]:
            continue
        while not line_holds(line, counts, shown, threshold):
            left = [part for part in line.parts if shown[part]]
            if not left:
                break
            shown[_partner(layout, line, left, counts, shown)] = False
            changed = True
    return changed


def line_holds(line: Line, counts: Ints, shown: Flags, threshold: int) -> bool:
    """Whether a shown total keeps its hidden parts safe, in every question."""
    hidden = [part for part in line.parts if not shown[part]]
    if not hidden:
        return True
    people = counts[hidden]
    together = people.sum(axis=0)
    if ((together > 0) & (together < threshold)).any():
        return False
    if not any(shown[part] for part in line.parts):
        return True
    alone = ((people > 0).sum(axis=0) == 1).any()
    small = (people > 0) & (people < threshold)
    crowded = small & (together - people < people / 2)
    return not (alone or crowded.any())


def _partner(layout: Layout, line: Line, left: list[int], counts: Ints, shown: Flags) -> int:
    """The part to hide beside a hidden one: where its other totals have a hidden part already, then the
    smallest, then the last in the menu.
    """

    def cost(part: int) -> tuple[int, int, int]:
        others = [other for other in layout.lines if part in other.parts and other is not line]
        fresh = sum(
            bool(shown[other.total]) and all(shown[p] or not counts[p].any() for p in other.parts)
            for other in others
        )
        return fresh, int(counts[part].max()), -part

    nonempty = [part for part in left if counts[part].any()]
    return min(nonempty or left, key=cost)


def _unbroken(line: Line, counts: Ints, shown: Flags) -> bool:
    """Whether everything of a line that anybody is in is shown."""
    return all(bool(shown[part]) or not counts[part].any() for part in line.parts)


def exposing_set(layout: Layout, family: Family, shown: Flags, threshold: int) -> int | None:
    """A shown set to hide because a small set can be had with its help; None when there is no such set.

    Each measure has its own respondents, so each is looked at by itself; measures answered by exactly the
    same people once.
    """
    for answered in np.unique(family.answered, axis=0):
        have = space(layout.members[shown][:, answered])
        leaks = small_sets(have, layout.members[~shown][:, answered], threshold)
        if len(leaks):
            places = np.flatnonzero(shown)
            helping = places[have.recipe(leaks[0])]
            return _dispensable(layout, family.counts, helping.tolist())
    return None


def _dispensable(layout: Layout, counts: Ints, helping: list[int]) -> int:
    """Of the sets that give something away, the one least worth keeping: two-way cells before groups, later
    attributes before earlier ones, small before large; never everyone.
    """

    def worth(place: int) -> tuple[int, int, int]:
        group = layout.groups[place]
        return -len(group.parents), -group.order, int(counts[place].max())

    return min((place for place in helping if place), key=worth)
