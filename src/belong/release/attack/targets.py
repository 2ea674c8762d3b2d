"""What an attacker is after: every set of fewer people than the threshold that the told sets mark off."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from belong.release.attack.learned import listed
from belong.release.attack.scene import Scene
from belong.release.model import Floats, Ints

NARROWABLE = ("is", "and", "not")
"""What a linear programme is asked about: hidden sets, and differences and intersections of two told ones. Any total
bounds every subset of it a little, so that asking about all of them would say nothing.
"""


@dataclass(frozen=True, eq=False)
class Target:
    """A vector over blocks (0/1, or a difference of two sets across waves) and how many people it rests on.
    ``of`` says how it came about: ``is`` a set, ``not`` (in the first, not in the second), ``and``.
    """

    weights: Floats
    people: int
    of: tuple[str, int, int] = ("", -1, -1)


def targets(made: Scene, threshold: int, *, means: bool) -> list[Target]:
    """Hidden groups, differences and intersections of any two told sets, people alike in every told set, and who
    joined or left where a change is told; each once. Changes tell of ``means`` only: for shares, the people of a
    change are no set that anybody told of.
    """
    found: dict[bytes, Target] = {}
    places = told_places(made, means=means)
    for target in (
        *_hidden(made),
        *_pairs(made, places, threshold),
        *(_joined_and_left(made, threshold) if means else ()),
        *_alike(made, places),
    ):
        if 0 < target.people < threshold:
            found.setdefault(target.weights.tobytes(), target)
    return list(found.values())


def told_places(made: Scene, *, means: bool = True) -> Ints:
    """Sets that are told about: shown groups and, for ``means``, those in a change or a gap."""
    told = [means if group.figure is None else group.figure.shown for group in made.groups]
    return np.flatnonzero(told).astype(np.int64)


def _hidden(made: Scene) -> Iterator[Target]:
    for place, group in enumerate(made.groups):
        if group.figure is not None and not group.figure.shown:
            yield Target(made.weights[place], group.people, ("is", place, place))


def _pairs(made: Scene, places: Ints, threshold: int) -> Iterator[Target]:
    """Two sets of the same wave: one without the other, and both at once."""
    sets = made.weights[places]
    both = (sets * made.sizes) @ sets.T
    without = np.diag(both)[:, None] - both
    for one, other in np.argwhere(np.triu((both > 0) & (both < threshold), k=1)):
        yield Target(
            sets[one] * sets[other], int(both[one, other]), ("and", int(places[one]), int(places[other]))
        )
    for one, other in np.argwhere((both > 0) & (without > 0) & (without < threshold)):
        weights = sets[one] * (1 - sets[other])
        yield Target(weights, int(without[one, other]), ("not", int(places[one]), int(places[other])))


def _joined_and_left(made: Scene, threshold: int) -> Iterator[Target]:
    """Sum now − change − sum then, for any told set now and then: joiners' answers minus leavers'."""
    for panel in made.panels:
        if panel.fewest != panel.people:
            continue
        here, there = (_near(made, place, threshold) for place in (panel.now, panel.then))
        moved = made.weights[panel.now] - made.weights[panel.then]
        for i in here:
            for j in there:
                weights = made.weights[i] - moved - made.weights[j]
                yield Target(weights, int(np.abs(weights) @ made.sizes), ("moved", i, j))


def _near(made: Scene, panel: int, threshold: int) -> list[int]:
    """Shown sets of the panel's wave that differ from it by few people."""
    wave = made.groups[panel].wave
    return [
        place
        for place, group in enumerate(made.groups)
        if group.figure is not None
        and group.figure.shown
        and group.wave == wave
        and np.abs(made.weights[place] - made.weights[panel]) @ made.sizes < threshold
    ]


def _alike(made: Scene, places: Ints) -> Iterator[Target]:
    """People whom no told set tells apart."""
    if not len(places):
        return
    kinds, which = np.unique(made.weights[places].T, axis=0, return_inverse=True)
    for kind in range(len(kinds)):
        weights = (which.ravel() == kind).astype(float)
        yield Target(weights, int(weights @ made.sizes), ("alike", -1, -1))


def worded(made: Scene, target: Target) -> str:
    """A target in words: by the groups that mark it off, never by anybody's name."""
    how, one, other = target.of
    if how == "is":
        return made.groups[one].words
    if how == "and":
        return f"{made.groups[one].words} and also {made.groups[other].words}"
    if how == "not":
        return f"{made.groups[one].words} but not {made.groups[other].words}"
    if how == "moved":
        return f"those only in {made.groups[one].words} set against those only in {made.groups[other].words}"
    touched = target.weights != 0
    places = told_places(made)
    around = [int(p) for p in places if made.weights[p][touched].all()]
    smallest = sorted(around, key=lambda place: made.groups[place].people)[:4]
    words = listed([made.groups[place].words for place in smallest])
    return f"some people of {words}" if words else "some people of several groups"
