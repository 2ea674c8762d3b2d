"""The section on what changed between two files for the same people."""

from __future__ import annotations

from belong.measure.comparing import Compared, GroupMoved, Moved
from belong.measure.results import Analysis
from belong.tell.analysis.blocks import Block, Grid, Note, Para, Section
from belong.tell.analysis.words import decimal3, people, span, thousands
from belong.web.charts.words import number, why_not_shown

METHOD = (
    "Change: the same people in both files, matched by --id. “Alike at the start”: analysis of covariance on the "
    "first score. “More than the others”: difference in differences. Standard errors hold for people in clusters "
    "where --cluster names them (Liang & Zeger 1986). “By chance alone”: regression to the mean, (1 − stability) × "
    "distance from everybody's mean at the start (Barnett, van der Pols & Dobson 2005). “Sincere only”: the figure "
    "before it without answers that were probably not meant, where that leaves out nobody or ten and more."
)


def change(analysis: Analysis) -> Section | None:
    """What changed overall and by group, and what would have changed by itself."""
    found = analysis.compared
    if found is None:
        return None
    who = people(analysis)
    blocks: list[Block] = [Para(_whole(found, who), strong=True), Para(_panel(found, who))]
    if found.groups:
        head = ("Group", "People", "Change", "Alike at the start", "Sincere only", "More than the others",
                "Sincere only", "By chance alone")  # fmt: skip
        rows = tuple((f"{one.label}", *_cells(one)) for one in found.groups)
        blocks.append(Grid("Change by group, in points of 100 with 95 % intervals", head, rows))
        blocks.append(Note(CAUTION))
    return Section("change", "What changed for the same people", tuple(blocks))


CAUTION = (
    "A group that was chosen because it scored low comes back towards the mean by itself: take away “by chance "
    "alone” before you call a change an effect. People who chose a group themselves (a club, say) may have been about "
    "to change anyway. The two comparisons answer different questions and need not agree."
)


def _whole(found: Compared, who: str) -> str:
    moved = f"{number(found.change.value, 1, signed=True)} points (95 % interval {_span(found.change)})"
    if found.change.low <= 0 <= found.change.high:
        return f"No change we can tell among {thousands(found.matched)} {who} in both files: {moved}."
    way = "higher" if found.change.value > 0 else "lower"
    return f"{thousands(found.matched)} {who} in both files score {way} than before: {moved}."


def _panel(found: Compared, who: str) -> str:
    text = (
        f"{found.before} is the first file, {found.after} the second. Only in the first: {found.only_before} {who}; "
        f"only in the second: {found.only_after}. The two scores of one person correlate {decimal3(found.stability)}."
    )
    if found.sincere is not None:
        sincere = number(found.sincere, 1, signed=True)
        text += f" Without answers that were probably not meant the change is {sincere} points."
    if not found.clustered:
        text += " No classes or schools were named, so the intervals take people as unrelated."
    return text


def _cells(one: GroupMoved) -> tuple[str, ...]:
    if one.symbol:
        return (why_not_shown("c"), *("–" for _ in range(6)))
    return (
        one.band,
        _moved(one.change),
        _moved(one.alike),
        _points(one.alike_sincere),
        _moved(one.more),
        _points(one.more_sincere),
        _points(one.regression),
    )


def _points(value: float | None) -> str:
    return "–" if value is None else number(value, 1, signed=True)


def _moved(found: Moved | None) -> str:
    return "–" if found is None else f"{number(found.value, 1, signed=True)} ({_span(found)})"


def _span(found: Moved) -> str:
    return span(found.low, found.high)
