"""One measure as somebody sees it who knows who is in every group: sets of people, and what is told of each.

Answers of different waves are different unknowns, also of the same people; a change ties two waves together. People who
are in exactly the same sets of a wave form a *block*; every told figure is a weighted sum over blocks.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np

from belong.release.attack.changes import same_questions
from belong.release.attack.learned import people_words
from belong.release.attack.roll import Roll
from belong.release.attack.scores import derived
from belong.release.attack.told import MEAN, WHOLE, Figure, Key, Moved, Span, Told
from belong.release.coding import step
from belong.release.model import REST, Flags, Floats, Ints


@dataclass(frozen=True, eq=False)
class Group:
    """A set of people who answered in one wave. ``figure`` is None for sets that only a change rests on."""

    wave: str
    words: str
    file: str
    members: Flags
    figure: Figure | None = None
    key: Key = WHOLE

    @property
    def people(self) -> int:
        return int(self.members.sum())


@dataclass(frozen=True, eq=False)
class Row:
    """A told weighted sum over blocks and its span. ``exact``: had to the last digit but for rounding, and not simply
    the difference of two others.
    """

    weights: Floats
    span: Span
    words: str
    file: str
    exact: bool = True


@dataclass(frozen=True, eq=False)
class Panel:
    """People of two waves on whom a change rests: places of the sets now and then, and what is told."""

    now: int
    then: int
    words: str
    file: str
    span: Span
    fewest: int
    people: int


@dataclass(eq=False)
class Scene:
    """All sets of one measure. ``weights`` (sets × blocks) 0/1, ``sizes`` people in each block."""

    groups: list[Group] = field(default_factory=list)
    panels: list[Panel] = field(default_factory=list)
    gaps: list[tuple[int, int, Span, str, bool]] = field(default_factory=list)
    derived: list[tuple[int, Span, bool, str]] = field(default_factory=list)
    weights: Floats = field(default_factory=lambda: np.zeros((0, 0)))
    sizes: Ints = field(default_factory=lambda: np.zeros(0, dtype=np.int64))
    misfits: list[str] = field(default_factory=list)

    def rows(self, kind: str) -> list[Row]:
        """Everything told about one kind of figure."""
        found = []
        for place, group in enumerate(self.groups):
            if group.figure is not None and kind in group.figure.spans:
                low, high = group.figure.spans[kind]
                span = (low * group.people, high * group.people)
                found.append(Row(self.weights[place], span, group.words, group.file))
        if kind == MEAN:
            found += [
                Row(self.weights[place], span, words, self.groups[place].file, exact)
                for place, span, exact, words in self.derived
            ]
            found += [self._gap(*gap) for gap in self.gaps]
            found += [self._moved(panel) for panel in self.panels]
        return found

    def _gap(self, one: int, other: int, span: Span, words: str, is_share: bool) -> Row:
        """A gap: the mean of one set minus that of another, or of everyone who is not in it; or the latter alone."""
        first = self.weights[one]
        if other >= 0 and self.groups[other].key == WHOLE and self.groups[one].key != WHOLE:
            second = self.weights[other] - first
        else:
            second = self.weights[other]
        if is_share:
            weights = second / max(float(second @ self.sizes), 1)
            return Row(weights, span, words, self.groups[one].file, exact=False)
        weights = first / max(float(first @ self.sizes), 1) - second / max(float(second @ self.sizes), 1)
        figures = [self.groups[place].figure for place in (one, other)]
        is_new = not all(figure is not None and MEAN in figure.spans for figure in figures)
        return Row(weights, span, words, self.groups[one].file, exact=is_new)

    def _moved(self, panel: Panel) -> Row:
        """Sum now minus sum then of all who could be in the change; those who may not be in it widen the span."""
        weights, (low, high) = self.weights[panel.now] - self.weights[panel.then], panel.span
        many = [panel.fewest, panel.people]
        least = min(low * n - 100 * (panel.people - n) for n in many)
        most = max(high * n + 100 * (panel.people - n) for n in many)
        return Row(weights, (least, most), panel.words, panel.file, exact=panel.fewest == panel.people)


def scene(every: Sequence[Told], roll: Roll, measure: str, threshold: int) -> Scene:
    """The sets of one measure over all files that have it."""
    made = Scene()
    several = len({told.wave for told in every}) > 1
    for told in every:
        _add_groups(made, told, roll, measure, several)
    for told in every:
        for moved in told.changes:
            if moved.measure == measure:
                _add_panel(made, told, every, roll, moved, threshold)
    _cut_into_blocks(made)
    return made


def _add_groups(made: Scene, told: Told, roll: Roll, measure: str, several: bool) -> None:
    figures = told.of(measure)
    if not any(figure.shown for figure in figures.values()):
        return
    answered, members = roll.answered(told, measure), roll.members(told)
    wave = f" in wave {told.wave}" if several else ""
    places: dict[Key, int] = {}
    for key, figure in figures.items():
        if key not in members:
            continue
        some = members[key] & answered
        if figure.shown and not figure.people[0] <= some.sum() <= figure.people[1]:
            made.misfits.append(
                f"{told.label(key)} in {told.file} ({people_words(figure.people)}, here {some.sum():,})"
            )
            continue
        places[key] = len(made.groups)
        made.groups.append(Group(told.wave, told.label(key) + wave, told.file, some, figure, key))
        if not figure.shown:
            made.derived += [(places[key], *found) for found in derived(told, roll, measure, key, some)]
    careless = roll.careless(told)
    for gap in told.gaps:
        other = WHOLE if gap.against == REST else (gap.key[0], gap.against)
        if gap.measure != measure or gap.key not in places or other not in places:
            continue
        if not gap.careless_left_out:
            made.gaps.append(
                (
                    places[gap.key],
                    places[other],
                    gap.span,
                    f"the gap of {told.label(gap.key)}{wave}",
                    gap.is_share,
                )
            )
        elif careless is not None:
            kept = []
            for key in (gap.key, other):
                kept.append(len(made.groups))
                words = f"{told.label(key)} without careless answers{wave}"
                made.groups.append(
                    Group(
                        told.wave, words, told.file, made.groups[places[key]].members & ~careless, None, key
                    )
                )
            made.gaps.append(
                (
                    kept[0],
                    kept[1],
                    gap.span,
                    f"the gap of {told.label(gap.key)} without careless answers{wave}",
                    False,
                )
            )


def _add_panel(
    made: Scene, now: Told, every: Sequence[Told], roll: Roll, moved: Moved, threshold: int
) -> None:
    """A change, if it is clear enough who is in it: too many left out in secret make it useless to an attacker."""
    others = [
        told for told in every if told.wave == moved.before or (not moved.before and told.wave != now.wave)
    ]
    members = roll.members(now)
    if (
        len({told.wave for told in others}) != 1
        or moved.key not in members
        or not same_questions(now, others[0], moved)
    ):
        return
    then = others[0]
    here = members[moved.key] & roll.answered(now, moved.measure)
    both = here & roll.answered(then, moved.measure)
    compared = roll.compared(now)
    if compared is not None:
        both &= compared
    people = int(both.sum())
    fits = [n for n in range(1, people + 1) if moved.people[0] <= n <= moved.people[1]]
    if moved.share is not None:
        total = int(here.sum())
        by = step(total)
        fits = [n for n in fits if min(100, round(100 * n / total / by) * by) == moved.share]
    if compared is not None and people in fits:
        fits = [people]
    if not fits or people - fits[0] >= threshold / 2:
        return
    words = f"the change of {now.label(moved.key)} since wave {then.wave}"
    places = []
    for told in (now, then):
        places.append(len(made.groups))
        made.groups.append(Group(told.wave, f"those in {words}", told.file, both, None, ("", "")))
    made.panels.append(Panel(places[0], places[1], words, now.file, moved.span, fits[0], people))


def _cut_into_blocks(made: Scene) -> None:
    """Blocks of each wave, one after another; sets of another wave weigh nothing in them."""
    parts, sizes = [], []
    for wave in dict.fromkeys(group.wave for group in made.groups):
        here = [place for place, group in enumerate(made.groups) if group.wave == wave]
        members = np.array([made.groups[place].members for place in here])
        members = members[:, members.any(axis=0)]
        blocks, many = np.unique(members.T, axis=0, return_counts=True)
        part = np.zeros((len(made.groups), len(blocks)))
        part[here] = blocks.T
        parts.append(part)
        sizes.append(many)
    if parts:
        made.weights = np.concatenate(parts, axis=1)
        made.sizes = np.concatenate(sizes).astype(np.int64)


def published(made: Scene, kind: str) -> Iterator[int]:
    """Places of the sets that show a kind of figure."""
    for place, group in enumerate(made.groups):
        if group.figure is not None and kind in group.figure.spans:
            yield place
