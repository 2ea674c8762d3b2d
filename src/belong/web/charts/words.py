"""The words a chart says: numbers, intervals, and why a figure is not shown."""

from __future__ import annotations

from django.apps import apps
from django.utils.translation import gettext

# The shorthand of official statistics (Government Statistical Service, guidance on symbols in tables).
# The texts are translated when used, not here.
SYMBOLS = {
    "c": "kept back",
    "low": "almost none",
    "u": "too uncertain",
    "x": "not available",
    "z": "does not apply",
}
"""Beside every missing figure, on screen, on paper and in files; docs/privacy.md says what each means."""


def _(text: str) -> str:
    """gettext that also works in a report written outside the web application (no settings, no languages)."""
    return gettext(text) if apps.ready else text


def why_not_shown(symbol: str) -> str:
    """What stands in place of a figure: "kept back"."""
    return _(SYMBOLS.get(symbol, SYMBOLS["c"]))


def is_not_shown(symbol: str, *, many: bool = False) -> str:
    """The same as the end of a sentence: "is kept back", "are too uncertain", "does not apply"."""
    if symbol == "z":
        return _("do not apply") if many else _(SYMBOLS["z"])
    return f"{_('are') if many else _('is')} {why_not_shown(symbol)}"


def with_doubt(words: str, symbol: str) -> str:
    """Words with "too uncertain" behind them for a figure that is there but should not be read: symbol "u"."""
    return ", ".join(one for one in (words, why_not_shown(symbol) if symbol == "u" else "") if one)


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
