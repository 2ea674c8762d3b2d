"""Starters and pairs from content/greeting, in an adult's own order that repeats nothing until all were shown."""

import functools
import random
from dataclasses import dataclass
from datetime import date

from belong.content import read

BANDS = {"young": "Up to Year 2", "junior": "Years 3 to 6", "older": "Year 7 and older"}
WINTER, SPRING, SUMMER, AUTUMN = "winter", "spring", "summer", "autumn"
SEASONS = (*(WINTER,) * 2, *(SPRING,) * 3, *(SUMMER,) * 3, *(AUTUMN,) * 3, WINTER)  # January to December
DAYS = {0: "monday", 4: "friday"}


@dataclass(frozen=True)
class Pair:
    """Two sides to choose between; both are good."""

    key: str
    first: str
    second: str


def band_of(year: str) -> str:
    """The band of a year group; the oldest where it is not known."""
    if year in ("N1", "N2", "R", "1", "2"):
        return "young"
    return "junior" if year in ("3", "4", "5", "6") else "older"


def season(day: date) -> str:
    """The season of a day, by whole months."""
    return SEASONS[day.month - 1]


def starter(band: str, number: int, seed: int, day: date) -> str:
    """The starter at place `number` of a deck shuffled for `seed`; each round through it is shuffled anew.

    One for the day of the week comes first on that day; those of another season are left out.
    """
    rows = _starters(band)
    if number == 0:
        today = [text for when, text in rows if when == DAYS.get(day.weekday())]
        if today:
            return today[seed % len(today)]
    deck = [text for when, text in rows if when in ("", season(day))]
    turn, place = divmod(number, len(deck))
    order = list(range(len(deck)))
    random.Random(f"{band} {seed} {turn}").shuffle(order)
    return deck[order[place]]


@functools.cache
def pairs(band: str) -> tuple[Pair, ...]:
    """The pairs of a band, in the order of the file."""
    rows = read("greeting/this-or-that")[band]
    return tuple(Pair(row["id"], row["first"]["en"], row["second"]["en"]) for row in rows)


@functools.cache
def _starters(band: str) -> tuple[tuple[str, str], ...]:
    return tuple((row.get("when", ""), row["text"]["en"]) for row in read("greeting/starters")[band])
