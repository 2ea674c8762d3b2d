"""Files in, what they tell out: a release as JSON, spreadsheets of releases and of facts, a plain table."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from belong.measure.reading import SPREADSHEETS
from belong.release.attack.shares import NOTICED, PLACES, noticed, places
from belong.release.attack.tables import exported, plain_table, rows_of
from belong.release.attack.told import (
    FAVOURABLE,
    MEAN,
    MOST,
    Difference,
    Figure,
    Moved,
    Rate,
    Told,
    Unreadable,
    people_of,
    relations,
    rounded,
    share_span,
    stepped,
)  # fmt: skip
from belong.release.model import REST, ReleaseRefused
from belong.release.release import Release
from belong.release.rows import SHOWN

_NEEDED = {
    "cells": ("cut", "group", "label", "measure", "symbol", "mean", "favourable", "distribution", "n_band"),
    "gaps": ("cut", "group", "against", "measure", "symbol", "difference"),
    "changes": (
        "cut",
        "group",
        "measure",
        "symbol",
        "from_wave",
        "difference",
        "n_band",
        "matched_share",
        "basis",
    ),
    "responses": ("cut", "group", "label", "symbol", "rate", "band", "coded"),
}
_TENTH = 0.05
FOR_READING = (
    "no table in this spreadsheet can be tried. The Excel file of a release is for reading: give the JSON of the same "
    "release (“All figures (JSON)” on a wave), or its CSV, which stands beside the Excel file."
)


def read(path: Path, *, plain: bool = False) -> list[Told]:
    """All that a file tells, a ``Told`` for each wave in it. Raises ``Unreadable`` with the mend."""
    text = "" if plain else _json_in(path)
    if text:
        return [from_json(path.name, text)]
    rows = rows_of(path)
    headings = set(rows[0][1])
    if not plain and headings >= set(NOTICED):
        return noticed(path.name, rows)
    if not plain and headings >= set(PLACES):
        return places(path.name, rows)
    if not plain and path.suffix.lower() in SPREADSHEETS and not headings & {"table", "n"}:
        raise Unreadable(path.name, 0, FOR_READING)
    return plain_table(path.name, rows) if plain or "n" in headings else exported(path.name, rows)


def _json_in(path: Path) -> str:
    """The text of a JSON file, however an editor saved it; nothing for any other file, or none."""
    try:
        with path.open("rb") as file:
            if file.read(16).lstrip(b"\xef\xbb\xbf\xff\xfe\x00 \r\n\t")[:1] not in (b"{", b"["):
                return ""
        held = path.read_bytes()
    except OSError:
        return ""
    if held.startswith((b"\xff\xfe", b"\xfe\xff")):
        return held.decode("utf-16", errors="replace")
    try:
        return held.decode("utf-8-sig")
    except UnicodeDecodeError:
        return held.decode("cp1252", errors="replace")


def from_json(file: str, text: str) -> Told:
    """A release as its JSON; one that was altered is read all the same, as an attacker would."""
    try:
        plain = json.loads(text)
    except json.JSONDecodeError as error:
        mend = "Export the release once more; the file seems cut off or edited."
        raise Unreadable(file, error.lineno, f"this is not whole JSON ({error.msg}). {mend}") from error
    if not isinstance(plain, dict):
        raise Unreadable(
            file, 1, "this is JSON, but no release. Use the file behind “All figures (JSON)” on a wave."
        )
    tables = {name: list(_rows(file, plain, name)) for name in _NEEDED}
    threshold = plain.get("threshold")
    if not isinstance(threshold, int):
        raise Unreadable(file, 1, "the release does not say its threshold. Export it once more.")
    wave = str(plain.get("wave", "")) or file
    measures, marks = _measures(plain)
    facts = _facts(tables["cells"])
    try:
        return Told(
            file=file, wave=wave, audience=str(plain.get("audience", "")), threshold=threshold,
            measures={row["measure"]: row["measure"] for row in tables["cells"]} | measures,
            figures={(r["measure"], (r["cut"], r["group"])): _cell(r, facts) for r in tables["cells"]},
            gaps=tuple(_gaps(tables["gaps"], facts, tables["cells"])),
            changes=tuple(_changes(tables["changes"], facts)), rates=tuple(_rates(tables["responses"])),
            raw=tuple((name, row) for name, rows in _everything(plain) for row in rows),
            seal=_seal(plain), digest=str(plain.get("hash", "")), marks=marks, made_of={} if facts else _made_of(plain),
            facts=facts,
        )  # fmt: skip
    except (TypeError, ValueError, AttributeError) as error:
        mend = "Export the release once more."
        raise Unreadable(file, 1, f"a row holds something that is no figure ({error}). {mend}") from error


def _rows(file: str, plain: Mapping[str, Any], name: str) -> Iterator[dict[str, Any]]:
    table = plain.get(name)
    if not isinstance(table, dict) or not {"columns", "rows"} <= set(table):
        raise Unreadable(
            file, 1, f"this is JSON, but no release: the table “{name}” is missing. Export it once more."
        )
    if missing := [column for column in _NEEDED[name] if column not in table["columns"]]:
        raise Unreadable(file, 1, f"the table “{name}” has no column “{missing[0]}”. Export it once more.")
    for place, row in enumerate(table["rows"], start=1):
        if not isinstance(row, list) or len(row) != len(table["columns"]):
            raise Unreadable(file, 1, f"row {place} of the table “{name}” is cut off. Export it once more.")
        yield dict(zip(table["columns"], row, strict=True))


def _everything(plain: Mapping[str, Any]) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    """Every table there is, known or not, as rows."""
    for name, table in plain.items():
        if isinstance(table, dict) and {"columns", "rows"} <= set(table):
            yield name, [dict(zip(table["columns"], row, strict=False)) for row in table["rows"]]
        elif not isinstance(table, dict | list):
            yield "", [{name: table}]
        else:
            yield name, [{name: json.dumps(table)}]


def _measures(plain: Mapping[str, Any]) -> tuple[dict[str, str], dict[str, str]]:
    table = plain.get("measures") or {}
    rows = [dict(zip(table.get("columns", ()), row, strict=False)) for row in table.get("rows", ())]
    labels = {str(row["key"]): str(row.get("label") or row["key"]) for row in rows if "key" in row}
    return labels, {str(row["key"]): str(row.get("hash") or "") for row in rows if "key" in row}


def _made_of(plain: Mapping[str, Any]) -> dict[str, tuple[str, ...]]:
    table = plain.get("measures") or {}
    rows = [dict(zip(table.get("columns", ()), row, strict=False)) for row in table.get("rows", ())]
    return relations(
        {
            row["key"]: row["part"]
            for row in rows
            if row.get("part") and row.get("scored") and row.get("kind") == "item"
        }
    )


def _seal(plain: dict[str, Any]) -> str:
    if not plain.get("hash"):
        return "none"
    try:
        Release.from_json(plain)
    except ReleaseRefused:
        return "broken"
    return "whole"


def _facts(cells: list[dict[str, Any]]) -> frozenset[str]:
    """Measures whose mean is the share once more, or none (plain facts about people): figures are as coarse as that."""
    means: dict[str, bool] = {}
    for row in cells:
        if row["symbol"] in SHOWN:
            same = row["favourable"] is not None and row["mean"] in (None, row["favourable"])
            means[row["measure"]] = means.get(row["measure"], True) and same
    return frozenset(measure for measure, same in means.items() if same)


def _cell(row: Mapping[str, Any], facts: frozenset[str]) -> Figure:
    """A hidden row that holds figures is read like a shown one: an attacker would."""
    band, spans = row["n_band"] or "", {}
    if row["favourable"] is not None:
        spans[FAVOURABLE] = share_span(row["favourable"], band)
    if row["mean"] is not None:
        # The mean of a fact is its share once more.
        spans[MEAN] = spans.pop(FAVOURABLE) if row["measure"] in facts else rounded(row["mean"], _TENTH)
    for code, share in enumerate(row["distribution"] or (), start=1):
        spans[f"answer {code}"] = share_span(share, band)
    return Figure(
        (row["cut"], row["group"]),
        row["label"] or "",
        row["measure"],
        bool(spans),
        people_of(band),
        spans,
        row,
    )


def _gaps(
    rows: list[dict[str, Any]], facts: frozenset[str], cells: list[dict[str, Any]]
) -> Iterator[Difference]:
    shown = {(r["measure"], r["cut"], r["group"]): r for r in cells}
    for row in rows:
        key = (row["cut"], row["group"])
        if row["measure"] in facts:
            cell = shown.get((row["measure"], *key), {})
            if (
                row["difference"] is not None
                and row["against"] == REST
                and cell.get("favourable") is not None
            ):
                span = share_span(cell["favourable"] - row["difference"], cell["n_band"] or "")
                yield Difference(key, REST, row["measure"], span, is_share=True)
            continue
        for column in ("difference", "sincere_difference"):
            if row.get(column) is not None:
                span = rounded(row[column], _TENTH, -100, 100)
                yield Difference(key, row["against"], row["measure"], span, column != "difference")


def _changes(rows: list[dict[str, Any]], facts: frozenset[str]) -> Iterator[Moved]:
    for row in rows:
        if row["difference"] is not None:
            span = rounded(row["difference"], _TENTH, -100, 100)
            if row["measure"] in facts:
                span = stepped(row["difference"], row["n_band"] or "")
            yield Moved(
                (row["cut"], row["group"]), row["measure"], str(row["from_wave"]), span,
                people_of(row["n_band"] or ""), row["matched_share"],
                len(set((row["basis"] or "").split(" of "))) == 1,
            )  # fmt: skip


def _rates(rows: list[dict[str, Any]]) -> Iterator[Rate]:
    for row in rows:
        if row["rate"] is not None:
            span = rounded(row["rate"], 0.5)
            if row["coded"]:
                span = (span[0], 100.0) if row["coded"] == "top" else (0.0, span[1])
            answered = people_of(row["band"] or "") if row["band"] else (0.0, MOST)
            yield Rate(
                (row["cut"], row["group"]), row["label"] or "", span, answered, None, bool(row["coded"])
            )
