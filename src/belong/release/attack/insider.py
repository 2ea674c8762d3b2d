"""Somebody of the school with a class list: who is in every group and every exact number, over all files at once."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np

from belong.release.attack.bounds import Known
from belong.release.attack.exact import Reach
from belong.release.attack.learned import Learned, Tried, listed, people_words
from belong.release.attack.roll import Roll
from belong.release.attack.scene import Row, Scene, scene
from belong.release.attack.targets import NARROWABLE, Target, targets, worded
from belong.release.attack.told import MEAN, Told
from belong.release.model import Flags, Floats

Tell = Callable[[str], None]
_MOST_TOLD = 25
"""Findings of one measure that are worked out in full; the rest would say the same again."""
_ANOTHER_DAY = "The list is of another day than the wave, or does not say who answered."


@dataclass(eq=False)
class Insider:
    """One attack with one class list. ``fast`` stops at what can be had exactly."""

    every: Sequence[Told]
    roll: Roll
    threshold: int
    fast: bool = False
    tell: Tell = lambda _: None
    looked_at: int = 0
    unfinished: int = 0
    contradictions: list[str] = field(default_factory=list)
    misfits: list[str] = field(default_factory=list)
    not_listed: int = 0
    _spaces: dict[bytes, tuple[Reach, Floats | None]] = field(default_factory=dict)

    def attack(self, measure: str, title: str) -> list[Learned]:
        """All that can be had or narrowed of one measure."""
        made = scene(self.every, self.roll, measure, self.threshold)
        self.misfits += made.misfits
        if not made.groups:
            return []
        wanted = {means: targets(made, self.threshold, means=means) for means in (True, False)}
        self.looked_at += len(wanted[True])
        kinds = dict.fromkeys(kind for group in made.groups if group.figure for kind in group.figure.spans)
        learned: list[Learned] = []
        for kind in kinds:
            named = title if kind == MEAN else f"{title}, {kind}"
            counted = kind.startswith("answer ") or any(measure in told.facts for told in self.every)
            learned += self._kind(made, wanted[kind == MEAN], kind, named, counted=counted)
        return learned

    def _kind(
        self, made: Scene, wanted: list[Target], kind: str, named: str, *, counted: bool
    ) -> list[Learned]:
        learned: list[Learned] = []
        rows = made.rows(kind)
        for inside in _tied(made, rows):
            told = [row for row in rows if row.weights[inside].any()]
            sought = [t for t in wanted if t.weights[inside].any() and not t.weights[~inside].any()]
            exactly = list(self._exactly(made, sought, told, inside)) if told else []
            learned += self._told_exactly(made, exactly, told, inside, named)
            if told and not self.fast:
                had = {target.weights.tobytes() for target in exactly}
                rest = [t for t in sought if t.of[0] in NARROWABLE and t.weights.tobytes() not in had]
                learned += self._narrowed(made, rest, told, inside, named, counted=counted)
        return learned

    def _exactly(self, made: Scene, sought: list[Target], told: list[Row], inside: Flags) -> Iterator[Target]:
        """Named sets in the space of exact rows, then the smallest that nobody named. Measures with the same answered
        sets have the same space: it is searched once.
        """
        solid = np.array([row.weights[inside] for row in told if row.exact]).reshape(-1, int(inside.sum()))
        mark = solid.tobytes() + made.sizes[inside].tobytes()
        if mark not in self._spaces:
            reach = Reach.of(solid)
            vector, ended = reach.smallest(made.sizes[inside], self.threshold)
            self.unfinished += not ended
            self._spaces[mark] = reach, vector
        reach, vector = self._spaces[mark]
        seen = set()
        if sought:
            held = reach.holds(np.array([target.weights[inside] for target in sought]))
            for target in (target for target, had in zip(sought, held.tolist(), strict=True) if had):
                seen.add(target.weights[inside].tobytes())
                yield target
        if vector is not None and not {vector.tobytes(), (-vector + 0.0).tobytes()} & seen:
            whole = np.zeros(len(made.sizes))
            whole[inside] = vector
            yield Target(whole, int(np.abs(whole) @ made.sizes))

    def _told_exactly(
        self, made: Scene, exactly: list[Target], told: list[Row], inside: Flags, named: str
    ) -> Iterator[Learned]:
        if not exactly:
            return
        solid = [row for row in told if row.exact]
        reach = Reach.of(np.array([row.weights[inside] for row in solid]))
        system = _system(made, solid, inside)
        self.not_listed += max(0, len(exactly) - _MOST_TOLD)
        for target in exactly[:_MOST_TOLD]:
            used = [solid[place] for place in reach.recipe(target.weights[inside])]
            how = f"exactly, but for rounding, from {listed([row.words for row in used])}"
            span = system.interval(target.weights[inside])
            yield self._learned("exact", made, target, span, named, how, [row.file for row in used])

    def _narrowed(
        self, made: Scene, rest: list[Target], told: list[Row], inside: Flags, named: str, *, counted: bool
    ) -> Iterator[Learned]:
        """Linear programmes over the waves that changes tie together."""
        if not rest:
            return
        system = _system(made, told, inside)

        def tell(done: int, of: int) -> None:
            self.tell(f"{named}: {done:,} of {of:,} sets looked at")

        weights = np.array([target.weights[inside] for target in rest])
        found = system.narrowed(weights, counted=counted, tell=tell)
        if found is None:
            self.contradictions.append(named)
            return
        self.not_listed += max(0, len(found) - _MOST_TOLD)
        for place, span in list(found.items())[:_MOST_TOLD]:
            how = "narrowed to under half of what is possible by all figures together"
            about = rest[place].weights != 0
            files = [row.file for row in told if row.weights[about].any()]
            yield self._learned("interval", made, rest[place], span, named, how, files)

    def _learned(
        self, way: str, made: Scene, target: Target, span: tuple[float, float] | None, named: str, how: str,
        files: list[str],
    ) -> Learned:  # fmt: skip
        about = worded(made, target)
        people = people_words((target.people, target.people))
        unique = tuple(dict.fromkeys(files))
        if span is None or (target.weights < 0).any():
            return Learned(way, about, people, named, None, None, how, unique)
        low, high = (max(0.0, min(100.0, end / target.people)) for end in span)
        return Learned(way, about, people, named, low, high, how, unique)

    def tried(self) -> list[Tried]:
        """What was looked at, and what could not be."""
        notes = []
        if self.misfits:
            many = "1 figure is" if len(self.misfits) == 1 else f"{len(self.misfits):,} figures are"
            which = listed(list(dict.fromkeys(self.misfits)), 4)
            text = f"{many} of more or fewer people than the list has and left aside: {which}."
            notes.append(f"{text} {_ANOTHER_DAY}")
        if self.unfinished:
            notes.append("The search for sets that nobody would name did not come to its end.")
        if self.not_listed:
            notes.append(f"{self.not_listed:,} more of the same kind are not listed.")
        if self.contradictions:
            text = f"No answers of these people give what is told of {listed(self.contradictions, 4)}"
            notes.append(f"{text}: there nothing could be narrowed. {_ANOTHER_DAY}")
        exact = Tried("exact", self.looked_at, " ".join(notes))
        return [exact] if self.fast else [exact, Tried("interval", self.looked_at)]


def _system(made: Scene, rows: list[Row], chosen: Flags) -> Known:
    return Known(
        made.sizes[chosen],
        np.array([row.weights[chosen] for row in rows]).reshape(len(rows), int(chosen.sum())),
        np.array([row.span[0] for row in rows]),
        np.array([row.span[1] for row in rows]),
    )


def _tied(made: Scene, rows: list[Row]) -> Iterator[Flags]:
    """The blocks of each wave, or of waves that some row ties together."""
    waves = list(dict.fromkeys(group.wave for group in made.groups))
    inside = [
        np.array([made.weights[p] for p, g in enumerate(made.groups) if g.wave == wave]).sum(axis=0) > 0
        for wave in waves
    ]
    together = list(range(len(waves)))
    for row in rows:
        touched = [i for i, blocks in enumerate(inside) if row.weights[blocks].any()]
        together = [together[touched[0]] if t in {together[i] for i in touched} else t for t in together]
    for root in dict.fromkeys(together):
        yield np.any([inside[i] for i, t in enumerate(together) if t == root], axis=0)
