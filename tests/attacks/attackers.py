"""What an attacker tries. Each function guesses who gave which answer: {id of the answer's row: person's id}.

They are written without knowing whether they look at the naive design or at belong, and are given the same view of
both: who answered (one row a person), what was answered (one row a sheet), and everything else there is to see.
"""

import base64
import json
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from tests.attacks.copying import Row

Guess = dict[int, int]
LEAST = 8  # characters of a value that is telling by itself
PERSONAL = ("person_id", "adult_id", "pupil_id", "actor_id")
NUMBERS = re.compile(r"\d+")


@dataclass(frozen=True)
class View:
    """What the attacker sees of one design, after the close."""

    who: list[Row]
    said: list[Row]
    people: frozenset[int]
    tables: dict[str, list[Row]] = field(default_factory=dict)
    log: list[str] = field(default_factory=list)
    raw: bytes = b""
    moments: list[tuple[list[Row], list[Row]]] = field(default_factory=list)


Attack = Callable[[View], Guess]


def by_row_id(view: View) -> Guess:
    """The n-th receipt by number belongs to the n-th sheet by number."""
    return _paired(_sorted(view.who, "id"), _sorted(view.said, "id"))


def by_place(view: View) -> Guess:
    """The same by where the rows lie in the file."""
    return _paired(sorted(view.who, key=_place), sorted(view.said, key=_place))


def by_transaction(view: View) -> Guess:
    """Rows of one transaction belong together; inside one, by where they lie."""
    who, said = defaultdict(list), defaultdict(list)
    for row in sorted(view.who, key=_place):
        who[row.get("_transaction")].append(row)
    for row in sorted(view.said, key=_place):
        said[row.get("_transaction")].append(row)
    found: Guess = {}
    for transaction in said:
        found |= _paired(who[transaction], said[transaction])
    return found


def by_time(view: View) -> Guess:
    """A sheet belongs to whom any table names at the moment nearest to any time on the sheet; else by row id."""
    named = [(at, who) for rows in view.tables.values() for row in rows for at, who in _named_at(row, view)]
    guessed = by_row_id(view)
    for row in view.said:
        at = next(_times(row), None)
        if at and named:
            guessed[row["id"]] = min(named, key=lambda one: abs((one[0] - at).total_seconds()))[1]
    return guessed


def by_shared_value(view: View, among: Iterable[str]) -> Guess:
    """A value of a sheet that stands in a row of other tables which also names a person: session, submission, draft."""
    rows = [
        (text, one)
        for name in among
        for row in view.tables[name]
        if (text := _read(row))
        for one in _people(row, view)
    ]
    found: Guess = {}
    for sheet in view.said:
        for telling in _telling(sheet):
            found.update((sheet["id"], one) for text, one in rows if telling in text)
    return found


def by_number(view: View, among: Iterable[str]) -> Guess:
    """Rows that hold the number of a sheet and the number of a person: the arguments of a job, the facts of a trail."""
    ids, found = {row["id"] for row in view.said}, {}
    for name in among:
        for row in view.tables[name]:
            numbers = [int(one) for one in NUMBERS.findall(_read(row)) if len(one) < 19]
            people = [one for one in numbers if one in view.people]
            found.update((one, people[0]) for one in numbers if one in ids and people)
    return found


def by_order_of_names(view: View, lines: Iterable[str]) -> Guess:
    """The n-th line that names a person belongs to the n-th sheet."""
    came: list[int] = []
    for line in lines:
        came += [
            one for text in NUMBERS.findall(line) if (one := int(text)) in view.people and one not in came
        ]
    return dict(zip((row["id"] for row in _sorted(view.said, "id")), came, strict=False))


def by_difference(view: View) -> Guess:
    """What is new from one copy to the next: the person who is new among the receipts gave the sheet that is new."""
    found: Guess = {}
    same = {_content(row): row["id"] for row in view.said}
    for (who, said), (later_who, later_said) in zip(view.moments, view.moments[1:], strict=False):
        known, had = {row["person_id"] for row in who}, {_content(row) for row in said}
        new = [row["person_id"] for row in later_who if row["person_id"] not in known]
        sheets = [_content(row) for row in later_said if _content(row) not in had]
        found |= {same[sheet]: one for one, sheet in zip(new, sheets, strict=False) if sheet in same}
    return found


def by_leftovers(view: View) -> Guess:
    """What deleted rows leave in the files: a sheet's content within a few hundred bytes after a person's mark."""
    found: Guess = {}
    for row in view.said:
        for match in re.finditer(re.escape(_content(row).encode()), view.raw):
            near = view.raw[max(0, match.start() - 40) : match.start()]
            marks = [int(one) for one in re.findall(rb"draft-of-(\d+)-", near)]
            if marks:
                found[row["id"]] = marks[-1]
    return found


def _paired(who: list[Row], said: list[Row]) -> Guess:
    return {sheet["id"]: row["person_id"] for row, sheet in zip(who, said, strict=False)}


def _sorted(rows: list[Row], column: str) -> list[Row]:
    return sorted(rows, key=lambda row: row[column])


def _place(row: Row) -> tuple[int, ...]:
    return tuple(int(number) for number in NUMBERS.findall(str(row["_place"])))


def _content(row: Row) -> str:
    answers = row["answers"]
    return answers if isinstance(answers, str) else json.dumps(answers)


def _times(row: Row) -> Iterator[datetime]:
    for value in row.values():
        if isinstance(value, datetime):
            yield value.replace(tzinfo=None)
        elif isinstance(value, str) and len(value) >= 16 and value[4:5] == "-":
            try:
                yield datetime.fromisoformat(value).replace(tzinfo=None)
            except ValueError:
                continue


def _named_at(row: Row, view: View) -> list[tuple[datetime, int]]:
    people = list(_people(row, view))
    return [(at, one) for at in _times(row) for one in people]


def _people(row: Row, view: View) -> Iterator[int]:
    named = [row[column] for column in PERSONAL if row.get(column) in view.people]
    yield from named or [int(one) for one in NUMBERS.findall(_read(row)) if int(one) in view.people][:1]


def _telling(row: Row) -> Iterator[str]:
    for column, value in row.items():
        if column.startswith("_"):
            continue
        text = value.hex() if isinstance(value, bytes) else str(value)
        if len(text) >= LEAST and not isinstance(value, int | datetime):
            yield text


def _read(row: Row) -> str:
    """A row as text, with what is packed inside it unpacked as well."""
    return " ".join(_unpacked(value) for column, value in row.items() if not column.startswith("_"))


def _unpacked(value: Any) -> str:
    if isinstance(value, bytes):
        return value.hex()
    if isinstance(value, str) and len(value) > 20 and re.fullmatch(r"[A-Za-z0-9+/=\s_:.-]+", value):
        try:
            return value + " " + base64.b64decode(value, validate=False).decode("latin-1")
        except ValueError:
            return value
    return json.dumps(value) if isinstance(value, dict | list) else str(value)
