"""Where things go: the two frames every chart is drawn in, the rows' places, and the pair of drawings."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from .svg import joined, lines_of_text, tag, text_width, wrapped

LEADING = 18.0
NOTE_SIZE = 13.5


@dataclass(frozen=True, slots=True)
class Frame:
    """Sizes in px of the drawing's own grid. Narrow puts each label above its mark, wide beside it."""

    name: str
    width: float
    label_width: float
    value_width: float
    narrow: bool = False

    @property
    def left(self) -> float:
        return 10.0 if self.narrow else self.label_width + 16

    @property
    def right(self) -> float:
        return self.width - (10.0 if self.narrow else self.value_width + 12)


WIDE = Frame("wide", 560, 168, 96)
NARROW = Frame("narrow", 330, 220, 100, narrow=True)


@dataclass(frozen=True, slots=True)
class Place:
    """A row's place: the lines of its label and note with their first baselines, the mark's middle, ends."""

    lines: tuple[str, ...]
    notes: tuple[str, ...]
    label_y: float
    note_y: float
    mark_y: float
    top: float
    bottom: float


@dataclass(frozen=True, slots=True)
class Scale:
    """Data to px along the frame."""

    low: float
    high: float
    left: float
    right: float
    ticks: tuple[float, ...] = field(default=())

    def __call__(self, value: float) -> float:
        share = (min(max(value, self.low), self.high) - self.low) / ((self.high - self.low) or 1)
        return self.left + share * (self.right - self.left)


def places(
    frame: Frame, labels: Sequence[tuple[str, str]], *, mark: float = 26, top: float = 6
) -> list[Place]:
    """Places for (label, note) pairs from the top down; `mark` is the height a mark needs."""
    out = []
    y = top
    for label, note in labels:
        lines = wrapped(label, frame.label_width, bold=True, lines=3)
        room = frame.width if frame.narrow else frame.label_width
        notes = wrapped(note, room, size=NOTE_SIZE, lines=2) if note else []
        words = (len(lines) + len(notes)) * LEADING
        if frame.narrow:
            label_y, height = y + 16, words + mark + 12
            mark_y = y + words + mark / 2 + 4
        else:
            height = max(mark + 14, words + 18)
            label_y, mark_y = y + (height - words) / 2 + 13.5, y + height / 2
        note_y = label_y + len(lines) * LEADING
        out.append(Place(tuple(lines), tuple(notes), label_y, note_y, mark_y, y, y + height))
        y += height
    return out


def row_words(place: Place, label: str, note: str, *, strong: bool = False) -> SafeString:
    """A row's label and note; the whole label is in the hover text when it had to be shortened."""
    shortened = any(line.endswith("…") for line in place.lines)
    parts = [
        lines_of_text(
            list(place.lines), 0, place.label_y, leading=LEADING, class_="strong" if strong else "label"
        )
    ]
    if note:
        parts.append(lines_of_text(list(place.notes), 0, place.note_y, leading=LEADING, class_="note-text"))
    return tag("g", tag("title", label) if shortened else "", *parts)


def value_words(frame: Frame, place: Place, value: str, interval: str) -> SafeString:
    """The figure at the row's end: bold value, quiet interval under it (wide) or beside it (narrow)."""
    if frame.narrow:
        gap = text_width(interval, 13.5) + 7 if interval else 0
        return joined(
            [
                tag("text", value, x=frame.width - gap, y=place.label_y, text_anchor="end", class_="value"),
                tag("text", interval, x=frame.width, y=place.label_y, text_anchor="end", class_="quiet-text"),
            ]
        )
    y = place.mark_y + (-2.5 if interval else 5)
    parts = [tag("text", value, x=frame.width, y=y, text_anchor="end", class_="value")]
    if interval:
        parts.append(tag("text", interval, x=frame.width, y=y + 17, text_anchor="end", class_="quiet-text"))
    return joined(parts)


def pill(left: float, right: float, y: float, words: str) -> SafeString:
    """The honest answer where there is no figure: words in a dashed, rounded box in the middle."""
    width = min(text_width(words, 13.5) + 28, right - left)
    middle = (left + right) / 2
    return joined(
        [
            tag("rect", class_="few", x=middle - width / 2, y=y - 13, width=width, height=26, rx=13),
            tag("text", words, x=middle, y=y + 4.5, text_anchor="middle", class_="quiet-text"),
        ]
    )


def tick_lines(
    frame: Frame, scale: Scale, top: float, bottom: float, write: Callable[[float], str]
) -> SafeString:
    """Upright grid lines with their figures below; words near the edge are moved in, not cut."""
    parts = []
    for tick in scale.ticks:
        x = scale(tick)
        parts.append(tag("line", class_="axis", x1=x, x2=x, y1=top, y2=bottom))
        if words := write(tick):
            half = text_width(words, 13.5) / 2
            middle = min(max(x, half), frame.width - half)
            parts.append(
                tag("text", words, x=middle, y=bottom + 19, text_anchor="middle", class_="quiet-text")
            )
    return joined(parts)


def drawn(
    draw: Callable[[Frame], tuple[SafeString, float]],
    description: str,
    frames: tuple[Frame, Frame] = (WIDE, NARROW),
) -> SafeString:
    """Both drawings. The stylesheet shows the one that fits; the other is out of the accessibility tree.

    `draw` takes a frame and returns the content and its height in px.
    """
    both = []
    for frame in frames:
        content, height = draw(frame)
        both.append(
            f'<svg class="chart-{frame.name}" viewBox="0 0 {frame.width:g} {height:.0f}" role="img" '
            f'aria-label="{escape(description)}" preserveAspectRatio="xMinYMin meet">{content}</svg>'
        )
    return mark_safe("".join(both))  # noqa: S308
