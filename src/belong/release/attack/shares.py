"""Spreadsheets of plain facts: what was noticed by a half-term date, and where pupils feel they belong.

Every figure in them is a share of people, in steps and in bands, and so is read as no more than that. Such a file
holds several releases (of pupils, and of mixes of pupils and adults), each of them a table of its own here.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from belong.release.attack.tables import Row
from belong.release.attack.told import (
    FAVOURABLE,
    MEAN,
    WHOLE,
    Difference,
    Figure,
    Moved,
    Told,
    Unreadable,
    people_of,
    share_span,
    stepped,
)
from belong.release.model import ALL, REST

NOTICED = ("table", "of", "fact", "cut", "group", "symbol", "share %", "people", "shares of classes %")
PLACES = ("place", "time", "feeling", "share %", "pupils", "symbol")
_DATE = re.compile(r"\d{4}-\d\d-\d\d")
_PUPILS = "pupils"


def noticed(file: str, rows: Sequence[Row]) -> list[Told]:
    """What was noticed, a table for each kind of people in it. The date in the file's name tells dates apart."""
    found = _DATE.search(file)
    day = found[0] if found else Path(file).stem
    tables: dict[str, list[Row]] = {}
    for line, row in rows:
        tables.setdefault(row["of"], []).append((line, row))
    return [_noticed(file, of, f"noticed-{day}" if of == _PUPILS else f"{of}, {day}", some)
            for of, some in tables.items()]  # fmt: skip


def _noticed(file: str, of: str, wave: str, rows: Sequence[Row]) -> Told:
    figures: dict[tuple[str, tuple[str, str]], Figure] = {}
    gaps: list[Difference] = []
    changes: list[Moved] = []
    for line, row in rows:
        key, fact = (row["cut"], row["group"]), row["fact"]
        try:
            if row["table"] == "share":
                figures[fact, key] = _share(line, row, key, fact, row["people"], row["shares of classes %"])
            elif row["table"] == "difference" and row["share %"]:
                gaps += _of_everyone_else(key, row, figures.get((fact, key)))
            elif row["table"] == "change" and row["share %"]:
                span, people = stepped(float(row["share %"]), row["people"]), people_of(row["people"])
                changes.append(Moved(key, fact, row.get("compared with", ""), span, people, None))
        except ValueError as error:
            raise _wrong(file, line, error) from error
    facts = dict.fromkeys(fact for fact, _ in figures)
    return Told(
        file=file, wave=wave, audience=of, threshold=None, measures={fact: fact for fact in facts},
        figures=figures, gaps=tuple(gaps), changes=tuple(changes), raw=tuple((row["table"], row) for _, row in rows),
        facts=frozenset(facts),
    )  # fmt: skip


def _of_everyone_else(
    key: tuple[str, str], row: Mapping[str, str], figure: Figure | None
) -> list[Difference]:
    """The share of everyone else, out of a group's own and its gap; gaps between groups tell nothing more."""
    if row.get("against") != REST or figure is None or not figure.shown:
        return []
    written = figure.exact[FAVOURABLE] - float(row["share %"])
    return [Difference(key, REST, row["fact"], share_span(written, _band(figure)), is_share=True)]


def places(file: str, rows: Sequence[Row]) -> list[Told]:
    """Where pupils feel they belong. Each figure is of those who spoke of one place at one time, and of nobody else:
    no two of them add up to a third, and no list says who spoke.
    """
    figures: dict[tuple[str, tuple[str, str]], Figure] = {}
    for line, row in rows:
        said = f"{row['place']}, {row['time']}: {row['feeling']}"
        try:
            figures[said, WHOLE] = _share(line, row, WHOLE, said, row["pupils"], "")
        except ValueError as error:
            raise _wrong(file, line, error) from error
    measures = dict.fromkeys(said for said, _ in figures)
    plain = ({**row, "cut": ALL, "group": ALL} for _, row in rows)
    return [
        Told(
            file=file, wave=Path(file).stem, audience=_PUPILS, threshold=None,
            measures={said: said for said in measures}, figures=figures, raw=tuple(("share", row) for row in plain),
            facts=frozenset(measures),
        )
    ]  # fmt: skip


def _share(
    line: int, row: Mapping[str, str], key: tuple[str, str], fact: str, band: str, classes: str
) -> Figure:
    spread = [int(share) for share in classes.split()]
    shown = row["share %"] != ""
    kind = FAVOURABLE if spread else MEAN
    spans = {kind: share_span(float(row["share %"]), band)} if shown else {}
    spans |= {f"answer {code}": share_span(share, band) for code, share in enumerate(spread, start=1)}
    exact: dict[str, Any] = {"symbol": row["symbol"], "n_band": band, "distribution": spread or None}
    exact[FAVOURABLE] = float(row["share %"]) if shown else None
    return Figure(key, row.get("group name", ""), fact, bool(spans), people_of(band), spans, exact, line)


def _band(figure: Figure | None) -> str:
    return str(figure.exact.get("n_band") or "") if figure else ""


def _wrong(file: str, line: int, error: ValueError) -> Unreadable:
    return Unreadable(file, line, f"{error}. Download the file once more, unedited.")
