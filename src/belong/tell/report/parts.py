"""The parts as a table: now, before, and how the same people moved."""

from dataclasses import dataclass

from belong.release import Change
from belong.see.queries import Reading, is_clear
from belong.web.charts.words import interval, number, why_not_shown, with_doubt


@dataclass(frozen=True)
class PartRow:
    """One part in words and figures. `moved` is how those who answered both times changed."""

    label: str
    now: str
    interval: str
    favourable: str
    moved: str


def part_rows(reading: Reading) -> tuple[PartRow, ...]:
    """The whole score and each part, as released."""
    return tuple(
        _row(reading, info.key, info.label) for info in reading.release.measures if info.kind != "item"
    )


def _row(reading: Reading, measure: str, label: str) -> PartRow:
    cell = reading.release.cell(measure)
    moved = moved_in_words(reading.release.change(measure)) if reading.since else "not asked before"
    if cell.mean is None:
        return PartRow(label, why_not_shown(cell.symbol), "", "", moved)
    span = with_doubt(interval(cell.low, cell.high, 1), cell.symbol)
    share = f"{cell.favourable}\u00a0%" if cell.favourable is not None else ""
    more = {"top": " or more", "bottom": " or less"}.get(cell.coded, "") if share else ""
    return PartRow(label, number(cell.mean, 1), span, share + more, moved)


def moved_in_words(change: Change) -> str:
    """ "+2.4 (0.6 to 4.2)", "no change we can tell", or why there is none."""
    if change.difference is None:
        return "not the same questions" if change.symbol == "x" else why_not_shown(change.symbol)
    if change.symbol == "u":
        return why_not_shown(change.symbol)
    if not is_clear(change):
        return "no change we can tell"
    return (
        f"{number(change.difference, 1, signed=True)} ({interval(change.low, change.high, 1, signed=True)})"
    )
