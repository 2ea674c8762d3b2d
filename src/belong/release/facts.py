"""Plain facts about people: every figure is a share of them, and no more exact than a percentage may be.

The mean of a yes-or-no fact is its share: to one decimal it would give the number of people it holds for, which a
whole percentage in steps does not. So the mean, its interval, the gaps and the changes of such a fact are coarsened
to the steps of a group of that size. A fact with more than two classes ("not sorted", "restore", …) has no mean at
all, as its classes are no quantity: it keeps its distribution and its share.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from belong.release.coding import band_floor, edge, percent, step
from belong.release.model import REST
from belong.release.release import Release
from belong.release.rows import SHOWN, Cell, Change, Gap


def as_shares(release: Release, categories: Mapping[str, int]) -> Release:
    """The release with every figure as coarse as the percentages beside it. Not sealed."""
    two = {f"item:{item}" for item, classes in categories.items() if classes == 2}
    return replace(
        release,
        cells=tuple(_cell(cell, cell.measure in two) for cell in release.cells),
        gaps=tuple(_gap(gap, release) for gap in release.gaps if gap.measure in two),
        changes=tuple(_change(change, release) for change in release.changes if change.measure in two),
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
    """Between shares as they are written, or it would give back what their steps and limits hide. Where a group stands
    against everyone else, whose share is not written, theirs is put in the steps and limits of the group.
    """
    if gap.symbol not in SHOWN or gap.difference is None or gap.low is None or gap.high is None:
        return gap
    cell = release.cell(gap.measure, gap.cut, gap.group)
    if gap.against == REST:
        other = percent((cell.mean or 0.0) - gap.difference, band_floor(cell.n_band))
    else:
        other = release.cell(gap.measure, gap.cut, gap.against).favourable or 0
    difference, low, high = _moved(float((cell.favourable or 0) - other), gap.low, gap.high)
    return replace(gap, difference=difference, low=low, high=high)


def _change(change: Change, release: Release) -> Change:
    """In steps, and no further than from the share now, as it is written, to the limits of shares."""
    if change.symbol not in SHOWN or change.difference is None or change.low is None or change.high is None:
        return change
    floor = band_floor(change.n_band)
    now, least = release.cell(change.measure, change.cut, change.group).favourable or 0, edge(floor)
    coarse = round(change.difference / step(floor)) * step(floor)
    most, fewest = now - least, now - (100 - least)
    difference, low, high = _moved(float(min(max(coarse, fewest), most)), change.low, change.high)
    return replace(change, difference=difference, low=low, high=high)


def _moved(value: float, low: float, high: float) -> tuple[float, float, float]:
    """The value, and an interval as wide as before in whole points."""
    reach = (high - low) / 2
    return value, float(round(value - reach)), float(round(value + reach))
