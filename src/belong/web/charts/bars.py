"""Answers to questions as bars that line up where the favourable answers begin, and plain bars for shares."""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import blake2s

from django.utils.safestring import SafeString

from .frame import Frame, Place, drawn, pill, places, row_words, value_words
from .rows import Bar, Cell, Chart, Row
from .svg import joined, tag
from .words import _, number, why_not_shown, with_doubt

WIDE = Frame("wide", 560, 200, 56)
NARROW = Frame("narrow", 330, 262, 64, narrow=True)
SHARES = Frame("wide", 560, 168, 48)

# Which of the seven steps of the ramp a scale with so many answers uses, lowest answer first.
STEPS = {
    1: (6,),
    2: (2, 6),
    3: (1, 4, 7),
    4: (1, 3, 5, 7),
    5: (1, 2, 4, 6, 7),
    6: (1, 2, 3, 5, 6, 7),
    7: (1, 2, 3, 4, 5, 6, 7),
}


def bars(
    rows: Sequence[Bar],
    title: str,
    *,
    answers: Sequence[str],
    favourable: Sequence[int] = (),
    what: str = "",
    end_label: str = "",
    key: str = "",
) -> Chart:
    """How the answers to each question spread, in whole percentages.

    `answers` are the labels, lowest first (at most seven); `favourable` the codes from 1 that count as
    favourable, which must be the highest ones: all bars line up where they begin, so that the favourable
    shares can be compared by eye. `end_label` heads the column of favourable shares ("Often or always").
    """
    if not 1 <= len(answers) <= len(STEPS):
        raise ValueError(f"bars draw one to {len(STEPS)} answers, not {len(answers)}")
    what = what or _("Question")
    first_good = min(favourable) - 1 if favourable else 0
    steps = STEPS[len(answers)]
    end_label = end_label or (" / ".join(answers[first_good:]) if favourable else "")
    description = _description(rows, title, answers)
    if favourable and not key:
        key = _("Right of the line, and in the figure: %s. In per cent of those who answered.") % end_label
    name = "b" + blake2s(description.encode(), digest_size=5).hexdigest()

    def draw(frame: Frame) -> tuple[SafeString, float]:
        spots = places(frame, [(row.label, row.under) for row in rows], mark=28, top=2)
        shown = [row.shares for row in rows if row.shown and row.shares is not None]
        before = max((sum(shares[:first_good]) for shares in shown), default=0)
        after = max((sum(shares[first_good:]) for shares in shown), default=100)
        left = 0.0 if frame.narrow else frame.left
        right = frame.width if frame.narrow else frame.right
        per_point = (right - left) / max(before + after, 1)
        middle = left + before * per_point
        bottom = spots[-1].bottom if spots else 30.0
        hatch = f"{name}-{frame.name}"
        parts = [_hatch(hatch)]
        for row, place in zip(rows, spots, strict=True):
            parts.append(row_words(place, row.label, row.under))
            if not row.shown or row.shares is None:
                parts.append(pill(left, right, place.mark_y, why_not_shown(row.symbol)))
                continue
            parts.append(_segments(row.shares, steps, first_good, middle, per_point, place, hatch))
            if favourable:
                y = place.mark_y
                parts.append(tag("line", class_="meet", x1=middle, x2=middle, y1=y - 18, y2=y + 18))
            parts.append(value_words(frame, place, _end(row, first_good), ""))
        return joined(parts), bottom + 6

    legend = tuple(
        (_swatch(step, i, name), label) for i, (step, label) in enumerate(zip(steps, answers, strict=True))
    )
    head = (what, *answers, *([end_label] if favourable else []))
    table = tuple(_table_row(row, len(answers), first_good, bool(favourable)) for row in rows)
    svg = drawn(draw, description, (WIDE, NARROW))
    return Chart(title, svg, head, table, description, key, legend, kind="bars")


def rates(rows: Sequence[Row], title: str, *, what: str = "", share_label: str = "", key: str = "") -> Chart:
    """Shares from 0 to 100 % as plain bars: who answered, who has a club. Uses `Row.value` only."""
    what, share_label = what or _("Group"), share_label or _("Share")
    said = [
        f"{row.label}: {number(row.value or 0)} %"
        if row.shown
        else f"{row.label}: {why_not_shown(row.symbol)}"
        for row in rows
    ]
    description = f"{title}. " + "; ".join(said) + "."

    def draw(frame: Frame) -> tuple[SafeString, float]:
        spots = places(frame, [(row.label, row.under) for row in rows], mark=20, top=2)
        left, right = (0.0, frame.width) if frame.narrow else (frame.left, frame.right)
        parts = []
        for row, place in zip(rows, spots, strict=True):
            parts.append(row_words(place, row.label, row.under, strong=row.strong))
            if not row.shown:
                parts.append(pill(left, right, place.mark_y, why_not_shown(row.symbol)))
                continue
            box = {"x": left, "y": place.mark_y - 8, "height": 16, "rx": 8}
            length = max((right - left) * min(row.value or 0, 100) / 100, 0)
            parts.append(tag("rect", class_="track", width=right - left, **box))
            if length:
                parts.append(tag("rect", class_="share", width=max(length, 16.0), **box))
            parts.append(value_words(frame, place, f"{number(row.value or 0)} %", ""))
        return joined(parts), (spots[-1].bottom if spots else 30.0) + 4

    table = tuple(
        (
            Cell(f"{row.label} ({row.under})" if row.under else row.label, row.url),
            Cell(f"{number(row.value or 0)} %", number=True)
            if row.shown
            else Cell(why_not_shown(row.symbol), row.why),
        )
        for row in rows
    )
    svg = drawn(draw, description, (SHARES, NARROW))
    return Chart(title, svg, (what, share_label), table, description, key, kind="rates")


def _segments(
    shares: Sequence[float],
    steps: Sequence[int],
    first_good: int,
    middle: float,
    per_point: float,
    place: Place,
    hatch: str,
) -> SafeString:
    x = middle - sum(shares[:first_good]) * per_point
    parts = []
    for i, (share, step) in enumerate(zip(shares, steps, strict=True)):
        width = share * per_point
        if width <= 0:
            continue
        box = {"x": x, "y": place.mark_y - 13, "width": max(width - 1.5, 0.5), "height": 26, "rx": 3}
        parts.append(tag("rect", class_=f"seg ramp-{step}", **box))
        if i == 0:
            parts.append(tag("rect", fill=f"url(#{hatch})", **box))
        if width >= 24:
            parts.append(
                tag(
                    "text",
                    number(share),
                    x=x + width / 2,
                    y=place.mark_y + 5,
                    text_anchor="middle",
                    class_=f"on-{step}" + (" haloed" if i == 0 else ""),
                )
            )
        x += width
    return joined(parts)


def _hatch(name: str) -> SafeString:
    """Slanting lines for the lowest answer, so that the two ends differ in black and white, too."""
    line = tag("line", class_="hatch", x1=0, y1=0, x2=0, y2=7)
    pattern = tag(
        "pattern",
        line,
        id=name,
        width=7,
        height=7,
        patternUnits_="userSpaceOnUse",
        patternTransform_="rotate(45)",
    )
    return tag("defs", pattern)


def _swatch(step: int, index: int, name: str) -> SafeString:
    box = {"x": 1, "y": 1, "width": 16, "height": 16, "rx": 3}
    parts = [tag("rect", class_=f"seg ramp-{step}", **box)]
    if index == 0:
        hatch = f"{name}-key"
        parts = [_hatch(hatch), *parts, tag("rect", fill=f"url(#{hatch})", **box)]
    return tag("svg", *parts, class_="swatch", viewBox="0 0 18 18", aria_hidden="true")


def _end(row: Bar, first_good: int) -> str:
    if row.end or row.shares is None:
        return row.end
    return f"{number(sum(row.shares[first_good:]))} %" if first_good else ""


def _description(rows: Sequence[Bar], title: str, answers: Sequence[str]) -> str:
    said = []
    for row in rows:
        if row.shown and row.shares is not None:
            spread = ", ".join(f"{a} {number(s)} %" for a, s in zip(answers, row.shares, strict=True))
            said.append(with_doubt(f"{row.label}: {spread}", row.symbol))
        else:
            said.append(f"{row.label}: {why_not_shown(row.symbol)}")
    return f"{title}. " + "; ".join(said) + "."


def _table_row(row: Bar, answers: int, first_good: int, with_end: bool) -> tuple[Cell, ...]:
    label = Cell(f"{row.label} ({row.under})" if row.under else row.label, row.url)
    if not row.shown or row.shares is None:
        end = [Cell(row.end, number=True)] if with_end else []
        return (label, Cell(why_not_shown(row.symbol), row.why), *([Cell("")] * (answers - 1)), *end)
    cells = [Cell(f"{number(share)} %", number=True) for share in row.shares]
    if with_end:
        cells.append(Cell(_end(row, first_good), number=True))
    return (label, *cells)
