"""The menu turned into sets of people: everyone, the groups of each attribute, and the cells of each pair.

Small groups are merged here, before anything is named, where the menu allows it; in a pair further than by
themselves, so that a cell is made of one or more groups of either side.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from belong.release.merging import Blocks, Size, coarser, joined, label_of, parts_of_key
from belong.release.model import (
    ALL,
    UNKNOWN,
    UNKNOWN_KEY,
    Attribute,
    Flags,
    Menu,
    Microdata,
    Policy,
    ReleaseRefused,
)

Fewest = Callable[[Flags], int]
"""The smallest number of respondents that any one question has among these people."""


Joins = Mapping[tuple[str, str], Blocks]
"""Which groups are joined, by cut and attribute; where it is not there, those that must be: in a cut of one attribute
those under the threshold, in a pair none.
"""


@dataclass(frozen=True, eq=False)
class Group:
    """A named set of people. ``parts`` are the raw attribute values in it; ``parents`` of a two-way cell are the
    places of the groups it is made of, for either side one or more. ``order`` is where its attribute stands in the
    menu.
    """

    cut: str
    key: str
    label: str
    members: Flags
    parts: tuple[str, ...] = ()
    parents: tuple[tuple[int, ...], ...] = ()
    order: int = 0


@dataclass(frozen=True)
class Line:
    """Groups that are a total together (mostly one), and the groups that total divides into, by place in
    ``Layout.groups``.
    """

    totals: tuple[int, ...]
    parts: tuple[int, ...]


@dataclass(frozen=True, eq=False)
class Layout:
    """All sets of the menu; place 0 is everyone. ``members`` is groups × people."""

    groups: tuple[Group, ...]
    lines: tuple[Line, ...]
    members: Flags

    def of(self, cut: str) -> list[int]:
        """Places of one cut's groups."""
        return [place for place, group in enumerate(self.groups) if group.cut == cut]

    def lines_of(self, cut: str) -> list[Line]:
        """The totals that one cut's groups add up to."""
        return [line for line in self.lines if self.groups[line.parts[0]].cut == cut]

    @property
    def cuts(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(group.cut for group in self.groups))

    @property
    def names(self) -> tuple[tuple[str, str], ...]:
        """Cut and key of every group."""
        return tuple((group.cut, group.key) for group in self.groups)


def lay_out(
    data: Microdata, menu: Menu, policy: Policy, fewest: Fewest, joins: Joins | None = None
) -> Layout:
    """The sets of the menu. Raises ``ReleaseRefused`` for an attribute nobody has."""
    if menu.pairs and policy.audience != "pupils":
        raise ReleaseRefused("Answers of staff and families are cut by one attribute at a time.")
    making = _Making(data, menu, policy, fewest, joins or {})
    return making.all_of(menu)


def ways_to_join(
    data: Microdata, menu: Menu, policy: Policy, fewest: Fewest, joins: Joins, cut: str, attribute: str
) -> Iterator[Blocks]:
    """Every coarser way to join one attribute's groups in a cut, where the menu allows it."""
    making = _Making(data, menu, policy, fewest, joins)
    asked = making.attributes[attribute]
    if cut == attribute:
        names, _, size = making.sizes_of(asked)
        return coarser(asked, names, size, policy.threshold)
    making.all_of(menu)
    across = next(key for key in cut.split("*") if key != attribute)
    sides, others = making.sides_of(attribute), making.sides_of(across)
    return coarser(asked, [side.key for side in sides], making.least_cell(sides, others), 0)


@dataclass(frozen=True, eq=False)
class _Side:
    """One row or column of a two-way cut: a group of one attribute, or several joined (``places``)."""

    key: str
    label: str
    members: Flags
    places: tuple[int, ...]


class _Making:
    """Groups and lines as they come to be, place by place."""

    def __init__(self, data: Microdata, menu: Menu, policy: Policy, fewest: Fewest, joins: Joins) -> None:
        self.data, self.policy, self.fewest, self.joins = data, policy, fewest, joins
        self.attributes = {attribute.key: attribute for attribute in menu.attributes}
        self.groups = [Group(ALL, ALL, policy.words.everyone, np.ones(data.pupils, dtype=bool))]
        self.lines: list[Line] = []

    def all_of(self, menu: Menu) -> Layout:
        for order, attribute in enumerate(menu.attributes):
            self.one_way(attribute, order)
        for order, pair in enumerate(menu.pairs, start=len(menu.attributes)):
            self.cross(pair, order)
        return Layout(
            tuple(self.groups), tuple(self.lines), np.stack([group.members for group in self.groups])
        )

    def one_way(self, attribute: Attribute, order: int) -> None:
        """The groups of one attribute, unknown last, small ones merged if it says so."""
        key, least = attribute.key, self.policy.threshold
        names, values, size = self.sizes_of(attribute)
        first = len(self.groups)
        for block in self.joins.get((key, key)) or joined(attribute, names, size, least):
            named = parts_of_key(block, attribute, size, least)
            inside = tuple(UNKNOWN if name == UNKNOWN_KEY else name for name in block)
            members = np.isin(values, inside)
            self.groups.append(
                Group(key, "+".join(named), self._label(named, attribute), members, inside, (), order)
            )
        self.lines.append(Line((0,), tuple(range(first, len(self.groups)))))

    def sizes_of(self, attribute: Attribute) -> tuple[list[str], NDArray[np.str_], Size]:
        """The names of an attribute's groups, everybody's group, and how many answered in some of them."""
        key = attribute.key
        if key not in self.data.attributes:
            raise ReleaseRefused(f"The menu asks for {key}, which these answers do not have.")
        values = np.asarray(self.data.attributes[key])
        names = _names_of(attribute, values, self.data.roll.get(key, {}))
        sizes = {name: self.fewest(values == (UNKNOWN if name == UNKNOWN_KEY else name)) for name in names}
        return names, values, lambda block: sum(sizes[name] for name in block)

    def cross(self, pair: tuple[str, str], order: int) -> None:
        """The cells of a two-way cut, and every line in which they add up to something shown elsewhere."""
        cut = "*".join(pair)
        rows, columns = (self._joined(cut, self.attributes[key]) for key in pair)
        first = len(self.groups)
        for row in rows:
            for column in columns:
                key, label = f"{row.key}*{column.key}", f"{row.label}, {column.label}"
                members = row.members & column.members
                self.groups.append(Group(cut, key, label, members, (), (row.places, column.places), order))
        cells = np.arange(first, len(self.groups)).reshape(len(rows), len(columns))
        self.lines += [Line(row.places, tuple(cells[i].tolist())) for i, row in enumerate(rows)]
        self.lines += [Line(column.places, tuple(cells[:, j].tolist())) for j, column in enumerate(columns)]
        self.lines.append(Line((0,), tuple(cells.ravel().tolist())))

    def sides_of(self, attribute: str) -> list[_Side]:
        """The groups of one attribute, as rows or columns of a pair."""
        return [
            _Side(group.key, group.label, group.members, (place,))
            for place, group in enumerate(self.groups)
            if group.cut == attribute
        ]

    def least_cell(self, sides: Sequence[_Side], across: Sequence[_Side]) -> Size:
        """The size of some sides together: the fewest in any of their cells that anybody is in."""
        by_key = {side.key: side.members for side in sides}

        def size(block: Sequence[str]) -> int:
            members = np.any([by_key[key] for key in block], axis=0)
            return min(
                (many for other in across if (many := self.fewest(members & other.members))), default=0
            )

        return size

    def _joined(self, cut: str, attribute: Attribute) -> list[_Side]:
        sides = self.sides_of(attribute.key)
        by_key = {side.key: side for side in sides}
        blocks = self.joins.get((cut, attribute.key))
        return (
            [self._together([by_key[key] for key in block], attribute) for block in blocks]
            if blocks
            else sides
        )

    def _together(self, sides: Sequence[_Side], attribute: Attribute) -> _Side:
        if len(sides) == 1:
            return sides[0]
        parts = [part for side in sides for part in side.key.split("+")]
        members = np.any([side.members for side in sides], axis=0)
        places = tuple(place for side in sides for place in side.places)
        return _Side("+".join(parts), self._label(parts, attribute), members, places)

    def _label(self, parts: Sequence[str], attribute: Attribute) -> str:
        return label_of(parts, attribute, self.data.labels.get(attribute.key, {}), self.policy.words)


def _names_of(attribute: Attribute, values: NDArray[np.str_], roll: Mapping[str, int]) -> list[str]:
    """Every group that somebody is in or could be in, in reading order, those not recorded last."""
    present = {str(v) for v in np.unique(values).tolist()} | {g for g, people in roll.items() if people}
    names = [name for name in attribute.order if name in present]
    names += sorted(present - set(names) - {UNKNOWN}, key=_natural)
    return names + [UNKNOWN_KEY] * (UNKNOWN in present)


def _natural(name: str) -> tuple[int, int | str, str]:
    """Years in the order of numbers, other names by letter."""
    return (0, int(name), name) if name.isdigit() else (1, name, name)
