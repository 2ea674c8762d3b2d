"""The shapes of an instrument: frozen dataclasses that know their size, their names and their plain data."""

from __future__ import annotations

import hashlib
import json
import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from belong.measure._node import Words, nearest

AUDIENCES = ("pupils", "staff", "families")
ASPECTS = ("connected", "safe", "valued", "purpose")
KINDS = ("scale", "open", "honesty", "choice", "adults", "friends")
BY_NAME = ("adults", "friends")
MOST_NAMES = 5
VISIBILITIES = ("pooled", "named", "confidential", "unlinked")
STATUSES = ("draft", "checked", "validated")


@dataclass(frozen=True)
class Scale:
    """Answer words in code order (1…k) by language; ``favourable`` codes count *after* reversal."""

    name: str
    labels: Mapping[str, tuple[str, ...]]
    faces: tuple[int, ...] = ()
    favourable: tuple[int, ...] = ()

    @property
    def size(self) -> int:
        """Number of answer categories, k."""
        return len(next(iter(self.labels.values())))

    @property
    def codes(self) -> range:
        return range(1, self.size + 1)

    def words(self, language: str = "en") -> tuple[str, ...]:
        """Labels in a language, else in English, else in the first language of the file."""
        return self.labels.get(language) or self.labels.get("en") or next(iter(self.labels.values()))

    def to_dict(self) -> dict[str, Any]:
        labels = {language: list(words) for language, words in self.labels.items()}
        return {"labels": labels, "faces": list(self.faces), "favourable": list(self.favourable)}


@dataclass(frozen=True)
class Part:
    """One part of belonging, or of any instrument: what a group of questions is about."""

    id: str
    title: Words
    about: Words = field(default_factory=dict)


@dataclass(frozen=True)
class Item:
    """One question. ``label``: short name for charts; ``text``: empty where wording may not be shipped.

    ``most``: how many people a question of kind "adults" or "friends" may be answered with; 0 for every other kind.
    """

    id: str
    kind: str
    part: str | None
    aspect: str | None
    scale: Scale | None
    reverse: bool
    column: str
    visibility: str
    ages: tuple[int, int]
    text: Words
    label: Words
    why: Words
    most: int = 0
    hash: str = field(default="", compare=False)

    @property
    def scored(self) -> bool:
        return self.kind == "scale" and self.part is not None

    @property
    def categories(self) -> int:
        """Number of answer categories; 0 for questions without a scale: open ones and those for people by name."""
        return self.scale.size if self.scale else 0

    def oriented(self, code: int) -> int:
        """The code turned so that high means belonging; 0 (no answer) stays 0. Doing it twice undoes it."""
        return self.categories + 1 - code if self.reverse and code else code

    def name(self, language: str = "en") -> str:
        """What to call the question on a chart: its label, else its wording, else its column, else its id."""
        return say(self.label, language) or say(self.text, language) or self.column or self.id

    def to_dict(self) -> dict[str, Any]:
        data = {
            "id": self.id,
            "part": self.part,
            "aspect": self.aspect,
            "kind": self.kind,
            "scale": self.scale.name if self.scale else None,
            "reverse": self.reverse,
            "column": self.column,
            "visibility": self.visibility,
            "ages": list(self.ages),
            "text": dict(self.text),
            "label": dict(self.label),
            "why": dict(self.why),
        }
        return data | {"most": self.most} if self.most else data


@dataclass(frozen=True)
class GroupKey:
    """A friendly name for a grouping column of known data files: ``sex`` → ``ST03Q01``, 1 Girls, 2 Boys."""

    name: str
    column: str
    title: Words
    labels: Mapping[str, Words]


@dataclass(frozen=True)
class Replicates:
    """Replicate weights of a complex sample: columns ``prefix1 … prefixN``, BRR with Fay's factor.

    They belong to the full-sample weight in the column ``weight`` (any weight, if empty).
    """

    prefix: str
    count: int
    fay: float
    weight: str = ""

    @property
    def columns(self) -> tuple[str, ...]:
        return tuple(f"{self.prefix}{i}" for i in range(1, self.count + 1))


@dataclass(frozen=True)
class Instrument:
    """A questionnaire and its key. Equal content gives an equal ``hash``; so does each item."""

    key: str
    title: Words
    version: int
    audience: tuple[str, ...]
    ages: tuple[int, int]
    licence: str
    citation: str
    status: Mapping[str, str]
    parts: tuple[Part, ...]
    scales: Mapping[str, Scale]
    items: tuple[Item, ...]
    missing: tuple[int, ...] = ()
    method: str = "pomp"
    minimum_answered: float = 0.667
    groups: Mapping[str, GroupKey] = field(default_factory=dict)
    replicates: Replicates | None = None
    attribution: Words = field(default_factory=dict)
    hash: str = field(default="", compare=False)

    @property
    def scored_items(self) -> tuple[Item, ...]:
        """Scale items that belong to a part; honesty, open, choice, adults and friends questions are never scored."""
        return tuple(item for item in self.items if item.scored)

    @property
    def languages(self) -> tuple[str, ...]:
        return tuple(self.status)

    def item(self, id: str) -> Item:
        """The item with this id; raises KeyError with the nearest name."""
        for item in self.items:
            if item.id == id:
                return item
        raise KeyError(f"{self.key} has no item '{id}'.{nearest(id, [item.id for item in self.items])}")

    def part(self, id: str) -> Part:
        for part in self.parts:
            if part.id == id:
                return part
        raise KeyError(f"{self.key} has no part '{id}'.{nearest(id, [part.id for part in self.parts])}")

    def items_of(self, part: str) -> tuple[Item, ...]:
        """Scored items of one part, in order."""
        return tuple(item for item in self.scored_items if item.part == part)

    def needed(self, items: int) -> int:
        """How many of ``items`` must be answered for a score; 0.667 is read as two thirds: 4 of 6."""
        share = Fraction(self.minimum_answered).limit_denominator(20)
        return max(1, math.ceil(share * items))

    def to_dict(self) -> dict[str, Any]:
        """Plain data (JSON-safe) that ``from_dict`` reads back to an equal instrument."""
        data: dict[str, Any] = {
            "key": self.key,
            "title": dict(self.title),
            "version": self.version,
            "audience": list(self.audience),
            "ages": list(self.ages),
            "licence": self.licence,
            "citation": self.citation,
            "status": dict(self.status),
            "parts": [{"id": p.id, "title": dict(p.title), "about": dict(p.about)} for p in self.parts],
            "scales": {name: scale.to_dict() for name, scale in self.scales.items()},
            "missing": list(self.missing),
            "scoring": {"method": self.method, "minimum_answered": self.minimum_answered},
            "items": [item.to_dict() for item in self.items],
            "groups": {
                name: {
                    "column": g.column,
                    "title": dict(g.title),
                    "labels": {code: dict(w) for code, w in g.labels.items()},
                }
                for name, g in self.groups.items()
            },
            "attribution": dict(self.attribution),
        }
        if self.replicates:
            r = self.replicates
            data["replicates"] = {"prefix": r.prefix, "count": r.count, "fay": r.fay, "weight": r.weight}
        return data


def say(words: Mapping[str, str], language: str = "en") -> str:
    """The text in a language, else English, else the first there is, else nothing."""
    return words.get(language) or words.get("en") or next((text for text in words.values() if text), "")


def content_hash(data: Any) -> str:
    """SHA-256 of canonical JSON."""
    text = json.dumps(data, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()
