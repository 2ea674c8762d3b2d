"""Change between two times as sloping lines, each named at its end."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from django.utils.safestring import SafeString

from .frame import LEADING, Frame, Scale, drawn, pill, row_words
from .frame import places as row_places
from .rows import Cell, Chart, Row
from .svg import joined, lines_of_text, tag, wrapped
from .words import _, interval, number, why_not_shown, with_doubt

HEIGHT = 250.0
TOP = 40.0


def slopes(
    rows: Sequence[Row],
    title: str,
    *,
    before: str,
    now: str,
    what: str = "",
    domain: tuple[float, float] | None = None,
    decimals: int = 0,
    key: str | None = None,
) -> Chart:
    """From `Row.was` to `Row.value`, points of 100, with the 95 % interval of the later figure.

    Good for two to eight rows. If some rows are `strong` the others step back. Rows without both figures are
    said in words below the drawing.
    """
    what = what or _("Part")
    full = [row for row in rows if row.shown and row.was is not None]
    rest = [row for row in rows if row not in full]
    found = [x for row in full for x in (row.value, row.low, row.high, row.was) if x is not None]
    low, high = domain or ((min(found) - 1, max(found) + 1) if found else (0, 100))
    with_intervals = _apart(full)
    description = _description(rows, title, before, now, decimals)

    def draw(frame: Frame) -> tuple[SafeString, float]:
        left, right = (34.0, 158.0) if frame.narrow else (60.0, 330.0)
        height = max(HEIGHT, 40.0 * len(full))
        scale = Scale(low, high, TOP + height, TOP)
        parts = [_times(left, right, before, now, height)]
        emphasis = any(row.strong for row in full)
        for row in full:
            parts.append(_line(row, scale, left, right, with_intervals, faint=emphasis and not row.strong))
        parts += _start_words(full, scale, left - 12, decimals)
        parts += _end_words(full, scale, right + 14, frame.width, decimals)
        bottom = TOP + height + 16
        spots = row_places(frame, [(row.label, row.under) for row in rest], top=bottom)
        for row, place in zip(rest, spots, strict=True):
            parts.append(row_words(place, row.label, row.under))
            parts.append(pill(frame.left, frame.right, place.mark_y, _no_slope(row)))
        return joined(parts), (spots[-1].bottom if spots else bottom)

    head = (what, before, now, _("95 % interval"), _("Change"))
    if key is None:
        key = _("Points of 100, the same questions both times.") + " "
        key += _("Upright lines: 95 % interval.") if with_intervals else _("95 % intervals are in the table.")
    table = tuple(_table_row(row, decimals) for row in rows)
    return Chart(title, drawn(draw, description), head, table, description, key, kind="slopes")


def spread(wanted: Sequence[float], heights: Sequence[float], top: float, bottom: float) -> list[float]:
    """Middles near those wanted, in the same order, moved apart so that boxes of `heights` do not overlap.

    Goes down pushing each below the one before, then up again if the last has left the drawing.
    """
    order = sorted(range(len(wanted)), key=lambda i: wanted[i])
    out = list(wanted)
    for above, below in pairwise(order):
        out[below] = max(out[below], out[above] + (heights[above] + heights[below]) / 2)
    if order and out[order[-1]] > bottom + 8:
        out[order[-1]] = bottom + 8
        for below, above in pairwise(reversed(order)):
            out[above] = min(out[above], out[below] - (heights[above] + heights[below]) / 2)
    return out


def _apart(rows: Sequence[Row]) -> bool:
    """Whether every row has an interval and none touches another: on one axis they would hide each other."""
    spans = [(row.low, row.high) for row in rows if row.low is not None and row.high is not None]
    spans.sort()
    return len(spans) == len(rows) and all(below[1] < above[0] for below, above in pairwise(spans))


def _times(left: float, right: float, before: str, now: str, height: float) -> SafeString:
    parts = []
    for x, name in ((left, before), (right, now)):
        parts.append(tag("line", class_="axis", x1=x, x2=x, y1=TOP - 8, y2=TOP + height + 4))
        parts.append(tag("text", name, x=x, y=18, text_anchor="middle", class_="label"))
    return joined(parts)


def _line(
    row: Row, scale: Scale, left: float, right: float, with_interval: bool, *, faint: bool
) -> SafeString:
    start, end = scale(row.was or 0), scale(row.value or 0)
    manner = " faint" if faint else ""
    parts = [tag("line", class_=f"slope{manner}", x1=left, y1=start, x2=right, y2=end)]
    if with_interval and row.low is not None and row.high is not None:
        parts.append(
            tag("line", class_=f"iv{manner}", x1=right, x2=right, y1=scale(row.low), y2=scale(row.high))
        )
    parts.append(tag("circle", class_=f"was{manner}", cx=left, cy=start, r=5))
    parts.append(tag("circle", class_=f"dot{manner}", cx=right, cy=end, r=6))
    return joined(parts)


def _start_words(rows: Sequence[Row], scale: Scale, x: float, decimals: int) -> list[SafeString]:
    """The earlier figures, left of their dots."""
    middles = spread([scale(row.was or 0) for row in rows], [LEADING] * len(rows), scale.right, scale.left)
    words = [number(row.was or 0, decimals) for row in rows]
    kind = {"text_anchor": "end", "class_": "quiet-text"}
    return [tag("text", one, x=x, y=y + 5, **kind) for one, y in zip(words, middles, strict=True)]


def _end_words(rows: Sequence[Row], scale: Scale, x: float, width: float, decimals: int) -> list[SafeString]:
    """Each line's later figure and name at its end, moved apart where they would touch."""
    emphasis = any(row.strong for row in rows)
    words = [
        wrapped(f"{number(row.value or 0, decimals)} {row.label}", width - x - 2, lines=2) for row in rows
    ]
    heights = [len(lines) * LEADING + 4 for lines in words]
    middles = spread([scale(row.value or 0) for row in rows], heights, scale.right, scale.left)
    out = []
    for row, lines, middle in zip(rows, words, middles, strict=True):
        first = middle - (len(lines) - 1) * LEADING / 2 + 5
        kind = "label" if row.strong or not emphasis else "quiet-text"
        out.append(lines_of_text(lines, x, first, leading=LEADING, class_=kind))
    return out


def _no_slope(row: Row) -> str:
    return why_not_shown(row.symbol) if not row.shown else _("not asked before")


def _description(rows: Sequence[Row], title: str, before: str, now: str, decimals: int) -> str:
    said = []
    for row in rows:
        if row.shown and row.was is not None:
            text = (
                f"{row.label}: {before} {number(row.was, decimals)}, {now} {number(row.value or 0, decimals)}"
            )
            if span := interval(row.low, row.high, decimals):
                text += f" ({span})"
            said.append(with_doubt(text, row.symbol))
        else:
            said.append(f"{row.label}: {_no_slope(row)}")
    return f"{title}. " + "; ".join(said) + "."


def _table_row(row: Row, decimals: int) -> tuple[Cell, ...]:
    label = Cell(f"{row.label} ({row.under})" if row.under else row.label, row.url)
    if not row.shown:
        return (label, Cell(""), Cell(why_not_shown(row.symbol), row.why), Cell(""), Cell(""))
    value = row.value or 0
    was = "" if row.was is None else number(row.was, decimals)
    change = "" if row.was is None else number(value - row.was, decimals, signed=True)
    return (
        label,
        Cell(was, number=True),
        Cell(number(value, decimals), number=True),
        Cell(interval(row.low, row.high, decimals), number=True),
        Cell(change, number=True),
    )
