"""A class list: who is in which group, and who answered. What every teacher of the school could write down."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from belong.release.attack.tables import csv_rows
from belong.release.attack.told import WHOLE, Key, Told, Unreadable
from belong.release.model import ALL, SMALLER, UNKNOWN, UNKNOWN_KEY, Flags

_YES, _NO = {"yes", "y", "1", "true", "x"}, {"no", "n", "0", "false", ""}
_ANSWERED, _CARELESS, _ASKED = "answered", "careless", "asked"
_FLAGS = (_ANSWERED, _CARELESS, _ASKED)


@dataclass(frozen=True, eq=False)
class Roll:
    """``columns`` by heading, one entry a person. A heading is a cut (``year``), or a cut in one wave (``year@2``);
    ``answered``, ``answered@2``, ``answered:item:q1`` and ``answered@2:item:q1`` say who answered (yes or no; without
    any, everybody did); ``careless`` likewise who was counted as answering carelessly.
    """

    file: str
    people: int
    columns: dict[str, NDArray[np.str_]]
    _members: dict[tuple[str, str], dict[Key, Flags]] = field(default_factory=dict)

    def answered(self, told: Told, measure: str) -> Flags:
        """Who answered a measure in a file's wave, as finely as the list says."""
        for name in _names(told):
            for heading in (f"{_ANSWERED}@{name}:{measure}", f"{_ANSWERED}@{name}"):
                if heading in self.columns:
                    return self._flags(heading)
        for heading in (f"{_ANSWERED}:{measure}", _ANSWERED):
            if heading in self.columns:
                return self._flags(heading)
        return np.ones(self.people, dtype=bool)

    def careless(self, told: Told) -> Flags | None:
        """Who was left out of means without careless answers; None where the list does not say."""
        found = self._column(told, _CARELESS)
        return None if found is None else self._flags(found)

    def on_roll(self, told: Told) -> dict[Key, int]:
        """How many could have answered, in all and by group of one attribute."""
        members = self.members(told)
        present = np.ones(self.people, dtype=bool)
        if found := self._column(told, _ASKED):
            present = self._flags(found)
        return {key: int((some & present).sum()) for key, some in members.items() if "*" not in key[0]}

    def members(self, told: Told) -> dict[Key, Flags]:
        """The people of every group the file names and the list has a column for."""
        place = told.file, told.wave
        if place not in self._members:
            self._members[place] = self._placed(told)
        return self._members[place]

    def _placed(self, told: Told) -> dict[Key, Flags]:
        keys = list(dict.fromkeys(key for _, key in told.figures))
        found: dict[Key, Flags] = {}
        for cut, group in keys:
            if (cut, group) == WHOLE:
                found[WHOLE] = np.ones(self.people, dtype=bool)
            elif "*" not in cut:
                if (column := self._column(told, cut)) is not None:
                    values = self._values(told, cut, self.columns[column])
                    found[cut, group] = _one_way(values, group, [g for c, g in keys if c == cut])
            else:
                sides = list(zip(cut.split("*"), group.split("*"), strict=False))
                if len(sides) == 2 and all(side in found for side in sides):
                    found[cut, group] = found[sides[0]] & found[sides[1]]
        return found

    def without_column(self, told: Told) -> list[str]:
        """Cuts of a file that the list cannot place anybody in."""
        cuts = dict.fromkeys(key[0] for _, key in told.figures if key[0] != ALL)
        return [cut for cut in cuts if "*" not in cut and self._column(told, cut) is None]

    def _column(self, told: Told, name: str) -> str | None:
        headings = [f"{name}@{wave}" for wave in _names(told)] + [name]
        return next((heading for heading in headings if heading in self.columns), None)

    def _values(self, told: Told, cut: str, column: NDArray[np.str_]) -> NDArray[np.str_]:
        """The column in the file's own keys, where the list uses a group's name on screen instead."""
        keys = {key[1] for _, key in told.figures if key[0] == cut}
        names = {
            f.label: key[1] for (_, key), f in told.figures.items() if key[0] == cut and "+" not in key[1]
        }
        return np.array([v if v in keys else names.get(v, v) for v in column.tolist()], dtype=np.str_)

    def _flags(self, heading: str) -> Flags:
        return np.isin(np.char.lower(self.columns[heading]), sorted(_YES))


def read_roll(path: Path) -> Roll:
    """A class list from CSV, one row a pupil. Raises ``Unreadable`` with line and mend."""
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise Unreadable(
            str(path), 0, f"{error.strerror}. Check the name and whether you may read it."
        ) from error
    except UnicodeDecodeError as error:
        raise Unreadable(path.name, 0, "this is not text in UTF-8. Save it as CSV (UTF-8).") from error
    rows = csv_rows(path.name, text)
    headings = list(rows[0][1])
    for line, row in rows:
        for heading in headings:
            is_flag = heading.split("@")[0].split(":")[0] in _FLAGS
            if is_flag and row[heading].lower() not in _YES | _NO:
                text = f"“{row[heading]}” in the column “{heading}” is neither yes nor no. Write one of them."
                raise Unreadable(path.name, line, text)
    columns = {heading: np.array([row[heading] for _, row in rows], dtype=np.str_) for heading in headings}
    return Roll(path.name, len(rows), columns)


def _names(told: Told) -> tuple[str, ...]:
    """What a heading may call a file's wave: the file first, as two files may hold the same wave."""
    return told.file.rpartition(".")[0] or told.file, told.wave


def _one_way(values: NDArray[np.str_], group: str, groups: list[str]) -> Flags:
    """``7+8`` is two values, ``unknown`` the empty one, ``smaller`` every value that no group names."""
    parts = [UNKNOWN if part == UNKNOWN_KEY else part for part in group.split("+")]
    members = np.isin(values, [part for part in parts if part != SMALLER])
    if SMALLER in parts:
        named = {UNKNOWN if part == UNKNOWN_KEY else part for key in groups for part in key.split("+")}
        members |= ~np.isin(values, sorted(named))
    return np.asarray(members)
