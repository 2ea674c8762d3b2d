"""A wave protected as well as it can be: what is hidden, what is merged instead, and what may stand after all.

First by rules and row space, then by the bounds audit, again and again until no small group is told too closely.
Then groups are joined, as a joined group is often left standing where two would be hidden: of all ways to join them,
the one that keeps most. First the groups of one attribute, then those of a pair, which may be joined further there
than by themselves; pair by pair, so that none costs a group of one attribute.

Of the many ways few are worked out. What was learnt of one holds for others, too: groups that could not stand together
there cannot here. So for each there is a bound on what it can keep, and the one that promises most is tried first.
"""

from __future__ import annotations

import heapq
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field, replace

import numpy as np

from belong.release.bars import barred_by, worths
from belong.release.cuts import Joins, Layout, lay_out, ways_to_join
from belong.release.model import Flags, Menu, Microdata, Policy
from belong.release.protect import least_of_each
from belong.release.reach import ways_in
from belong.release.wave import Answers, Worked, finish, read, rules
from belong.release.witness import Book

_TRIES = 12
"""Ways of joining one attribute's groups that are worked out, at most."""

_ALL_AT_ONCE = 120
"""Groups up to which it is worked out exactly which to bar; of more, one after the other, and no pair is joined."""

_FEW = 10
"""New ways under which what a large menu hides stays hidden, or one choice after the other would be looked at."""

_MORE = 1e-6
"""By so much more must be kept to count as more."""

Mark = tuple[str, str, bytes]
"""A group by its name and people: the same in a menu of more pairs, and where other groups are joined."""


def protected(data: Microdata, menu: Menu, policy: Policy) -> Worked:
    """The wave with all hidden that must be. Raises ``ReleaseRefused``."""
    search = _Search(read(data, policy), replace(menu, pairs=()), policy)
    best = search.tried({})
    for attribute in menu.attributes:
        best = search.joined(best, attribute.key, attribute.key)
    whole = replace(search, menu=menu)
    if len(whole.layout(best.joins).groups) > _ALL_AT_ONCE:
        return whole.tried(best.joins).finished(search)
    for many, pair in enumerate(menu.pairs, start=1):
        search = replace(search, menu=replace(menu, pairs=menu.pairs[:many]))
        best = search.tried(best.joins)
        for side in pair:
            best = search.joined(best, "*".join(pair), side)
    return best.finished(search)


@dataclass(frozen=True, eq=False)
class _Tried:
    """What was joined, the sets and shown means (groups × measures) that came of it, and what the shown groups are
    worth.
    """

    joins: Joins
    layout: Layout
    means: Flags
    kept: float

    def finished(self, search: _Search) -> Worked:
        """The wave worked out to the end."""
        return finish(search.answers, self.layout, search.policy, self.means)

    def hides(self, cut: str) -> bool:
        """Whether anything is hidden of a pair, or anything at all for a cut of one attribute."""
        places = self.layout.of(cut) if "*" in cut else list(range(len(self.layout.groups)))
        return not self.means[places].all()


@dataclass(frozen=True, eq=False)
class _Search:
    """``known`` are the ways found so far in which something small would be told, ``book`` what shows that others tell
    nothing.
    """

    answers: Answers
    menu: Menu
    policy: Policy
    known: dict[frozenset[Mark], None] = field(default_factory=dict)
    book: Book = field(default_factory=Book)

    def joined(self, best: _Tried, cut: str, attribute: str) -> _Tried:
        """The best that joining an attribute's groups in one cut comes to."""
        if not best.hides(cut):
            return best
        waiting = [
            (-self._most(joins), turn, joins) for turn, joins in enumerate(self._ways(best, cut, attribute))
        ]
        heapq.heapify(waiting)
        tries = 0
        while waiting and -waiting[0][0] > best.kept + _MORE and tries < _TRIES:
            promised, turn, joins = heapq.heappop(waiting)
            if (sure := -self._bound(joins)) > promised + _MORE:
                heapq.heappush(waiting, (sure, turn, joins))
                continue
            tries += 1
            now = self.tried(joins)
            best = now if now.kept > best.kept + _MORE else best
        return best

    def tried(self, joins: Joins) -> _Tried:
        """The wave worked out anew until nothing small is told, with as little hidden as may be."""
        layout = self.layout(joins)
        ways = dict.fromkeys(self._known_of(layout))
        exact, settled = len(layout.groups) <= _ALL_AT_ONCE, False
        barred = self._barred(ways, layout) if ways else np.zeros(len(layout.groups), dtype=bool)
        while True:
            means, found = rules(self.answers, layout, self.policy, barred)
            new = [way for way in found if way not in ways] if exact else []
            if not new:
                now = finish(self.answers, layout, self.policy, means, detailed=False)
                new = ways_in(now, self.policy, self.book)
            if not new:
                break
            ways |= dict.fromkeys(new)
            settled = settled or (not exact and len(new) < _FEW)
            barred = ~means.any(axis=1) | self._barred(new, layout) if settled else self._barred(ways, layout)
        marks = _marks(layout)
        self.known.update(dict.fromkeys(frozenset(marks[place] for place in way) for way in ways))
        return _Tried(joins, layout, means, float(worths(layout)[means[:, 0]].sum()))

    def layout(self, joins: Joins) -> Layout:
        """The sets of the menu, with these groups joined."""
        return lay_out(self.answers.data, self.menu, self.policy, self.answers.fewest, joins)

    def _ways(self, best: _Tried, cut: str, attribute: str) -> Iterator[Joins]:
        answers = self.answers
        for blocks in ways_to_join(
            answers.data, self.menu, self.policy, answers.fewest, best.joins, cut, attribute
        ):
            yield {**best.joins, (cut, attribute): blocks}

    def _most(self, joins: Joins) -> float:
        """What all groups are worth that a threshold by itself would let through."""
        layout = self.layout(joins)
        return float(worths(layout)[self._large(layout)].sum())

    def _bound(self, joins: Joins) -> float:
        """What can be kept at most, by all that is known."""
        layout = self.layout(joins)
        barred = self._barred(list(self._known_of(layout)), layout)
        return float(worths(layout)[self._large(layout) & ~barred].sum())

    def _barred(self, ways: Collection[frozenset[int]], layout: Layout) -> Flags:
        if len(layout.groups) <= _ALL_AT_ONCE:
            return barred_by(ways, layout, self.answers.counts(layout), self.policy.threshold)
        barred = np.zeros(len(layout.groups), dtype=bool)
        barred[least_of_each(ways, layout, np.ones(layout.members.shape[1], dtype=bool))] = True
        return barred

    def _large(self, layout: Layout) -> Flags:
        return np.asarray((self.answers.counts(layout) >= self.policy.threshold).all(axis=1))

    def _known_of(self, layout: Layout) -> Iterator[frozenset[int]]:
        """The known ways whose groups are all here, by place."""
        at = {mark: place for place, mark in enumerate(_marks(layout))}
        return (frozenset(at[mark] for mark in way) for way in self.known if way <= at.keys())


def _marks(layout: Layout) -> list[Mark]:
    return [(group.cut, group.key, group.members.tobytes()) for group in layout.groups]
