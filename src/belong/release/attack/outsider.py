"""From the files alone: totals, their parts, numbers of people only as told, all of it at once."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from belong.release.attack.bounds import Banded, banded, is_narrow
from belong.release.attack.learned import Learned, Tried, listed, people_words
from belong.release.attack.told import MOST, WHOLE, Figure, Key, Span, Told, lines_of
from belong.release.model import Floats

WAY = "subtraction"
Target = tuple[int, ...]
"""Places of groups of one cut that do not overlap."""


@dataclass(frozen=True, eq=False)
class _Menu:
    """The groups of one measure, the lines in which they add up, and the sets that can be formed from them."""

    keys: list[Key]
    adding: list[tuple[list[int], list[int]]]
    targets: dict[Target, str]


def subtraction(told: Told, threshold: int) -> tuple[list[Learned], Tried]:
    """Every hidden group and every difference that the groups' own names allow."""
    learned: list[Learned] = []
    numbers: dict[object, dict[Target, Span]] = {}
    seen, note = 0, ""
    for measure, title in told.measures.items():
        figures = told.of(measure)
        if not any(figure.shown for figure in figures.values()):
            continue
        menu = _menu(told, figures)
        mark = tuple((key, figure.shown, figure.people) for key, figure in figures.items())
        if mark not in numbers:
            menu, dropped = _that_add_up(menu, figures)
            note = (
                f"{listed(dropped)} do not add up to the whole, so people may be missing there."
                if dropped
                else note
            )
            numbers[mark] = dict(_few(menu, figures, threshold))
        seen += len(menu.targets)
        for target, people in numbers[mark].items():
            learned += _of(told, title, figures, menu, target, people)
    return _joined(learned), Tried(WAY, seen, note)


def _menu(told: Told, figures: dict[Key, Figure]) -> _Menu:
    keys = list(figures)
    place = {key: i for i, key in enumerate(keys)}
    adding: list[tuple[list[int], list[int]]] = []
    targets: dict[Target, str] = {}
    for totals, parts in lines_of(keys):
        if any(total not in place for total in totals):
            continue
        adding.append(([place[total] for total in totals], [place[part] for part in parts]))
        for target, words in _differences(told, figures, totals, parts):
            targets.setdefault(tuple(sorted(place[key] for key in target)), words)
    return _Menu(keys, adding, targets)


def _differences(
    told: Told, figures: dict[Key, Figure], totals: list[Key], parts: list[Key]
) -> Iterator[tuple[list[Key], str]]:
    """Hidden parts singly and together, and the total without each part."""
    whole = listed([told.label(total) for total in totals])
    hidden = [part for part in parts if not figures[part].shown]
    for part in hidden:
        yield [part], told.label(part)
    if len(hidden) > 1:
        yield hidden, f"{listed([told.label(part) for part in hidden])} together"
    for part in parts:
        if len(parts) > 1:
            yield (
                [other for other in parts if other != part],
                f"{whole} without {told.label(part)}",
            )


def _system(menu: _Menu, figures: dict[Key, Figure], kind: str = "") -> Banded:
    """What is told about one kind of figure (none: only about numbers of people)."""
    every = list(figures.values())
    sets = [
        (np.eye(len(every))[i] > 0, figure.people, figure.spans[kind])
        for i, figure in enumerate(every)
        if kind in figure.spans
    ]
    people = [figure.people if figure.shown else (0.0, MOST) for figure in every]
    return banded(people, menu.adding, sets)


def _that_add_up(menu: _Menu, figures: dict[Key, Figure]) -> tuple[_Menu, list[str]]:
    """Without cuts whose numbers contradict their total: a table that leaves somebody out of every group."""
    dropped: list[str] = []
    lines = menu.adding
    whole = np.zeros(len(menu.keys))
    if _system(menu, figures).number(whole) is None:
        lines = []
        for line in menu.adding:
            if _system(_Menu(menu.keys, [*lines, line], {}), figures).number(whole) is None:
                dropped.append(menu.keys[line[1][0]][0])
            else:
                lines.append(line)
    return _Menu(menu.keys, lines, menu.targets), list(dict.fromkeys(dropped))


def _few(menu: _Menu, figures: dict[Key, Figure], threshold: int) -> Iterator[tuple[Target, Span]]:
    """The sets that can be told to be somebody, but fewer than the threshold."""
    system = _system(menu, figures)
    targets = list(menu.targets)
    weights = np.array([_flags(menu, target) for target in targets]).reshape(len(targets), len(menu.keys))
    for place in system.fewer_than(weights, threshold):
        people = system.number(weights[place])
        if people is None:
            continue
        low, high = math.ceil(people[0] - 1e-6), math.floor(people[1] + 1e-6)
        if high >= 1:
            yield targets[place], (max(low, 0), high)


def _flags(menu: _Menu, target: Target) -> Floats:
    weights = np.zeros(len(menu.keys))
    weights[list(target)] = 1.0
    return weights


def _of(
    told: Told, title: str, figures: dict[Key, Figure], menu: _Menu, target: Target, people: Span
) -> Iterator[Learned]:
    """What each kind of figure says of a set that is surely small; else its number, if that is exact."""
    kinds = dict.fromkeys(kind for figure in figures.values() for kind in figure.spans)
    whose, how = menu.targets[target], "the figures of the other groups taken from those of the whole"
    found = False
    for kind in kinds:
        span = _system(menu, figures, kind).mean(_flags(menu, target))
        if span is not None and is_narrow(span):
            found = True
            yield Learned(WAY, whose, people_words(people), _measured(title, kind), *span, how, (told.file,))
    if not found and people[0] == people[1] and target != (menu.keys.index(WHOLE),):
        yield Learned(WAY, whose, f"exactly {people_words(people)}", title, None, None, how, (told.file,))


def _measured(title: str, kind: str) -> str:
    return title if kind == "mean" else f"{title}, {kind}"


def _joined(learned: Sequence[Learned]) -> list[Learned]:
    """Numbers of people said once for all the measures they hold for."""
    numbers: dict[tuple[str, str], list[Learned]] = {}
    for one in learned:
        if one.low is None:
            numbers.setdefault((one.about, one.people), []).append(one)
    merged = [
        Learned(
            WAY,
            about,
            people,
            listed([one.measure for one in some], 3),
            None,
            None,
            some[0].how,
            some[0].files,
        )
        for (about, people), some in numbers.items()
    ]
    return [*(one for one in learned if one.low is not None), *merged]
