"""Small things to do that fit how a relationship stands, read from content/strategies: our own words, as data."""

import functools
from dataclasses import dataclass
from datetime import date
from typing import Any

from belong.base.clock import today
from belong.content import names, read
from belong.notice.models import State
from belong.people.models import Person

YOUNGEST_OF_YEAR = {"N1": 3, "N2": 3, "R": 4}
ANY_AGE = 11  # where neither birthday nor year is known


@dataclass(frozen=True)
class Strategy:
    """One small thing: what to do, words that may help, how long it takes, and the practice it comes from.

    `ages` are the youngest and oldest pupils it suits; `practice` is a key of content/practices.
    """

    key: str
    state: State
    title: str
    do: str
    say: tuple[str, ...]
    minutes: int
    ages: tuple[int, int]
    practice: str

    def suits(self, age: int) -> bool:
        return self.ages[0] <= age <= self.ages[1]


@functools.cache
def strategies() -> dict[str, Strategy]:
    """Every strategy by its key, in the order of the files. Raises ValueError naming the entry that cannot be read."""
    found: dict[str, Strategy] = {}
    for name in names("strategies"):
        state = State(read(f"strategies/{name}")["state"])
        for entry in read(f"strategies/{name}")["strategies"]:
            one = _strategy(name, state, entry)
            if one.key in found:
                raise ValueError(f"strategies/{name}.yaml: {one.key} stands there twice")
            found[one.key] = one
    return found


def strategy(key: str) -> Strategy | None:
    """The strategy with this key; None where a school has taken it out since."""
    return strategies().get(key)


def title_of(key: str) -> str:
    """Its title, or kind words where it is no longer in the library."""
    found = strategy(key)
    return found.title if found else "Something small for this pupil"


def strategies_for(state: str, pupil: Person, done: dict[str, date]) -> list[Strategy]:
    """Those that fit a state and the pupil's age: what this adult has not yet done for them first, then the oldest.

    `done` is the day on which this adult last did each for this pupil, by key.
    """
    age = age_of(pupil)
    fitting = [one for one in strategies().values() if one.state == state and one.suits(age)]
    return sorted(fitting, key=lambda one: done.get(one.key, date.min))


def age_of(pupil: Person) -> int:
    """Whole years by the birthday, else as the year group is when it begins."""
    if pupil.born:
        day = today()
        return day.year - pupil.born.year - ((day.month, day.day) < (pupil.born.month, pupil.born.day))
    if pupil.year in YOUNGEST_OF_YEAR:
        return YOUNGEST_OF_YEAR[pupil.year]
    return int(pupil.year) + 4 if pupil.year.isdecimal() else ANY_AGE


def _strategy(name: str, state: State, entry: dict[str, Any]) -> Strategy:
    try:
        youngest, oldest = entry["ages"]
        return Strategy(
            key=str(entry["key"]),
            state=state,
            title=entry["title"]["en"],
            do=entry["do"]["en"].strip(),
            say=tuple(entry["say"]["en"]),
            minutes=int(entry["minutes"]),
            ages=(int(youngest), int(oldest)),
            practice=str(entry["practice"]),
        )
    except (KeyError, TypeError, ValueError) as error:
        key = entry.get("key", "?") if isinstance(entry, dict) else "?"
        raise ValueError(
            f"strategies/{name}.yaml, {key}: {error} is missing or cannot be read; see content/README.md"
        ) from None
