"""What to know before any figure of a scale is believed: questions nobody answered, that everybody answered alike, that
run against the others, that repeat one another, and too few people.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np

from belong.measure.counts import PairCounts
from belong.measure.refusing import NotMeasurable

Kind = Literal["unanswered", "constant", "against", "repeated", "few"]


@dataclass(frozen=True)
class Concern:
    """One thing to know: ``items`` it is about (none: all of them), and what it is in words."""

    kind: Kind
    items: tuple[str, ...]
    text: str


def concerns(counts: PairCounts) -> tuple[Concern, ...]:
    """What is odd about the answers behind ``counts``, all groups together; empty where nothing is."""
    whole = counts.total()
    margins = list(whole.frequencies().values())
    silent = [j for j, margin in enumerate(margins) if not margin.sum() > 0]
    still = [j for j, margin in enumerate(margins) if j not in silent and (margin > 0).sum() == 1]
    found = [Concern("unanswered", (name,), "nobody answered it") for name in _names(counts, silent)]
    for j, name in zip(still, _names(counts, still), strict=True):
        code = int(np.argmax(margins[j] > 0)) + 1
        found.append(Concern("constant", (name,), f"everybody gave the same answer ({code})"))
    people, size = int(whole.people.sum()), len(counts.items)
    if people <= size:
        found.append(
            Concern(
                "few", (), f"{people} people answered {size} questions: too few to say how they hang together"
            )
        )
    rest = [j for j in range(size) if j not in silent and j not in still]
    return (*found, *_between(counts, rest))


def _names(counts: PairCounts, places: list[int]) -> tuple[str, ...]:
    return tuple(counts.items[j] for j in places)


def _between(counts: PairCounts, rest: list[int]) -> list[Concern]:
    """Questions that run against the sum of the others, and pairs with the same answers throughout."""
    from belong.measure.reliability import correlation_of, item_rest  # scipy: see belong.measure

    if len(rest) < 2:
        return []
    try:
        covariance = _only(counts, rest).covariance()
        correlation, _ = correlation_of(covariance)
    except NotMeasurable:  # nobody answered both of two questions, or nobody answered all
        return []
    names = _names(counts, rest)
    found = [
        Concern(
            "against",
            (name,),
            f"it runs against the others (item–rest correlation {value:.2f}); it may need turning",
        )
        for name, value in zip(names, item_rest(covariance), strict=True)
        if value < 0
    ]
    for i, j in zip(*np.nonzero(np.tril(np.abs(correlation) > 1 - 1e-9, -1)), strict=True):
        found.append(
            Concern("repeated", (names[j], names[i]), "the answers to one follow from those to the other")
        )
    return found


def _only(counts: PairCounts, places: list[int]) -> PairCounts:
    """The counts of some items alone."""
    keep = np.concatenate([np.arange(counts.slices[j].start, counts.slices[j].stop) for j in places])
    return PairCounts(
        _names(counts, places),
        tuple(counts.categories[j] for j in places),
        counts.groups,
        counts.cases,
        counts.tables[:, keep[:, None], keep],
        counts.people,
    )
