"""Answers that are (nearly) all the same would tell what each person said: a few are counted one step nearer
the others, before anything is computed.

A coded percentage alone does not protect a unanimous group: its sum follows from the school's minus the other
groups'. So the answers themselves are softened, once, and every figure of the release is made from the same
softened answers. How many: just enough that the share of one answer, and of favourable answers, is no more
extreme than a group of that size may show (20/80 % under 20 people … 1/99 % from 300 on).
"""

from __future__ import annotations

import hashlib
import math
from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np

from belong.release.coding import edge
from belong.release.compute import favourable_flags, has_favourable
from belong.release.model import Codes, Flags, Microdata

_PASSES = 12


@dataclass(frozen=True, eq=False)
class Softened:
    """The answers to compute from, the flags of favourable ones, and which (group, item) were ``top`` or
    ``bottom`` before.
    """

    data: Microdata
    good: dict[str, Flags]
    coded: dict[tuple[int, str], str]


def soften(data: Microdata, members: Flags, shown: Mapping[str, Flags], detail: int) -> Softened:
    """Soften every item in the groups that show it (``shown[item]`` by place of ``members``)."""
    marks = data.row_marks()
    good = favourable_flags(data)
    items: dict[str, Codes] = {}
    coded: dict[tuple[int, str], str] = {}
    for item, codes in data.items.items():
        places = np.flatnonzero(shown[item])
        groups = members[places] & (codes > 0)
        order = _Order(marks, item)
        said = _extremes(
            codes, good[item] if has_favourable(data, item) else None, groups, data.categories[item]
        )
        coded |= {(int(places[row]), item): which for row, which in said.items()}
        items[item] = _spread_codes(codes.copy(), groups, data.categories[item], detail, order)
        if has_favourable(data, item):
            now = np.isin(items[item], list(data.favourable[item]))
            good[item] = _spread_flags(now, groups, order)
    return Softened(replace(data, items=items), good, coded)


class _Order:
    """Who is softened first: by a digest of the whole row and the item, so by nothing anyone could guess."""

    def __init__(self, marks: list[bytes], item: str) -> None:
        self._marks, self._item = marks, item.encode()

    def first(self, people: Flags, many: int) -> list[int]:
        found = np.flatnonzero(people).tolist()
        return sorted(found, key=lambda row: hashlib.blake2b(self._marks[row], key=self._key).digest())[:many]

    @property
    def _key(self) -> bytes:
        return hashlib.blake2b(self._item, digest_size=32).digest()


def _extremes(codes: Codes, good: Flags | None, groups: Flags, categories: int) -> dict[int, str]:
    """Rows of ``groups`` whose answers are more extreme than may be shown, and which way."""
    sizes = groups.sum(axis=1)
    found = {}
    for row, people in enumerate(sizes.tolist()):
        limit = _most(people)
        high, low = groups[row] & (codes == categories), groups[row] & (codes == 1)
        ends = [(high, low)] if good is None else [(high, low), (groups[row] & good, groups[row] & ~good)]
        if any(top.sum() > limit for top, _ in ends):
            found[row] = "top"
        elif any(bottom.sum() > limit for _, bottom in ends):
            found[row] = "bottom"
    return found


def _spread_codes(codes: Codes, groups: Flags, categories: int, detail: int, order: _Order) -> Codes:
    """Move answers one code inwards until no code has more than its limit in any group.

    Under ``detail`` people only the end codes matter: a mean tells what all said only at the ends.
    """
    sizes = groups.sum(axis=1)
    for _ in range(_PASSES):
        moved = False
        for code in range(1, categories + 1):
            for row in np.argsort(sizes, kind="stable"):
                people = int(sizes[row])
                if people < detail and code not in (1, categories):
                    continue
                same = groups[row] & (codes == code)
                over = int(same.sum()) - _most(people)
                if people and over > 0:
                    inward = code - 1 if 2 * code > categories + 1 else code + 1
                    codes[order.first(same, over)] = inward
                    moved = True
        if not moved:
            break
    return codes


def _spread_flags(good: Flags, groups: Flags, order: _Order) -> Flags:
    """Turn flags until neither favourable nor unfavourable answers exceed their limit in any group."""
    sizes = groups.sum(axis=1)
    for _ in range(_PASSES):
        moved = False
        for row in np.argsort(sizes, kind="stable"):
            people = int(sizes[row])
            for side in (True, False):
                same = groups[row] & (good == side)
                over = int(same.sum()) - _most(people)
                if people and over > 0:
                    good[order.first(same, over)] = not side
                    moved = True
        if not moved:
            break
    return good


def _most(people: int) -> int:
    """The most of ``people`` that may be seen to have said the same."""
    return math.floor(people * (100 - edge(people)) / 100)
