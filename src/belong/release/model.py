"""What goes into a release: the closed wave's answers, the menu of cuts, and the policy. No figures yet."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

import numpy as np
from numpy.typing import NDArray

Codes = NDArray[np.int8]
Flags = NDArray[np.bool_]
Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Signs = NDArray[np.int8]
"""0 and 1 for people of a set; −1 where a change takes an earlier answer away."""

FLOOR = 5
"""No policy can go below this threshold."""

UNKNOWN = ""
"""The group value of people whose group is not recorded. It is a cell like any other."""

ALL, REST, UNKNOWN_KEY, SMALLER = "all", "rest", "unknown", "smaller"
"""Group keys the engine makes itself; a school's own group may not be called so."""

AUDIENCES = ("pupils", "staff", "families")


class ReleaseRefused(Exception):
    """No release can be built. ``reason`` is for the reader and holds no number under the threshold."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True)
class MeasureInfo:
    """One figure per person: ``score``, ``part:<id>`` or ``item:<id>``; ``kind`` is score, part or item.

    ``scored`` is False for an item that stands alone because too many left it out (see ``compute``).
    ``hash`` says when two waves asked the same.
    """

    key: str
    label: str
    kind: str
    part: str = ""
    scored: bool = True
    hash: str = ""


@dataclass(frozen=True)
class Attribute:
    """One way to cut. ``order`` lists its groups in reading order (others follow, sorted).

    ``merge`` says what may happen to a group under the threshold: ``never`` (hide it and whatever would
    give it away), ``neighbours`` (join it with the group next in ``order``) or ``smallest`` (join all small
    groups, and the next smallest if need be, as "smaller groups together"). With a ``reference`` every gap
    is against that group; without one, two groups are set against each other and more against everyone else.
    """

    key: str
    order: tuple[str, ...] = ()
    merge: Literal["never", "neighbours", "smallest"] = "never"
    reference: str | None = None


@dataclass(frozen=True)
class Menu:
    """The fixed menu of cuts; what stands first is kept first when something has to be hidden.

    ``attributes`` are keys of ``Microdata.attributes`` (a bare string is an ``Attribute`` with defaults),
    ``pairs`` the two-way cuts. There is no default menu: which characteristics matter is the school's choice.
    """

    attributes: tuple[Attribute, ...] = ()
    pairs: tuple[tuple[str, str], ...] = ()

    @classmethod
    def of(cls, *attributes: str | Attribute, pairs: Sequence[tuple[str, str]] = ()) -> Menu:
        made = tuple(Attribute(a) if isinstance(a, str) else a for a in attributes)
        return cls(made, tuple((a, b) for a, b in pairs))

    def __post_init__(self) -> None:
        keys = [attribute.key for attribute in self.attributes]
        if len(set(keys)) < len(keys):
            raise ReleaseRefused("The menu names the same attribute twice.")
        cuts = [frozenset(pair) for pair in self.pairs]
        if len(set(cuts)) < len(cuts) or any(len(cut) < 2 for cut in cuts):
            raise ReleaseRefused("The menu names the same two-way cut twice, or an attribute with itself.")
        for a, b in self.pairs:
            if a not in keys or b not in keys:
                raise ReleaseRefused(f"The cut {a} by {b} needs both attributes in the menu by themselves.")


@dataclass(frozen=True)
class Words:
    """The few words the engine itself puts into labels. Screens may translate by key instead."""

    everyone: str = "Everyone"
    unknown: str = "Not recorded"
    smaller: str = "Smaller groups together"
    with_smaller: str = "{group} and smaller groups"
    both: str = "{first} and {last}"
    span: str = "{first} to {last}"


@dataclass(frozen=True)
class Policy:
    """How strict to be. ``threshold`` people per question (never under 5), ``detail`` people for a full
    distribution or an own spread, ``wide`` half-width of an interval (points of 100) from which a figure is
    marked ``u``, ``spread`` the SD assumed where the whole school is too small to give one.
    """

    threshold: int = 10
    detail: int = 30
    wide: float = 12.5
    audience: str = "pupils"
    spread: Mapping[str, float] = field(default_factory=lambda: {"score": 20.0, "part": 24.0, "item": 30.0})
    words: Words = Words()

    def __post_init__(self) -> None:
        if self.threshold < FLOOR:
            raise ReleaseRefused(f"The threshold cannot be set below {FLOOR} people.")
        if self.detail < max(30, self.threshold):
            raise ReleaseRefused("Full distributions need at least 30 people, and at least the threshold.")
        if self.audience not in AUDIENCES:
            raise ReleaseRefused(f"The audience is one of {', '.join(AUDIENCES)}.")


@dataclass(frozen=True, eq=False)
class Microdata:
    """The answers of one closed wave, one row a person, no names.

    ``items[id]`` int8 codes 1…k already turned so that high means belonging, 0 for no answer;
    ``categories[id]`` = k; ``favourable[id]`` the codes that count as favourable; ``attributes[key]`` one
    group value a person ("" unknown); ``parts[id]`` the scored items of each part (items in no part stand
    alone); ``labels[attribute][group]`` and ``titles[measure key]`` the words to show; ``hashes[id]`` each
    item's content hash; ``roll[attribute][group]`` people who could have answered ("" for unknown ones,
    too) and ``roll["all"]["all"]`` all of them; ``insincere`` flags; ``person_keys`` the pooled scramble, to
    match with the previous wave; ``closed_on`` an ISO date. ``facts`` says that the rows are not answers but plain
    facts about people, in one or other of a few classes: they do not add up to scores, and their figures are
    shares of people, as coarse as any percentage (see ``facts``).
    Raises ``ReleaseRefused`` for arrays that do not fit together.
    """

    pupils: int
    items: Mapping[str, Codes]
    categories: Mapping[str, int]
    favourable: Mapping[str, Collection[int]]
    attributes: Mapping[str, NDArray[np.str_]]
    parts: Mapping[str, Sequence[str]]
    labels: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    titles: Mapping[str, str] = field(default_factory=dict)
    hashes: Mapping[str, str] = field(default_factory=dict)
    roll: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    insincere: Flags | None = None
    person_keys: Sequence[bytes] | None = None
    weights: None = None
    minimum_answered: float = 0.667
    wave: str = ""
    closed_on: str = ""
    facts: bool = False

    def __post_init__(self) -> None:
        if self.weights is not None:
            raise ReleaseRefused("A release counts people: weighted answers cannot be released yet.")
        columns = [*self.items.values(), *self.attributes.values()]
        columns += [c for c in (self.insincere, self.person_keys) if c is not None]  # type: ignore[misc]
        if any(len(column) != self.pupils for column in columns):
            raise ReleaseRefused("Every question and attribute needs one entry for each person.")
        for item, codes in self.items.items():
            top = self.categories.get(item, 0)
            if top < 2 or (len(codes) and (codes.min() < 0 or codes.max() > top)):
                raise ReleaseRefused(f"The answers to {item} are not codes 1 to {max(top, 2)} or 0.")
        scored = [item for part in self.parts.values() for item in part]
        if len(set(scored)) < len(scored) or set(scored) - set(self.items):
            raise ReleaseRefused("Every scored question belongs to one part and has a column of answers.")
        for attribute, values in self.attributes.items():
            _check_names(attribute, values)
        if self.person_keys is not None and len(set(self.person_keys)) < self.pupils:
            raise ReleaseRefused("The same person is in the wave twice.")

    def hash_of(self, item: str) -> str:
        return self.hashes.get(item, item)

    def row_marks(self) -> list[bytes]:
        """A digest of each row's answers and groups, the same whenever and in whatever order they are read.

        Not of the keys: those are made anew for each pair of waves.
        """
        codes = [np.asarray(self.items[item], dtype=np.int8) for item in sorted(self.items)]
        groups = [self.attributes[key] for key in sorted(self.attributes)]
        marks = []
        for row in range(self.pupils):
            made = hashlib.blake2b(bytes(int(column[row]) for column in codes), digest_size=16)
            made.update("\x1f".join(str(column[row]) for column in groups).encode())
            made.update(b"1" if self.insincere is not None and self.insincere[row] else b"0")
            marks.append(made.digest())
        return marks

    def take(self, rows: NDArray[np.intp]) -> Microdata:
        """The same wave with these rows, in this order."""
        return replace(
            self,
            pupils=len(rows),
            items={item: np.asarray(codes, dtype=np.int8)[rows] for item, codes in self.items.items()},
            attributes={key: np.asarray(values)[rows] for key, values in self.attributes.items()},
            insincere=None if self.insincere is None else self.insincere[rows],
            person_keys=None if self.person_keys is None else [self.person_keys[row] for row in rows],
        )

    def canonical(self) -> Microdata:
        """The same people sorted by content, then key, so that equal input gives an equal release bit by bit."""
        marks, keys = self.row_marks(), self.person_keys or [b""] * self.pupils
        order = sorted(range(self.pupils), key=lambda row: (marks[row], keys[row]))
        return self.take(np.array(order, dtype=np.intp))


def _check_names(attribute: str, values: NDArray[np.str_]) -> None:
    """Group values become keys such as ``F*8`` and ``7+8``: those signs and words are the engine's own."""
    reserved = {ALL, REST, UNKNOWN_KEY, SMALLER}
    if attribute in reserved or any(sign in attribute for sign in "*+"):
        raise ReleaseRefused(f"An attribute cannot be called {attribute}.")
    for value in np.unique(values).tolist():
        if value in reserved or any(sign in value for sign in "*+"):
            raise ReleaseRefused(f"A group of {attribute} is called {value}: rename it (no * or +).")
