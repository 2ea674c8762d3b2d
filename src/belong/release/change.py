"""Rows of change since an earlier wave: the same questions, the same people. ``panel`` decides which."""

from __future__ import annotations

import numpy as np

from belong.release.cells import REACH
from belong.release.coding import band, step, tenth
from belong.release.model import Policy
from belong.release.panel import Panel
from belong.release.rows import Change
from belong.release.wave import Worked


def changes(now: Worked, found: Panel, policy: Policy) -> list[Change]:
    """A row for every group and measure of the menu."""
    return [
        _change(now, found, g, m, policy)
        for g in range(len(now.layout.groups))
        for m in range(len(now.values.measures))
    ]


def _change(now: Worked, found: Panel, g: int, m: int, policy: Policy) -> Change:
    group, info = now.layout.groups[g], now.values.measures[m]
    if info.key not in found.basis:
        return Change(group.cut, group.key, group.label, info.key, "x", found.wave)
    if not found.shown[g]:
        return Change(group.cut, group.key, group.label, info.key, "c", found.wave)
    moved = found.moved[m, now.layout.members[g]]
    people = int((~np.isnan(moved)).sum())
    value, reach = float(np.nanmean(moved)), REACH * error(found, m, people, policy)
    total, by = int(now.figures.counts[g, m]), step(int(now.figures.counts[g, m]))
    return Change(
        group.cut, group.key, group.label, info.key, "u" if reach > policy.wide else "", found.wave,
        tenth(value), tenth(value - reach), tenth(value + reach), band(people, policy.threshold).label,
        min(100, round(100 * people / total / by) * by), found.basis[info.key],
    )  # fmt: skip


def error(found: Panel, m: int, people: int, policy: Policy) -> float:
    """Standard error of a group's mean change, from the whole panel's spread."""
    floor = band(people, policy.threshold).floor if people < policy.detail else people
    return float(found.spread[m] / np.sqrt(floor))
