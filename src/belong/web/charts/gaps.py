"""Differences between groups around a line of no difference, with what may honestly be said of each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString

from .frame import Frame, Place, Scale, drawn, pill, places, row_words, tick_lines, value_words
from .rows import Cell, Chart, Row
from .svg import joined, nice_ticks, tag
from .words import _, interval, number, why_not_shown


@dataclass(frozen=True, slots=True)
class Words:
    """What is said of a difference: below, above and around the line, at the line, in the table's head."""

    below: str
    above: str
    unsure: str
    line: str
    head: str

    def of(self, row: Row) -> str:
        if not row.shown or row.symbol == "u":
            return why_not_shown(row.symbol)
        if not _clear(row):
            return self.unsure
        return self.below if (row.value or 0) < 0 else self.above


def between_groups() -> Words:
    return Words(_("lower"), _("higher"), _("no difference we can tell"), _("no difference"), _("Difference"))


def between_times() -> Words:
    return Words(_("fallen"), _("risen"), _("no change we can tell"), _("no change"), _("Change"))


def changes(
    rows: Sequence[Row],
    title: str,
    *,
    what: str = "",
    domain: tuple[float, float] | None = None,
    decimals: int = 0,
    key: str | None = None,
) -> Chart:
    """Changes since an earlier wave on the same questions, in points of 100, with 95 % intervals."""
    if key is None:
        key = _(
            "Points of 100, the same questions both times, with 95 % interval. Dashed: no change we can tell."
        )
    return gaps(
        rows, title, what=what or _("Part"), domain=domain, decimals=decimals, key=key, words=between_times()
    )


def gaps(
    rows: Sequence[Row],
    title: str,
    *,
    what: str = "",
    before: str = "",
    domain: tuple[float, float] | None = None,
    decimals: int = 0,
    key: str | None = None,
    words: Words | None = None,
) -> Chart:
    """Differences in points of 100 (this group minus the one it is compared with), with 95 % intervals.

    An interval that takes in nought is drawn dashed and said as "no difference we can tell". `before` names
    the earlier time of `Row.was`; `what` heads the label column ("Groups").
    """
    what, words = what or _("Groups"), words or between_groups()
    found = [x for row in rows if row.shown for x in (row.value, row.low, row.high, row.was) if x is not None]
    ticks = nice_ticks(*(domain or (min([*found, -5.0]), max([*found, 0.0]))))
    description = _description(rows, title, before, decimals, words)

    def draw(frame: Frame) -> tuple[SafeString, float]:
        scale = Scale(ticks[0], ticks[-1], frame.left, frame.right, tuple(ticks))
        spots = places(frame, [(row.label, row.under) for row in rows])
        top, bottom = 2.0, (spots[-1].bottom if spots else 40.0) + 4
        parts = [tick_lines(frame, scale, top, bottom, lambda tick: _tick_words(scale, tick, words.line))]
        parts.append(tag("line", class_="mid", x1=scale(0), x2=scale(0), y1=top, y2=bottom))
        for row, place in zip(rows, spots, strict=True):
            parts.append(row_words(place, row.label, row.under, strong=row.strong))
            if not row.shown:
                parts.append(pill(frame.left, frame.right, place.mark_y, why_not_shown(row.symbol)))
                continue
            parts.append(_mark(scale, row, place, with_before=bool(before)))
            value = number(row.value or 0, decimals, signed=True)
            parts.append(value_words(frame, place, value, interval(row.low, row.high, decimals, signed=True)))
        return joined(parts), bottom + 28

    if key is None:
        key = _("Points of 100, with 95 % interval. Dashed: no difference we can tell.")
        if before:
            key += " " + _("Hollow: %s.") % before
    head, table = _table(rows, what, before, decimals, words)
    return Chart(title, drawn(draw, description), head, table, description, key, kind="gaps")


def finding(row: Row) -> str:
    """What may be said of a gap: lower, higher, no difference we can tell, or why there is no figure."""
    return between_groups().of(row)


def _clear(row: Row) -> bool:
    return row.low is not None and row.high is not None and (row.low > 0 or row.high < 0)


def _tick_words(scale: Scale, tick: float, line: str) -> str:
    if tick == 0:
        return line
    # The words at nought are about 90 px wide: figures too near them would run into them.
    return number(tick, signed=True) if abs(scale(tick) - scale(0)) > 62 else ""


def _mark(scale: Scale, row: Row, place: Place, *, with_before: bool) -> SafeString:
    y, doubt = place.mark_y, "" if _clear(row) and row.symbol == "" else " unsure"
    parts = []
    if row.low is not None and row.high is not None:
        parts.append(tag("line", class_=f"iv{doubt}", x1=scale(row.low), x2=scale(row.high), y1=y, y2=y))
    if with_before and row.was is not None:
        parts.append(tag("circle", class_="was", cx=scale(row.was), cy=y, r=5))
    parts.append(tag("circle", class_=f"dot{doubt}", cx=scale(row.value or 0), cy=y, r=7))
    return joined(parts)


def _description(rows: Sequence[Row], title: str, before: str, decimals: int, words: Words) -> str:
    said = []
    for row in rows:
        text = f"{row.label}: {words.of(row)}"
        if row.shown:
            text += f", {number(row.value or 0, decimals, signed=True)}"
            if span := interval(row.low, row.high, decimals, signed=True):
                text += f" ({span})"
            if before and row.was is not None:
                text += f", {before} {number(row.was, decimals, signed=True)}"
        said.append(text)
    return f"{title}. " + "; ".join(said) + "."


def _table(
    rows: Sequence[Row], what: str, before: str, decimals: int, words: Words
) -> tuple[tuple[str, ...], tuple[tuple[Cell, ...], ...]]:
    head = (what, words.head, _("95 % interval"), *([before] if before else []), _("What we can say"))
    table = []
    for row in rows:
        cells = [Cell(f"{row.label} ({row.note})" if row.note else row.label, row.url)]
        if row.shown:
            cells.append(Cell(number(row.value or 0, decimals, signed=True), number=True))
            cells.append(Cell(interval(row.low, row.high, decimals, signed=True), number=True))
        else:
            cells += [Cell(""), Cell("")]
        if before:
            was = number(row.was, decimals, signed=True) if row.shown and row.was is not None else ""
            cells.append(Cell(was, number=True))
        cells.append(Cell(words.of(row), "" if row.shown else row.why))
        table.append(tuple(cells))
    return head, tuple(table)
