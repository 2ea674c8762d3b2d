"""From a release's own group keys back to sets of people, for the audit and for the next wave."""

from __future__ import annotations

from collections.abc import Collection

import numpy as np

from belong.release.model import ALL, SMALLER, UNKNOWN, UNKNOWN_KEY, Flags, Microdata
from belong.release.release import Release
from belong.release.rows import SHOWN

Key = tuple[str, str]
"""Cut and group."""

Sets = dict[Key, Flags]


def sets_of(release: Release, data: Microdata) -> Sets:
    """The people of every group named in the release, hidden ones too, by (cut, group)."""
    keys = dict.fromkeys((cell.cut, cell.group) for cell in release.cells)
    found: Sets = {}
    for cut, group in keys:
        if cut == ALL:
            found[cut, group] = np.ones(data.pupils, dtype=bool)
        elif "*" not in cut:
            found[cut, group] = _one_way(data, cut, group, [g for c, g in keys if c == cut])
        else:
            one, two = (_together(found, made_of(keys, *side)) for side in sides_of(cut, group))
            found[cut, group] = one & two
    return found


def sides_of(cut: str, group: str) -> list[Key]:
    """The two sides of a two-way cell, as attribute and key: ``7+8`` by year, and ``Y``, for ``7+8*Y``."""
    return list(zip(cut.split("*"), group.split("*"), strict=True))


def made_of(keys: Collection[Key], attribute: str, side: str) -> list[Key]:
    """The groups of one attribute that a side of a cell is made of: ``7`` and ``8`` for ``7+8``, or ``7+8`` itself."""
    named = set(side.split("+"))
    return [key for key in keys if key[0] == attribute and set(key[1].split("+")) <= named]


def shown_in(release: Release, measure: str) -> set[tuple[str, str]]:
    """The groups whose figures of one measure are in the release."""
    return {(c.cut, c.group) for c in release.cells if c.measure == measure and c.symbol in SHOWN}


def _together(found: Sets, keys: list[Key]) -> Flags:
    return np.asarray(np.any([found[key] for key in keys], axis=0))


def _one_way(data: Microdata, cut: str, group: str, groups: list[str]) -> Flags:
    """``7+8`` is two values, ``unknown`` the empty one, ``smaller`` every value no key names."""
    values = data.attributes[cut]
    parts = [UNKNOWN if part == UNKNOWN_KEY else part for part in group.split("+")]
    members = np.isin(values, [part for part in parts if part != SMALLER])
    if SMALLER in parts:
        named = {UNKNOWN if part == UNKNOWN_KEY else part for key in groups for part in key.split("+")}
        members |= ~np.isin(values, list(named))
    return np.asarray(members)
