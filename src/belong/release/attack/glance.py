"""What a file gives away at a glance: no arithmetic, only looking."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from belong.release.attack.learned import Learned, Tried, people_words
from belong.release.attack.told import FAVOURABLE, MEAN, WHOLE, Figure, Told, is_open
from belong.release.coding import edge
from belong.release.model import FLOOR
from belong.release.rows import SHOWN

DETAIL = 30
"""People from whom on single answers may be counted out."""
_TABLES = {
    "cells",
    "gaps",
    "changes",
    "responses",
    "score",
    "gap",
    "change",
    "answered %",
    "share",
    "difference",
}
_NAMING = {
    "table", "measure", "question or part", "cut", "group", "group name", "label", "against", "symbol", "from_wave",
    "compared with", "caveats", "of", "fact", "classes", "place", "time", "feeling", "in words",
}  # fmt: skip
_CUT_OFF = {"coded", "limited"}
_WORDS = {"text", "words", "comment", "comments", "said", "free text", "answer text"}
_TIME = re.compile(r"(\d{4}-\d\d-\d\d[T ])?([01]\d|2[0-3]):[0-5]\d(:[0-5]\d.*)?")
_SCHOOLS, _MOST_OF_A_SCHOOL = 5, 0.4


def glance(told: Told, threshold: int) -> tuple[list[Learned], list[Tried]]:
    """Every look at one file."""
    looks = {
        "seal": _seal(told),
        "threshold": _threshold(told),
        "hidden": _hidden(told),
        "shown": _shown(told, threshold),
        "alike": _alike(told),
        "written": _written(told),
        "schools": _schools(told),
    }
    counts = dict.fromkeys(looks, len(told.figures)) | {"seal": 1, "threshold": 1, "hidden": len(told.raw)}
    counts |= {
        "written": len(told.raw),
        "schools": sum(key[0] in ("school", "schools") for _, key in told.figures),
    }
    note = "" if told.seal != "none" or not told.protected else f"{told.file} carries no seal."
    learned = [one for found in looks.values() for one in found]
    return learned, [Tried(way, counts[way], note if way == "seal" else "") for way in looks]


def _seal(told: Told) -> Iterator[Learned]:
    if told.seal == "broken":
        how = "its digest does not fit its rows"
        yield Learned(
            "seal", "the release was altered after it was built", "", "", None, None, how, (told.file,)
        )


def _threshold(told: Told) -> Iterator[Learned]:
    if told.threshold is not None and told.threshold < FLOOR:
        about, how = f"groups of {told.threshold} may be shown", f"its threshold is below {FLOOR}"
        yield Learned("threshold", about, "", "", None, None, how, (told.file,))


def _hidden(told: Told) -> Iterator[Learned]:
    """Rows that carry a symbol instead of figures, and figures all the same."""
    for table, row in told.raw:
        symbol = row.get("symbol")
        if table not in _TABLES or symbol is None or symbol in SHOWN:
            continue
        held = [
            f"{name} {value}" for name, value in row.items() if name not in _NAMING and _tells(name, value)
        ]
        if held:
            key = str(row.get("cut", "")), str(row.get("group", ""))
            named = told.measures.get(str(row.get("measure") or row.get("fact") or ""), "")
            how = f"the row is marked “{symbol}” and still holds {held[0]}"
            yield Learned("hidden", told.label(key), "", named, None, None, how, (told.file,))


def _tells(column: str, value: Any) -> bool:
    """Whether an entry says something of the group: a number, or that its figures were cut off at an end."""
    if value is None or value == "":
        return False
    return not isinstance(value, str) or column in _CUT_OFF or any(sign.isdigit() for sign in value)


def _shown(told: Told, threshold: int) -> Iterator[Learned]:
    for figure in told.figures.values():
        if figure.shown and 0 < figure.people[1] < threshold:
            kind = MEAN if MEAN in figure.spans else next(iter(figure.spans))
            named = told.measures.get(figure.measure, figure.measure)
            yield Learned(
                "shown", told.label(figure.key), people_words(figure.people), named, *figure.spans[kind],
                "it stands in the table", (told.file,),
            )  # fmt: skip


def _alike(told: Told) -> Iterator[Learned]:
    """Means at an end of the scale, and shares of nobody or everybody."""
    for figure in told.figures.values():
        exact = figure.exact
        found: list[Any] = [exact.get(kind) for kind in (MEAN, FAVOURABLE) if exact.get(kind) in (0, 100)]
        found += [100 for share in _shares(exact) if share == 100]
        if found:
            how = "everybody in the group gave the same answer"
        elif told.protected and (
            beyond := [s for s in _shares(exact) if not _least(figure) <= s <= 100 - _least(figure)]
        ):
            found, how = beyond, "so extreme a share of so few says what nearly all of them said"
        if found:
            value, named = float(found[0]), told.measures.get(figure.measure, figure.measure)
            people = people_words(figure.people) if not is_open(figure.people) else ""
            yield Learned("alike", told.label(figure.key), people, named, value, value, how, (told.file,))


def _shares(exact: Mapping[str, Any]) -> list[float]:
    written = exact.get("written", {})
    shares = [float(text) for kind, text in written.items() if kind.startswith("answer ")]
    shares += [float(share) for share in exact.get("distribution") or ()]
    return shares + ([float(exact[FAVOURABLE])] if exact.get(FAVOURABLE) is not None else [])


def _least(figure: Figure) -> int:
    return 1 if is_open(figure.people) else edge(int(figure.people[1]))


def _written(told: Told) -> Iterator[Learned]:
    """Answers counted out in small groups, words as they came in, times of answering."""
    for figure in told.figures.values():
        if figure.people[1] < DETAIL and any(kind.startswith("answer ") for kind in figure.spans):
            named, how = (
                told.measures.get(figure.measure, figure.measure),
                "how many gave each answer is counted out",
            )
            people = people_words(figure.people)
            yield Learned("written", told.label(figure.key), people, named, None, None, how, (told.file,))
    columns: dict[str, str] = {}
    for table, row in told.raw:
        for column, value in row.items():
            if value in (None, "") or table == "notes":
                continue
            if column.lower() in _WORDS:
                columns[column] = "written words, one row after another in the order they came"
            elif isinstance(value, str) and _TIME.fullmatch(value):
                columns[column] = "times of day, to be set beside a register"
    for column, how in columns.items():
        yield Learned(
            "written", f"the column “{column}”", "", "", None, None, f"it holds {how}", (told.file,)
        )


def _schools(told: Told) -> Iterator[Learned]:
    """Tables across schools need five of them and none that is nearly half."""
    for measure, title in told.measures.items():
        figures = told.of(measure)
        schools = [key for key in figures if key[0] in ("school", "schools")]
        if not schools or WHOLE not in figures:
            continue
        if len(schools) < _SCHOOLS:
            about, how = (
                f"{len(schools)} schools",
                "each knows its own figures and can take them from the whole",
            )
            yield Learned("schools", about, "", title, None, None, how, (told.file,))
        everyone = figures[WHOLE].people[1]
        for key in schools:
            if figures[key].people[0] > _MOST_OF_A_SCHOOL * everyone:
                how = "it is so much of the whole that the whole is nearly its own figure"
                yield Learned("schools", told.label(key), "", title, None, None, how, (told.file,))


def absent(told: Told, threshold: int, on_roll: Mapping[tuple[str, str], int]) -> tuple[list[Learned], Tried]:
    """How few did not answer: from rates, bands and, where a class list is given, numbers on roll."""
    learned = []
    missing: dict[tuple[str, str], tuple[float, float]] = {}
    for rate in told.rates:
        roll = on_roll.get(rate.key, rate.roll)
        low, high = rate.span
        if roll is not None:
            missing[rate.key] = roll * (100 - high) / 100, roll * (100 - low) / 100
        elif not rate.coded and low > 0:
            missing[rate.key] = rate.answered[0] * (100 / high - 1), rate.answered[1] * (100 / low - 1)
        if rate.coded or rate.key not in missing:
            continue
        few = _whole(missing[rate.key])
        if few[0] <= few[1] < threshold:
            words = "nobody" if few[1] == 0 else people_words(few)
            how = "the rate, and how many there are in the group"
            learned.append(
                Learned(
                    "absent",
                    f"those of {told.label(rate.key)} who did not answer",
                    words,
                    "",
                    None,
                    None,
                    how,
                    (told.file,),
                )
            )
    learned += _left_over(told, threshold, missing, on_roll)
    return learned, Tried("absent", len(told.rates))


def _left_over(
    told: Told,
    threshold: int,
    missing: Mapping[tuple[str, str], tuple[float, float]],
    on_roll: Mapping[tuple[str, str], int],
) -> Iterator[Learned]:
    """The one group of a cut whose rate is not told, from everyone's and the others'."""
    exact = {rate.key for rate in told.rates if not rate.coded and rate.key in missing}
    if WHOLE not in exact:
        return
    for cut in dict.fromkeys(key[0] for key in on_roll if key != WHOLE and "*" not in key[0]):
        groups: Sequence[tuple[str, str]] = [key for key in on_roll if key[0] == cut]
        untold = [key for key in groups if key not in exact]
        if len(untold) != 1 or sum(on_roll[key] for key in groups) != on_roll.get(WHOLE):
            continue
        others = [missing[key] for key in groups if key in exact]
        few = _whole(
            (missing[WHOLE][0] - sum(o[1] for o in others), missing[WHOLE][1] - sum(o[0] for o in others))
        )
        if 0 <= few[1] < threshold:
            how = "the rate of everyone and those of the other groups"
            people = "nobody" if few[1] == 0 else people_words((max(few[0], 0), few[1]))
            yield Learned(
                "absent",
                f"those of {told.label(untold[0])} who did not answer",
                people,
                "",
                None,
                None,
                how,
                (told.file,),
            )


def _whole(span: tuple[float, float]) -> tuple[int, int]:
    """The whole numbers in a span."""
    return int(-(-(span[0] - 1e-6) // 1)), int((span[1] + 1e-6) // 1)
