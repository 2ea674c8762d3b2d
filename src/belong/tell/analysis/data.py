"""The numbers alone: JSON with every figure at full precision the rules allow, CSV in long form."""

from __future__ import annotations

import csv
import io
import json
import math
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from datetime import date
from typing import Any

import numpy as np

from belong import __version__
from belong.base.spreadsheet import harmless
from belong.measure.comparing import Moved
from belong.measure.definitions import Definition, defined, definitions
from belong.measure.estimate import Estimate
from belong.measure.results import Analysis, GapResult, GroupResult, MeasureResult

HEAD = ("section", "cut", "group", "measure", "statistic", "value", "se", "low", "high", "n", "note")
LAST = "definition"
"""The last column: what the figure is, its source, whom it rests on, what a missing answer does."""

PLACES = {
    "file": "",
    "score": "measures[].",
    "reliability": "measures[].consistency[].",
    "item": "items[].",
    "clusters": "clustering.",
    "ordinal": "deeper.ordinal.",
    "grm": "deeper.model.",
    "gpcm": "deeper.model.",
    "pcm": "deeper.model.",
    "dif": "deeper.dif[].",
    "group": "cuts[].groups[].",
    "difference": "cuts[].gaps[].",
    "change": "compared.",
}
FIGURES = {
    "complete cases": "complete",
    "design effect": "mean.effect",
    "favourable %": "favourable",
    "omega, one factor": "omega",
    "no answer": "missing",
    "item-rest r": "item_rest",
    "standardised loading": "loading",
    "reliability of a mean": "mean_reliability",
    "mean, drawn together": "shrunk",
    "sincere difference": "sincere",
    "chi2 (2 df)": "items[].total",
    "log odds": "items[].shift",
    "slope": "items[].slope",
}
"""Names of the long form that are not the JSON report's own."""


def report_json(analysis: Analysis, on: date, plots: Sequence[str] = ()) -> str:
    """All results as JSON. Keys are those of ``belong.measure.results``; figures that do not exist are null.
    ``definitions`` says what each is, by its place.
    """
    data = {
        "made_with": f"belong {__version__}",
        "made_on": on.isoformat(),
        **asdict(analysis),
        "plots": list(plots),
        "definitions": {place: asdict(one) for place, one in definitions(analysis).items()},
    }
    return json.dumps(_plain(data), ensure_ascii=False, indent=2, allow_nan=False) + "\n"


def _plain(value: Any) -> Any:
    """Python numbers only, without nan."""
    if isinstance(value, dict):
        return {key: _plain(inner) for key, inner in value.items()}
    if isinstance(value, np.ndarray):
        return _plain(value.tolist())
    if isinstance(value, list | tuple):
        return [_plain(inner) for inner in value]
    if isinstance(value, float):
        return float(value) if math.isfinite(value) else None
    return value


def report_csv(analysis: Analysis, plots: Sequence[str] = ()) -> str:
    """One figure a line, columns ``HEAD`` and what it is; UTF-8 with a byte-order mark, for spreadsheets."""
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow((*HEAD, LAST))
    known = definitions(analysis)
    for row in (*_rows(analysis), *(_line("file", "plot", note=name) for name in plots)):
        writer.writerow([_cell(cell) for cell in (*row, _definition(row, known))])
    return "\ufeff" + text.getvalue()


def _definition(row: Line, known: dict[str, Definition]) -> str:
    """What a line's figure is; nothing for lines that hold none."""
    section, statistic = str(row[0]), str(row[4])
    name = FIGURES.get(statistic, statistic.replace(" ", "_"))
    if statistic.startswith("count "):
        name = "counts[]"
    elif section == "ordinal" and name == "loading":
        name = "loadings[]"
    elif statistic[:1] == "b" and statistic[1:].isdigit():
        name = "items[].places[]"
    found = defined(PLACES[section] + name, known)
    return (
        ""
        if found is None
        else f"{found.what}. {found.source}. Rests on: {found.people}. Missing: {found.missing}."
    )


def _cell(value: object) -> object:
    """Numbers to six places, nothing for those that do not exist, text that no spreadsheet runs."""
    if isinstance(value, float):
        return "" if not math.isfinite(value) else f"{value:.6f}".rstrip("0").rstrip(".")
    return harmless(value)


Line = tuple[object, ...]


def _line(section: str, statistic: str, value: object = "", **more: object) -> Line:
    """One line in the order of ``HEAD``; what is not given stays empty."""
    cells = {"section": section, "statistic": statistic, "value": value, **more}
    return tuple(cells.get(name, "") for name in HEAD)


def _rows(analysis: Analysis) -> Iterator[Line]:
    yield from _file(analysis)
    for measure in analysis.measures:
        yield from _score(measure)
        yield from _reliability(analysis, measure)
    yield from _items(analysis)
    yield from _clusters(analysis)
    yield from _deeper(analysis)
    for cut in analysis.cuts:
        for group in cut.groups:
            yield from _group(cut.name, group)
        for gap in cut.gaps:
            yield from _difference(cut.name, gap)
    yield from _changes(analysis)


def _file(analysis: Analysis) -> Iterator[Line]:
    yield _line("file", "rows", analysis.rows, note=analysis.source)
    yield _line("file", "complete cases", analysis.complete)
    yield _line("file", "instrument", note=f"{analysis.instrument} {analysis.version} {analysis.hash}")
    if analysis.attribution:
        yield _line("file", "attribution", note=analysis.attribution)


def _score(measure: MeasureResult) -> Iterator[Line]:
    whole = {"cut": "all", "measure": measure.key, "n": measure.people}
    yield _estimate("score", measure.key, "mean", measure.mean)
    yield _line("score", "design effect", measure.mean.effect, **whole)
    yield _line("score", "sd", measure.sd, **whole, note="unweighted")
    if measure.favourable:
        yield _estimate("score", measure.key, "favourable %", measure.favourable)


def _reliability(analysis: Analysis, measure: MeasureResult) -> Iterator[Line]:
    for c in measure.consistency:
        weighted = f"weighted with {analysis.weight}, complete cases"
        note = weighted if c.weighted else "unweighted complete cases"
        whole = {"cut": "all", "measure": measure.key, "n": c.people, "note": note}
        a = c.alpha
        yield _line("reliability", "alpha", a.value, se=a.se, low=a.low, high=a.high, **whole)
        yield _line("reliability", "omega, one factor", c.omega, **whole)


def _clusters(analysis: Analysis) -> Iterator[Line]:
    c = analysis.clustering
    if c is None:
        return
    whole = {"cut": c.column, "measure": "score", "n": c.clusters, "note": "n = clusters; unweighted REML"}
    yield _line("clusters", "icc", c.icc, **whole)
    yield _line("clusters", "between sd", c.between_sd, **whole)
    yield _line("clusters", "reliability of a mean", c.mean_reliability, **whole)


def _group(cut: str, g: GroupResult) -> Iterator[Line]:
    note = "kept back" if g.symbol == "c" else "fewer than 30" if g.symbol == "u" else ""
    who = {"cut": cut, "group": g.label, "measure": g.measure, "n": g.band}
    yield _line("group", "mean", g.mean, low=g.low, high=g.high, **who, note=note)
    if g.mean is not None:
        yield _line("group", "mean, drawn together", g.shrunk, **who)
        yield _line("group", "favourable %", g.favourable, **who, note="coded")


def _difference(cut: str, d: GapResult) -> Iterator[Line]:
    who = {"cut": cut, "group": f"{d.label} (minus {d.against})", "measure": d.measure}
    verdict = d.verdict or "kept back"
    yield _line("difference", "difference", d.difference, low=d.low, high=d.high, **who, note=verdict)
    if d.sincere is not None:
        yield _line("difference", "sincere difference", d.sincere, **who, note="without answers not meant")


def _changes(analysis: Analysis) -> Iterator[Line]:
    """What changed for the same people, by group; limits are of 95 %."""
    found = analysis.compared
    if found is None:
        return
    yield _line(
        "change",
        "matched",
        found.matched,
        cut="all",
        measure="score",
        note=f"{found.before} to {found.after}",
    )
    yield _line("change", "stability", found.stability, cut="all", measure="score", n=found.matched)
    yield _moved("change", found.change, cut="all", n=found.matched)
    yield _line("change", "sincere", found.sincere, cut="all", measure="score")
    for one in found.groups:
        who = {"cut": one.cut, "group": one.label, "n": one.band}
        yield _moved("groups[].change", one.change, **who, note="kept back" if one.symbol else "")
        if one.alike and one.more:
            yield _moved("groups[].alike", one.alike, **who)
            yield _line("change", "groups[].alike_sincere", one.alike_sincere, measure="score", **who)
            yield _moved("groups[].more", one.more, **who)
            yield _line("change", "groups[].more_sincere", one.more_sincere, measure="score", **who)
            yield _line("change", "groups[].regression", one.regression, measure="score", **who)


def _moved(statistic: str, found: Moved | None, **who: object) -> Line:
    figures = {} if found is None else {"low": found.low, "high": found.high}
    return _line("change", statistic, "" if found is None else found.value, measure="score", **figures, **who)


def _estimate(section: str, measure: str, statistic: str, e: Estimate) -> Line:
    figures = {"se": e.se, "low": e.low, "high": e.high, "n": e.people}
    return _line(section, statistic, e.value, cut="all", measure=measure, **figures)


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


def _deeper(analysis: Analysis) -> Iterator[Line]:
    """Ordered answers, the model and the questions between groups; items by their ids."""
    found = analysis.deeper
    if one := found.ordinal:
        for item, loading, error in zip(one.items, one.loadings, one.errors, strict=True):
            yield _line("ordinal", "standardised loading", loading, measure=item, se=error, n=one.people)
        for name in ("categorical_omega", "ordinal_alpha", "chi2_scaled", "df", "p", "cfi_scaled", "rmsea_scaled",
                     "srmr", "factors"):  # fmt: skip
            yield _line("ordinal", name.replace("_", " "), getattr(one, name), measure="score", n=one.people)
    if model := found.model:
        for entry in model.items:
            yield _line(model.model, "slope", entry.slope, measure=entry.item, n=model.people)
            for number, place in enumerate(entry.places, 1):
                yield _line(model.model, f"b{number}", place, measure=entry.item, n=model.people)
        for name in ("log_likelihood", "aic", "bic", "spread", "empirical", "marginal"):
            yield _line(
                model.model, name.replace("_", " "), getattr(model, name), measure="score", n=model.people
            )
    for pair in found.dif:
        for each in pair.items:
            group = f"{pair.second} against {pair.first}"
            note = f"delta R2 {each.delta_r2:.6f}, {each.size}"
            yield _line(
                "dif", "chi2 (2 df)", each.total, cut=pair.cut, group=group, measure=each.item, note=note
            )
            yield _line("dif", "log odds", each.shift, cut=pair.cut, group=group, measure=each.item)
