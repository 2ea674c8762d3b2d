"""What each figure of an analysis is: its meaning, its formula or source, whom it rests on, and what a missing
answer does.

Keys are the places of the figures in the JSON report, lists written as ``[]``: ``measures[].mean`` is the mean of each
score. Figures inside an estimate (``….se``) are told once for all, under ``*.se``.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

from belong.content import read
from belong.measure.results import Analysis


@dataclass(frozen=True)
class Definition:
    """``what`` it is; ``source``: formula and where it is from; ``people`` it rests on; ``missing`` answers."""

    what: str
    source: str
    people: str
    missing: str


@cache
def _texts() -> dict[str, Any]:
    return dict(read("figures/analyse"))


def definitions(analysis: Analysis) -> dict[str, Definition]:
    """What each figure of this analysis is, by its place; figures that are not in it are left out."""
    deeper = analysis.deeper
    parts = {
        "within": True,
        "file": True,
        "groups": analysis.cuts,
        "ordinal": deeper.ordinal,
        "model": deeper.model,
        "dif": deeper.dif,
        "change": analysis.compared,
    }
    texts = _texts()
    words = {
        "weighted": f"weighted with {analysis.weight}" if analysis.weight else "unweighted",
        "errors": _errors(analysis),
    }
    return {
        place: Definition(
            row["what"],
            row["source"].format(**words),
            texts["people"].get(row["people"], row["people"]),
            texts["missing"].get(row["missing"], row["missing"]),
        )
        for part, there in parts.items()
        if there
        for place, row in texts[part].items()
        if analysis.clustering or not place.startswith("clustering.")
    }


def _errors(analysis: Analysis) -> str:
    if analysis.errors == "replicates":
        return f"{analysis.replicates} replicate weights, Fay's factor {analysis.fay:g} (OECD 2009)"
    if analysis.errors == "clusters":
        return f"totals by {analysis.cluster}, Taylor linearisation"
    return "people taken as unrelated"


def defined(place: str, known: dict[str, Definition]) -> Definition | None:
    """The definition of a figure by its place: its own, that of what it belongs to with its part in it, or None."""
    if place in known:
        return known[place]
    above, _, last = place.rpartition(".")
    if above in known and f"*.{last}" in known:
        own, part = known[above], known[f"*.{last}"]
        return Definition(f"{own.what}: {part.what}", f"{own.source}; {part.source}", own.people, own.missing)
    return next((one for key, one in known.items() if key.endswith("fitted") and place.startswith(key)), None)
