"""Made-up answers from a graded response model, so that they behave like real ones.

A pupil's standing on a part is a general trait, a trait of the part, the tutor group's and a circle of friends'
share, the moment's own noise, and the story's effect on groups; an answer is that standing plus logistic noise cut
at thresholds (Samejima's graded model). Nothing here is drawn from any child.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from belong.measure.instrument import Instrument, Item

LEVEL = {"adults": 0.95, "peers": 0.75, "taking-part": 0.4, "place": 0.6, "listened": -0.1}
THRESHOLDS = (-3.0, -1.4, 0.35, 2.1)
GENERAL, OWN, GROUP, FRIENDS, MOMENT = 0.75, 0.5, 0.2, 0.3, 0.35
FRIENDS_IN_A_CIRCLE = 4
TALKS = (
    "I like it when my tutor asks how my weekend was.",
    "More clubs that are not about winning.",
    "Break is better since we can stay in the library.",
    "It is hard to know who to sit with at lunch.",
    "Teachers listen but then nothing changes.",
    "I would like it if teachers said my name right.",
    "My form is kind. I feel okay here.",
    "Could we have a quiet room?",
    "I joined the garden club and made two friends.",
    "Sometimes people talk over me in group work.",
    "Ask us before you change the timetable.",
    "I like that Mr Cole stands at the gate in the morning.",
)


@dataclass(frozen=True)
class Asked:
    """The people asked in one wave; arrays in one order, length n."""

    ids: Sequence[int]
    groups: Sequence[int]  # tutor group of each
    shift: Mapping[str, np.ndarray]  # part → effect of the story on each, in standings


@dataclass
class Crowd:
    """Standings that last from wave to wave, drawn once per person, group and circle."""

    rng: np.random.Generator
    people: dict[int, np.ndarray] = field(default_factory=dict)
    shared: dict[tuple[str, int], np.ndarray] = field(default_factory=dict)

    def _person(self, key: int, parts: int) -> np.ndarray:
        if key not in self.people:
            self.people[key] = GENERAL * self.rng.normal() + OWN * self.rng.normal(size=parts)
        return self.people[key]

    def _shared(self, kind: str, key: int, parts: int) -> np.ndarray:
        if (kind, key) not in self.shared:
            self.shared[kind, key] = self.rng.normal(size=parts)
        return self.shared[kind, key]

    def standings(self, asked: Asked, parts: Sequence[str]) -> np.ndarray:
        """(n, parts) standings at this wave."""
        width = len(parts)
        rows = []
        for person, group in zip(asked.ids, asked.groups, strict=True):
            circle = self._shared("friends", person // FRIENDS_IN_A_CIRCLE, width)
            lasting = self._person(person, width) + GROUP * self._shared("group", group, width)
            rows.append(lasting + FRIENDS * circle)
        table = np.array(rows).reshape(len(asked.ids), width)
        table += MOMENT * self.rng.normal(size=table.shape)
        level = np.array([LEVEL.get(part, 0.5) for part in parts])
        return table + level + np.array([asked.shift.get(part, np.zeros(len(rows))) for part in parts]).T


def answers(crowd: Crowd, instrument: Instrument, asked: Asked) -> list[dict[str, int | str]]:
    """One answer sheet per person: item id → code 1…k, or words; skipped questions are absent."""
    parts = [part.id for part in instrument.parts]
    standings = crowd.standings(asked, parts)
    sheets: list[dict[str, int | str]] = [{} for _ in asked.ids]
    careless = crowd.rng.random(len(sheets)) < 0.025
    same = crowd.rng.integers(1, 6, size=len(sheets))
    for number, item in enumerate(instrument.items):
        if item.scored:
            codes = _codes(crowd.rng, item, standings[:, parts.index(item.part or "")], number)
            codes = np.where(careless, np.minimum(same, item.categories), codes)
        else:
            codes = _unscored(crowd.rng, item, careless)
        skipped = crowd.rng.random(len(sheets)) < 0.025
        for sheet, code, absent in zip(sheets, codes, skipped, strict=True):
            if not absent and code:
                sheet[item.id] = TALKS[int(code) - 1] if item.kind == "open" else int(code)
    return sheets


def _codes(rng: np.random.Generator, item: Item, standing: np.ndarray, number: int) -> np.ndarray:
    """Codes as given on paper: items turned round are turned back here."""
    ease = 0.45 * np.cos(2.4 * number)  # questions differ in how easy it is to say "always"
    felt = 1.25 * standing + ease + rng.logistic(size=len(standing))
    k = item.categories
    cuts = np.interp(np.linspace(0, 1, k - 1), np.linspace(0, 1, len(THRESHOLDS)), THRESHOLDS)
    codes = 1 + (felt[:, None] > cuts[None, :]).sum(axis=1)
    return k + 1 - codes if item.reverse else codes


def _unscored(rng: np.random.Generator, item: Item, careless: np.ndarray) -> np.ndarray:
    n = len(careless)
    if item.kind == "open":
        return np.where(rng.random(n) < 0.07, rng.integers(1, len(TALKS) + 1, size=n), 0)
    if item.kind == "honesty":
        honest = rng.choice([1, 2], size=n, p=[0.75, 0.25])
        return np.where(careless, item.categories, honest)
    wanted = rng.random(n) < 0.04
    return np.where(wanted, 1, item.categories)
