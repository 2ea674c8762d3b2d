"""Change since an earlier wave: only on the same questions, only on people who answered both times, and only
where those who joined or left cannot be singled out by setting it beside the two waves' means.

Wave mean now − change − wave mean then = those who joined (now) − those who left (then). So beside the
threshold on the matched people, those who are in exactly one of {published group, matched people} must be
nobody or enough people: for every published group of this wave and of the earlier one.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from belong.release.cells import REACH
from belong.release.coding import band, step, tenth
from belong.release.compute import Values, items_of, values_of
from belong.release.decode import sets_of, shown_in
from belong.release.model import Flags, Floats, Ints, MeasureInfo, Microdata, Policy, ReleaseRefused
from belong.release.protect import Family, choose
from belong.release.release import Release
from belong.release.rows import Change
from belong.release.wave import Worked, as_published

COMMON = 2 / 3
"""A part or score is compared if at least this share of its questions was asked both times."""


@dataclass(frozen=True, eq=False)
class Panel:
    """People of both waves and how each measure moved for them.

    ``moved`` (measures × people now, nan where not in both); ``basis`` by measure key ("3 of 4"; measures
    that cannot be compared are absent); ``shown`` groups whose change may be shown; ``then`` each person's row
    in the earlier wave, −1 for none.
    """

    wave: str
    moved: Floats
    basis: Mapping[str, str]
    shown: Flags
    then: Ints
    spread: Floats


def panel(now: Worked, release: Release, earlier: Microdata, policy: Policy) -> Panel:
    """Match the waves. Raises ``ReleaseRefused`` if either wave has no keys to match by."""
    earlier = earlier.canonical()
    if now.data.person_keys is None or earlier.person_keys is None:
        raise ReleaseRefused("These waves cannot be matched: one of them was answered without a key.")
    softened, before = as_published(release, earlier, policy.detail)
    common = {info.key: _common(now, info, earlier, before) for info in now.values.measures}
    usable = {key: pairs for key, pairs in common.items() if pairs}
    infos = tuple(info for info in now.values.measures if info.key in usable)
    here = values_of(now.softened.data, infos, now.softened.good, {k: [a for a, _ in p] for k, p in usable.items()})
    there = values_of(softened.data, infos, softened.good, {k: [b for _, b in p] for k, p in usable.items()})
    rows = {key: place for place, key in enumerate(earlier.person_keys)}
    then = np.array([rows.get(key, -1) for key in now.data.person_keys], dtype=np.int64)
    moved = np.full(now.values.points.shape, np.nan)
    places = [now.values.place(info.key) or 0 for info in infos]
    matched = np.where(then >= 0, there.points[:, then], np.nan)
    moved[places] = here.points - matched
    basis = {key: f"{len(pairs)} of {len(items_of(now.data, now.values.measures, key))}" for key, pairs in usable.items()}
    spread = np.array([_spread(moved[m], info, policy) for m, info in enumerate(now.values.measures)])
    shown = _shown(now, release, earlier, there, moved, places, then, policy)
    return Panel(release.wave, moved, basis, shown, then, spread)


def _common(
    now: Worked, info: MeasureInfo, earlier: Microdata, before: tuple[MeasureInfo, ...]
) -> list[tuple[str, str]]:
    """Items of a measure that both waves asked alike, as (name now, name then); [] if too few to compare."""
    if not info.scored:
        return []
    counted = {m.hash: m.key.removeprefix("item:") for m in before if m.kind == "item" and m.scored}
    items = items_of(now.data, now.values.measures, info.key)
    pairs = [(item, counted[now.data.hash_of(item)]) for item in items if now.data.hash_of(item) in counted]
    pairs = [(a, b) for a, b in pairs if now.data.categories[a] == earlier.categories.get(b)]
    return pairs if pairs and len(pairs) >= COMMON * len(items) else []


def _spread(moved: Floats, info: MeasureInfo, policy: Policy) -> float:
    """SD of one person's change over everyone matched, or the policy's where they are too few to give it."""
    if (~np.isnan(moved)).sum() >= policy.detail:
        return float(np.nanstd(moved, ddof=1))
    return policy.spread[info.kind]


def _shown(
    now: Worked, release: Release, earlier: Microdata, there: Values,
    moved: Floats, places: list[int], then: Ints, policy: Policy,
) -> Flags:  # fmt: skip
    """Groups whose change may be shown, for all comparable measures alike."""
    layout, hidden = now.layout, np.zeros(len(now.layout.groups), dtype=bool)
    if not places:
        return hidden
    matched = ~np.isnan(moved[places])
    barred = ~now.pattern.means[:, places].all(axis=1)
    sets = sets_of(release, earlier)
    for row, m in enumerate(places):
        inside = layout.members & matched[row]
        here = layout.members[now.pattern.means[:, m]] & now.values.answered[m]
        barred |= _near(inside, here, policy.threshold)
        open_then = shown_in(release, there.measures[row].key)
        published = [members for key, members in sets.items() if key in open_then]
        if published:
            back = _carried_back(inside, then, earlier.pupils)
            barred |= _near(back, np.array(published) & there.answered[row], policy.threshold)
    family = Family.of(tuple(now.values.measures[m].key for m in places), matched, layout)
    try:
        return choose(layout, family, policy.threshold, barred)
    except ReleaseRefused:
        return hidden


def _near(panels: Flags, published: Flags, threshold: int) -> Flags:
    """Panels that differ from some published set by a few people, but not by none (n panels × people)."""
    a, b = panels.astype(np.float64), published.astype(np.float64)
    apart = a.sum(axis=1)[:, None] + b.sum(axis=1)[None] - 2 * a @ b.T
    return np.asarray(((apart > 0) & (apart < threshold)).any(axis=1))


def _carried_back(panels: Flags, then: Ints, people: int) -> Flags:
    """The same people as rows of the earlier wave."""
    back = np.zeros((len(panels), people), dtype=bool)
    known = then >= 0
    back[:, then[known]] = panels[:, known]
    return back


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
