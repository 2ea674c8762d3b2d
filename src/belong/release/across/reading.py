"""One file of answers with a column for the school, as schools for ``across``.

Complaints are ``InputError``s that name column, line and mend, as for every file of answers.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from belong.measure import Instrument, say
from belong.measure.answers import Grouping, read_answers
from belong.measure.mapping import BLANKS
from belong.measure.mapping import Mapping as Columns
from belong.measure.reading import InputError, Progress, Source, Table
from belong.release.across.keys import SECRET_BYTES, Noise
from belong.release.across.pooling import SCHOOLS, unfit
from belong.release.model import Attribute, Flags, Menu, Microdata, ReleaseRefused

MOST_CUTS = 2


@dataclass(frozen=True)
class Taken:
    """What ``across`` asks for: ``schools`` by name, a ``menu`` of the cuts that were named, and with an id column
    each school's ``ids``.
    """

    schools: Mapping[str, Microdata]
    menu: Menu
    ids: Mapping[str, Sequence[str]] | None


def read_schools(
    source: Source,
    instrument: Instrument,
    *,
    school: str,
    by: Sequence[str] = (),
    also: Sequence[str] = (),
    pair: bool = True,
    person: str = "",
    mapping: Columns | None = None,
    wave: str = "",
    progress: Progress | None = None,
) -> Taken:
    """Read a file of several schools. ``by`` names at most two cuts, taken together too if ``pair``, ``also``
    further columns that earlier tables were cut by, ``person`` the column with an id that stays the same. Raises
    ``InputError``.
    """
    by = list(dict.fromkeys(by))
    if len(by) > MOST_CUTS:
        raise InputError(
            f"--by {','.join(by)}: a table across schools is cut by two facts at most, so that its cells stay large. "
            "Leave some out."
        )
    column = source.require(school, "--school")
    marks = source.read([column, *([source.require(person, "--id")] if person else [])])
    names = _schools(marks, column)
    people = _ids(marks, source.require(person, "--id"), column) if person else None
    cuts = [*by, *(name for name in dict.fromkeys(also) if name not in by)]
    answers = read_answers(source, instrument, mapping, cuts, progress=progress)
    for grouping in answers.groupings:
        if grouping.column == column:
            raise InputError(
                f"--by {grouping.name}: this is the column of the school. A school is never a cut: a figure of one "
                "school would be that school's. Leave it out."
            )
    answered = np.asarray((answers.responses.codes > 0).any(axis=1))
    if reason := unfit(names[answered]):
        raise InputError(f"{source.path.name}, column '{column}': {reason}")
    data = _Waves(answers.responses.oriented(), answers.responses.ids, answers.groupings, instrument, wave)
    found = {str(name): data.of(names == name) for name in np.unique(names)}
    ids = {name: people[names == name].tolist() for name in found} if people is not None else None
    return Taken(found, _menu(answers.groupings[: len(by)], pair), ids)


def read_key(path: Path) -> Noise:
    """The secret of the noise from its file: one line of hexadecimal digits, 64 or more. Raises ``InputError``."""
    mend = "Give the file that --new-noise-key wrote, or make a new one."
    try:
        text = path.read_bytes().decode("ascii").strip()
    except OSError as error:
        raise InputError(f"{path}: the key of the noise cannot be read ({error.strerror}). {mend}") from None
    except UnicodeDecodeError:
        raise InputError(
            f"{path}: this is no key of the noise: it holds more than letters and digits. {mend}"
        ) from None
    try:
        secret = bytes.fromhex(text)
    except ValueError:
        raise InputError(
            f"{path}, line 1: a key is written in the digits 0–9 and a–f, in pairs. {mend}"
        ) from None
    if len(secret) < SECRET_BYTES:
        raise InputError(
            f"{path}, line 1: the key has {len(text)} digits; it needs at least {2 * SECRET_BYTES}. {mend}"
        )
    try:
        return Noise(secret)
    except ReleaseRefused:
        raise InputError(f"{path}, line 1: this key could be guessed; it is not random. {mend}") from None


@dataclass(frozen=True)
class _Waves:
    """One file's answers, ready to be taken apart: ``codes`` (people × items), high for belonging."""

    codes: np.ndarray
    ids: Sequence[str]
    groupings: Sequence[Grouping]
    instrument: Instrument
    wave: str

    def of(self, rows: Flags) -> Microdata:
        """The answers of one school. Raises ``InputError`` for group names that the engine uses for itself."""
        scored = [item for item in self.instrument.scored_items if item.id in self.ids]
        parts = {
            part.id: [item.id for item in scored if item.part == part.id] for part in self.instrument.parts
        }
        titles = {f"item:{item.id}": item.name() for item in scored}
        titles |= {f"part:{part.id}": say(part.title) for part in self.instrument.parts}
        try:
            return Microdata(
                pupils=int(rows.sum()),
                items={item.id: self.codes[rows, self.ids.index(item.id)] for item in scored},
                categories={item.id: item.categories for item in scored},
                favourable={item.id: item.scale.favourable if item.scale else () for item in scored},
                attributes={one.name: one.values[rows] for one in self.groupings},
                parts={part: items for part, items in parts.items() if items},
                labels={one.name: _labels(one) for one in self.groupings},
                titles={"score": say(self.instrument.title), **titles},
                hashes={item.id: item.hash for item in scored},
                minimum_answered=self.instrument.minimum_answered,
                wave=self.wave,
            )
        except ReleaseRefused as refusal:
            raise InputError(f"--by: {refusal.reason}") from None


def _labels(grouping: Grouping) -> dict[str, str]:
    values = np.unique(grouping.values).tolist()
    return {value: grouping.label(value) for value in values if value}


def _menu(groupings: Sequence[Grouping], pair: bool) -> Menu:
    attributes = [
        Attribute(one.name, tuple(str(code) for code in one.labels), "smallest") for one in groupings
    ]
    pairs = [(groupings[0].name, groupings[1].name)] if pair and len(groupings) == MOST_CUTS else []
    return Menu.of(*attributes, pairs=pairs)


def _schools(marks: Table, column: str) -> np.ndarray:
    """Everybody's school. “OAK PARK” and “Oak Park”, 007 and 7 are one: as two, a school could hide behind itself."""
    cells, places = marks.distinct(column)
    blank = np.array([cell.casefold() in BLANKS for cell in cells])
    if (odd := np.flatnonzero(blank[places])).size:
        raise InputError(
            f"{marks.place(column, int(odd[0]))}: the school is empty. Every line needs its school; fill it in or "
            "leave the line out."
        )
    spelling: dict[str, str] = {}
    names = np.array([spelling.setdefault(_alike(cell), cell) for cell in cells], dtype=np.str_)
    if len(spelling) < SCHOOLS:
        raise InputError(
            f"{marks.source}, column '{column}': there {'is' if len(spelling) == 1 else 'are'} {len(spelling)} "
            f"school{'s' * (len(spelling) != 1)}. A table across schools needs at least {SCHOOLS}, as figures of fewer "
            "could be worked back to one."
        )
    return np.asarray(names[places])


def _alike(cell: str) -> str:
    return str(int(cell)) if cell.isdecimal() else cell.casefold()


def _ids(marks: Table, column: str, school: str) -> np.ndarray:
    """Everybody's lasting id, each once."""
    seen: dict[str, int] = {}
    for row, cell in enumerate(marks.columns[column]):
        if cell.casefold() in BLANKS:
            raise InputError(
                f"{marks.place(column, row)}: the id is empty. With noise every person needs an id that stays the "
                "same, as the noise follows it; fill it in or leave the line out."
            )
        first = seen.setdefault(_alike(cell), row)
        if first != row:
            anew = "If each school counts anew, put school and number together into one column."
            same = marks.columns[school][first] == marks.columns[school][row]
            mend = "Leave one line out." if same else anew
            raise InputError(
                f"{marks.place(column, row)}: the id {cell[:40]} stands in line {marks.line(column, first)}, too. The "
                f"same person may be there once only. {mend}"
            )
    return np.array([_alike(cell) for cell in marks.columns[column]], dtype=np.str_)
