"""What a plot is, and the little that is needed to draw one: panels with two axes, and lines with names."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from html import escape
from itertools import pairwise
from pathlib import Path

WIDE, NARROW = 560.0, 330.0
LINES = 8
"""Lines that can be told apart in one panel: four colours, each plain and dashed its own way."""

STYLE = """\
svg { background: #fff; font-family: system-ui, sans-serif; }
text { font-size: 15px; fill: #192834; font-variant-numeric: tabular-nums; }
.label { font-weight: 650; } .quiet-text { font-size: 13.5px; fill: #4c5a65; }
.axis { stroke: #ddd9cf; stroke-width: 1; } .edge { stroke: #76828b; stroke-width: 1.5; }
.line { fill: none; stroke-width: 2.5; stroke-linejoin: round; }
.line-1, .line-5 { stroke: #006065; } .line-2, .line-6 { stroke: #823f6e; }
.line-3, .line-7 { stroke: #a85b00; } .line-4, .line-8 { stroke: #192834; }
.line-2 { stroke-dasharray: 9 4; } .line-3 { stroke-dasharray: 2 4; } .line-4 { stroke-dasharray: 12 3 2 3; }
.line-5 { stroke-dasharray: 5 3; } .line-7 { stroke-dasharray: 14 4; } .line-8 { stroke-dasharray: 4 2; }
.on-line { font-size: 13.5px; font-weight: 650; paint-order: stroke; stroke: #fff; stroke-width: 4px; }
@media (prefers-color-scheme: dark) {
svg { background: #16212b; } text { fill: #eef2f4; } .quiet-text { fill: #b4c0c8; }
.axis { stroke: #33424f; } .edge { stroke: #8d9aa4; } .on-line { stroke: #16212b; }
.line-1, .line-5 { stroke: #6cc4c4; } .line-2, .line-6 { stroke: #dba3c8; }
.line-3, .line-7 { stroke: #f2bd6d; } .line-4, .line-8 { stroke: #eef2f4; }
}
@media print { svg { background: none; } text { fill: #000; } .on-line { stroke: #fff; } }
"""


@dataclass(frozen=True)
class Line:
    """A line of a panel: its name, its points, and which of ``LINES`` looks it has (1 is the first)."""

    name: str
    points: tuple[tuple[float, float], ...]
    look: int
    named: bool = True


@dataclass(frozen=True)
class Panel:
    """One pair of axes. ``across`` and ``up`` are (least, most, ticks)."""

    title: str
    lines: tuple[Line, ...]
    across: tuple[float, float, tuple[float, ...]]
    up: tuple[float, float, tuple[float, ...]]
    across_title: str
    up_title: str


@dataclass(frozen=True)
class Plot:
    """A drawing with its title, a description for those who do not see it, a key, and its figures as a table."""

    name: str
    title: str
    description: str
    key: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    panels: tuple[Panel, ...]

    def drawing(self, width: float = WIDE, *, classes: str = "", inside: str = "") -> str:
        """The SVG element alone, coloured by whoever's stylesheet is around it."""
        columns = 2 if width >= WIDE and len(self.panels) > 1 else 1
        gap = 24.0
        own = (width - gap * (columns - 1)) / columns
        height = 300.0 if len(self.panels) == 1 else 236.0
        parts = []
        for place, panel in enumerate(self.panels):
            x, y = (place % columns) * (own + gap), (place // columns) * height
            parts.append(f'<g transform="translate({_n(x)} {_n(y)})">{_panel(panel, own, height - 16)}</g>')
        tall = height * -(-len(self.panels) // columns)
        about = escape(f"{self.title}. {self.description}")
        klass = f' class="{escape(classes)}"' if classes else ""
        return (
            f'<svg{klass} viewBox="0 0 {_n(width)} {_n(tall)}" role="img" aria-label="{about}" '
            f'preserveAspectRatio="xMinYMin meet">{inside}{"".join(parts)}</svg>'
        )

    def svg(self) -> str:
        """A file of its own: for light and dark screens and for paper; title and description inside."""
        inside = f"<title>{escape(self.title)}</title><desc>{escape(self.description)}</desc><style>{STYLE}</style>"
        opening = f'<svg xmlns="http://www.w3.org/2000/svg" width="{_n(WIDE)}"'
        return self.drawing(inside=inside).replace("<svg", opening, 1)

    def save(self, path: str | Path) -> None:
        """Write the drawing to a file (``.svg``)."""
        Path(path).write_text(self.svg(), encoding="utf-8")

    def _repr_svg_(self) -> str:
        return self.svg()


def sheets(count: int, each: int = 8) -> list[range]:
    """So many panels cut into drawings of at most ``each``, as even as can be."""
    many = -(-count // each)
    ends = [round(count * n / many) for n in range(many + 1)] if many else [0]
    return [range(start, end) for start, end in pairwise(ends)]


def ticks(low: float, high: float, about: int = 5) -> tuple[float, ...]:
    """Round numbers from ``low`` to ``high``."""
    step = next(
        unit * ten
        for ten in (10.0**power for power in range(-6, 12))
        for unit in (1, 2, 5)
        if unit * ten * about >= high - low
    )
    first, last = -(-low // step), high // step
    return tuple(round(n * step, 9) for n in range(int(first), int(last) + 1))


def written(value: float) -> str:
    """A figure at an axis: 0.5 · −2 · 40."""
    text = f"{value:.3f}".rstrip("0").rstrip(".")
    return "0" if text in ("0", "-0") else text.replace("-", "−")


def _panel(panel: Panel, width: float, height: float) -> str:
    left, right, top, bottom = 44.0, width - 8, 46.0, height - 42

    def scaled(
        bounds: tuple[float, float, tuple[float, ...]], start: float, end: float
    ) -> Callable[[float], float]:
        low, high, _ = bounds
        return lambda value: start + (min(max(value, low), high) - low) / ((high - low) or 1) * (end - start)

    x, y = scaled(panel.across, left, right), scaled(panel.up, bottom, top)
    parts = [_text(panel.title, 0, 16, "label", width), _text(panel.up_title, 0, 36, "quiet-text", width)]
    for tick in panel.up[2]:
        parts.append(
            f'<line class="axis" x1="{_n(left)}" x2="{_n(right)}" y1="{_n(y(tick))}" y2="{_n(y(tick))}"/>'
        )
        parts.append(_mark(written(tick), left - 7, y(tick) + 4.5, "end"))
    for tick in panel.across[2]:
        parts.append(_mark(written(tick), x(tick), bottom + 18, "middle"))
    parts.append(f'<line class="edge" x1="{_n(left)}" x2="{_n(right)}" y1="{_n(bottom)}" y2="{_n(bottom)}"/>')
    parts.append(_mark(panel.across_title, (left + right) / 2, bottom + 37, "middle"))
    for line in panel.lines:
        points = " ".join(f"{_n(x(across))},{_n(y(up))}" for across, up in line.points)
        parts.append(f'<polyline class="line line-{(line.look - 1) % LINES + 1}" points="{points}"/>')
    parts += _names(panel.lines, x, y, (left, right))
    return "".join(parts)


def _names(
    lines: Sequence[Line], x: Callable[[float], float], y: Callable[[float], float], ends: tuple[float, float]
) -> list[str]:
    """Each line's name at its highest point, moved inwards from the edges and away from other names."""
    taken: list[tuple[float, float]] = []
    parts = []
    for line in lines:
        if not line.named or not line.points:
            continue
        across, up = max(line.points, key=lambda point: point[1])
        half = len(line.name) * 3.9 + 2
        at, high = min(max(x(across), ends[0] + half), ends[1] - half), y(up) - 5
        while any(abs(at - other) < half + 12 and abs(high - level) < 14 for other, level in taken):
            high += 15
        taken.append((at, high))
        parts.append(
            f'<text class="on-line" x="{_n(at)}" y="{_n(high)}" text-anchor="middle">{escape(line.name)}</text>'
        )
    return parts


def _text(text: str, x: float, y: float, klass: str, width: float) -> str:
    most = max(int((width - x) / 7.6), 4)
    short = text if len(text) <= most else f"{text[: most - 1].rstrip()}…"
    whole = f"<title>{escape(text)}</title>" if short != text else ""
    return f'<text class="{klass}" x="{_n(x)}" y="{_n(y)}">{whole}{escape(short)}</text>'


def _mark(text: str, x: float, y: float, anchor: str) -> str:
    return f'<text class="quiet-text" x="{_n(x)}" y="{_n(y)}" text-anchor="{anchor}">{escape(text)}</text>'


def _n(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0")
