"""CSV files: the spreadsheet of a release, and plain tables without any protection."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from belong.measure.reading import InputError, open_source
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
)  # fmt: skip

Row = tuple[int, dict[str, str]]
"""The line in the file and its cells by heading."""

_EXPORT = ("table", "measure", "cut", "group", "symbol", "value", "people")
_PLAIN = ("cut", "group", "measure", "n", "mean")
_FIGURES = ("favourable", "sd", "min", "max", "low", "high", "change", "matched", "rate", "roll")
_TENTH = 0.05


def rows_of(path: Path) -> list[Row]:
    """The rows of a CSV of any delimiter and encoding, or of a spreadsheet. Raises ``Unreadable``."""
    try:
        source = open_source(path)
        twice = [heading for heading in source.headings if heading and source.headings.count(heading) > 1]
        if twice:
            raise Unreadable(
                path.name, 1, f"the heading “{twice[0]}” stands there more than once. Rename one."
            )
        table = source.read(heading for heading in source.headings if heading)
    except InputError as error:
        nobody = "there are headings, and nothing below them. Export it once more."
        text = str(error)
        raise Unreadable(
            *((path.name, 0, nobody) if "no answers below" in text else ("", 0, text))
        ) from error
    headings, columns = list(table.columns), list(table.columns.values())
    return [
        (line, dict(zip(headings, cells, strict=True)))
        for line, cells in zip(table.lines.tolist(), zip(*columns, strict=True), strict=True)
    ]


def exported(file: str, rows: Sequence[Row]) -> list[Told]:
    """The spreadsheet of a release. It carries no wave, threshold or seal: the file's name stands for the wave."""
    _check_headings(
        file,
        rows,
        _EXPORT,
        "Give a release's JSON or spreadsheet; a class list goes after --roll, a plain table after --plain",
    )
    figures, gaps, changes, rates, measures = {}, [], [], [], {}
    for line, row in rows:
        key, measure = (row["cut"], row["group"]), row["measure"]
        try:
            if row["table"] == "score":
                measures[measure] = row.get("question or part") or measure
                figures[measure, key] = _exported_cell(line, row)
            elif row["table"] == "gap" and row["value"]:
                span = rounded(float(row["value"]), _TENTH, -100, 100)
                gaps.append(Difference(key, row.get("against", ""), measure, span))
            elif row["table"] == "change" and row["value"]:
                span, before = rounded(float(row["value"]), _TENTH, -100, 100), row.get("compared with", "")
                changes.append(Moved(key, measure, before, span, people_of(row["people"]), None))
            elif row["table"] == "answered %" and row["value"]:
                rates.append(_exported_rate(key, row))
        except ValueError as error:
            raise Unreadable(file, line, f"{error}. Export the release once more, unedited.") from error
    told = Told(
        file=file, wave=file.rpartition(".")[0] or file, audience="", threshold=None, measures=measures,
        figures=figures, gaps=tuple(gaps), changes=tuple(changes), rates=tuple(rates),
        raw=tuple((row["table"], row) for _, row in rows),
    )  # fmt: skip
    return [told]


def _exported_cell(line: int, row: Mapping[str, str]) -> Figure:
    spans, band = {}, row["people"]
    if row["value"]:
        spans[MEAN] = rounded(float(row["value"]), _TENTH)
    if row.get("favourable %"):
        spans[FAVOURABLE] = share_span(float(row["favourable %"]), band)
    shares = [int(share) for share in row.get("answers % lowest to highest", "").split()]
    spans |= {f"answer {code}": share_span(share, band) for code, share in enumerate(shares, start=1)}
    exact: dict[str, Any] = {"symbol": row["symbol"], "n_band": band, "distribution": shares or None}
    for name, column in ((MEAN, "value"), (FAVOURABLE, "favourable %"), ("low", "low"), ("high", "high")):
        exact[name] = float(row[column]) if row.get(column) else None
    key = row["cut"], row["group"]
    return Figure(
        key, row.get("group name", ""), row["measure"], bool(spans), people_of(band), spans, exact, line
    )


def _exported_rate(key: tuple[str, str], row: Mapping[str, str]) -> Rate:
    span, coded = rounded(float(row["value"]), 0.5), row.get("limited", "")
    if coded:
        span = (span[0], 100.0) if coded == "top" else (0.0, span[1])
    answered = people_of(row["people"]) if row["people"] else (0.0, MOST)
    return Rate(key, row.get("group name", ""), span, answered, None, bool(coded))


def plain_table(file: str, rows: Sequence[Row]) -> list[Told]:
    """A table without protection: cut, group, measure, n, mean, and whatever else it is so unwise to hold.

    Means and shares are in points of 100; as many decimals as are written count as known. An empty mean is a group
    left out. A column ``part`` says which part a question counts in, ``wave`` makes several
    tables of one file; ``change`` is that of the ``matched`` people since the wave named in ``since``.
    """
    _check_headings(file, rows, _PLAIN, "A plain table has the columns cut, group, measure, n, mean")
    waves: dict[str, list[Row]] = {}
    for line, row in rows:
        waves.setdefault(row.get("wave", ""), []).append((line, row))
    return [_plain_wave(file, wave, some) for wave, some in waves.items()]


def _plain_wave(file: str, wave: str, rows: Sequence[Row]) -> Told:
    figures: dict[tuple[str, tuple[str, str]], Figure] = {}
    changes: list[Moved] = []
    rates: list[Rate] = []
    for line, row in rows:
        try:
            figure = _plain_cell(line, row)
        except ValueError as error:
            raise Unreadable(
                file, line, f"{error}. Numbers are written like 52.3, spans of people like 30-39."
            ) from error
        if (figure.measure, figure.key) in figures:
            text = f"{row['cut']} {row['group']} {row['measure']} stands here a second time. Leave one of the two."
            raise Unreadable(file, line, text)
        figures[figure.measure, figure.key] = figure
        changes += _plain_change(row, figure)
        rates += _plain_rate(row, figure)
    return Told(
        file=file, wave=wave or file.rpartition(".")[0] or file, audience="", threshold=None,
        measures={measure: measure for measure, _ in figures}, figures=figures, changes=tuple(changes),
        rates=tuple(rates), raw=tuple(("", row) for _, row in rows), protected=False,
        made_of=relations({row["measure"]: row["part"] for _, row in rows if row.get("part")}),
    )  # fmt: skip


def _plain_cell(line: int, row: Mapping[str, str]) -> Figure:
    spans, exact = {}, {name: float(row[name]) for name in _FIGURES if row.get(name)}
    for kind in (MEAN, FAVOURABLE):
        if row.get(kind):
            spans[kind] = _written(row[kind], kind)
            exact[kind] = float(row[kind])
    codes = [heading for heading in row if heading.startswith("answer ") and row[heading]]
    spans |= {code: _written(row[code], code) for code in codes}
    people = people_of(row["n"])
    if people[0] > people[1]:
        raise ValueError(f"“{row['n']}” is no number of people")
    written = {kind: row[kind] for kind in (FAVOURABLE, *codes) if row.get(kind)}
    key = row["cut"], row["group"]
    return Figure(
        key, row["group"], row["measure"], bool(spans), people, spans, {**exact, "written": written}, line
    )


def _written(text: str, column: str) -> tuple[float, float]:
    value = float(text)
    if not 0 <= value <= 100:
        raise ValueError(f"the {column} {text} is not between 0 and 100 points")
    return rounded(value, 0.5 * 10.0 ** -len(text.partition(".")[2]))


def _plain_change(row: Mapping[str, str], figure: Figure) -> Iterator[Moved]:
    if row.get("change"):
        half = 0.5 * 10.0 ** -len(row["change"].partition(".")[2])
        span, people = rounded(float(row["change"]), half, -100, 100), people_of(row.get("matched", ""))
        yield Moved(figure.key, figure.measure, row.get("since", ""), span, people, None)


def _plain_rate(row: Mapping[str, str], figure: Figure) -> Iterator[Rate]:
    if row.get("rate"):
        half = 0.5 * 10.0 ** -len(row["rate"].partition(".")[2])
        roll = float(row["roll"]) if row.get("roll") else None
        yield Rate(
            figure.key, figure.label, rounded(float(row["rate"]), half), figure.people, roll, coded=False
        )


def _check_headings(file: str, rows: Sequence[Row], needed: Sequence[str], mend: str) -> None:
    if missing := [name for name in needed if name not in rows[0][1]]:
        raise Unreadable(file, 1, f"there is no column “{missing[0]}”. {mend}.")
