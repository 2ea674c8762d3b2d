"""Several files of one wave: what they say together, and what it means when they differ."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import combinations

import numpy as np

from belong.release.attack.bounds import banded, is_narrow
from belong.release.attack.learned import Learned, Tried, people_words
from belong.release.attack.told import MOST, Figure, Span, Told

Waves = dict[tuple[str, str], list[Told]]
"""The files of each wave, by audience and wave."""


def by_wave(every: Sequence[Told]) -> Waves:
    """The files put to their waves, in the order given."""
    waves: Waves = {}
    for told in every:
        waves.setdefault((told.audience, told.wave), []).append(told)
    return waves


def twice(every: Sequence[Told], threshold: int) -> tuple[list[Learned], list[Tried]]:
    """Two releases of the same wave, and late answers or lowered thresholds that show between any two files."""
    learned: list[Learned] = []
    pairs = 0
    groups = 0
    for some in by_wave(every).values():
        for one, other in combinations(some, 2):
            pairs += 1
            if one.digest and other.digest and one.digest != other.digest:
                learned.append(_published_again(one, other))
            if not agree(one, other):
                found, many = _late(one, other, threshold)
                learned += found
                groups += many
    return learned, [Tried("twice", pairs), Tried("late", groups)]


def together(every: Sequence[Told]) -> list[Told]:
    """Files of the same wave that agree, read as one table; others stay by themselves."""
    made: list[Told] = []
    for some in by_wave(every).values():
        stacks: list[Told] = []
        for told in some:
            place = next((i for i, stack in enumerate(stacks) if agree(stack, told)), None)
            if place is None:
                stacks.append(told)
            else:
                stacks[place] = _merge(stacks[place], told)
        made += stacks
    return made


def agree(one: Told, other: Told) -> bool:
    """Whether all figures that both show could be the same."""
    both = one.figures.keys() & other.figures.keys()
    return all(_fit(one.figures[place], other.figures[place]) for place in both)


def _fit(one: Figure, other: Figure) -> bool:
    if not (one.shown and other.shown):
        return True
    spans = [(one.people, other.people)]
    spans += [(one.spans[kind], other.spans[kind]) for kind in one.spans.keys() & other.spans.keys()]
    return all(max(a[0], b[0]) <= min(a[1], b[1]) for a, b in spans)


def _merge(one: Told, other: Told) -> Told:
    figures = dict(one.figures)
    for place, figure in other.figures.items():
        mine = figures.get(place)
        figures[place] = figure if mine is None or not mine.shown else _narrower(mine, figure)
    return replace(
        one, file=f"{one.file} + {other.file}", figures=figures, measures={**other.measures, **one.measures},
        gaps=one.gaps + other.gaps, changes=one.changes + other.changes, rates=one.rates + other.rates,
        protected=one.protected and other.protected,
    )  # fmt: skip


def _narrower(one: Figure, other: Figure) -> Figure:
    """Both spans at once."""
    if not other.shown:
        return one
    spans = dict(one.spans)
    for kind, span in other.spans.items():
        spans[kind] = _both(spans[kind], span) if kind in spans else span
    return replace(one, people=_both(one.people, other.people), spans=spans)


def _both(one: Span, other: Span) -> Span:
    return max(one[0], other[0]), min(one[1], other[1])


def _published_again(one: Told, other: Told) -> Learned:
    """A wave has one release, ever."""
    both = one.figures.keys() & other.figures.keys()
    differ = sum(one.figures[p].exact != other.figures[p].exact for p in both)
    differ += len(one.figures) + len(other.figures) - 2 * len(both)
    limits = {told.threshold for told in (one, other)}
    why = (
        "a threshold that was lowered"
        if len(limits) > 1
        else "answers that came late, or groups that changed"
    )
    about = f"wave {one.wave} was released twice, and {differ:,} rows differ"
    return Learned(
        "twice", about, "", "", None, None, f"both versions side by side show {why}", (one.file, other.file)
    )


def _late(one: Told, other: Told, threshold: int) -> tuple[list[Learned], int]:
    """Those counted in one version and not in the other, if versions differ by nothing else."""
    learned: list[Learned] = []
    places = [p for p, f in one.figures.items() if f.shown and p in other.figures and other.figures[p].shown]
    for measure, key in places:
        pair = one.figures[measure, key], other.figures[measure, key]
        for early, late in (pair, pair[::-1]):
            learned += _added(
                one.label(key), one.measures.get(measure, measure), early, late, threshold, (one, other)
            )
    return learned, len(places)


def _added(
    group: str, title: str, early: Figure, late: Figure, threshold: int, files: tuple[Told, Told]
) -> Iterator[Learned]:
    for kind in early.spans.keys() & late.spans.keys():
        few = late.people[0] - early.people[1], late.people[1] - early.people[0]
        same = early.spans[kind] == late.spans[kind] and early.people == late.people
        if not 1 <= few[1] < threshold or same:
            continue
        first, both = np.array([True, False]), np.array([True, True])
        system = banded(
            [early.people, (0.0, MOST)],
            sets=[(first, early.people, early.spans[kind]), (both, late.people, late.spans[kind])],
        )
        span = system.mean(np.array([0.0, 1.0]))
        if span is not None and is_narrow(span):
            people = people_words((max(0.0, few[0]), few[1]))
            about, how = (
                f"those added to {group}",
                "one version's figure taken from the other's, both of the same people",
            )
            named = title if kind == "mean" else f"{title}, {kind}"
            yield Learned("late", about, people, named, *span, how, (files[0].file, files[1].file))
