"""The numbers alone: JSON with every figure at full precision the rules allow, CSV in long form."""

from __future__ import annotations

import csv
import io
import json
import math
from collections.abc import Iterator
from dataclasses import asdict
from datetime import date
from typing import Any

from belong import __version__
from belong.measure.estimate import Estimate
from belong.measure.results import Analysis

HEAD = ("section", "cut", "group", "measure", "statistic", "value", "se", "low", "high", "n", "note")


def report_json(analysis: Analysis, on: date) -> str:
    """All results as JSON. Keys are those of ``belong.measure.results``; figures that do not exist are
    null.
    """
    data = {"made_with": f"belong {__version__}", "made_on": on.isoformat(), **asdict(analysis)}
    return json.dumps(_plain(data), ensure_ascii=False, indent=2, allow_nan=False) + "\n"


def _plain(value: Any) -> Any:
    """Python numbers only, without nan."""
    if isinstance(value, dict):
        return {key: _plain(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(inner) for inner in value]
    if isinstance(value, float):
        return float(value) if math.isfinite(value) else None
    return value


def report_csv(analysis: Analysis) -> str:
    """One figure a line, columns ``HEAD``; UTF-8 with a byte-order mark, for spreadsheets."""
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(HEAD)
    for row in _rows(analysis):
        writer.writerow([guarded(cell) for cell in row])
    return "\ufeff" + text.getvalue()


def guarded(cell: object) -> str:
    """A cell that no spreadsheet takes for a formula: text that starts like one gets an apostrophe before
    it.
    """
    if cell is None:
        return ""
    if isinstance(cell, float):
        return "" if not math.isfinite(cell) else f"{cell:.6f}".rstrip("0").rstrip(".")
    if isinstance(cell, int):
        return str(cell)
    text = str(cell)
    return f"'{text}" if text[:1] in ("=", "+", "-", "@", "\t", "\r") else text


Line = tuple[object, ...]


def _rows(analysis: Analysis) -> Iterator[Line]:
    yield ("file", "", "", "", "rows", analysis.rows, "", "", "", "", analysis.source)
    yield ("file", "", "", "", "complete cases", analysis.complete, "", "", "", "", "")
    key = f"{analysis.instrument} {analysis.version} {analysis.hash}"
    yield ("file", "", "", "", "instrument", "", "", "", "", "", key)
    if analysis.attribution:
        yield ("file", "", "", "", "attribution", "", "", "", "", "", analysis.attribution)
    for measure in analysis.measures:
        yield _estimate("score", measure.key, "mean", measure.mean)
        yield (
            "score",
            "all",
            "",
            measure.key,
            "design effect",
            measure.mean.effect,
            "",
            "",
            "",
            measure.people,
            "",
        )
        yield ("score", "all", "", measure.key, "sd", measure.sd, "", "", "", measure.people, "unweighted")
        if measure.favourable:
            yield _estimate("score", measure.key, "favourable %", measure.favourable)
        for c in measure.consistency:
            cases = (
                f"weighted with {analysis.weight}, complete cases"
                if c.weighted
                else "unweighted complete cases"
            )
            a = c.alpha
            yield (
                "reliability",
                "all",
                "",
                measure.key,
                "alpha",
                a.value,
                a.se,
                a.low,
                a.high,
                c.people,
                cases,
            )
            yield (
                "reliability",
                "all",
                "",
                measure.key,
                "omega, one factor",
                c.omega,
                "",
                "",
                "",
                c.people,
                cases,
            )
    yield from _items(analysis)
    if analysis.clustering:
        c2 = analysis.clustering
        for name, value in (
            ("icc", c2.icc),
            ("between sd", c2.between_sd),
            ("reliability of a mean", c2.mean_reliability),
        ):
            yield (
                "clusters",
                c2.column,
                "",
                "score",
                name,
                value,
                "",
                "",
                "",
                c2.clusters,
                "n = clusters; unweighted REML",
            )
    for cut in analysis.cuts:
        for g in cut.groups:
            note = "too few to show" if g.symbol == "c" else "fewer than 30" if g.symbol == "u" else ""
            yield ("group", cut.name, g.label, g.measure, "mean", g.mean, "", g.low, g.high, g.band, note)
            if g.mean is not None:
                yield (
                    "group",
                    cut.name,
                    g.label,
                    g.measure,
                    "mean, drawn together",
                    g.shrunk,
                    "",
                    "",
                    "",
                    g.band,
                    "",
                )
                yield (
                    "group",
                    cut.name,
                    g.label,
                    g.measure,
                    "favourable %",
                    g.favourable,
                    "",
                    "",
                    "",
                    g.band,
                    "coded",
                )
        for d in cut.gaps:
            label = f"{d.label} (minus {d.against})"
            verdict = d.verdict or "too few to show"
            yield (
                "difference",
                cut.name,
                label,
                d.measure,
                "difference",
                d.difference,
                "",
                d.low,
                d.high,
                "",
                verdict,
            )
            if d.sincere is not None:
                note = "without answers not meant"
                yield (
                    "difference",
                    cut.name,
                    label,
                    d.measure,
                    "difference",
                    d.sincere,
                    "",
                    "",
                    "",
                    "",
                    note,
                )


def _estimate(section: str, measure: str, statistic: str, e: Estimate) -> Line:
    return (section, "all", "", measure, statistic, e.value, e.se, e.low, e.high, e.people, "")


def _items(analysis: Analysis) -> Iterator[Line]:
    for item in analysis.items:
        name = f"item:{item.id}"
        for code, count in enumerate(item.counts or (), start=1):
            note = f"{item.answers[code - 1]}; answers from least to most belonging, unweighted"
            yield ("item", "all", "", name, f"count {code}", count, "", "", "", item.answered, note)
        yield ("item", "all", "", name, "no answer", item.missing, "", "", "", analysis.rows, "")
        if item.favourable:
            yield _estimate("item", name, "favourable %", item.favourable)
        for label, value in (
            ("mean", item.mean), ("sd", item.sd), ("item-rest r", item.item_rest),
            ("alpha if dropped", item.alpha_if_dropped), ("standardised loading", item.loading),
        ):  # fmt: skip
            yield (
                "item",
                "all",
                "",
                name,
                label,
                value,
                "",
                "",
                "",
                analysis.complete,
                "unweighted complete cases",
            )
