"""The one guard against formulas in what a spreadsheet will open (CSV injection, OWASP)."""

from typing import Any

# A cell that begins like this may be run. The wide forms are read as the plain ones where East Asian input is set.
RISKY = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")
_SKIPPED = " \u00a0\u200b\ufeff\x00'\""


def harmless(cell: Any) -> Any:
    """A cell that no spreadsheet runs: text that begins like a formula, blanks before it or not, gets an apostrophe.

    Numbers stay numbers, None becomes "". Everything else is taken as text.
    """
    if cell is None:
        return ""
    if isinstance(cell, int | float):
        return cell
    text = str(cell)
    return f"'{text}" if text.lstrip(_SKIPPED).startswith(RISKY) else text
