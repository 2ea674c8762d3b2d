"""The people of two waves: matched by key, on the questions asked both times, protected against subtraction.

Sum now − sum of changes − sum then = those who joined (their answers now) − those who left (their answers
then). So a change may be shown only if the people it rests on differ from every published group, of this wave
and of the earlier one, by nobody or by at least the threshold. A few people too few is the usual case; then
some matched people, drawn by a digest nobody can guess, are set aside from all changes until it is enough.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from belong.release.carried import ways_of
from belong.release.coding import in_band
from belong.release.compute import items_of, of_these, values_of
from belong.release.decode import Sets, sets_of
from belong.release.fence import Fence
from belong.release.model import Flags, Floats, Ints, MeasureInfo, Microdata, Policy, ReleaseRefused
from belong.release.protect import Family, choose, least_of_each
from belong.release.release import Release
from belong.release.rows import SHOWN
from belong.release.twowaves import Compared
from belong.release.wave import Worked, as_published
from belong.release.witness import Book

COMMON = 2 / 3
"""A part or score is compared if at least this share of its questions was asked both times."""

ASIDE = 1 / 3
"""No more than this share of a group's matched people is set aside for the sake of that group."""


@dataclass(frozen=True, eq=False)
class Panel:
    """People of both waves and how each measure moved for them.

    ``moved`` (measures × people now, nan where not matched); ``basis`` by measure key ("3 of 4"; measures
    that cannot be compared are absent); ``shown`` groups whose change may be shown; ``then`` each person's
    row in ``earlier``, −1 for none; ``spread`` SD of one person's change by measure.
    """

    wave: str
    moved: Floats
    basis: Mapping[str, str]
    shown: Flags
    then: Ints
    spread: Floats
    earlier: Microdata


def match(now: Worked, release: Release, earlier: Microdata | None, policy: Policy) -> Panel:
    """Match the waves. Raises ``ReleaseRefused`` if either wave has no keys to match by."""
    earlier = earlier.canonical() if earlier is not None else None
    if earlier is None or now.data.person_keys is None or earlier.person_keys is None:
        raise ReleaseRefused("These waves cannot be matched: one of them has no key, or none any more.")
    sets = sets_of(release, earlier)
    if not _as_it_was(release, earlier, sets):
        raise ReleaseRefused("The groups of the earlier wave cannot be put together again as they were.")
    softened, before = as_published(release, earlier, policy.detail), of_these(earlier, release.measures)
    common = {info.key: _common(now, info, earlier, before) for info in now.values.measures}
    common = {key: pairs for key, pairs in common.items() if pairs}
    infos = tuple(info for info in now.values.measures if info.key in common)
    ours = {key: [a for a, _ in pairs] for key, pairs in common.items()}
    theirs = {key: [b for _, b in pairs] for key, pairs in common.items()}
    here = values_of(now.softened.data, infos, now.softened.good, ours)
    there = values_of(softened.data, infos, softened.good, theirs)
    rows = {key: place for place, key in enumerate(earlier.person_keys)}
    then = np.array([rows.get(key, -1) for key in now.data.person_keys], dtype=np.int64)
    apart = here.points - np.where(then >= 0, there.points[:, then], np.nan)
    places = np.array([i for i, info in enumerate(now.values.measures) if info.key in common], dtype=np.int64)
    asked_then = values_of(softened.data, before, softened.good)
    compared = Compared(now, places, release, sets, asked_then, apart)
    fence = Fence.of(now, release, sets, there, places, then)
    apart, shown = _protected(now, compared, fence, apart, policy)
    moved = np.full(now.values.points.shape, np.nan)
    moved[places] = apart
    basis = {
        key: f"{len(pairs)} of {len(items_of(now.data, now.values.measures, key))}"
        for key, pairs in common.items()
    }
    spread = np.array([_spread(moved[m], info, policy) for m, info in enumerate(now.values.measures)])
    return Panel(release.wave, moved, basis, shown, then, spread, earlier)


def _as_it_was(release: Release, earlier: Microdata, sets: Sets) -> bool:
    """Whether every published group still has a number of people in its published band.

    Rosters move on: if a group then is no longer known, nothing can be kept at a safe distance from it.
    """
    held = of_these(earlier, release.measures)
    answered = values_of(earlier, held).answered
    counts = {key: answered[:, members].sum(axis=1) for key, members in sets.items()}
    rows = {info.key: m for m, info in enumerate(held)}
    return all(
        in_band(int(counts[cell.cut, cell.group][rows[cell.measure]]), cell.n_band)
        for cell in release.cells
        if cell.symbol in SHOWN and cell.measure in rows
    )


def _common(
    now: Worked, info: MeasureInfo, earlier: Microdata, before: tuple[MeasureInfo, ...]
) -> list[tuple[str, str]]:
    """Items of a measure that both waves asked alike, as (name now, name then); [] if too few to compare."""
    if not info.scored:
        return []
    counted = {m.hash: m.key.removeprefix("item:") for m in before if m.kind == "item" and m.scored}
    items = items_of(now.data, now.values.measures, info.key)
    pairs = [(item, counted.get(now.data.hash_of(item), "")) for item in items]
    pairs = [(a, b) for a, b in pairs if b and now.data.categories[a] == earlier.categories[b]]
    return pairs if pairs and len(pairs) >= COMMON * len(items) else []


def _spread(moved: Floats, info: MeasureInfo, policy: Policy) -> float:
    """SD of one person's change over everyone matched, or the policy's where they are too few to give it."""
    if (~np.isnan(moved)).sum() >= policy.detail:
        return float(np.nanstd(moved, ddof=1))
    return policy.spread[info.kind]


def _protected(
    now: Worked, compared: Compared, fence: Fence, apart: Floats, policy: Policy
) -> tuple[Floats, Flags]:
    """The changes without the people set aside, and the groups that may show theirs."""
    nothing = np.zeros(len(now.layout.groups), dtype=bool)
    places = compared.places
    if not len(places):
        return apart, nothing
    could = ~np.isnan(apart)
    matched = could.copy()
    barred = np.asarray(~now.pattern.means[:, places].all(axis=1))
    aside = _set_aside(now, fence, matched, ~barred, policy)
    matched &= ~aside
    for place in np.flatnonzero(~barred):
        barred[place] = fence.missing(now.layout.members[place] & matched, policy.threshold) > 0
    family = Family.of(tuple(now.values.measures[m].key for m in places), matched, now.layout)
    try:
        shown = choose(now.layout, family, policy.threshold, barred)
    except ReleaseRefused:
        shown = nothing
    _hide_what_tells(compared, fence, matched, could, shown, policy)
    return np.where(matched, apart, np.nan), shown


def _hide_what_tells(
    compared: Compared, fence: Fence, matched: Flags, could: Flags, shown: Flags, policy: Policy
) -> None:
    """Hide changes until those left tell nothing small beside both waves' figures, for any measure, neither exactly nor
    too closely.
    """
    layout, everybody = compared.now.layout, np.ones(matched.shape[1], dtype=bool)
    book = Book()
    while shown.any():
        groups, measures = layout.members[shown], range(len(matched))
        found = [
            way for m in measures for way in ways_of(*fence.beside(groups, matched, m), policy.threshold)
        ]
        found = found or [
            way
            for m in measures
            for way in compared.narrow(m, groups & matched[m], *fence.both(groups & could[m]), policy, book)
        ]
        if not found:
            return
        ways = [np.flatnonzero(shown)[way].tolist() for way in found]
        victims = least_of_each(ways, layout, everybody)
        shown[victims if all(set(way) - {0} for way in ways) else slice(None)] = False


def _set_aside(now: Worked, fence: Fence, matched: Flags, wanted: Flags, policy: Policy) -> Flags:
    """People left out of all changes so that groups differ enough from published sets.

    Groups of one attribute first, in menu order: those set aside for them mostly do for everyone together.
    """
    aside = np.zeros(now.data.pupils, dtype=bool)
    keys = now.data.person_keys or []
    turn = sorted(range(len(keys)), key=lambda row: hashlib.blake2b(keys[row], key=b"aside").digest())
    order = sorted(
        np.flatnonzero(wanted).tolist(), key=lambda p: (len(now.layout.groups[p].parents), p == 0, p)
    )
    for place in order:
        group, tried = now.layout.members[place], aside.copy()
        people = int((group & matched.any(axis=0)).sum())
        while many := fence.missing(group & matched & ~tried, policy.threshold):
            left = [row for row in turn if group[row] and matched[:, row].any() and not tried[row]]
            tried[left[:many]] = True
            if (tried & group & matched.any(axis=0)).sum() > people * ASIDE:
                break
        else:
            aside = tried
    return aside
