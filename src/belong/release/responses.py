"""Response rates. Who answered is also a count of who did not, and both are protected."""

from __future__ import annotations

import numpy as np

from belong.release.cells import roll_of, whole_roll
from belong.release.coding import band
from belong.release.cuts import Group, Layout, Line
from belong.release.model import ALL, Flags, Ints, Microdata, Policy
from belong.release.rows import Response
from belong.release.suppress import line_holds


def responses(data: Microdata, layout: Layout, took_part: Flags, policy: Policy) -> list[Response]:
    """Rates of the whole school and of each one-way group.

    A rate is given to the whole per cent only where both those who answered and those who did not are at
    least the threshold; else it is coded so that nobody and a few missing look alike ("66 % or more"); a
    group of under twice the threshold on roll says nothing. Within each cut no coded count follows from the
    others.
    """
    found = []
    for cut in [ALL, *(cut for cut in layout.cuts if cut != ALL and "*" not in cut)]:
        groups = [layout.groups[place] for place in layout.of(cut)]
        found += _of_cut(data, groups, took_part, policy)
    return found


def _of_cut(data: Microdata, groups: list[Group], took_part: Flags, policy: Policy) -> list[Response]:
    everyone, total = whole_roll(data), int(took_part.sum())
    pairs = np.zeros((len(groups), 2), dtype=np.int64)
    known = np.zeros(len(groups), dtype=bool)
    for place, group in enumerate(groups):
        roll, answered = roll_of(data, group), int((group.members & took_part).sum())
        known[place] = roll is not None and 0 < roll >= answered
        pairs[place] = (answered, (roll or 0) - answered) if known[place] else (0, 0)
    left = np.array([total, (everyone or 0) - total]) - pairs.sum(axis=0)
    if everyone is None or (left < 0).any():
        known[:] = False  # The numbers on roll contradict the answers: no rate is better than a wrong one.
    exact = known & (pairs >= policy.threshold).all(axis=1)
    kept = exact & ~_withheld(pairs, left, exact, policy.threshold)
    rows = []
    for place, group in enumerate(groups):
        empty = Response(group.cut, group.key, group.label, "c" if known[place] else "x")
        if kept[place]:
            rows.append(_exact(group, pairs[place], policy))
        else:
            rows.append(_coded(empty, pairs[place], policy) if known[place] and not exact[place] else empty)
    return rows


def _withheld(pairs: Ints, left: Ints, exact: Flags, threshold: int) -> Flags:
    """Groups whose exact rate would, with the others', give a coded one away: the smallest go first.

    ``left`` are the people of groups whose number on roll is not known: one more hidden part.
    """
    counts = np.concatenate([pairs.sum(axis=0, keepdims=True) + left, pairs, left[None]])
    shown = np.concatenate([[True], exact, [False]])
    line = Line((0,), tuple(range(1, len(counts))))
    while not line_holds(line, counts, shown, threshold) and shown[1:].any():
        open_parts = [place for place in line.parts if shown[place]]
        shown[min(open_parts, key=lambda place: (int(counts[place].min()), place))] = False
    return ~shown[1:-1]


def _exact(group: Group, pair: Ints, policy: Policy) -> Response:
    answered, roll = int(pair[0]), int(pair.sum())
    rate = round(100 * answered / roll)
    return Response(group.cut, group.key, group.label, "", rate, band(answered, policy.threshold, roll).label)


def _coded(empty: Response, pair: Ints, policy: Policy) -> Response:
    """``rate`` is the limit that any number of the rarer kind up to the threshold would show."""
    roll = int(pair.sum())
    if roll < 2 * policy.threshold:
        return empty
    limit = 100 * policy.threshold / roll
    if pair[1] < policy.threshold:
        return Response(empty.cut, empty.group, empty.label, "", int(100 - limit), "", "top")
    return Response(empty.cut, empty.group, empty.label, "", int(limit) + 1, "", "bottom")
