"""A class list: who is in which group, and who answered. What every teacher of the school could write down."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from belong.release.attack.tables import Row, rows_of
from belong.release.attack.told import WHOLE, Key, Told, Unreadable
from belong.release.model import ALL, SMALLER, UNKNOWN, UNKNOWN_KEY, Flags, Ints

_YES, _NO = {"yes", "y", "1", "true", "x"}, {"no", "n", "0", "false", ""}
_ANSWERED, _CARELESS, _ASKED, _COMPARED = "answered", "careless", "asked", "compared"
_FLAGS = (_ANSWERED, _CARELESS, _ASKED, _COMPARED)


@dataclass(frozen=True, eq=False)
class Roll:
    """``columns`` by heading, one entry a person. A heading is a cut (``year``), or a cut in one wave (``year@2``);
    ``answered``, ``answered@2``, ``answered:item:q1`` and ``answered@2:item:q1`` say who answered (yes or no; without
    any, everybody did); ``careless`` likewise who was counted as answering carelessly, ``compared`` who was in the
    changes of a wave, for an attacker who was told whom they leave out.
    """

    file: str
    people: int
    columns: dict[str, NDArray[np.str_]]
    lines: Ints
    _members: dict[tuple[str, str], dict[Key, Flags]] = field(default_factory=dict)

    def answered(self, told: Told, measure: str) -> Flags:
        """Who answered a measure in a file's wave, as finely as the list says."""
        wanted: list[str] = []
        for name in wave_names(told):
            wanted += [f"{_ANSWERED}@{name}:{measure}", f"{_ANSWERED}@{name}"]
        for heading in map(same_name, (*wanted, f"{_ANSWERED}:{measure}", _ANSWERED)):
            if heading in self.columns:
                return self._flags(heading)
        return np.ones(self.people, dtype=bool)

    def careless(self, told: Told) -> Flags | None:
        """Who was left out of means without careless answers; None where the list does not say."""
        found = self._column(told, _CARELESS)
        return None if found is None else self._flags(found)

    def compared(self, told: Told) -> Flags | None:
        """Who is in a wave's changes; None where the list does not say, as nobody of a school could."""
        found = self._column(told, _COMPARED)
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
                continue
            sides = cut.split("*")
            blocks = group.split("*") if len(sides) > 1 else [group]
            if len(sides) == len(blocks) and all(self._column(told, side) is not None for side in sides):
                placed = [
                    self._side(told, side, block, [g.split("*")[place] for c, g in keys if c == cut])
                    for place, (side, block) in enumerate(zip(sides, blocks, strict=True))
                ]
                found[cut, group] = np.logical_and.reduce(placed)
        return found

    def _side(self, told: Told, attribute: str, block: str, blocks: Sequence[str]) -> Flags:
        """The people of one group of one attribute, whether a table shows just that group or not."""
        values = self._values(told, attribute, self.columns[self._column(told, attribute) or ""])
        return _one_way(values, block, blocks)

    def without_column(self, told: Told) -> list[str]:
        """Cuts of a file that the list cannot place anybody in."""
        cuts = dict.fromkeys(key[0] for _, key in told.figures if key[0] != ALL)
        return [cut for cut in cuts if "*" not in cut and self._column(told, cut) is None]

    def _column(self, told: Told, name: str) -> str | None:
        headings = map(same_name, [*(f"{name}@{wave}" for wave in wave_names(told)), name])
        return next((heading for heading in headings if heading in self.columns), None)

    def strangers(self, told: Told, cut: str) -> dict[str, int]:
        """Values in the list's column that no group of the file is called, and the row each first stands in; none
        where the file joins small groups without naming them.
        """
        column = self._column(told, cut)
        groups = [
            group.split("*")[cut_of.split("*").index(cut)]
            for _, (cut_of, group) in told.figures
            if cut in cut_of.split("*")
        ]
        known = {part for group in groups for part in (group, *group.split("+"))}
        if column is None or SMALLER in known:
            return {}
        values = self._values(told, cut, self.columns[column])
        found: dict[str, int] = {}
        for row in np.flatnonzero((values != UNKNOWN) & ~np.isin(values, sorted(known))).tolist():
            found.setdefault(str(values[row]), row)
        return found

    def knows(self, told: Told, cut: str) -> bool:
        """Whether anybody in the list is in a group of this cut that the file names."""
        members = self.members(told)
        return any(members[key].any() for key in members if key[0] == cut and key[1] != UNKNOWN_KEY)

    def _values(self, told: Told, cut: str, column: NDArray[np.str_]) -> NDArray[np.str_]:
        """The column in the file's own keys, where the list uses a group's name on screen instead."""
        keys = {part for _, key in told.figures if key[0] == cut for part in (key[1], *key[1].split("+"))}
        names = {
            f.label: key[1] for (_, key), f in told.figures.items() if key[0] == cut and "+" not in key[1]
        }
        return np.array([v if v in keys else names.get(v, v) for v in column.tolist()], dtype=np.str_)

    def _flags(self, heading: str) -> Flags:
        return np.isin(np.char.lower(self.columns[heading]), sorted(_YES))


def read_roll(path: Path) -> Roll:
    """A class list, one row a pupil, from CSV or a spreadsheet. Raises ``Unreadable`` with line and mend."""
    if path.suffix.casefold() == ".json":
        raise Unreadable(path.name, 0, "this is JSON. A class list is a CSV or a spreadsheet, a row a pupil.")
    rows = rows_of(path)
    headings = {heading: same_name(heading) for heading in rows[0][1]}
    for heading, name in headings.items():
        if list(headings.values()).count(name) > 1:
            raise Unreadable(path.name, 1, f"two columns are called “{heading}”. Rename or remove one.")
        if name.split("@")[0].split(":")[0] in _FLAGS:
            _check_flags(path.name, heading, rows)
    columns = {name: np.array([row[heading] for _, row in rows], dtype=np.str_)
               for heading, name in headings.items()}  # fmt: skip
    return Roll(path.name, len(rows), columns, np.array([line for line, _ in rows], dtype=np.int64))


def _check_flags(file: str, heading: str, rows: Sequence[Row]) -> None:
    for line, row in rows:
        if row[heading].casefold() not in _YES | _NO:
            text = f"“{row[heading]}” in the column “{heading}” is neither yes nor no. Write one of them."
            raise Unreadable(file, line, text)


def same_name(heading: str) -> str:
    """A heading as it is compared: letter case aside, ``Pupil premium`` like ``pupil_premium``."""
    return "_".join(heading.casefold().split())


def wave_names(told: Told) -> tuple[str, ...]:
    """What a heading may call a file's wave: the file first, as two files may hold the same wave."""
    return told.file.rpartition(".")[0] or told.file, told.wave


def _one_way(values: NDArray[np.str_], group: str, groups: Sequence[str]) -> Flags:
    """``7+8`` is two values, ``unknown`` the empty one, ``smaller`` every value that no group names."""
    parts = [UNKNOWN if part == UNKNOWN_KEY else part for part in group.split("+")]
    members = np.isin(values, [part for part in parts if part != SMALLER])
    if SMALLER in parts:
        named = {UNKNOWN if part == UNKNOWN_KEY else part for key in groups for part in key.split("+")}
        members |= ~np.isin(values, sorted(named))
    return np.asarray(members)
