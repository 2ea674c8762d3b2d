"""What an attack says: what it tried, and what it learned, without anybody's name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from belong.release.attack.told import MOST, Span

WAYS = {
    "seal": "Looking whether a release was altered",
    "threshold": "Looking for a threshold that is too low",
    "hidden": "Reading rows that should be hidden",
    "shown": "Looking for figures of too few people",
    "alike": "Looking for groups in which everybody said the same",
    "written": "Looking for single answers, words and times",
    "twice": "Setting several files of the same wave side by side",
    "schools": "Looking at tables across schools",
    "absent": "Working out how few did not answer",
    "numbers": "Working out numbers of people from percentages",
    "spread": "Working out answers from means and spreads",
    "subtraction": "Adding and subtracting groups, with numbers of people only as told",
    "late": "Working out late answers from two versions",
    "change": "Working out who joined or left from changes between waves",
    "exact": "Adding and subtracting everything, knowing who is in every group",
    "interval": "Narrowing down by every figure at once, knowing who is in every group",
}


@dataclass(frozen=True)
class Learned:
    """One thing that could be learned. ``people`` how many it is about; ``low`` and ``high`` their mean or share."""

    way: str
    about: str
    people: str
    measure: str
    low: float | None
    high: float | None
    how: str
    files: tuple[str, ...]

    @property
    def sentence(self) -> str:
        """In plain words."""
        figure = "" if self.low is None or self.high is None else f" {_span((self.low, self.high))}"
        people = f" ({self.people})" if self.people else ""
        of = f", {self.measure}:" if self.measure else ":"
        return f"{self.about}{people}{of}{figure}\n    how: {self.how}\n    from: {', '.join(self.files)}"


@dataclass(frozen=True)
class Tried:
    """One way that was tried: how many things were looked at, and what has to be said beside it."""

    way: str
    looked_at: int
    note: str = ""


@dataclass(frozen=True)
class Report:
    """The outcome of all attacks together."""

    files: tuple[str, ...]
    threshold: int
    tried: tuple[Tried, ...]
    learned: tuple[Learned, ...]
    notes: tuple[str, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """Plain data for a file."""
        return {
            "files": list(self.files),
            "threshold": self.threshold,
            "tried": [asdict(one) | {"words": WAYS[one.way]} for one in self.tried],
            "learned": [asdict(one) for one in self.learned],
            "notes": list(self.notes),
        }

    def text(self) -> str:
        """The whole report in plain words."""
        lines = [f"Read {', '.join(self.files)}.", "", "Tried:"]
        for one in self.tried:
            found = sum(other.way == one.way for other in self.learned)
            outcome = f"{one.looked_at:,} looked at, {found or 'nothing'} found"
            lines.append(
                f"  {WAYS[one.way]}: {outcome if one.looked_at else 'nothing of the kind in these files'}."
            )
            lines += [f"    {one.note}"] if one.note else []
        lines += ["", *(f"Note: {note}" for note in self.notes), *([""] if self.notes else [])]
        if not self.learned:
            return "\n".join([*lines, f"Learned nothing about fewer than {self.threshold} people."])
        lines.append(f"Learned {len(self.learned)} thing{'s' if len(self.learned) > 1 else ''}:")
        return "\n".join([*lines, *(f"  {one.sentence}" for one in self.learned)])


def people_words(span: Span) -> str:
    """A span of numbers of people, said plainly."""
    low, high = round(span[0]), round(span[1])
    if high >= MOST:
        return f"at least {low:,} people"
    many = "1 person" if high == 1 else f"{high} people"
    if low == high:
        return many
    if low == 0:
        return f"at most {many}, if anybody"
    return f"at most {many}" if low == 1 else f"{low} to {many}"


def listed(names: Sequence[str], most: int = 6) -> str:
    """Names in a row, the rest counted."""
    if len(names) > most:
        return f"{', '.join(names[:most])} and {len(names) - most} more"
    return " and ".join(filter(None, [", ".join(names[:-1]), *names[-1:]]))


def _span(span: Span) -> str:
    low, high = round(span[0], 1), round(span[1], 1)
    return f"{low} of 100" if high - low < 0.1 else f"between {low} and {high} of 100"
