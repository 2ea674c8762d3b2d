"""From a release's own group keys back to sets of people, for the audit and for the next wave."""

from __future__ import annotations

import numpy as np

from belong.release.model import ALL, SMALLER, UNKNOWN, UNKNOWN_KEY, Flags, Microdata
from belong.release.release import Release
from belong.release.rows import SHOWN

Sets = dict[tuple[str, str], Flags]


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
            (a, b), (first, second) = cut.split("*"), group.split("*")
            found[cut, group] = found[a, first] & found[b, second]
    return found


def shown_in(release: Release, measure: str) -> set[tuple[str, str]]:
    """The groups whose figures of one measure are in the release."""
    return {(c.cut, c.group) for c in release.cells if c.measure == measure and c.symbol in SHOWN}


def _one_way(data: Microdata, cut: str, group: str, groups: list[str]) -> Flags:
    """``7+8`` is two values, ``unknown`` the empty one, ``smaller`` every value no key names."""
    values = data.attributes[cut]
    parts = [UNKNOWN if part == UNKNOWN_KEY else part for part in group.split("+")]
    members = np.isin(values, [part for part in parts if part != SMALLER])
    if SMALLER in parts:
        named = {UNKNOWN if part == UNKNOWN_KEY else part for key in groups for part in key.split("+")}
        members |= ~np.isin(values, list(named))
    return np.asarray(members)
