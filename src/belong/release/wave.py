"""One wave worked out: sets, patterns and softened figures. What build, change and follow-up share."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from belong.release.cells import Figures, Pattern, figures
from belong.release.compute import Values, measures_of, of_these, values_of
from belong.release.cuts import Fewest, Joins, Layout, lay_out
from belong.release.decode import sets_of, shown_in
from belong.release.model import Flags, Ints, Menu, Microdata, Policy, ReleaseRefused
from belong.release.protect import Family, choose
from belong.release.release import Release
from belong.release.soften import Softened, soften


@dataclass(frozen=True, eq=False)
class Worked:
    """A wave ready to be written down. ``values`` are made from the softened answers."""

    data: Microdata
    layout: Layout
    softened: Softened
    values: Values
    pattern: Pattern
    figures: Figures


@dataclass(frozen=True, eq=False)
class Answers:
    """A wave before anything is hidden: its rows in canonical order, and everybody's figures."""

    data: Microdata
    values: Values

    @property
    def fewest(self) -> Fewest:
        return _fewest(self.values)

    def counts(self, layout: Layout) -> Ints:
        """Respondents of the questions that are hidden or shown together (groups × measures)."""
        answered = self.values.answered[families(self.values)[0]]
        return np.asarray(layout.members.astype(np.int64) @ answered.T.astype(np.int64))


def work_out(
    data: Microdata, menu: Menu, policy: Policy, *, joins: Joins | None = None, barred: Flags | None = None
) -> Worked:
    """Sets, what rules and row space let be shown, softening, figures. Groups are merged as ``joins`` says, ``barred``
    ones (by place) are hidden whatever their size. Raises ``ReleaseRefused``.
    """
    answers = read(data, policy)
    layout = lay_out(answers.data, menu, policy, answers.fewest, joins)
    return finish(answers, layout, policy, rules(answers, layout, policy, barred)[0])


def read(data: Microdata, policy: Policy) -> Answers:
    """The answers in the order they are worked with. Raises ``ReleaseRefused`` if there is nothing to count."""
    data = data.canonical()
    measures = measures_of(data, policy.threshold)
    if not measures:
        raise ReleaseRefused("The wave has no questions that can be counted.")
    return Answers(data, values_of(data, measures))


def rules(
    answers: Answers, layout: Layout, policy: Policy, barred: Flags | None = None
) -> tuple[Flags, list[frozenset[int]]]:
    """Which means may be shown by rules and row space (groups × measures), and the sets of groups (by place) of which
    one at least had to be hidden. ``barred`` groups are hidden whatever their size. Raises ``ReleaseRefused``.
    """
    ways: list[frozenset[int]] = []
    means = _choose(layout, answers.values, policy.threshold, barred, ways)
    if not means[0, 0]:
        raise ReleaseRefused(f"Fewer than {policy.threshold} people answered, so nothing can be shown.")
    return means, ways


def finish(
    answers: Answers, layout: Layout, policy: Policy, means: Flags, *, detailed: bool = True
) -> Worked:
    """The wave with these means shown; with full distributions, if ``detailed``, where they may be."""
    details = np.zeros_like(means)
    if detailed:
        hidden = np.asarray(~means.any(axis=1))
        details = means & _choose(layout, answers.values, policy.detail, hidden, None)
    pattern = Pattern(means, details)
    measures = answers.values.measures
    shown = {
        info.key.removeprefix("item:"): pattern.means[:, m]
        for m, info in enumerate(measures)
        if info.kind == "item"
    }
    softened = soften(answers.data, layout.members, shown, policy.detail)
    values = values_of(softened.data, measures, softened.good)
    made = figures(softened.data, layout, values, pattern, policy)
    return Worked(answers.data, layout, softened, values, pattern, made)


def as_published(release: Release, data: Microdata, detail: int) -> Softened:
    """An earlier wave's answers as they were softened for its release."""
    data = data.canonical()
    sets = sets_of(release, data)
    shown = {}
    for info in of_these(data, release.measures):
        if info.kind == "item":
            open_sets = shown_in(release, info.key)
            shown[info.key.removeprefix("item:")] = np.array([key in open_sets for key in sets])
    return soften(data, np.stack(list(sets.values())), shown, detail)


def families(values: Values) -> list[list[int]]:
    """Places of measures that are hidden or shown together: the score with all it is made of, and each
    question that stands alone by itself.
    """
    together = [place for place, info in enumerate(values.measures) if info.scored]
    alone = [[place] for place, info in enumerate(values.measures) if not info.scored]
    return ([together] if together else []) + alone


def _choose(
    layout: Layout, values: Values, threshold: int, barred: Flags | None, ways: list[frozenset[int]] | None
) -> Flags:
    """What may be shown at one threshold, groups × measures; questions that stand alone never show a group
    that the others hide. Into ``ways`` go those of the first family (see ``protect.choose``).
    """
    pattern = np.zeros((len(layout.groups), len(values.measures)), dtype=bool)
    barred = np.zeros(len(layout.groups), dtype=bool) if barred is None else barred
    for places in families(values):
        keys = tuple(values.measures[place].key for place in places)
        family = Family.of(keys, values.answered[places], layout)
        if (family.counts[0] < threshold).any():
            continue
        shown = choose(layout, family, threshold, barred, ways if not pattern.any() else None)
        pattern[:, places] = shown[:, None]
        if len(places) > 1:
            barred = ~shown
    return pattern


def _fewest(values: Values) -> Fewest:
    """Respondents of the least answered question among some people; nobody only if nobody answered anything."""
    everything = values.answered
    together = everything[families(values)[0]]

    def count(members: Flags) -> int:
        people = together[:, members].sum(axis=1)
        return max(1, int(people.min())) if everything[:, members].any() else 0

    return count
