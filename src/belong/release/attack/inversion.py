"""Numbers of people out of percentages, and answers out of a mean with its spread."""

from __future__ import annotations

import functools
import itertools
from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from belong.release.attack.glance import DETAIL
from belong.release.attack.learned import Learned, Tried, people_words
from belong.release.attack.told import MEAN, Figure, Key, Span, Told
from belong.release.coding import band_floor, percent
from belong.release.model import Ints

_WIDEST = 60
"""The widest span of people in which numbers are tried out."""
_REACH = 1.96
_STEPS = 5
"""Answers a question has where the table does not say."""


def numbers(told: Told) -> tuple[Told, list[Learned], Tried]:
    """Groups whose percentages fit one number of people only, and the table with those numbers filled in."""
    groups: dict[tuple[Key, Span], list[Figure]] = {}
    for figure in told.figures.values():
        if _is_count(told, figure) and 1 < figure.people[1] - figure.people[0] + 1 <= _WIDEST:
            groups.setdefault((figure.key, figure.people), []).append(figure)
    figures, learned = dict(told.figures), []
    for (key, people), some in groups.items():
        fit = _fitting(told, people, some)
        if len(fit) == 1:
            n = float(fit[0])
            how = "the percentages of its questions are whole people only among so many, if all answered them"
            words = f"exactly {people_words((n, n))}"
            learned.append(Learned("numbers", told.label(key), words, "", None, None, how, (told.file,)))
            figures |= {(f.measure, f.key): replace(f, people=(n, n)) for f in some}
    return replace(told, figures=figures), learned, Tried("numbers", len(groups))


def _is_count(told: Told, figure: Figure) -> bool:
    """Whether the shares are of people: those of a score are means of shares."""
    return figure.shown and (not told.protected or figure.measure.startswith("item:"))


def _fitting(told: Told, people: Span, some: list[Figure]) -> list[int]:
    tried = [n for n in range(int(people[0]), int(people[1]) + 1) if n > 0]
    if not told.protected:
        texts = {text for figure in some for text in figure.exact.get("written", {}).values()}
        return [n for n in tried if all(_is_some_count(text, n) for text in texts)]
    shares = {
        int(share)
        for figure in some
        for share in (figure.exact.get("favourable"), *(figure.exact.get("distribution") or ()))
        if share is not None
    }
    return [n for n in tried if shares <= _shares_of(n)] if tried and tried[0] < 100 else tried


@functools.cache
def _shares_of(people: int) -> frozenset[int]:
    return frozenset(percent(100 * count / people, people) for count in range(people + 1))


def _is_some_count(text: str, people: int) -> bool:
    decimals = len(text.partition(".")[2])
    return any(round(100 * count / people, decimals) == float(text) for count in range(people + 1))


def spreads(told: Told) -> tuple[list[Learned], Tried]:
    """Means with spreads undone; least and most answers read; intervals that follow a small group's own spread."""
    learned: list[Learned] = []
    seen = 0
    for figure in told.figures.values():
        if MEAN in figure.spans and not told.protected and figure.people[1] < DETAIL:
            seen += 1
            learned += _undone(told, figure)
    if told.protected:
        for measure in (measure for measure in told.measures if measure not in told.facts):
            seen += 1
            learned += _own_spread(told, measure)
    return learned, Tried("spread", seen)


def _undone(told: Told, figure: Figure) -> Iterator[Learned]:
    named, people = told.measures.get(figure.measure, figure.measure), people_words(figure.people)
    for end, which in (("min", "lowest"), ("max", "highest")):
        if (value := figure.exact.get(end)) is not None:
            how = f"the {which} answer stands in the table"
            yield Learned("spread", told.label(figure.key), people, named, value, value, how, (told.file,))
    sd = _sd_of(figure)
    if sd is None or figure.people[0] != figure.people[1]:
        return
    fit = possible_answers(int(figure.people[0]), figure.spans[MEAN], sd, _steps(told, figure.measure))
    if len(fit) == 1:
        steps = 100 / (len(fit[0]) - 1)
        answers = [f"{many} said {round(code * steps)}" for code, many in enumerate(fit[0].tolist()) if many]
        how = f"only one set of answers has this mean and this spread: {', '.join(answers)}"
        yield Learned("spread", told.label(figure.key), people, named, *figure.spans[MEAN], how, (told.file,))


def _sd_of(figure: Figure) -> Span | None:
    """The span of the standard deviation, told outright or by a 95 % interval."""
    exact = figure.exact
    if (sd := exact.get("sd")) is not None:
        return sd - 0.05, sd + 0.05
    if exact.get("low") is not None and exact.get("high") is not None:
        root = np.sqrt(figure.people[0]) / _REACH
        reach = (exact["high"] - exact["low"]) / 2
        return (reach - 0.05) * root, (reach + 0.05) * root
    return None


def _steps(told: Told, measure: str) -> int:
    kinds = [
        kind for figure in told.of(measure).values() for kind in figure.spans if kind.startswith("answer ")
    ]
    return len(set(kinds)) or _STEPS


def possible_answers(people: int, mean: Span, sd: Span, steps: int) -> Ints:
    """Every way (ways × steps) that so many people can give answers with this mean and standard deviation."""
    counts = _counts(people, steps)
    points = np.arange(steps) * 100 / (steps - 1)
    means = counts @ points / people
    squares = counts @ points**2 / people - means**2
    spread = np.sqrt(np.maximum(squares, 0) * people / max(people - 1, 1))
    fits = (means >= mean[0]) & (means <= mean[1]) & (spread >= sd[0]) & (spread <= sd[1])
    return counts[fits]


@functools.lru_cache(maxsize=32)
def _counts(people: int, steps: int) -> Ints:
    """All counts of answers that add up: bars between stars."""
    bars = np.array(list(itertools.combinations(range(people + steps - 1), steps - 1)), dtype=np.int64)
    edges = np.column_stack([np.full(len(bars), -1), bars, np.full(len(bars), people + steps - 1)])
    return np.asarray(np.diff(edges, axis=1) - 1)


def _own_spread(told: Told, measure: str) -> Iterator[Learned]:
    """Intervals of all small groups must follow one spread: the school's. Several would be the groups' own."""
    low, high = 0.0, np.inf
    for figure in told.of(measure).values():
        reach = _reach(figure)
        floor = band_floor(str(figure.exact.get("n_band") or "0"))
        if reach is None or not 0 < floor < DETAIL:
            continue
        root = np.sqrt(floor) / _REACH
        low, high = max(low, reach[0] * root), min(high, reach[1] * root)
    if low > high + 1e-9:
        how = "the intervals of small groups are of different widths than the school's one spread would give"
        yield Learned("spread", "small groups", "", told.measures[measure], None, None, how, (told.file,))


def _reach(figure: Figure) -> Span | None:
    """Half the width of an interval; None where it is cut off at both ends."""
    mean, low, high = (figure.exact.get(name) for name in (MEAN, "low", "high"))
    if mean is None or low is None or high is None:
        return None
    if low > 0 and high < 100:
        return (high - low) / 2 - 0.051, (high - low) / 2 + 0.051
    if low > 0:
        return mean - low - 0.101, mean - low + 0.101
    return (high - mean - 0.101, high - mean + 0.101) if high < 100 else None
