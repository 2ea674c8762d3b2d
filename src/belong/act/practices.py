"""The practice library, read from `content/practices`."""

import functools
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from belong.content import names, read
from belong.measure import say
from belong.measure.instrument import load

RATINGS = ("strong", "some", "early", "practice-knowledge")
COSTS = ("none", "low", "medium", "high")
BY_EVIDENCE, BY_TITLE, BY_TIME, BY_COST = "evidence", "title", "time", "cost"
SORTS = {
    BY_EVIDENCE: "Best evidence first",
    BY_TITLE: "A to Z",
    BY_TIME: "Least time first",
    BY_COST: "Least cost first",
}


@dataclass(frozen=True)
class Practice:
    """One named practice. `data` is the whole file; the fields are those that lists filter and sort by."""

    key: str
    title: str
    summary: str
    number: int
    parts: tuple[str, ...]
    phases: tuple[str, ...]
    ages: tuple[int, int]
    cost: str
    weekly_minutes: int
    rating: str
    data: dict[str, Any]

    @property
    def steps(self) -> list[str]:
        return list(self.data["steps"]["en"])

    @property
    def after_weeks(self) -> int:
        """Weeks after which to ask again."""
        return int(self.data["measure"].get("after_weeks") or 12)

    @property
    def part_titles(self) -> list[str]:
        """The parts of belonging it serves, the main one first: "Adults", "Being listened to"."""
        return [_title("parts", part) for part in self.parts]

    @property
    def aspect_titles(self) -> list[str]:
        """How it should feel: "Safe", "Connected and included"."""
        return [_title("aspects", aspect) for aspect in self.data["aspects"]]

    @property
    def questions(self) -> list[str]:
        """The questions to ask again, in the words people read."""
        instrument = load(self.data["measure"]["instrument"])
        return [say(instrument.item(item).text) for item in self.data["measure"]["items"]]

    @property
    def questionnaire(self) -> str:
        """The title of the questionnaire that holds `questions`."""
        return say(load(self.data["measure"]["instrument"]).title)


@functools.cache
def practices() -> tuple[Practice, ...]:
    """Every practice, by title. Raises ValueError naming the file that cannot be read."""
    found = [_practice(name) for name in names("practices")]
    return tuple(sorted(found, key=lambda practice: practice.title))


def practice(key: str) -> Practice | None:
    """The practice with this key, if there is one."""
    return next((found for found in practices() if found.key == key), None)


def practices_for(
    part: str = "", phase: str = "", cost: str = "", words: str = "", audience: str = "", sort: str = ""
) -> list[Practice]:
    """Practices that fit. For a part, those that serve it first come first, then by `sort` (default: evidence)."""
    fitting = [p for p in practices() if _fits(p, part, phase, cost, words, audience)]
    order = _ORDERS[sort or (BY_EVIDENCE if part else BY_TITLE)]
    if sort or not part:
        return sorted(fitting, key=order)
    return sorted(fitting, key=lambda p: (p.parts.index(part), order(p)))


_ORDERS: dict[str, Callable[[Practice], Any]] = {
    BY_EVIDENCE: lambda practice: RATINGS.index(practice.rating),
    BY_TITLE: lambda practice: 0,
    BY_TIME: lambda practice: practice.weekly_minutes,
    BY_COST: lambda practice: COSTS.index(practice.cost),
}


def _fits(practice: Practice, part: str, phase: str, cost: str, words: str, audience: str) -> bool:
    text = f"{practice.title} {practice.summary} {' '.join(practice.steps)}".lower()
    return (
        (not part or part in practice.parts)
        and (not phase or phase in practice.phases)
        and (not cost or cost == practice.cost)
        and (not audience or audience in practice.data.get("audience", ["pupils"]))
        and all(word in text for word in words.lower().split())
    )


def _practice(key: str) -> Practice:
    data = read(f"practices/{key}")
    try:
        ratings = [entry["rating"] for entry in data.get("evidence") or []]
        return Practice(
            key=key,
            title=data["title"]["en"],
            summary=data["summary"]["en"].strip(),
            number=int(data["number"]),
            parts=tuple(data["parts"]),
            phases=tuple(data["phase"]),
            ages=(int(data["ages"][0]), int(data["ages"][1])),
            cost=data["cost"]["level"],
            weekly_minutes=int(data["time"]["weekly_minutes"]),
            rating=_best(ratings),
            data=data,
        )
    except (KeyError, TypeError, IndexError) as error:
        raise ValueError(f"practices/{key}.yaml lacks {error}; see content/README.md") from None


def _best(ratings: Iterable[str]) -> str:
    held = [rating for rating in ratings if rating in RATINGS]
    return min(held, key=RATINGS.index) if held else "practice-knowledge"


def _title(kind: str, key: str) -> str:
    return say(read("texts/parts")[kind][key]["title"])
