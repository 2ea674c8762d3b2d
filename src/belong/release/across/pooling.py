"""The answers of several schools as one wave, with everybody's school beside them: never a cut, but a unit to
protect.

A question stays in where it was answered in at least ``SCHOOLS`` schools, none of which gave more than ``SHARE`` of
its answers; where that leaves no question there is no table.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from belong.release.model import Microdata, ReleaseRefused

SCHOOLS = 5
"""Schools with respondents behind every figure, at least."""

SHARE = 0.4
"""The most of a figure's respondents that one school may be."""

OF = "its school"
"""The attribute that holds everybody's school (its name); no menu may ask for it."""


@dataclass(frozen=True)
class Left:
    """A question left out because it was answered in too few schools, or mostly in one: its title."""

    item: str
    title: str


def together(schools: Mapping[str, Microdata]) -> Microdata:
    """All schools as one wave. Raises ``ReleaseRefused`` where they were asked different things."""
    if len(schools) < SCHOOLS:
        raise ReleaseRefused(
            f"A table across schools needs at least {SCHOOLS} schools; there are {len(schools)}."
        )
    names, waves = list(schools), list(schools.values())
    first = waves[0]
    for name, wave in schools.items():
        _alike(name, wave, names[0], first)
    attributes: dict[str, Any] = {
        key: np.concatenate([wave.attributes[key] for wave in waves]) for key in first.attributes
    }
    attributes[OF] = np.repeat(np.array(names, dtype=np.str_), [wave.pupils for wave in waves])
    marked = [wave.insincere for wave in waves if wave.insincere is not None]
    return replace(
        first,
        pupils=sum(wave.pupils for wave in waves),
        items={item: np.concatenate([wave.items[item] for wave in waves]) for item in first.items},
        attributes=attributes,
        labels={key: _labels([wave.labels.get(key, {}) for wave in waves]) for key in first.attributes},
        roll=_roll([wave.roll for wave in waves]),
        insincere=np.concatenate(marked) if len(marked) == len(waves) else None,
        person_keys=None,
        closed_on=max(wave.closed_on for wave in waves),
    )


def common(data: Microdata) -> tuple[Microdata, tuple[Left, ...]]:
    """The answers without questions that too few schools answered, and which those were. Raises ``ReleaseRefused``."""
    reasons = {item: unfit(data.attributes[OF][np.asarray(codes) > 0]) for item, codes in data.items.items()}
    kept = [item for item, reason in reasons.items() if not reason]
    if not kept:
        raise ReleaseRefused(next(iter(reasons.values()), "The schools were asked no question."))
    left = tuple(Left(item, data.titles.get(f"item:{item}", item)) for item in reasons if item not in kept)
    parts = {part: [item for item in items if item in kept] for part, items in data.parts.items()}
    return replace(
        data,
        items={item: data.items[item] for item in kept},
        parts={part: items for part, items in parts.items() if items},
    ), left


def unfit(schools: np.ndarray) -> str:
    """Why nothing may be said of people from these schools (an entry a person); "" if something may."""
    names, people = np.unique(schools, return_counts=True)
    if len(names) < SCHOOLS:
        many = "No school" if not len(names) else f"Only {len(names)} school{'s' * (len(names) > 1)}"
        return f"{many} answered. A table across schools needs at least {SCHOOLS}."
    if people.max() > SHARE * people.sum():
        return (
            f"More than {100 * SHARE:.0f} % of those who answered are of one school ({names[people.argmax()]}), so the "
            "figures would be that school's. Take more schools in, or leave that one out."
        )
    return ""


def _alike(name: str, wave: Microdata, first_name: str, first: Microdata) -> None:
    """``ReleaseRefused`` unless two schools were asked the same, and say the same about their pupils."""
    asked: Sequence[tuple[str, Callable[[Microdata], object]]] = (
        ("questions", lambda one: {item: (one.hash_of(item), one.categories[item]) for item in one.items}),
        ("favourable answers", lambda one: {item: set(one.favourable.get(item, ())) for item in one.items}),
        ("parts", lambda one: {part: list(items) for part, items in one.parts.items()}),
        ("groups", lambda one: set(one.attributes)),
        ("wave", lambda one: (one.wave, one.minimum_answered, one.facts)),
    )
    for what, told in asked:
        if told(wave) != told(first):
            raise ReleaseRefused(
                f"{name} and {first_name} do not have the same {what}, so their answers cannot stand in one table."
            )
    if OF in wave.attributes:
        raise ReleaseRefused(f"An attribute of {name} is called “{OF}”. Rename it.")


def _labels(given: Sequence[Mapping[str, str]]) -> dict[str, str]:
    """The first school's word for each group."""
    return {group: label for labels in reversed(given) for group, label in labels.items()}


def _roll(rolls: Sequence[Mapping[str, Mapping[str, int]]]) -> dict[str, dict[str, int]]:
    """People who could have answered, added up, where every school says."""
    found: dict[str, dict[str, int]] = {}
    for key in rolls[0]:
        if all(key in roll for roll in rolls):
            found[key] = {}
            for roll in rolls:
                for group, people in roll[key].items():
                    found[key][group] = found[key].get(group, 0) + people
    return found
