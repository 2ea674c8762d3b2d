"""Gaps between groups: who is set against whom, by how much, and the same without careless answers."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from belong.release.cells import REACH, Figures
from belong.release.coding import tenth
from belong.release.compute import Values
from belong.release.cuts import Layout
from belong.release.model import ALL, REST, UNKNOWN, Flags, Floats, Menu, Microdata, Policy
from belong.release.rows import Gap
from belong.release.rowspace import small_sets, space


@dataclass(frozen=True)
class Side:
    """A group set against another (by place), or against everyone else (``other`` None)."""

    group: int
    other: int | None


def sides(layout: Layout, menu: Menu) -> list[Side]:
    """The comparisons of a menu: each group with the reference; of two groups the first with the second;
    else each with everyone else. A two-way cell is set against everyone else.
    """
    reference = {attribute.key: attribute.reference for attribute in menu.attributes}
    found = []
    for cut in layout.cuts:
        places = [place for place in layout.of(cut) if layout.groups[place].parts != (UNKNOWN,)]
        against = [
            p for p in places if reference.get(cut) is not None and reference[cut] in layout.groups[p].parts
        ]
        if cut == ALL:
            continue
        if against:
            found += [Side(place, against[0]) for place in places if place != against[0]]
        elif len(places) == 2 and "*" not in cut:
            found.append(Side(places[0], places[1]))
        else:
            found += [Side(place, None) for place in places]
    return found


def gaps(made: Figures, compared: list[Side], policy: Policy) -> list[Gap]:
    """Every gap of the menu; one with a hidden side is hidden."""
    return [_gap(made, side, m, policy) for m in range(len(made.measures)) for side in compared]


def _gap(made: Figures, side: Side, m: int, policy: Policy) -> Gap:
    group, info = made.layout.groups[side.group], made.measures[m]
    against = REST if side.other is None else made.layout.groups[side.other].key
    gap = Gap(group.cut, group.key, against, group.label, info.key, "c")
    if not made.pattern.means[side.group, m]:
        return gap
    if side.other is not None:
        if not made.pattern.means[side.other, m]:
            return gap
        other, people = made.mean(side.other, m), made.people(side.other, m, policy)
    else:
        left = int(made.counts[0, m] - made.counts[side.group, m])
        if left < policy.threshold:
            return replace(gap, symbol="c" if left else "z")
        other, people = float(made.sums[0, m] - made.sums[side.group, m]) / left, left
    difference = made.mean(side.group, m) - other
    error = made.spreads[m] * np.sqrt(1 / made.people(side.group, m, policy) + 1 / people)
    reach = REACH * float(error)
    return replace(
        gap, symbol="u" if reach > policy.wide else "", difference=tenth(difference),
        low=tenth(difference - reach), high=tenth(difference + reach),
    )  # fmt: skip


def without_careless(
    made: Figures, found: list[Gap], compared: list[Side], values: Values, data: Microdata, policy: Policy
) -> list[Gap]:
    """The gaps again with ``sincere_difference`` where leaving careless answers out singles nobody out.

    A second mean on fewer people is one more published set: in each group of the cut, hidden ones too, those
    left out are nobody or enough people, and the sets together pass the same search as the rest.
    """
    if data.insincere is None or not data.insincere.any():
        return found
    kept = ~data.insincere
    fine = _fit_cuts(made, values.answered, kept, policy.threshold)
    points = np.nan_to_num(values.points)
    counts = (made.layout.members & kept).astype(float) @ values.answered.T.astype(float)
    sums = (made.layout.members & kept).astype(float) @ points.T
    again = []
    for place, gap in enumerate(found):
        m, side = divmod(place, len(compared))
        cut = made.layout.groups[compared[side].group].cut
        people, total = _pair(counts, compared[side], m), _pair(sums, compared[side], m)
        if gap.difference is not None and cut in fine and min(people) >= policy.threshold:
            gap = replace(gap, sincere_difference=tenth(total[0] / people[0] - total[1] / people[1]))
        again.append(gap)
    return again


def _pair(table: Floats, side: Side, m: int) -> tuple[float, float]:
    first = float(table[side.group, m])
    return first, float(table[side.other, m]) if side.other is not None else float(table[0, m]) - first


def _fit_cuts(made: Figures, answered: Flags, kept: Flags, threshold: int) -> set[str]:
    """Cuts whose gaps may be shown without careless answers, taken in menu order."""
    members, shown = made.layout.members, np.asarray(made.pattern.means.any(axis=1))
    allowed: set[str] = set()
    published = [*members[shown]]
    for cut in made.layout.cuts:
        places = made.layout.of(cut)
        left_out = (members[places] & ~kept).astype(int) @ answered.T.astype(int)
        stay = (members[places] & kept).astype(int) @ answered.T.astype(int)
        if any(((n > 0) & (n < threshold)).any() for n in (left_out, stay)):
            continue
        tried = [*published, *(members[place] & kept for place in places if shown[place])]
        if cut == ALL or _safe(np.array(tried), members[~shown], answered, threshold):
            allowed.add(cut)
            published = tried
    return allowed if ALL in allowed else set()


def _safe(published: Flags, hidden: Flags, answered: Flags, threshold: int) -> bool:
    return not any(
        len(small_sets(space(published[:, some]), hidden[:, some], threshold))
        for some in np.unique(answered, axis=0)
    )
