"""How the figures were made and protected, how far they hold together, what could mislead."""

from typing import Any

from belong.measure import say
from belong.see import figures
from belong.see.pages.frame import frame
from belong.see.queries import Reading
from belong.see.words import symbol_in_words, text

READING = ("score", "interval", "favourable", "gap", "change", "shrunk", "response")
CAUTIONS = ("many-gaps", "overlap", "season", "no-cause", "insincere")
SIGNS = ("c", "low", "u", "x", "z")


def method(reading: Reading) -> dict[str, Any]:
    """The page, for anyone who wants to know before they believe."""
    release = reading.release
    threshold = text("method", "threshold", threshold=release.threshold)
    return {
        **frame(reading, "method"),
        "reading_words": [text("method", key) for key in READING],
        "protecting": [threshold, text("symbols", "bands"), text("symbols", "merged")],
        "notes": list(dict.fromkeys(note.text for note in release.notes)),
        "limits": [text("method", "no-rank"), text("method", "not-a-child")],
        "measures_words": [text("method", "alpha"), text("method", "omega")],
        "reliability": [(release.measure(row.measure).label, row) for row in release.reliability],
        "symbols": [(sign, symbol_in_words(sign), text("symbols", sign)) for sign in SIGNS],
        "rates": figures.response_rates(reading, every=True),
        "cautions": [text("caveats", key) for key in CAUTIONS],
        "instrument_title": say(reading.instrument.title),
        "not_compared": _not_compared(reading),
    }


def _not_compared(reading: Reading) -> list[str]:
    """Names of what could not be compared with the earlier wave because it was not asked alike."""
    if not reading.since:
        return []
    changes = ((info.label, reading.release.change(info.key)) for info in reading.release.measures)
    return [label for label, change in changes if change.symbol == "x"]
