"""What was noticed by a half-term date as an Excel workbook: a sheet to read first, then shares, differences, changes.

A row is what the CSV file makes of a figure (`table.rows`), with names for people beside the names for programs.
"""

from collections.abc import Sequence
from datetime import date
from typing import Any

from belong.ask.models import Wave
from belong.people.models import User
from belong.release import Release
from belong.release.model import ALL
from belong.see.columns import (
    AGAINST,
    AGAINST_KEY,
    BAND,
    EARLIER_KEY,
    GROUP,
    GROUP_KEYS,
    LIMITED,
    MEASURE_KEY,
    SIGN,
    interval,
)
from belong.see.models import NoticingRelease
from belong.see.noticing.queries import Mixes, read_mixes
from belong.see.noticing.table import releases_on, rows
from belong.see.noticing.words import HOW, NEVER, whose_mix
from belong.see.read_first import (
    LIMITS,
    Lines,
    demo_lines,
    in_words,
    missing_lines,
    protecting_lines,
    seal_lines,
    span,
)
from belong.see.words import capital, cut_title, other_label, text
from belong.see.xlsx import MOVED, WHOLE, Book, Column, Sheet

SHARES = "shares of classes %"
WHAT = (
    Column("Of whom", "of", width=13),
    Column("What", "fact", width=36),
    *GROUP,
)
CAUTIONS = ("many-gaps", "no-cause")
DIFFERENCES = (
    *WHAT,
    AGAINST,
    Column("Difference (points of %)", "share %", MOVED, 11),
    *interval(MOVED),
    *SIGN,
    MEASURE_KEY,
    *GROUP_KEYS,
    AGAINST_KEY,
)
CHANGES = (
    *WHAT,
    Column("Compared with", "earlier", width=18),
    Column("Change (points of %)", "share %", MOVED),
    *interval(MOVED),
    BAND,
    *SIGN,
    MEASURE_KEY,
    *GROUP_KEYS,
    EARLIER_KEY,
)


def book_of(row: NoticingRelease, user: User) -> Book:
    """The book of a date with all releases made for it that this reader may see."""
    mixes = read_mixes(row.on, user)
    releases = releases_on(row, user, mixes)
    found: dict[str, list[dict[str, Any]]] = {"share": [], "difference": [], "change": []}
    for of, release in releases:
        for line in rows(release):
            found[line["table"]].append(_named(line | {"of": capital(of)}, release))
    return Book(
        title=f"What was noticed by {in_words(row.on)}",
        school=row.school.name,
        made_on=row.on,
        first=_first(row, mixes, releases),
        sheets=(
            Sheet("Shares", _shares(found["share"]), found["share"]),
            Sheet("Differences", DIFFERENCES, found["difference"]),
            Sheet("Changes", CHANGES, found["change"]),
        ),
    )


def _shares(found: Sequence[dict[str, Any]]) -> tuple[Column, ...]:
    classes = max((len(line[SHARES] or ()) for line in found), default=0)
    return (
        *WHAT,
        Column("Share (%)", "share %", WHOLE),
        *interval(WHOLE),
        LIMITED,
        BAND,
        *SIGN,
        Column("Classes, lowest first", "classes", width=30),
        *(Column(f"Class {n} (%)", f"class {n}", WHOLE, 7) for n in range(1, classes + 1)),
        MEASURE_KEY,
        *GROUP_KEYS,
    )


def _named(line: dict[str, Any], release: Release) -> dict[str, Any]:
    """A row with what people call things."""
    cut = line["cut"]
    named = {
        "by": "Everyone" if cut == ALL else cut_title(Wave.PUPILS, cut),
        "limited in words": LIMITS.get(line.get("limited") or "", ""),
    }
    if "compared with" in line:
        named["earlier"] = _day_of(line["compared with"])
    if "against" in line:
        named["against in words"] = other_label(release.gap(line["measure"], cut, line["group"]), release)
    return line | named | {f"class {n}": share for n, share in enumerate(line.get(SHARES) or (), start=1)}


def _day_of(wave: str) -> str:
    """The date in the key of an earlier release ("noticed-2026-10-23"); any other key as it is."""
    try:
        return in_words(date.fromisoformat(wave[-len("2026-10-23") :]))
    except ValueError:
        return wave


def _first(row: NoticingRelease, mixes: Mixes, releases: Sequence[tuple[str, Release]]) -> Lines:
    threshold = releases[0][1].threshold
    adults = whose_mix(mixes, row.on)
    return [
        ("School", row.school.name),
        ("From", span(row.since, row.on)),
        *demo_lines(row.school),
        ("Not about adults", NEVER),
        *missing_lines(),
        ("How to read the sheets", ""),
        ("How it was made", HOW.format(threshold=threshold)),
        ("Shares", text("workbook", "share")),
        *([("Mix of adults", adults)] if adults else []),
        ("95 % interval", text("workbook", "interval")),
        ("Differences", text("workbook", "difference")),
        ("Changes", text("workbook", "moved")),
        ("Grey columns", text("workbook", "keys")),
        *protecting_lines(threshold),
        ("What could mislead", ""),
        *(("", text("caveats", key)) for key in CAUTIONS),
        *seal_lines([("Frozen on", in_words(row.on)), *((f"Seal, {of}", one.hash) for of, one in releases)]),
    ]
