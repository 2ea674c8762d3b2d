"""Why a figure is missing, and what would show it, without saying anything of how many answered.

Whether a group itself was too small or would have given another one away must not be told: beside a class list the
first is a number of people, under the threshold. So the words depend only on what everybody can see in the release (the
kind of figure, its symbol, which groups stand beside it), never on which of the two it was.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.http import Http404

from belong.release import SHOWN, Cell, Change, Gap, MeasureInfo, Release, Response
from belong.release.decode import made_of, sides_of
from belong.release.model import ALL, REST, UNKNOWN_KEY
from belong.see import links
from belong.see.pages.frame import frame, known
from belong.see.queries import Reading
from belong.see.words import cut_title, gap_label, listed, symbol_in_words, text

KINDS = ("score", "gap", "change", "spread", "response")
DETAIL = 30
"""How many answers a spread rests on at least: `release.Policy.detail`, which no setting lowers."""

NAMED = 6
"""Of more groups than this the list says how many others there are."""

Shown = Cell | Gap | Change | Response
Need = tuple[str, Sequence[str]]
"""A text's key, and the groups it names."""


@dataclass(frozen=True)
class Missing:
    """The figure that was looked for: its kind, what the release holds in its place, and the symbol to explain."""

    kind: str
    row: Shown
    symbol: str
    measure: MeasureInfo | None


def why(reading: Reading, kind: str, measure: str, cut: str, group: str) -> dict[str, Any]:
    """The page; 404 for anything the release does not name, and for a figure that is there."""
    release = reading.release
    found = _missing(reading, kind, measure, cut, group)
    return {
        **frame(reading, "why"),
        "about": _about(found, release),
        "what": _what(found, release),
        "symbol_words": symbol_in_words(found.symbol),
        "unsaid": text("missing", "unsaid") if found.symbol == "c" else "",
        "needs": _needs(found, release),
        "instead": _instead(reading, found),
        "closing": [text("missing", key) for key in ("never", "every-reader", "ask-them")],
        "say": {
            key.replace("-", "_"): text("missing", key)
            for key in ("title", "unsaid-title", "need-title", "instead-title", "closing-title")
        },
    }


SIGNS = ("c", "low", "u", "x", "z")
ANYWHERE = ("need-group", "beside", "need-recorded", "need-roll", "need-together", "beside-spread")


def missing(threshold: int) -> dict[str, Any]:
    """The same for figures of any kind: what each symbol means, and what shows a group's figure."""
    return {
        "symbols": [(sign, symbol_in_words(sign), text("symbols", sign)) for sign in SIGNS],
        "needs": [text("missing", key, threshold=threshold, detail=DETAIL) for key in ANYWHERE],
        "unsaid": text("missing", "unsaid"),
        "general": text("missing", "general"),
        "say": {
            key.replace("-", "_"): text("missing", key)
            for key in ("general-title", "need-title", "unsaid-title")
        },
    }


def _missing(reading: Reading, kind: str, measure: str, cut: str, group: str) -> Missing:
    release = reading.release
    if kind == "response":
        row: Shown = release.response(cut, group)
        named = any((one.cut, one.group) == (cut, group) for one in release.responses)
        return _hidden(Missing(kind, row, row.symbol, None), named)
    info = known(reading, measure)
    cell = release.cell(measure, cut, group)
    named = any((one.cut, one.group) == (cut, group) for one in release.cells)
    if kind == "spread":
        is_there = cell.distribution is not None or info.kind != "item"
        symbol = "" if is_there else "c" if cell.symbol in SHOWN else cell.symbol
        return _hidden(Missing(kind, cell, symbol, info), named)
    if kind not in KINDS:
        raise Http404
    rows: dict[str, Shown] = {
        "score": cell,
        "gap": release.gap(measure, cut, group),
        "change": release.change(measure, cut, group),
    }
    return _hidden(Missing(kind, rows[kind], rows[kind].symbol, info), named)


def _hidden(found: Missing, named: bool) -> Missing:
    if not named or found.symbol == "":
        raise Http404
    return found


def _about(found: Missing, release: Release) -> str:
    """ "Year 7: Adults", "Girls and boys: Belonging"."""
    label = found.row.label
    if isinstance(found.row, Gap):
        label = gap_label(found.row, release)
    elif found.row.cut == ALL:
        label = "Everyone"
    return f"{label}: {found.measure.label}" if found.measure else f"{label}: how many answered"


def _what(found: Missing, release: Release) -> str:
    key = f"{found.kind}-c" if found.symbol == "c" else found.symbol
    return text("missing", key, threshold=release.threshold, detail=DETAIL)


def _needs(found: Missing, release: Release) -> list[str]:
    """Conditions in plain words. Which of them failed is not said."""
    if found.symbol != "c":
        return [text("missing", OTHERWISE.get(found.symbol, "need-nothing"))]
    fill = {"threshold": release.threshold, "twice": 2 * release.threshold, "detail": DETAIL}
    return [text("missing", key, groups=_named(labels), **fill) for key, labels in _waits_for(found, release)]


OTHERWISE = {"x": "need-asked", "u": "need-more", "low": "need-more"}


def _waits_for(found: Missing, release: Release) -> list[Need]:
    """The conditions of a kind of figure."""
    if found.kind == "response":
        return [("need-rate", ())]
    if isinstance(found.row, Gap):
        return _of_gap(found.row, release)
    group = _of_group(found.row, release)
    if found.kind == "change":
        return [("need-both-times", ()), ("need-movers", ()), *group[1:]]
    return [("need-detail", ()), *group[1:]] if found.kind == "spread" else group


def _of_group(row: Shown, release: Release) -> list[Need]:
    """What a group's figure waits for: itself, those beside it, those it lies in."""
    found: list[Need] = [("need-group", ())]
    measure = row.measure if not isinstance(row, Response) else ""
    if "*" in row.cut:
        found += [
            ("need-parent", [cell.label for cell in _parents(row, release, measure)]),
            ("need-cross", ()),
        ]
    elif beside := [cell.label for cell in release.cells_of(row.cut, measure) if cell.group != row.group]:
        found.append(("need-beside", beside))
    if any(UNKNOWN_KEY in cell.group for cell in release.cells_of(row.cut, measure)):
        found.append(("need-recorded", ()))
    return [*found, ("need-roll", ()), ("need-together", ())]


def _of_gap(gap: Gap, release: Release) -> list[Need]:
    if gap.against == REST:
        return _of_group(gap, release)
    sides = [release.cell(gap.measure, gap.cut, side).label for side in (gap.group, gap.against)]
    return [("need-sides", sides), *_of_group(gap, release)]


def _parents(row: Shown, release: Release, measure: str) -> list[Cell]:
    return [
        release.cell(measure, *key)
        for side in sides_of(row.cut, row.group)
        for key in made_of([(cell.cut, cell.group) for cell in release.cells_of(side[0], measure)], *side)
    ]


def _named(labels: Sequence[str]) -> str:
    """The groups by name; of many the first few."""
    if not labels:
        return ""
    if len(labels) > NAMED:
        return listed([*labels[: NAMED - 1], f"{len(labels) - NAMED + 1} others"])
    return listed(list(labels))


def _instead(reading: Reading, found: Missing) -> list[dict[str, str]]:
    """Figures nearby that are shown: the groups it lies in, the whole school, the rest of the cut."""
    release, row = reading.release, found.row
    if found.measure is None or isinstance(row, Response):
        return [{"label": "How this was made", "url": links.method_url(reading)}]
    measure, more = found.measure.key, []
    if found.kind in ("spread", "change") and release.cell(measure, row.cut, row.group).symbol in SHOWN:
        more.append((f"The average: {row.label}", links.cut_url(reading, row.cut, measure)))
    if "*" in row.cut:
        more += [
            (cell.label, links.cut_url(reading, cell.cut, measure))
            for cell in _parents(row, release, measure)
            if cell.symbol in SHOWN
        ]
    if any(cell.symbol in SHOWN for cell in release.cells_of(row.cut, measure)) and row.cut != ALL:
        more.append((cut_title(release.audience, row.cut), links.cut_url(reading, row.cut, measure)))
    more.append(("Everyone together", links.overview_url(reading)))
    return [{"label": label, "url": url} for label, url in more]
