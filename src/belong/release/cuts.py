"""The menu turned into sets of people: everyone, the groups of each attribute, and the cells of each pair.

Small groups are merged here, before anything is named, where the menu allows it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from belong.release.model import (
    ALL,
    SMALLER,
    UNKNOWN,
    UNKNOWN_KEY,
    Attribute,
    Flags,
    Menu,
    Microdata,
    Policy,
    ReleaseRefused,
    Words,
)

Fewest = Callable[[Flags], int]
"""The smallest number of respondents that any one question has among these people."""


@dataclass(frozen=True, eq=False)
class Group:
    """A named set of people. ``parts`` are the raw attribute values in it, ``parents`` the places of its two
    margins (for a two-way cell). ``order`` is where its attribute stands in the menu.
    """

    cut: str
    key: str
    label: str
    members: Flags
    parts: tuple[str, ...] = ()
    parents: tuple[int, ...] = ()
    order: int = 0


@dataclass(frozen=True)
class Line:
    """A total and the groups it divides into, by place in ``Layout.groups``."""

    total: int
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


def lay_out(data: Microdata, menu: Menu, policy: Policy, fewest: Fewest, coarse: int = 1) -> Layout:
    """The sets of the menu, groups under ``coarse`` times the threshold merged where it allows that.

    Raises ``ReleaseRefused`` for an attribute nobody has.
    """
    if menu.pairs and policy.audience != "pupils":
        raise ReleaseRefused("Answers of staff and families are cut by one attribute at a time.")
    groups = [Group(ALL, ALL, policy.words.everyone, np.ones(data.pupils, dtype=bool))]
    lines = []
    for order, attribute in enumerate(menu.attributes):
        if attribute.key not in data.attributes:
            raise ReleaseRefused(f"The menu asks for {attribute.key}, which these answers do not have.")
        made = one_way(data, attribute, policy, fewest, order, coarse)
        lines.append(Line(0, tuple(range(len(groups), len(groups) + len(made)))))
        groups += made
    for order, pair in enumerate(menu.pairs, start=len(menu.attributes)):
        _cross(groups, lines, pair, order)
    return Layout(tuple(groups), tuple(lines), np.stack([group.members for group in groups]))


def one_way(
    data: Microdata, attribute: Attribute, policy: Policy, fewest: Fewest, order: int, coarse: int
) -> list[Group]:
    """The groups of one attribute, unknown last, small ones merged if it says so."""
    least = policy.threshold * coarse
    values = np.asarray(data.attributes[attribute.key])
    roll = data.roll.get(attribute.key, {})
    present = {str(v) for v in np.unique(values).tolist()} | {g for g, people in roll.items() if people}
    names = [name for name in attribute.order if name in present]
    names += sorted(present - set(names) - {UNKNOWN}, key=_natural)
    names += [UNKNOWN] if UNKNOWN in present else []
    sizes = {name: fewest(values == name) for name in names}
    merged = _MERGES[attribute.merge](names, sizes, least)
    labels = data.labels.get(attribute.key, {})
    return [
        Group(
            attribute.key, _key(block, names, sizes, attribute, least),
            _label(block, sizes, labels, attribute, policy.words, least),
            np.isin(values, block), tuple(block), (), order,
        )
        for block in merged
    ]  # fmt: skip


def _cross(groups: list[Group], lines: list[Line], pair: tuple[str, str], order: int) -> None:
    """Add the cells of a two-way cut, and every line in which they add up to something shown elsewhere."""
    rows = [place for place, group in enumerate(groups) if group.cut == pair[0]]
    columns = [place for place, group in enumerate(groups) if group.cut == pair[1]]
    first = len(groups)
    for row in rows:
        for column in columns:
            a, b = groups[row], groups[column]
            key, label = f"{a.key}*{b.key}", f"{a.label}, {b.label}"
            members = a.members & b.members
            groups.append(Group(f"{a.cut}*{b.cut}", key, label, members, (), (row, column), order))
    width = len(columns)
    for i, row in enumerate(rows):
        lines.append(Line(row, tuple(first + i * width + j for j in range(width))))
    for j, column in enumerate(columns):
        lines.append(Line(column, tuple(first + i * width + j for i in range(len(rows)))))
    lines.append(Line(0, tuple(range(first, len(groups)))))


def _never(names: Sequence[str], sizes: Mapping[str, int], threshold: int) -> list[list[str]]:
    return [[name] for name in names]


def _neighbours(names: Sequence[str], sizes: Mapping[str, int], threshold: int) -> list[list[str]]:
    """Join the smallest block with its smaller neighbour until none is under the threshold.

    Groups in which nobody answered stay by themselves: they give nothing away and joining them says less.
    """
    blocks = [[name] for name in names if sizes[name] and name != UNKNOWN]
    empty = [[name] for name in names if not sizes[name]]

    def size(place: int) -> int:
        return sum(sizes[name] for name in blocks[place])

    while len(blocks) > 1 and size(least := min(range(len(blocks)), key=size)) < threshold:
        beside = [place for place in (least - 1, least + 1) if 0 <= place < len(blocks)]
        other = min(beside, key=size)
        low, high = sorted((least, other))
        blocks[low : high + 1] = [blocks[low] + blocks[high]]
    if sizes.get(UNKNOWN):
        if sizes[UNKNOWN] < threshold and blocks:
            blocks[min(range(len(blocks)), key=size)].append(UNKNOWN)
        else:
            blocks.append([UNKNOWN])
    return sorted(blocks + empty, key=lambda block: names.index(block[0]))


def _smallest(names: Sequence[str], sizes: Mapping[str, int], threshold: int) -> list[list[str]]:
    """All groups under the threshold together, with the next smallest while that is still too few.

    Of only two large groups the last in order joins, so that it is the same one in every wave.
    """
    large = [name for name in names if sizes[name] >= threshold]
    small = [name for name in names if sizes[name] < threshold]
    joining = large[::-1] if len(large) == 2 else sorted(large, key=lambda name: sizes[name])
    while joining and 0 < sum(sizes[name] for name in small) < threshold:
        small.append(joining.pop(0))
    kept = [[name] for name in names if name not in small]
    # Groups in which nobody answered are not named either: "before naming" holds for them, too.
    return kept + ([small] if any(sizes[name] for name in small) else [])


_MERGES = {"never": _never, "neighbours": _neighbours, "smallest": _smallest}


def _key(
    block: Sequence[str], names: Sequence[str], sizes: Mapping[str, int], attribute: Attribute, threshold: int
) -> str:
    """``7``, ``7+8``, ``smaller``, ``M+smaller``; never the names of groups merged for being small."""
    if attribute.merge == "smallest" and (len(block) > 1 or sizes[block[0]] < threshold):
        named = [name for name in block if sizes[name] >= threshold]
        return "+".join([*(name or UNKNOWN_KEY for name in named), SMALLER])
    return "+".join(name or UNKNOWN_KEY for name in block)


def _label(
    block: Sequence[str],
    sizes: Mapping[str, int],
    labels: Mapping[str, str],
    attribute: Attribute,
    words: Words,
    least: int,
) -> str:
    names = [name for name in block if name != UNKNOWN]
    if attribute.merge == "smallest" and (len(block) > 1 or sizes[block[0]] < least):
        large = [name for name in block if sizes[name] >= least]
        if not large:
            return words.smaller
        group = " + ".join(_name(name, labels, words) for name in large)
        return words.with_smaller.format(group=group)
    if len(names) > 2:
        text = words.span.format(first=_name(names[0], labels, words), last=_name(names[-1], labels, words))
    elif len(names) == 2:
        text = words.both.format(first=_name(names[0], labels, words), last=_name(names[1], labels, words))
    else:
        text = _name(names[0] if names else UNKNOWN, labels, words)
    if UNKNOWN in block and names:
        return words.both.format(first=text, last=words.unknown.lower())
    return text


def _name(value: str, labels: Mapping[str, str], words: Words) -> str:
    return labels.get(value) or (value if value != UNKNOWN else words.unknown)


def _natural(name: str) -> tuple[int, int | str, str]:
    """Years in the order of numbers, other names by letter."""
    return (0, int(name), name) if name.isdigit() else (1, name, name)
