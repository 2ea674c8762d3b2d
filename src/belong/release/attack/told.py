"""What is told: the figures of one file, however it was written, as an attacker reads them.

A figure is never a number but a span: what was rounded, stepped or coded may have been anything that looks so.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from belong.release.coding import band_floor, edge, step
from belong.release.model import ALL, SMALLER

MEAN, FAVOURABLE = "mean", "favourable"
MOST = 100_000.0
"""More people than any table is about: the end of a band that has none."""
_SLACK = 1e-6
_TENTH = 0.05

Span = tuple[float, float]
Key = tuple[str, str]
"""A cut and a group of it."""

WHOLE: Key = (ALL, ALL)


class Unreadable(Exception):
    """A file that cannot be read: which, where, and what would mend it."""

    def __init__(self, file: str, line: int, text: str) -> None:
        place = f"{file}, line {line}: " if line else f"{file}: " if file else ""
        super().__init__(f"{place}{text}")


@dataclass(frozen=True)
class Figure:
    """One group on one measure. ``people``: span of its number of people. ``spans``: by kind (``mean``,
    ``favourable``, ``answer 1`` …) the span of the mean or share, 0–100; empty where it is hidden. ``exact`` are the
    figures as they stand in the file, for attacks on the way they were written.
    """

    key: Key
    label: str
    measure: str
    shown: bool
    people: Span
    spans: Mapping[str, Span] = field(default_factory=dict)
    exact: Mapping[str, Any] = field(default_factory=dict)
    line: int = 0


@dataclass(frozen=True)
class Difference:
    """A published gap (``against`` a group, or ``rest``), or the same without careless answers. Of facts, it is made of
    shares as they are written: between two groups it tells nothing more, and against everyone else their share, which
    ``span`` then holds (``is_share``).
    """

    key: Key
    against: str
    measure: str
    span: Span
    careless_left_out: bool = False
    is_share: bool = False


@dataclass(frozen=True)
class Moved:
    """A published change since ``before``: of the people of both waves, ``people`` of them, ``share`` whole %."""

    key: Key
    measure: str
    before: str
    span: Span
    people: Span
    share: int | None
    whole: bool = True


@dataclass(frozen=True)
class Rate:
    """How many of a group answered, whole % of ``roll`` people where that is told."""

    key: Key
    label: str
    span: Span
    answered: Span
    roll: float | None
    coded: bool


@dataclass(frozen=True, eq=False)
class Told:
    """One wave as one file tells it. ``raw`` rows as they stand, with the table they are in; ``seal`` is ``whole``,
    ``broken`` or ``none``; ``marks`` say when two waves asked the same (measure → hash); ``made_of`` the questions of
    scores and parts; ``facts`` the measures that are plain facts about people: all their figures are shares in steps.
    """

    file: str
    wave: str
    audience: str
    threshold: int | None
    measures: Mapping[str, str]
    figures: Mapping[tuple[str, Key], Figure]
    gaps: tuple[Difference, ...] = ()
    changes: tuple[Moved, ...] = ()
    rates: tuple[Rate, ...] = ()
    raw: tuple[tuple[str, Mapping[str, Any]], ...] = ()
    seal: str = "none"
    digest: str = ""
    marks: Mapping[str, str] = field(default_factory=dict)
    protected: bool = True
    made_of: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    facts: frozenset[str] = frozenset()

    def of(self, measure: str) -> dict[Key, Figure]:
        """The figures of one measure by group, in the order of the file."""
        return {key: figure for (m, key), figure in self.figures.items() if m == measure}

    def label(self, key: Key) -> str:
        """A group in words."""
        if key == WHOLE:
            return "everyone"
        name = next((f.label for (_, k), f in self.figures.items() if k == key and f.label), key[1])
        return f"{name} ({key[0].replace('*', ' by ')})"


def lines_of(keys: Sequence[Key]) -> Iterator[tuple[list[Key], list[Key]]]:
    """Every total and its parts, read off the keys: a cut adds up to everyone, a two-way cut to both its margins.

    A total is several groups where a pair joins what stands singly by itself (``7+8*Y`` and ``7+8*N`` are years 7 and
    8), and the parts are more where it is the other way round.
    """
    for cut in dict.fromkeys(cut for cut, _ in keys if cut != ALL):
        cells = [key for key in keys if key[0] == cut]
        yield [WHOLE], cells
        sides = cut.split("*")
        for side, attribute in enumerate(sides if len(sides) == 2 else ()):
            margins = [group for one, group in keys if one == attribute]
            for totals, blocks in _alike(margins, [key[1].split("*")[side] for key in cells]):
                yield (
                    [(attribute, total) for total in totals],
                    [key for key in cells if key[1].split("*")[side] in blocks],
                )


def _alike(one: Sequence[str], other: Sequence[str]) -> Iterator[tuple[list[str], list[str]]]:
    """The fewest groups of each of two divisions of the same people that hold the same values together."""
    values = {part for group in (*one, *other) for part in group.split("+")} - {SMALLER}
    first, second = (_values(groups, values) for groups in (one, other))
    waiting = list(first)
    while waiting:
        ours, theirs, held = [waiting[0]], [], set(first[waiting[0]])
        while True:
            theirs = [group for group in second if second[group] & held]
            held |= {part for group in theirs for part in second[group]}
            if len(ours) == len(ours := [group for group in first if first[group] & held]):
                break
            held |= {part for group in ours for part in first[group]}
        waiting = [group for group in waiting if group not in ours]
        if theirs and {part for group in ours for part in first[group]} == held:
            yield ours, theirs


def _values(groups: Sequence[str], every: set[str]) -> dict[str, set[str]]:
    """The values of each group; ``smaller`` is what no group of the division names."""
    named = {part for group in groups for part in group.split("+")}
    rest = (every - named) | {SMALLER}
    return {
        group: (set(group.split("+")) - {SMALLER}) | (rest if SMALLER in group.split("+") else set())
        for group in dict.fromkeys(groups)
    }


def people_of(text: str) -> Span:
    """A number of people as told: ``30–39``, ``20 or more``, ``1,000–1,099``, ``28``, or nothing at all."""
    plain = text.replace(",", "").replace("-", "–").strip()
    if not plain:
        return 0.0, MOST
    if plain.endswith(" or more"):
        return float(plain.removesuffix(" or more")), MOST
    first, _, last = plain.partition("–")
    return float(first), float(last or first)


def rounded(value: float, half: float, lowest: float = 0.0, highest: float = 100.0) -> Span:
    """Everything that is written as ``value`` when rounded by so much either way."""
    return max(lowest, value - half - _SLACK), min(highest, value + half + _SLACK)


def share_span(share: float, band: str) -> Span:
    """Every share that is published as this whole percentage of so many people: steps and limits undone."""
    people = band_floor(band) if band else 300
    by, least = step(people), edge(people)
    low, high = rounded(share, by / 2)
    return 0.0 if share <= least else low, 100.0 if share >= 100 - least else high


def stepped(value: float, *bands: str) -> Span:
    """Every difference of shares that is published as ``value``, in the steps of the smallest of these groups."""
    by = max(step(band_floor(band)) if band else 1 for band in bands)
    return rounded(value, by / 2 + _TENTH, -100, 100)


def is_open(people: Span) -> bool:
    """Whether a number of people has no upper end."""
    return people[1] >= MOST


def relations(rows: Mapping[str, str]) -> dict[str, tuple[str, ...]]:
    """What scores and parts are made of, from the part of every question that counts (question key → part)."""
    parts: dict[str, tuple[str, ...]] = {}
    for measure, part in rows.items():
        parts[f"part:{part}"] = (*parts.get(f"part:{part}", ()), measure)
    return {"score": tuple(rows), **parts} if rows else {}
