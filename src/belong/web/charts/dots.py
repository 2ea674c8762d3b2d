"""Dot and interval: how high each row stands, how sure we are, and where it stood before."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.safestring import SafeString

from .frame import Frame, Place, Scale, drawn, pill, places, row_words, tick_lines, value_words
from .rows import Cell, Chart, Row
from .svg import joined, nice_ticks, tag
from .words import _, interval, number, why_not_shown, with_doubt


def dots(
    rows: Sequence[Row],
    title: str,
    *,
    what: str = "",
    now: str = "",
    before: str = "",
    domain: tuple[float, float] | None = None,
    reference: float | None = None,
    reference_label: str = "",
    decimals: int = 0,
    unit: str = "",
    key: str | None = None,
) -> Chart:
    """Scores (points of 100) with 95 % intervals, one row each.

    `title` states the finding. `what` heads the label column ("Part"); `now` and `before` name the two
    times ("Spring", "Autumn"); without `before` no earlier figure is drawn. `domain` fixes the axis;
    otherwise round numbers around the data. `reference` draws an upright line, such as the score of all
    pupils. `unit` follows each figure (" %"). `key` replaces the sentence that explains the marks.
    """
    what, now = what or _("Part"), now or _("Now")
    ticks = _ticks(rows, domain, reference)
    description = _description(rows, title, before, decimals, unit)

    def draw(frame: Frame) -> tuple[SafeString, float]:
        scale = Scale(ticks[0], ticks[-1], frame.left, frame.right, tuple(ticks))
        spots = places(
            frame, [(row.label, row.under) for row in rows], top=24 if reference is not None else 6
        )
        top, bottom = spots[0].top if spots else 6.0, (spots[-1].bottom if spots else 40.0) + 4
        parts = [tick_lines(frame, scale, top, bottom, lambda tick: number(tick))]
        if reference is not None:
            parts.append(_reference(scale, reference, reference_label, top, bottom))
        for row, place in zip(rows, spots, strict=True):
            parts.append(row_words(place, row.label, row.under, strong=row.strong))
            if not row.shown:
                parts.append(pill(frame.left, frame.right, place.mark_y, why_not_shown(row.symbol)))
                continue
            parts.append(_mark(scale, row, place, with_before=bool(before)))
            value, span = number(row.value or 0, decimals) + unit, interval(row.low, row.high, decimals)
            parts.append(value_words(frame, place, value, span))
        return joined(parts), bottom + 28

    if key is None:
        key = _("Filled: now, with 95 % interval.")
        if before:
            key += " " + _("Hollow: %s, same questions.") % before
    head, table = _table(rows, what, now, before, decimals, unit)
    return Chart(title, drawn(draw, description), head, table, description, key, kind="dots")


def _ticks(rows: Sequence[Row], domain: tuple[float, float] | None, reference: float | None) -> list[float]:
    if domain:
        return nice_ticks(*domain)
    found = [x for row in rows if row.shown for x in (row.value, row.low, row.high, row.was) if x is not None]
    found += [reference] if reference is not None else []
    if not found:
        return nice_ticks(0, 100)
    low, high = min(found), max(found)
    room = max((high - low) * 0.06, 10 - (high - low), 1)
    return nice_ticks(max(0, low - room), min(100, high + room))


def _mark(scale: Scale, row: Row, place: Place, *, with_before: bool) -> SafeString:
    y, doubt = place.mark_y, " unsure" if row.symbol == "u" else ""
    parts = []
    if row.low is not None and row.high is not None:
        parts.append(tag("line", class_=f"iv{doubt}", x1=scale(row.low), x2=scale(row.high), y1=y, y2=y))
    if with_before and row.was is not None:
        parts.append(tag("circle", class_="was", cx=scale(row.was), cy=y, r=5))
    parts.append(tag("circle", class_=f"dot{doubt}", cx=scale(row.value or 0), cy=y, r=7))
    return joined(parts)


def _reference(scale: Scale, value: float, label: str, top: float, bottom: float) -> SafeString:
    x = scale(value)
    anchor = "end" if x > (scale.left + scale.right) / 2 else "start"
    return joined(
        [
            tag("line", class_="mid", x1=x, x2=x, y1=top, y2=bottom),
            tag(
                "text",
                label,
                x=x + (-6 if anchor == "end" else 6),
                y=top - 7,
                text_anchor=anchor,
                class_="quiet-text",
            ),
        ]
    )


def _description(rows: Sequence[Row], title: str, before: str, decimals: int, unit: str) -> str:
    said = []
    for row in rows:
        if not row.shown:
            said.append(f"{row.label}: {why_not_shown(row.symbol)}")
            continue
        text = f"{row.label}: {number(row.value or 0, decimals)}{unit}"
        if span := interval(row.low, row.high, decimals):
            text += f" ({span})"
        if before and row.was is not None:
            text += f", {before} {number(row.was, decimals)}{unit}"
        said.append(with_doubt(text, row.symbol))
    return f"{title}. " + "; ".join(said) + "."


def _table(
    rows: Sequence[Row], what: str, now: str, before: str, decimals: int, unit: str
) -> tuple[tuple[str, ...], tuple[tuple[Cell, ...], ...]]:
    head = (what, now, _("95 % interval"), *([before] if before else []))
    table = []
    for row in rows:
        label = Cell(f"{row.label} ({row.under})" if row.under else row.label, row.url)
        if not row.shown:
            table.append((label, Cell(why_not_shown(row.symbol), row.why), *([Cell("")] * (len(head) - 2))))
            continue
        cells = [label, Cell(number(row.value or 0, decimals) + unit, number=True)]
        cells.append(Cell(interval(row.low, row.high, decimals), number=True))
        if before:
            was = "" if row.was is None else number(row.was, decimals) + unit
            cells.append(Cell(was, number=True))
        table.append(tuple(cells))
    return head, tuple(table)
