"""The words a chart says: numbers, intervals, and why a figure is not shown."""

from __future__ import annotations

from django.apps import apps
from django.utils.translation import gettext

# The shorthand of official statistics (Government Statistical Service, guidance on symbols in tables).
# The texts are translated when used, not here.
SYMBOLS = {
    "c": "too few to tell",
    "low": "rounds to nothing",
    "u": "too uncertain to tell",
    "x": "not asked",
    "z": "does not apply",
}


def _(text: str) -> str:
    """gettext that also works in a report written outside the web application (no settings, no languages)."""
    return gettext(text) if apps.ready else text


def why_not_shown(symbol: str) -> str:
    return _(SYMBOLS.get(symbol, "too few to tell"))


def number(value: float, decimals: int = 0, *, signed: bool = False) -> str:
    """71 · −6 · +3: a true minus, no minus before nought."""
    text = f"{abs(value):.{decimals}f}"
    if float(text) == 0:
        return text
    if value < 0:
        return f"−{text}"
    return f"+{text}" if signed else text


def interval(low: float | None, high: float | None, decimals: int = 0, *, signed: bool = False) -> str:
    """69–73, or −9 to +1 where a dash beside a minus would mislead; "" when there is none."""
    if low is None or high is None:
        return ""
    ends = number(low, decimals, signed=signed), number(high, decimals, signed=signed)
    return f"{ends[0]} {_('to')} {ends[1]}" if signed or low < 0 else "–".join(ends)
