"""How closely published sums hem in what nobody published: the audit by linear programmes.

Every person's figure lies between 0 and ``top``; every published mean, times its exact number of people, gives a
sum to within its rounding. A *target* is a hidden set, or what two published sets share or do not share, of fewer
people than the threshold. Its *reach* is the width of the interval of sums it may still have, as a share of all it
could have (``top`` × its people). Under half is too close.

Two programmes for every target and question would take a day in a large school. Most targets are cleared at once
instead, by *witnesses* (``witness``). Only what no witness clears is given to the exact programme (HiGHS), and what
it finds is a witness for all other targets, too.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from scipy import sparse

from belong.release.model import Flags, Floats, ReleaseRefused, Signs
from belong.release.published import System
from belong.release.region import Region
from belong.release.witness import NOBODY, Book, Ends, look

HALF = 0.5
"""The least share of its possible range that a target must be left."""


@dataclass(frozen=True, eq=False)
class Published:
    """What is known of some questions.

    ``sets`` (sets × people) those most worth keeping first; ``points`` (questions × people) everybody's true figure,
    0 to ``top``, nan for no answer; ``told`` (2 × questions × sets) the least and greatest sum that each published
    figure stands for;
    ``targets`` are looked at where fewer than ``threshold`` of them answered; ``names`` of the questions, by which a
    `Book` knows them again. ``rare`` for shares of people for whom something is so: that it is so for hardly anyone
    bounds every target, and is what the figure is there to say; a target then counts only where it surely is so for
    somebody in it.
    """

    sets: Flags | Signs
    points: Floats
    told: Floats
    targets: Targets
    threshold: int
    top: float = 100.0
    names: Sequence[Hashable] = ()
    rare: bool = False


@dataclass(frozen=True)
class Narrow:
    """A target that can be told too closely: its place, the question, lowest and highest sum, and the published sets
    that hem it in or cut it out.
    """

    target: int
    question: int
    low: float
    high: float
    by: tuple[int, ...]


@dataclass(frozen=True, eq=False)
class Targets:
    """``members`` (targets × people) and, for each, the places of the published sets that cut it out: two, or none
    for a hidden set.
    """

    members: Flags
    cut_by: tuple[tuple[int, ...], ...]

    @classmethod
    def of(cls, sets: Flags, hidden: Flags, answered: Flags, threshold: int) -> Targets:
        """Hidden sets, and intersections and differences of two published ones, that in some question hold 1 to
        ``threshold`` − 1 people. ``answered`` questions × people.
        """
        fewest, most = np.full((len(sets), len(sets)), np.inf), np.zeros((len(sets), len(sets)))
        apart_fewest, apart_most = fewest.copy(), most.copy()
        for who in np.unique(answered, axis=0):
            rows = sparse.csr_array(sets[:, who].astype(np.float64))
            both = np.asarray((rows @ rows.T).todense())
            apart = np.diag(both)[:, None] - both
            fewest, most = np.minimum(fewest, both), np.maximum(most, both)
            apart_fewest, apart_most = np.minimum(apart_fewest, apart), np.maximum(apart_most, apart)
        left, right = np.nonzero(np.triu((most > 0) & (fewest < threshold)))
        first, second = np.nonzero((apart_most > 0) & (apart_fewest < threshold))
        found = np.concatenate([hidden, sets[left] & sets[right], sets[first] & ~sets[second]])
        pairs = [()] * len(hidden) + [
            *zip(left.tolist(), right.tolist(), strict=True),
            *zip(first.tolist(), second.tolist(), strict=True),
        ]
        packed = np.packbits(found, axis=1)
        single = (
            np.sort(np.unique(packed, axis=0, return_index=True)[1]) if len(found) else np.zeros(0, np.int64)
        )
        single = single[found[single].any(axis=1)]
        return cls(found[single], tuple(pairs[place] for place in single))


def too_narrow(known: Published, most: int = 0, book: Book | None = None) -> list[Narrow]:
    """Every target of every question whose reach is under half, once for each group of published sets that was found to
    hem it in. With ``most``, so many targets are enough, each with the first question it is too narrow in. ``book``
    carries what was found from one look to the next. Raises ``ReleaseRefused`` where the solver fails.
    """
    if not len(known.targets.members) or not len(known.points):
        return []
    book = Book() if book is None else book
    system = _system(known)
    ends = look(system, book)
    found: list[Narrow] = []
    done: set[int] = set()
    regions: dict[int, Region] = {}
    for target, question in _most_likely(ends):
        if (most and target in done) or not ends.is_open(target, question):
            continue
        region = regions.get(question) or regions.setdefault(question, system.region(question))
        narrow = _exactly(system, ends, book, region, target, question, known.targets.cut_by[target])
        if narrow is None:
            continue
        found += [narrow, *_besides(system, region, narrow, known.targets.cut_by[target])]
        done.add(target)
        if len(done) == most:
            break
    return found


def _most_likely(ends: Ends) -> list[tuple[int, int]]:
    """Targets and questions that are still open, those first whose witnesses lie nearest to each other."""
    places = np.argwhere(ends.open())
    at = places[:, 0], places[:, 1]
    apart = (ends.highest[at] - ends.lowest[at]) / ends.system.needed[at]
    return [(target, question) for target, question in places[np.argsort(apart, kind="stable")].tolist()]


def _system(known: Published) -> System:
    def needed(people: Floats) -> Floats:
        return np.where(people < known.threshold, HALF * known.top * people, 0.0)

    names = known.names or range(len(known.points))
    return System.of(
        names, known.sets, known.targets.members, known.points, known.told, known.top, needed, known.rare
    )


def _exactly(
    system: System,
    ends: Ends,
    book: Book,
    region: Region,
    target: int,
    question: int,
    cut_by: tuple[int, ...],
) -> Narrow | None:
    """Both ends by linear programme; None if the reach is wide enough."""
    narrow, reached = _ends_of(system, region, target, question, cut_by)
    which = np.full(2, question)
    ends.see(reached, which)
    book.keep(system, reached, which)
    return narrow


def _besides(system: System, region: Region, narrow: Narrow, cut_by: tuple[int, ...]) -> Iterator[Narrow]:
    """The same target, without the set least worth keeping of those that hem it in, and again, until it is wide."""
    again: Narrow | None = narrow
    with region.without() as let_go:
        while again is not None and (least := max(again.by, default=0)) not in (0, *cut_by):
            let_go(least)
            again, _ = _ends_of(system, region, narrow.target, narrow.question, cut_by)
            if again is not None:
                yield again


def _ends_of(
    system: System, region: Region, target: int, question: int, cut_by: tuple[int, ...]
) -> tuple[Narrow | None, Floats]:
    """The target if it is too narrow, and figures (atoms × 2) that reach its ends. Raises ``ReleaseRefused`` if the
    solver does not find them: the true figures agree with all that is published, so they are there.
    """
    weights = system.targets[[target]].toarray().ravel()
    reached, by = [], set(cut_by)
    for sign in (1.0, -1.0):
        found = region.least(sign * weights)
        if found is None:
            raise ReleaseRefused("How closely groups can be told could not be worked out.")
        reached.append(found)
        by |= set(np.flatnonzero(region.binding()).tolist())
    figures = np.array(reached).T
    low, high = (float(weights @ figures[:, side]) for side in (0, 1))
    if high - low >= system.needed[target, question] - 1e-6 or (system.rare and low <= NOBODY):
        return None, figures
    return Narrow(target, question, low, high, tuple(sorted(by))), figures
