"""Two files of the same questions, the same people found again: what changed, for whom, and what chance alone does."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from belong.measure.answers import Answers, Grouping
from belong.measure.estimate import Design, mean
from belong.measure.hiding import THRESHOLD, UNKNOWN, band, hidden_groups
from belong.measure.insincere import insincere
from belong.measure.instrument import Instrument
from belong.measure.panel import NoPanel, PanelChange, panel_change
from belong.measure.reading import InputError
from belong.measure.responses import Floats
from belong.measure.scores import score


@dataclass(frozen=True)
class Moved:
    """A difference in points of 100 with its 95 % limits."""

    value: float
    low: float
    high: float


@dataclass(frozen=True)
class GroupMoved:
    """One group of a cut, by what the first file says. ``symbol`` "c": too few to show.

    ``alike``: difference after at the same start, against everyone else in the cut (ANCOVA). ``more``: how much more it
    changed than they did (difference in differences). ``regression``: how far it would have moved towards everybody's
    mean by chance alone, had it been chosen for where it started. ``alike_sincere`` and ``more_sincere``: the same
    without answers that were probably not meant on either occasion, where that leaves out nobody or ten and more.
    """

    cut: str
    label: str
    symbol: str
    band: str
    change: Moved | None = None
    alike: Moved | None = None
    more: Moved | None = None
    regression: float | None = None
    alike_sincere: float | None = None
    more_sincere: float | None = None


@dataclass(frozen=True)
class Compared:
    """``only_before`` and ``only_after`` are bands of people found in one file alone; ``sincere`` the change without
    answers that were probably not meant, on either occasion, where it may be shown.
    """

    before: str
    after: str
    matched: int
    only_before: str
    only_after: str
    stability: float
    change: Moved
    sincere: float | None
    clustered: bool
    groups: tuple[GroupMoved, ...]


def compare(before: Answers, after: Answers, instrument: Instrument) -> Compared:
    """What changed from one file to the other among the people in both, who must be named in ``Answers.persons``.

    Raises InputError where the files do not ask the same questions, or fewer than ten people have a score in both.
    """
    if before.responses.counts is not None or after.responses.counts is not None:
        raise InputError(
            "Comparing two files needs every person's own line: read both in memory (--engine memory)."
        )
    if before.responses.ids != after.responses.ids:
        odd = sorted(set(before.responses.ids) ^ set(after.responses.ids))
        raise InputError(f"{after.source}: the two files do not ask the same questions ({', '.join(odd)}).")
    rows, others = _found_again(before, after)
    first, second = (
        score(side.responses, instrument)[place] for side, place in ((before, rows), (after, others))
    )
    both = ~np.isnan(first) & ~np.isnan(second)
    if both.sum() < THRESHOLD:
        raise InputError(
            f"{after.source}: only {int(both.sum())} people have a score in both files; at least {THRESHOLD} are "
            "needed. Is --id the column that names a person in both?"
        )
    clusters = None if before.design.clusters is None else before.design.clusters[rows]
    moved = np.where(both, second - first, np.nan)
    design = Design(len(rows), clusters=clusters)
    whole = mean(moved, design)
    meant = ~(insincere(before.responses)[rows] | insincere(after.responses)[others])
    left = int((both & ~meant).sum())
    return Compared(
        before=before.source,
        after=after.source,
        matched=int(both.sum()),
        only_before=_band(len(before) - len(rows)),
        only_after=_band(len(after) - len(others)),
        stability=float(np.corrcoef(first[both], second[both])[0, 1]),
        change=Moved(whole.value, whole.low, whole.high),
        sincere=mean(moved, design, meant).value if left == 0 or left >= THRESHOLD else None,
        clustered=clusters is not None,
        groups=_groups(before.groupings, rows, _Sides(first, second, meant, clusters)),
    )


def _found_again(before: Answers, after: Answers) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Rows of the same people in both files, in the first file's order."""
    if before.persons is None or after.persons is None:
        raise InputError("Name the column that tells people apart with --id.")
    for side in (before, after):
        assert side.persons is not None
        names = [name for name in side.persons.tolist() if name]
        if len(set(names)) < len(names):
            twice = next(name for name in names if names.count(name) > 1)
            raise InputError(
                f"{side.source}: '{twice}' stands in more than one line. Each person may stand there once."
            )
    place = {name: row for row, name in enumerate(after.persons.tolist()) if name}
    pairs = [(row, place[name]) for row, name in enumerate(before.persons.tolist()) if name in place]
    if not pairs:
        raise InputError(f"{after.source}: nobody of {before.source} is in it. Is --id right for both files?")
    first, second = zip(*pairs, strict=True)
    return np.array(first, dtype=np.intp), np.array(second, dtype=np.intp)


@dataclass(frozen=True)
class _Sides:
    """Both scores of the people found again, who meant their answers, and where they sit."""

    first: Floats
    second: Floats
    meant: NDArray[np.bool_]
    clusters: NDArray[np.intp] | None


def _groups(cuts: tuple[Grouping, ...], rows: NDArray[np.intp], sides: _Sides) -> tuple[GroupMoved, ...]:
    both = ~np.isnan(sides.first) & ~np.isnan(sides.second)
    values = {cut.name: cut.values[rows] for cut in cuts}
    hidden = hidden_groups(values, both)
    out = []
    for cut in cuts:
        own = values[cut.name]
        for name in [str(value) for value in np.unique(own) if value != UNKNOWN]:
            mine = (own == name) & both
            if name in hidden[cut.name]:
                out.append(GroupMoved(cut.name, cut.label(name), "c", ""))
                continue
            out.append(_group(cut, name, mine, (own != UNKNOWN) & both, sides))
    return tuple(out)


def _group(
    cut: Grouping, name: str, mine: NDArray[np.bool_], known: NDArray[np.bool_], sides: _Sides
) -> GroupMoved:
    moved = np.where(mine, sides.second - sides.first, np.nan)
    own = mean(moved, Design(len(moved), clusters=sides.clusters))
    result = GroupMoved(
        cut.name, cut.label(name), "", band(int(mine.sum())), Moved(own.value, own.low, own.high)
    )
    found = _panel(mine, known, sides)
    if found is None:
        return result
    alike, more = (Moved(e.value, e.low, e.high) for e in (found.ancova, found.differences))
    sincere = _panel(mine, known & sides.meant, sides) if _may_leave_out(mine, known, sides.meant) else None
    return replace(
        result,
        alike=alike,
        more=more,
        regression=found.regression,
        alike_sincere=sincere.ancova.value if sincere else None,
        more_sincere=sincere.differences.value if sincere else None,
    )


def _panel(mine: NDArray[np.bool_], rows: NDArray[np.bool_], sides: _Sides) -> PanelChange | None:
    units = None if sides.clusters is None else sides.clusters[rows]
    try:
        return panel_change(sides.first[rows], sides.second[rows], mine[rows], units)
    except NoPanel:
        return None


def _may_leave_out(mine: NDArray[np.bool_], known: NDArray[np.bool_], meant: NDArray[np.bool_]) -> bool:
    """Nobody, or ten and more, of the group and of the others; so the two figures give no small set away."""
    gone = [int((side & ~meant).sum()) for side in (known & mine, known & ~mine)]
    left = [int((side & meant).sum()) for side in (known & mine, known & ~mine)]
    return all(count == 0 or count >= THRESHOLD for count in gone) and min(left) >= THRESHOLD


def _band(count: int) -> str:
    return band(count) if count else "none"
