"""The release of a wave as an Excel workbook: a sheet to read first, then means, gaps, changes, who answered.

A row is what the CSV file makes of a figure (`table.rows`), with names for people beside the names for programs.
"""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from belong.measure import say
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
from belong.see.queries import Reading
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
from belong.see.table import rows
from belong.see.translations import flags_of
from belong.see.words import PEOPLE, capital, cut_title, other_label, symbol_in_words, text, years_in_words
from belong.see.xlsx import DIFFERENCE, POINTS, RATIO, WHOLE, Book, Column, Sheet

KINDS = {"score": "Whole score", "part": "Part", "item": "Question"}
CAUTIONS = ("many-gaps", "season", "no-cause", "insincere")
STATISTICS = ("Cronbach's alpha", "one-factor omega")
SHARES = "answers % lowest to highest"

MEASURE = (Column("Kind", "kind", width=11), Column("Question or part", "question or part", width=36))


def book_of(reading: Reading) -> Book:
    """The book of a wave; every figure in it is in the release."""
    release, wave = reading.release, reading.wave
    found: dict[str, list[dict[str, Any]]] = {}
    for row in _named(reading):
        found.setdefault(row["table"], []).append(row)
    return Book(
        title=wave.title,
        school=wave.school.name,
        made_on=date.fromisoformat(release.built_on) if release.built_on else wave.closes_on,
        first=_first(reading),
        sheets=(
            Sheet("Means", _means(found.get("score", [])), found.get("score", [])),
            Sheet("Gaps", GAPS, found.get("gap", [])),
            Sheet("Changes", CHANGES, found.get("change", [])),
            Sheet("Responses", RESPONSES, found.get("answered %", [])),
            Sheet("Reliability", TRUST, [row for table in STATISTICS for row in found.get(table, [])]),
        ),
    )


GAPS = (
    *MEASURE,
    *GROUP,
    AGAINST,
    Column("Gap (points)", "value", DIFFERENCE),
    *interval(DIFFERENCE),
    Column("Without careless answers (points)", "without careless answers", DIFFERENCE, 13),
    *SIGN,
    MEASURE_KEY,
    *GROUP_KEYS,
    AGAINST_KEY,
)
CHANGES = (
    *MEASURE,
    *GROUP,
    Column("Compared with", "earlier", width=22),
    Column("Change (points)", "value", DIFFERENCE),
    *interval(DIFFERENCE),
    BAND,
    *SIGN,
    MEASURE_KEY,
    *GROUP_KEYS,
    EARLIER_KEY,
)
RESPONSES = (*GROUP, Column("Answered (%)", "value", WHOLE), LIMITED, BAND, *SIGN, *GROUP_KEYS)
TRUST = (
    *MEASURE,
    Column("How well they hang together", "statistic", width=20),
    Column("Value", "value", RATIO),
    *interval(RATIO),
    BAND,
    *SIGN,
    MEASURE_KEY,
)


def _means(found: Sequence[dict[str, Any]]) -> tuple[Column, ...]:
    answers = max((len(row[SHARES] or ()) for row in found), default=0)
    return (
        *MEASURE,
        *GROUP,
        Column("Mean (points of 100)", "value", POINTS),
        *interval(POINTS),
        Column("Drawn towards the average (points)", "drawn together", POINTS, 11),
        Column("Favourable (%)", "favourable %", WHOLE, 11),
        LIMITED,
        BAND,
        *SIGN,
        *(Column(f"Answer {n} (%)", f"answer {n}", WHOLE, 7.5) for n in range(1, answers + 1)),
        MEASURE_KEY,
        *GROUP_KEYS,
    )


def _named(reading: Reading) -> Iterator[dict[str, Any]]:
    """The rows of the CSV file with what people call things."""
    release, earlier = reading.release, reading.earlier_wave
    kinds = {info.key: KINDS[info.kind] for info in release.measures}
    cuts = {
        cut: cut_title(release.audience, cut)
        for cut in {row.cut for row in release.responses} | {*release.cuts}
    }
    for row in rows(release):
        named = {
            "kind": kinds.get(row.get("measure", ""), ""),
            "by": "Everyone" if row["cut"] == ALL else cuts.get(row["cut"], row["cut"]),
            "limited in words": LIMITS.get(row.get("limited") or "", ""),
        }
        if "against" in row:
            gap = release.gap(row["measure"], row["cut"], row["group"])
            named["against in words"] = other_label(gap, release)
        if "compared with" in row:
            is_it = earlier is not None and str(earlier.pk) == row["compared with"]
            named["earlier"] = earlier.title if earlier and is_it else row["compared with"]
        if "symbol" not in row:
            named |= _trust(row)
        yield row | named | {f"answer {n}": share for n, share in enumerate(row.get(SHARES) or (), start=1)}


def _trust(row: dict[str, Any]) -> dict[str, str]:
    """What a row of reliability says beside its figure, which too few complete answers keep back."""
    sign = "" if row["value"] is not None else "x" if row["people"] else "c"
    said = {"statistic": capital(row["table"]), "symbol": sign, "in words": symbol_in_words(sign)}
    return said | ({"people": ""} if sign else {})


def _first(reading: Reading) -> Lines:
    release, wave = reading.release, reading.wave
    before, frozen = reading.earlier_wave, reading.record.built_at or wave.closes_on
    who = ", ".join(filter(None, (capital(PEOPLE[release.audience]), years_in_words(wave.years))))
    said = [line.removesuffix(".") + "." for line in flags_of(release)]
    notes = dict.fromkeys(note.text for note in release.notes)
    return [
        ("School", wave.school.name),
        ("Who was asked", who),
        ("Asked", span(wave.opens_on, wave.closes_on)),
        ("Questionnaire", f"{say(reading.instrument.title)}, version {reading.instrument.version}"),
        *([("Compared with", f"{before.title}, {in_words(before.opens_on)}")] if before else []),
        *(("Keep in mind", line) for line in said),
        *demo_lines(wave.school),
        *missing_lines(),
        ("How to read the sheets", ""),
        ("Means", text("method", "score")),
        ("95 % interval", text("workbook", "interval")),
        ("Drawn towards the average", text("method", "shrunk")),
        ("Favourable", text("method", "favourable")),
        ("Answers", text("workbook", "answers")),
        ("Gaps", text("workbook", "gap")),
        ("Changes", text("method", "change")),
        ("Responses", text("method", "response")),
        ("Reliability", f"{text('method', 'alpha')} {text('method', 'omega')}"),
        ("Grey columns", text("workbook", "keys")),
        *protecting_lines(release.threshold),
        *(("In this release", note) for note in notes),
        ("What could mislead", ""),
        *(("", text("method", key)) for key in ("no-rank", "not-a-child")),
        *(("", text("caveats", key)) for key in CAUTIONS),
        *seal_lines([("Frozen on", in_words(frozen)), ("Seal", release.hash)]),
    ]
