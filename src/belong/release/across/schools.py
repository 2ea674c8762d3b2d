"""Rule 6: no figure, and nothing that follows from figures, is of fewer than five schools or mostly of one.

A school is protected like a person. Behind each shown group, in every question, stand at least ``SCHOOLS`` schools,
none with more than ``SHARE`` of the respondents. The same holds for what is left of a shown group when the shown
groups within it are taken away, and for what two shown groups share or do not share where that can be had. And no
combination of shown groups at all rests on fewer than ``SCHOOLS`` schools (``few``).

Why 40 %: a school that takes its own published group from a figure is left with the others. Where its own group has
at least the threshold, the figure rests on two and a half times as many, and what is left on more than the
threshold.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from belong.release.across.few import on_few_schools
from belong.release.across.pooling import OF, SCHOOLS, SHARE
from belong.release.decode import sets_of, shown_in
from belong.release.model import Flags, Floats, Ints, ReleaseRefused
from belong.release.protect import least_of_each
from belong.release.release import Release
from belong.release.rowspace import Space, space
from belong.release.wave import Worked


@dataclass(frozen=True, eq=False)
class Kinds:
    """People alike in every group and of one school, counted together: ``rows`` (groups × kinds), ``people`` and
    ``school`` (a number) of each kind.
    """

    rows: Flags
    people: Ints
    school: Ints

    @classmethod
    def of(cls, rows: Flags, school: Ints) -> Kinds:
        packed = np.packbits(rows, axis=0)
        marks = np.concatenate([packed, school[None].astype(">u4").view(np.uint8).reshape(-1, 4).T])
        _, first, people = np.unique(marks.T, axis=0, return_index=True, return_counts=True)
        return cls(rows[:, first], people.astype(np.int64), school[first])

    def fit(self, sets: Flags) -> Flags:
        """Which of these (sets × kinds) are of enough schools, none of which is too large a part."""
        lies_in = np.zeros((len(self.people), int(self.school.max(initial=0)) + 1))
        lies_in[np.arange(len(self.people)), self.school] = self.people
        people = sets.astype(np.float64) @ lies_in
        enough = (people > 0).sum(axis=1) >= SCHOOLS
        return np.asarray(enough & (people.max(axis=1) <= SHARE * people.sum(axis=1) + 1e-9))


def unfit_groups(now: Worked) -> Flags:
    """Groups (by place) that are of too few schools or mostly of one in some question, whatever else is shown.

    Raises ``ReleaseRefused`` where everybody together is.
    """
    school = _numbers(now)
    found = np.zeros(len(now.layout.groups), dtype=bool)
    for who in np.unique(now.values.answered, axis=0):
        kinds = Kinds.of(now.layout.members[:, who], school[who])
        found |= kinds.rows.any(axis=1) & ~kinds.fit(kinds.rows)
    if found[0]:
        raise ReleaseRefused(
            f"Behind some figure for everyone stand fewer than {SCHOOLS} schools, or one of them with more than "
            f"{100 * SHARE:.0f} %. Take more schools in, or leave the largest out."
        )
    return found


def pointing_at_schools(now: Worked, earlier: Sequence[Release] = ()) -> Flags:
    """Groups (by place) to hide besides, so that nothing about few schools can be worked out, from ``earlier``
    tables of the same people neither; all False if nothing can.

    Everyone together is never among them: everything else goes first.
    """
    victims = np.zeros(len(now.layout.groups), dtype=bool)
    everybody = np.ones(now.data.pupils, dtype=bool)
    for places, kinds in _patterns(now, earlier):
        have = space(kinds.rows)
        ways = [places[have.recipe(vector)] for vector in _about_few(kinds, have)]
        victims[least_of_each([way[way >= 0].tolist() for way in ways], now.layout, everybody)] = True
    return victims


def _about_few(kinds: Kinds, have: Space) -> list[Floats]:
    """Combinations (by kind) of published sets that are about too few schools or mostly one: those a reader would
    try, else whatever there is.
    """
    sets = np.unique(_named(kinds.rows), axis=0)
    sets = sets[sets.any(axis=1)]
    bad = sets[~kinds.fit(sets)]
    bad = bad[have.holds(bad)] if len(bad) else bad
    if len(bad):
        return list(bad.astype(np.float64))
    vector = on_few_schools(kinds.rows, kinds.school)
    return [] if vector is None else [vector]


def _named(rows: Flags) -> Flags:
    """What a reader would try: of each set, what is left without the sets in it, one or as many as share nobody; and
    what each two sets share.
    """
    found = [rows[:0]]
    sizes = rows.sum(axis=1)
    for row in rows:
        inside = np.flatnonzero(~(rows & ~row).any(axis=1) & (sizes < row.sum()))
        found += [row & ~rows[inside], rows & row]
        for start in inside.tolist():
            taken = rows[start].copy()
            for other in inside.tolist():
                if not (taken & rows[other]).any():
                    taken |= rows[other]
            found.append((row & ~taken)[None])
    return np.concatenate(found)


def _patterns(now: Worked, earlier: Sequence[Release]) -> Iterator[tuple[Ints, Kinds]]:
    """Groups that earlier tables (place −1) and questions now show, with those who answered, each such pair once."""
    school, seen = _numbers(now), set()
    before = [(release, sets_of(release, now.data)) for release in earlier]
    for m, info in enumerate(now.values.measures):
        shown, who = now.pattern.means[:, m], now.values.answered[m]
        old = [sets[key] for release, sets in before for key in sorted(shown_in(release, info.key))]
        mark = shown.tobytes(), who.tobytes(), len(old)
        if shown.any() and mark not in seen:
            seen.add(mark)
            rows = np.concatenate(
                [np.array(old, dtype=bool).reshape(-1, len(who)), now.layout.members[shown]]
            )
            places = np.concatenate([np.full(len(old), -1), np.flatnonzero(shown)])
            yield places, Kinds.of(rows[:, who], school[who])


def _numbers(now: Worked) -> Ints:
    """Everybody's school as a number."""
    return np.asarray(np.unique(now.data.attributes[OF], return_inverse=True)[1], dtype=np.int64)
