"""A release as one flat table: a row a figure, nothing that the release does not hold. Its CSV file, and what a row of
every other file is made from (`workbook`).
"""

import csv
import io
from collections.abc import Iterator
from typing import Any

from belong.base.spreadsheet import harmless
from belong.release import Release
from belong.release.model import ALL
from belong.see.words import symbol_in_words

COLUMNS = (
    "table", "measure", "question or part", "cut", "group", "group name", "against", "symbol", "in words", "value",
    "low", "high", "drawn together", "favourable %", "answers % lowest to highest", "without careless answers",
    "people", "limited", "compared with",
)  # fmt: skip


def as_csv(release: Release) -> str:
    """The release with a byte-order mark, so that spreadsheet programs read the letters right."""
    file = io.StringIO()
    writer = csv.writer(file)
    writer.writerow(COLUMNS)
    for row in rows(release):
        writer.writerow([harmless(in_one_cell(row.get(column))) for column in COLUMNS])
    return "\ufeff" + file.getvalue()


def in_one_cell(value: Any) -> Any:
    """Shares of several answers or classes as text, anything else as it is."""
    return " ".join(map(str, value)) if isinstance(value, tuple) else value


def rows(release: Release) -> Iterator[dict[str, Any]]:
    """Every figure by the headings of `COLUMNS`, None or nothing where there is none; shares of answers as a tuple."""
    labels = {info.key: info.label for info in release.measures}
    for cell in release.cells:
        yield _about("score", cell, labels) | {
            "value": cell.mean,
            "low": cell.low,
            "high": cell.high,
            "drawn together": cell.shrunk,
            "favourable %": cell.favourable,
            "answers % lowest to highest": cell.distribution,
            "people": cell.n_band,
            "limited": cell.coded,
        }
    for gap in release.gaps:
        yield _about("gap", gap, labels) | {
            "against": gap.against,
            "value": gap.difference,
            "low": gap.low,
            "high": gap.high,
            "without careless answers": gap.sincere_difference,
        }
    for change in release.changes:
        yield _about("change", change, labels) | {
            "value": change.difference,
            "low": change.low,
            "high": change.high,
            "people": change.n_band,
            "compared with": change.from_wave,
        }
    for row in release.responses:
        yield {
            "table": "answered %",
            "cut": row.cut,
            "group": row.group,
            "group name": row.label,
            "symbol": row.symbol,
            "in words": symbol_in_words(row.symbol),
        } | {
            "value": row.rate,
            "people": row.band,
            "limited": row.coded,
        }
    for found in release.reliability:
        yield {
            "table": "Cronbach's alpha",
            "measure": found.measure,
            "question or part": labels[found.measure],
        } | {
            "cut": ALL,
            "group": ALL,
            "value": found.alpha,
            "low": found.alpha_low,
            "high": found.alpha_high,
            "people": found.n_band,
        }
        yield {
            "table": "one-factor omega",
            "measure": found.measure,
            "question or part": labels[found.measure],
        } | {
            "cut": ALL,
            "group": ALL,
            "value": found.omega,
            "people": found.n_band,
        }


def _about(table: str, row: Any, labels: dict[str, str]) -> dict[str, Any]:
    return {
        "table": table,
        "measure": row.measure,
        "question or part": labels.get(row.measure, row.measure),
        "cut": row.cut,
        "group": row.group,
        "group name": row.label,
        "symbol": row.symbol,
        "in words": symbol_in_words(row.symbol),
    }
