"""Plain facts about people: every figure is a share of them, and no more exact than a percentage may be.

The mean of a yes-or-no fact is its share: to one decimal it would give the number of people it holds for, which a
whole percentage in steps does not. So the mean, its interval, the gaps and the changes of such a fact are coarsened
to the steps of a group of that size. A fact with more than two classes ("not sorted", "restore", …) has no mean at
all, as its classes are no quantity: it keeps its distribution and its share.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from belong.release.coding import band_floor, step
from belong.release.model import ALL, REST
from belong.release.release import Release
from belong.release.rows import SHOWN, Cell, Change, Gap


def as_shares(release: Release, categories: Mapping[str, int]) -> Release:
    """The release with every figure as coarse as the percentages beside it. Not sealed."""
    two = {f"item:{item}" for item, classes in categories.items() if classes == 2}
    return replace(
        release,
        cells=tuple(_cell(cell, cell.measure in two) for cell in release.cells),
        gaps=tuple(_gap(gap, release) for gap in release.gaps if gap.measure in two),
        changes=tuple(_change(change) for change in release.changes if change.measure in two),
    )


def _cell(cell: Cell, is_share: bool) -> Cell:
    if cell.mean is None or cell.low is None or cell.high is None:
        return cell
    if not is_share or cell.favourable is None:
        return replace(cell, symbol="", mean=None, low=None, high=None, shrunk=None)
    reach = (cell.high - cell.low) / 2
    share = float(cell.favourable)
    low, high = (float(round(min(max(end, 0), 100))) for end in (share - reach, share + reach))
    return replace(cell, mean=share, low=low, high=high, shrunk=None)


def _gap(gap: Gap, release: Release) -> Gap:
    """Steps of the smaller group; of the group itself where it stands against everyone else."""
    if gap.symbol not in SHOWN or gap.difference is None or gap.low is None or gap.high is None:
        return gap
    other = (ALL, ALL) if gap.against == REST else (gap.cut, gap.against)
    pair = release.cell(gap.measure, gap.cut, gap.group), release.cell(gap.measure, *other)
    by = max(step(band_floor(cell.n_band)) for cell in pair)
    difference, low, high = _around(gap.difference, gap.low, gap.high, by)
    return replace(gap, difference=difference, low=low, high=high)


def _change(change: Change) -> Change:
    if change.symbol not in SHOWN or change.difference is None or change.low is None or change.high is None:
        return change
    by = step(band_floor(change.n_band))
    difference, low, high = _around(change.difference, change.low, change.high, by)
    return replace(change, difference=difference, low=low, high=high)


def _around(value: float, low: float, high: float, by: int) -> tuple[float, float, float]:
    """The value in steps, and an interval as wide as before in whole points."""
    coarse, reach = round(value / by) * by, (high - low) / 2
    return float(coarse), float(round(coarse - reach)), float(round(coarse + reach))
