"""Writing SVG by hand: one element helper, text measuring and wrapping, tick marks.

Everything that carries colour does so through a class, so that one stylesheet serves light, dark, print and
forced colours, and so that a strict Content-Security-Policy holds (no style attributes).
"""

from __future__ import annotations

import math

from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe

NARROW_LETTERS = frozenset("iljtfrI.,:;'’|!()[] ")
WIDE_LETTERS = frozenset("mwMW%—@")


def tag(name: str, *children: str, **attributes: object) -> SafeString:
    """One SVG element. `class_` is class, underscores become hyphens, None leaves an attribute out.

    Children that are not SafeString are escaped; floats are written with one decimal.
    """
    written = "".join(
        f' {_attribute_name(key)}="{_attribute(value)}"'
        for key, value in attributes.items()
        if value is not None
    )
    inner = "".join(conditional_escape(child) for child in children)
    return mark_safe(f"<{name}{written}>{inner}</{name}>" if inner else f"<{name}{written}/>")  # noqa: S308


def joined(parts: list[SafeString]) -> SafeString:
    return mark_safe("".join(parts))  # noqa: S308  (only elements made by `tag` come here)


def _attribute_name(key: str) -> str:
    return key if key == "viewBox" else key.rstrip("_").replace("_", "-")


def _attribute(value: object) -> str:
    if isinstance(value, float):
        return f"{value:.1f}".removesuffix(".0")
    return conditional_escape(str(value))


def text_width(text: str, size: float = 15, bold: bool = False) -> float:
    """Estimated width in px of `text` set in Atkinson Hyperlegible Next; within a tenth of the truth."""
    ems = 0.0
    for letter in text:
        if letter in NARROW_LETTERS:
            ems += 0.31
        elif letter in WIDE_LETTERS:
            ems += 0.86
        else:
            ems += 0.66 if letter.isupper() else 0.55
    return ems * size * (1.05 if bold else 1.0)


def wrapped(text: str, width: float, *, size: float = 15, bold: bool = False, lines: int = 3) -> list[str]:
    """`text` broken at spaces into at most `lines` lines of `width` px; the rest becomes an ellipsis."""
    out: list[str] = []
    line = ""
    for word in text.split():
        longer = f"{line} {word}".strip()
        if line and text_width(longer, size, bold) > width:
            out.append(line)
            line = word
        else:
            line = longer
    out.append(line)
    if len(out) > lines:
        out = [*out[: lines - 1], " ".join(out[lines - 1 :])]
    return [ellipsized(one, width, size=size, bold=bold) for one in out]


def ellipsized(text: str, width: float, *, size: float = 15, bold: bool = False) -> str:
    if text_width(text, size, bold) <= width:
        return text
    while text and text_width(text + "…", size, bold) > width:
        text = text[:-1]
    return text.rstrip() + "…"


def lines_of_text(
    lines: list[str], x: float, y: float, *, leading: float = 18, **attributes: object
) -> SafeString:
    """A block of text whose first baseline is `y`."""
    return joined([tag("text", one, x=x, y=y + i * leading, **attributes) for i, one in enumerate(lines)])


def nice_ticks(low: float, high: float, about: int = 5) -> list[float]:
    """Round numbers that cover low…high, about `about` of them: 40, 50, 60, 70, 80."""
    if high <= low:
        high = low + 1
    raw = (high - low) / max(about - 1, 1)
    size: float = 10 ** math.floor(math.log10(raw))
    step = next(m * size for m in (1, 2, 5, 10) if m * size >= raw * 0.999)
    first, last = math.floor(low / step + 1e-9), math.ceil(high / step - 1e-9)
    return [round(i * step, 10) for i in range(first, last + 1)]
