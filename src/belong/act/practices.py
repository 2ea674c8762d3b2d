"""The practice library, read from `content/practices`."""

import functools
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from belong.content import names, read

RATINGS = ("strong", "some", "early", "practice-knowledge")


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


@functools.cache
def practices() -> tuple[Practice, ...]:
    """Every practice, by title. Raises ValueError naming the file that cannot be read."""
    found = [_practice(name) for name in names("practices")]
    return tuple(sorted(found, key=lambda practice: practice.title))


def practice(key: str) -> Practice | None:
    """The practice with this key, if there is one."""
    return next((found for found in practices() if found.key == key), None)


def practices_for(
    part: str = "", phase: str = "", cost: str = "", words: str = "", audience: str = ""
) -> list[Practice]:
    """Practices that fit; for a part, those with the best evidence first, else by title."""
    fitting = [p for p in practices() if _fits(p, part, phase, cost, words, audience)]
    if not part:
        return fitting
    return sorted(fitting, key=lambda p: (p.parts.index(part) if part in p.parts else 9, RATINGS.index(p.rating)))


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
