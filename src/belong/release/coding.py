"""How exact a published figure may be: bands for numbers of people, steps and limits for percentages."""

from __future__ import annotations

from dataclasses import dataclass

_EDGES = ((300, 1), (100, 2), (40, 5), (20, 10), (0, 20))
_STEPS = ((100, 1), (50, 2), (20, 5), (10, 10), (0, 20))


@dataclass(frozen=True)
class Band:
    """A number of people, coarsely. ``floor`` is its lowest number: intervals of small groups are made from
    that, or their width would give the number away. ``open`` bands have no upper end.
    """

    label: str
    floor: int
    open: bool = False


def band(people: int, threshold: int, roll: int | None = None) -> Band:
    """``10–14`` by fives below 30, by tens below 100, by fifties below 500, by hundreds above.

    Where nearly everybody on the ``roll`` answered, a band beside the class list would say how few did not:
    it then reads ``20 or more``, low enough for at least ``threshold`` people to be missing.
    """
    if roll is not None and roll - people < threshold:
        floor = max(threshold, _start(max(roll - threshold, 0)))
        return Band(f"{floor:,} or more", floor, open=True)
    start = _start(people)
    floor = max(start, threshold)
    return Band(f"{floor:,}–{start + _width(people) - 1:,}", floor)


def is_band(text: str, threshold: int) -> bool:
    """Whether a text is a band that ``band`` could have made."""
    first, _, last = text.replace(",", "").replace(" or more", "–").partition("–")
    if not first.isdigit() or int(first) < threshold:
        return False
    return not last or (last.isdigit() and band(int(last), threshold).label == text)


def band_floor(text: str) -> int:
    """The lowest number a band's text allows."""
    return int(text.replace(",", "").replace(" or more", "–").partition("–")[0])


def in_band(people: int, text: str) -> bool:
    """Whether so many people lie in a published band."""
    last = text.replace(",", "").partition("–")[2]
    return band_floor(text) <= people <= (int(last) if last else people)


def edge(people: int) -> int:
    """The least percentage shown for so many people: 1 % from 300 on, 2 from 100, 5 from 40, 10 from 20, else
    20. The most shown is 100 minus this.
    """
    return next(edge for least, edge in _EDGES if people >= least)


def step(people: int) -> int:
    """Percentages move in steps of at least one person, so they do not give the number of people away."""
    return next(step for least, step in _STEPS if people >= least)


def percent(share: float, people: int) -> int:
    """A share (0–100) as a whole percentage: in steps, extremes coded."""
    by, least = step(people), edge(people)
    return int(min(max(round(share / by) * by, least), 100 - least))


def told(percent: int, people: int) -> tuple[float, float]:
    """The least and greatest share (0–100) that a published percentage of so many people may stand for."""
    by, least = step(people), edge(people)
    half = by / 2
    if percent <= least:
        return 0.0, least // by * by + half
    if percent >= 100 - least:
        return -(-(100 - least) // by) * by - half, 100.0
    return percent - half, percent + half


def told_tenth(mean: float) -> tuple[float, float]:
    """What a mean with one decimal may stand for: half a tenth either way."""
    return mean - 0.05, mean + 0.05


def tenth(value: float) -> float:
    """One decimal, without minus nought."""
    return round(float(value), 1) + 0.0


def _width(people: int) -> int:
    return 5 if people < 30 else 10 if people < 100 else 50 if people < 500 else 100


def _start(people: int) -> int:
    return people // _width(people) * _width(people)
