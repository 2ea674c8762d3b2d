"""The bounds audit of changes: what the figures of two waves and the changes between them leave open together.

The people of a change are a set that a reader can name: those of a group who answered both times. And its figure ties
their answers of two waves to each other. So both waves' figures and all changes of a question are one system, and
whatever two published sets or the people of a change share, or do not share, must keep half its range in it.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from belong.release.bounds import Published, Targets, too_narrow
from belong.release.coding import band_floor, tenth, told, told_tenth
from belong.release.compute import Values
from belong.release.decode import Sets, shown_in
from belong.release.fence import key_then
from belong.release.model import Flags, Floats, Ints, Policy, Signs
from belong.release.reach import ENOUGH, told_mean, told_share
from belong.release.release import Release
from belong.release.wave import Worked
from belong.release.witness import Book

_MOST = 100.0
"""The most that one person's answer can move by."""


@dataclass(frozen=True, eq=False)
class Compared:
    """The measures that are compared: their ``places`` in this wave; the earlier ``release``, the people of its groups,
    and its figures of all that it asked (``there``, softened as they were then); how far each person moved (measures
    compared × people).
    """

    now: Worked
    places: Ints
    release: Release
    sets: Sets
    there: Values
    apart: Floats

    def narrow(
        self, at: int, panel: Flags, could: Flags, then: Flags, policy: Policy, book: Book
    ) -> list[list[int]]:
        """Changes of one measure (by place) that leave a small group too little, each list a way (see `_Tied`)."""
        m = int(self.places[at])
        info = self.now.values.measures[m]
        place = self.there.place(key_then(self.release, info))
        if place is None:
            return []
        facts = self.now.data.facts
        whole = not facts and self.there.measures[place].hash == info.hash
        sides = _side_now(self.now, m), _side_then(self.release, self.sets, self.there, place, facts)
        tied = _Tied.of(panel, could, then, self.apart[at], policy.threshold, whole)
        return _narrow_ways(*sides, tied, policy, book, info.key, facts)


@dataclass(frozen=True, eq=False)
class _Side:
    """One wave's published figures of one question: ``sets`` and ``hidden`` (each n × people), everybody's ``points``
    (nan for none) and the least and greatest sum each figure stands for, ``low`` and ``high`` (sets).
    """

    sets: Flags
    hidden: Flags
    points: Floats
    low: Floats
    high: Floats

    @classmethod
    def of(cls, members: Flags, shown: Flags, points: Floats, spans: list[tuple[float, float]]) -> _Side:
        """``spans`` of means, in the order of the shown sets."""
        sets = members[shown]
        people = sets @ (~np.isnan(points)).astype(np.int64)
        sums = sets @ np.nan_to_num(points)
        low, high = np.array(spans, dtype=np.float64).reshape(-1, 2).T * people
        return cls(sets, members[~shown], points, np.minimum(low, sums), np.maximum(high, sums))


@dataclass(frozen=True, eq=False)
class _Tied:
    """The changes of one question: who could be in each, as rows of each wave (changes × people of that wave), and the
    least and greatest sum that their answers moved by; ``whole`` where it is of all that both waves' figures rest on,
    ``named`` where it is clear enough who is in it.

    Who was set aside nobody outside can know. A few widen what the figure says of everybody who could be in the change;
    where they are half the threshold, its people cannot be named.
    """

    now: Flags
    then: Flags
    low: Floats
    high: Floats
    whole: bool
    named: Flags

    @classmethod
    def of(cls, panel: Flags, could: Flags, then: Flags, apart: Floats, threshold: int, whole: bool) -> _Tied:
        """``panel`` who is in each change, ``could`` those set aside as well, ``then`` the same in the earlier wave;
        ``apart`` how far each person moved.
        """
        people = panel.sum(axis=1)
        aside = could.sum(axis=1) - people
        sums = np.where(panel, np.nan_to_num(apart), 0.0).sum(axis=1)
        spans = [told_tenth(tenth(value)) for value in sums / np.maximum(people, 1)]
        low, high = np.array(spans).reshape(-1, 2).T * people
        low, high = np.minimum(low, sums) - _MOST * aside, np.maximum(high, sums) + _MOST * aside
        return cls(could, then, low, high, whole, 2 * aside < threshold)


def _side_now(now: Worked, measure: int) -> _Side:
    """This wave's figures of one question: its means, or its shares where they are of facts."""
    shown = now.pattern.means[:, measure]
    places = np.flatnonzero(shown).tolist()
    if now.data.facts:
        points, spans = now.values.favourable, [told_share(now, place, measure) for place in places]
        return _Side.of(now.layout.members, shown, 100 * points[measure], spans)
    spans = [told_mean(now, place, measure) for place in places]
    return _Side.of(now.layout.members, shown, now.values.points[measure], spans)


def _side_then(release: Release, sets: Sets, values: Values, measure: int, facts: bool) -> _Side:
    """The earlier wave's, as they were published. ``values`` as they were softened then."""
    key = values.measures[measure].key
    points = 100 * values.favourable[measure] if facts else values.points[measure]
    told_of = shown_in(release, key)
    spans = []
    for place in (place for place in sets if place in told_of):
        cell, people = release.cell(key, *place), int((sets[place] & ~np.isnan(points)).sum())
        if facts:
            looks = band_floor(cell.n_band) if cell.n_band.endswith("more") else people
            spans.append(told(cell.favourable or 0, looks))
        else:
            spans.append(told_tenth(cell.mean or 0.0))
    shown = np.array([place in told_of for place in sets])
    return _Side.of(np.stack(list(sets.values())), shown, points, spans)


def _narrow_ways(
    now: _Side, then: _Side, tied: _Tied, policy: Policy, book: Book, name: str, rare: bool
) -> list[list[int]]:
    """Changes (by their place) of which one at least is to be hidden for this question, each list a way."""
    published = len(now.sets) + len(then.sets)
    sets, low, high = _rows(now, then, tied)
    found = too_narrow(
        Published(
            sets, np.append(now.points, then.points)[None], np.stack([low, high])[:, None],
            _targets(now, then, tied, policy.threshold), policy.threshold, names=(name,), rare=rare,
        ),
        ENOUGH, book,
    )  # fmt: skip
    ways = [[place - published for place in narrow.by if place >= published] for narrow in found]
    return [way for way in ways if way]


def _rows(now: _Side, then: _Side, tied: _Tied) -> tuple[Signs, Floats, Floats]:
    """Everything told, over the people of this wave and then those of the earlier one."""
    here, there = now.sets.shape[1], then.sets.shape[1]
    rows = [
        np.hstack([now.sets, np.zeros((len(now.sets), there))]),
        np.hstack([np.zeros((len(then.sets), here)), then.sets]),
    ]
    low, high = [now.low, then.low], [now.high, then.high]
    if tied.whole:
        rows.append(np.hstack([tied.now.astype(np.int8), -tied.then.astype(np.int8)]))
        low.append(tied.low)
        high.append(tied.high)
    return np.concatenate(rows).astype(np.int8), np.concatenate(low), np.concatenate(high)


def _targets(now: _Side, then: _Side, tied: _Tied, threshold: int) -> Targets:
    """Hidden sets, and what two published sets or changes share or do not share, in either wave."""
    published = len(now.sets) + len(then.sets)
    members, cut_by = [], []
    for side, people, first in ((now, tied.now, 0), (then, tied.then, len(now.sets))):
        named = np.flatnonzero(tied.named)
        found = Targets.of(
            np.concatenate([side.sets, people[named]]), side.hidden, ~np.isnan(side.points)[None], threshold
        )
        empty = np.zeros((len(found.members), (then if side is now else now).sets.shape[1]), dtype=bool)
        members.append(np.hstack([found.members, empty] if side is now else [empty, found.members]))
        at = np.append(first + np.arange(len(side.sets)), published + named)
        cut_by += [tuple(at[list(pair)].tolist()) for pair in found.cut_by]
    return Targets(np.concatenate(members), tuple(cut_by))
