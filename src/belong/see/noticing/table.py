"""The figures of a date as one flat table for a spreadsheet: a row a figure, nothing that the releases do not hold."""

import csv
import io
from collections.abc import Iterator
from typing import Any

from belong.base.spreadsheet import harmless
from belong.people.models import User
from belong.release import Release
from belong.release.model import ALL
from belong.see.models import NoticingRelease
from belong.see.noticing.mixes import classes_of
from belong.see.noticing.queries import Mixes, read_date, read_mixes
from belong.see.noticing.tables import EMPTY_WORDS, MOMENT_WORDS, STATE_WORDS
from belong.see.noticing.words import adults_said
from belong.see.table import in_one_cell
from belong.see.words import symbol_in_words

COLUMNS = (
    "table", "of", "fact", "cut", "group", "group name", "against", "symbol", "in words", "share %", "low", "high",
    "classes", "shares of classes %", "people", "limited", "compared with",
)  # fmt: skip
CLASSES = {"tutor": STATE_WORDS, "moments": MOMENT_WORDS, "empty": EMPTY_WORDS}


def as_csv(row: NoticingRelease, user: User) -> str:
    """All three releases of a date with a byte-order mark, so that spreadsheet programs read the letters right."""
    file = io.StringIO()
    writer = csv.writer(file)
    writer.writerow(COLUMNS)
    for of, release in releases_on(row, user, read_mixes(row.on, user)):
        for line in rows(release):
            writer.writerow([harmless(in_one_cell((line | {"of": of}).get(column))) for column in COLUMNS])
    return "\ufeff" + file.getvalue()


def releases_on(row: NoticingRelease, user: User, mixes: Mixes) -> list[tuple[str, Release]]:
    """Of whom, and the release, for all that were made for a date."""
    found = (
        ("pupils", read_date(row, user).release),
        ("mix of pupils", mixes.pupils),
        (f"mix of {adults_said(mixes).lower()}", mixes.adults if mixes.adults_on == row.on else None),
    )
    return [(of, release) for of, release in found if release]


def rows(release: Release) -> Iterator[dict[str, Any]]:
    """Every figure by the headings of `COLUMNS`, but for whom it is of, and by the key of its `measure`; shares of
    classes as a tuple.
    """
    labels = {info.key: info.label for info in release.measures}
    for cell in release.cells:
        classes = CLASSES.get(fact := cell.measure.removeprefix("item:"), ()) or classes_of(release, fact)
        yield _about("share", cell, labels) | {
            "share %": cell.favourable,
            "low": cell.low,
            "high": cell.high,
            "classes": " · ".join(classes) if cell.distribution else "",
            "shares of classes %": cell.distribution,
            "people": cell.n_band,
            "limited": cell.coded,
        }
    for gap in release.gaps:
        yield _about("difference", gap, labels) | {
            "against": gap.against,
            "share %": gap.difference,
            "low": gap.low,
            "high": gap.high,
        }
    for change in release.changes:
        yield _about("change", change, labels) | {
            "share %": change.difference,
            "low": change.low,
            "high": change.high,
            "people": change.n_band,
            "compared with": change.from_wave,
        }


def _about(table: str, row: Any, labels: dict[str, str]) -> dict[str, Any]:
    return {
        "table": table,
        "measure": row.measure,
        "fact": labels.get(row.measure, row.measure),
        "cut": row.cut,
        "group": row.group,
        "group name": "Everyone" if row.cut == ALL else row.label,
        "symbol": row.symbol,
        "in words": symbol_in_words(row.symbol),
    }
