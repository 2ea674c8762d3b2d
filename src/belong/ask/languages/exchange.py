"""The file of one language, for somebody who speaks it: written as CSV, read back from CSV or a spreadsheet.

One row for each text: where it stands, the English, the translation, whether it is the school's own. A text with a
number in it has one row for each form the language has, and its place says for which numbers ("for 2, 3, 4, 22").
Whoever edits it changes the third column only. The file is read whole before anything is believed: every line that
can't be used is named with how to mend it, and nothing of a file with such a line is taken.
"""

import csv
import io
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import python_calamine

from belong.ask.languages.editing import Counted, Place, places, places_in, shipped, words_now
from belong.base.spreadsheet import harmless
from belong.content.translations import known, placeholders, wrong_placeholders
from belong.measure.workbook import too_large

HEAD = ("Where it stands (leave as it is)", "English (leave as it is)")
STATE = "State"
LARGEST = 2_000_000
LONGEST = 4_000
MOST_LINES = 10_000
MOST_CELLS = 1_000_000
_HIDDEN = {"Cc", "Cs"}
_TURNING = set("\u202a\u202b\u202c\u202d\u202e")


@dataclass(frozen=True)
class Problem:
    """A line that can't be used: its row as a spreadsheet numbers it, what is wrong, how to mend it."""

    line: int
    text: str


@dataclass(frozen=True)
class Change:
    """One text that will be said otherwise."""

    place: str
    english: str
    before: str
    after: str


@dataclass(frozen=True)
class Reading:
    """What a file says. With problems, nothing of it may be used. `words` are the school's own, by place."""

    words: Mapping[str, str] = field(default_factory=dict)
    changes: tuple[Change, ...] = ()
    problems: tuple[Problem, ...] = ()
    aged: int = 0


def file_for(code: str, school: Any) -> str:
    """The file as text: CSV that spreadsheets open with every letter right."""
    now, ships = words_now(code, school), shipped(code)
    made = io.StringIO(newline="")
    write = csv.writer(made)
    write.writerow([*HEAD, f"{known()[code].called} (change this)", STATE])
    for place in places_in(code).values():
        said = now.get(place.id, "")
        state = "" if said == ships.get(place.id, "") else "your own"
        write.writerow(
            [harmless(cell) for cell in (place.id, place.english, said, state if said else "missing")]
        )
    return "\ufeff" + made.getvalue()


def read_file(name: str, body: bytes, code: str, school: Any) -> Reading:
    """What a file that came back says, against what is said now."""
    if len(body) > LARGEST:
        return _refused("the file is larger than 2 MB. Is this the file that was downloaded here?")
    try:
        rows = list(_rows(name, body))
    except UnreadableFile as no:
        return _refused(str(no))
    return _understood(rows, code, school)


class UnreadableFile(ValueError):
    """Neither a table nor text that can be read; says what to save it as."""


def _refused(words: str) -> Reading:
    return Reading(problems=(Problem(0, words),))


def _rows(name: str, body: bytes) -> Iterator[tuple[int, list[str]]]:
    """Row number and cells, from a workbook or from CSV with commas, semicolons or tabs."""
    if body[:4] == b"PK\x03\x04" or name.lower().endswith((".xlsx", ".ods", ".xls")):
        yield from enumerate(_workbook(body), 1)
        return
    try:
        text = body.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UnreadableFile(
            "the letters can't be read. Save it as “CSV UTF-8”, or as an Excel workbook, and upload it again."
        ) from error
    first = text.split("\n", 1)[0]
    comma = max((",", ";", "\t"), key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=comma)
    try:
        yield from enumerate(reader, 1)  # rows as a spreadsheet numbers them: a text may have several lines
    except csv.Error as error:
        raise UnreadableFile(f"line {reader.line_num} can't be read as a table ({error}).") from error


def _workbook(body: bytes) -> list[list[str]]:
    if why := too_large(io.BytesIO(body), MOST_CELLS):
        raise UnreadableFile(f"{why}. Is this the file that was downloaded here?")
    try:
        sheet = python_calamine.load_workbook(io.BytesIO(body)).get_sheet_by_index(0)
        rows = sheet.to_python(skip_empty_area=False)
    except Exception as error:
        raise UnreadableFile(
            "this can't be read as a workbook. Save it once more as .xlsx or as CSV."
        ) from error
    return [["" if cell is None else str(cell) for cell in row] for row in rows[: MOST_LINES + 1]]


def _understood(rows: Iterable[tuple[int, list[str]]], code: str, school: Any) -> Reading:
    known_places, ships, now = places_in(code), shipped(code), words_now(code, school)
    words: dict[str, str] = {}
    lines: dict[str, int] = {}
    problems, aged = [], 0
    for line, cells in rows:
        cells = [*(_plain(cell) for cell in cells), "", "", ""]
        place, english, said = cells[0], cells[1], cells[2]
        if place == HEAD[0] or not any(cells):
            continue
        if wrong := _wrong_line(known_places.get(place), place, said, lines):
            problems.append(Problem(line, wrong))
            continue
        lines[place] = line
        aged += english != known_places[place].english
        if said and said != ships.get(place, ""):
            words[place] = said
    if not lines and not problems:
        return _refused("no text of ours is in it. Upload the file that was downloaded from this page.")
    problems += _scales_not_whole({**now, **words}, lines)
    problems += _counted_not_whole(code, {**now, **words}, lines)
    missing = {place: said for place, said in _own_before(code, school).items() if place not in lines}
    words |= missing
    after = {**ships, **words}
    changes = tuple(
        Change(place, known_places[place].english, now.get(place, ""), after.get(place, ""))
        for place in known_places
        if now.get(place, "") != after.get(place, "")
    )
    return Reading(words, changes, tuple(sorted(problems, key=lambda one: one.line)), aged)


def _own_before(code: str, school: Any) -> Mapping[str, str]:
    from belong.ask.languages.wording import in_use

    edition = in_use(code, school)
    return edition.words if edition else {}


def _wrong_line(source: Place | None, place: str, said: str, lines: Mapping[str, int]) -> str:
    """What is wrong with a line and how to mend it, or ""."""
    if source is None:
        return f"“{place[:80]}” is no place of a text. Put back what stood in the first column, or delete the line."
    if place in lines:
        return f"this text stands on line {lines[place]} already. Keep one of the two."
    if len(said) > LONGEST:
        return f"it is longer than {LONGEST:,} letters. Shorten it."
    if any(
        (unicodedata.category(letter) in _HIDDEN and letter != "\n") or letter in _TURNING for letter in said
    ):
        return "it holds a hidden character. Type the text again, or paste it as plain text."
    wrong = (
        _wrong_count(said, source)
        if isinstance(source, Counted)
        else wrong_placeholders(said, source.english)
    )
    if said and wrong:
        return wrong
    if said.count("\n\n---\n\n") != source.english.count("\n\n---\n\n") and said:
        return "the line of three dashes, with an empty line before and after, must stand where it does in the English."
    return ""


def _wrong_count(said: str, source: Counted) -> str:
    """The placeholders of a counted text. A line that is said for one number only may leave the number out, or say it
    in a word."""
    if not source.is_for_one:
        return wrong_placeholders(said, source.english)
    try:
        extra = placeholders(said) - placeholders(source.english) - placeholders(source.singular)
    except ValueError:
        return wrong_placeholders(said, source.english)
    return (
        f"{', '.join(sorted(extra))} is not in the English. Take it out, or write it as in the English."
        if extra
        else ""
    )


def _counted_not_whole(code: str, words: Mapping[str, str], lines: Mapping[str, int]) -> list[Problem]:
    """A counted text is said in all its forms or in none: else some numbers would be said in English."""
    forms: dict[str, list[str]] = {}
    for place in places_in(code).values():
        if isinstance(place, Counted):
            forms.setdefault(place.singular, []).append(place.id)
    problems = []
    for ids in forms.values():
        there = [id for id in ids if words.get(id)]
        missing = [id.rpartition("/")[2] for id in ids if not words.get(id)]
        if there and missing and (line := next((lines[id] for id in there if id in lines), 0)):
            wrong = f"its other lines are empty ({'; '.join(missing)}). Fill them in, or leave all lines of it empty."
            problems.append(Problem(line, wrong))
    return problems


def _scales_not_whole(words: Mapping[str, str], lines: Mapping[str, int]) -> list[Problem]:
    """The answers to a question: none of them may be said like another."""
    problems: list[Problem] = []
    answers: dict[tuple[str, str], str] = {}
    for place in places():
        scale, _, number = place.rpartition("/")
        if "/scales/" in place and (said := words.get(place, "")):
            first = answers.setdefault((scale, said.casefold()), number)
            if first != number and place in lines:
                wrong = f"“{said}” is said for two answers of one question. Each must differ from the others."
                problems.append(Problem(lines[place], wrong))
    return problems


def _plain(cell: str) -> str:
    """A cell as it was meant: the apostrophe that kept a spreadsheet from running it taken off again."""
    text = unicodedata.normalize("NFC", cell.replace("\r\n", "\n").replace("\r", "\n")).strip()
    bare = text.removeprefix("'")
    return bare if bare != text and harmless(bare) != bare else text
