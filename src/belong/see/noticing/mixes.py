"""Can pupils see themselves in the adults they can turn to? Two mixes, each a release of its own.

Sex and ethnic background of pupils and of adults (`adult_set` says which), everyone together and nothing by role, year
or department. A background with fewer adults (or pupils) than the threshold stands with the other small ones, so that
no one adult can be told.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from belong.content import read
from belong.measure import say
from belong.people.models import Person
from belong.people.queries import characteristics, pupils_on_roll
from belong.release import Menu, Note, Release
from belong.see.microdata import Tables
from belong.see.models import NoticingRelease
from belong.see.noticing.adult_set import IN_POST, NAMED, SET, Adults, adults_on, came_and_went
from belong.see.noticing.microdata import as_facts
from belong.see.noticing.tables import Classes

SMALL_WORDS = "Smaller groups together"
CLASSES, BETWEEN = "classes", " · "
SEXES = {"F": 2, "M": 1}


@dataclass(frozen=True)
class Mix:
    """Classes of one kind of people: the class of each by id, from 1 on; nobody whose class is not recorded."""

    of: Mapping[int, int]
    words: tuple[str, ...]

    def counts(self, people: Iterable[int]) -> Counter[int]:
        """How many of some people are in each class."""
        return Counter(self.of[pk] for pk in people if pk in self.of)


def mix_tables(kind: str, on: date, threshold: int) -> tuple[Tables, tuple[Note, ...]] | None:
    """The mix of pupils on a day, with notes that name the classes of each fact.

    None where too few have anything recorded to show any of it.
    """
    people = tuple(pupils_on_roll(on).order_by("pk"))
    return _tables(kind, on, people, mixes_of(people, (), on, threshold))


def adult_tables(adults: Adults, on: date, threshold: int) -> tuple[Tables, tuple[Note, ...]] | None:
    """The same of a set of adults, with a note that says which."""
    made = _tables(
        NoticingRelease.ADULTS,
        on,
        adults.people,
        mixes_of(adults.people, adults.others, on, threshold, of_part=adults.which == NAMED),
    )
    return (made[0], (*made[1], Note(SET, "", adults.which))) if made else None


def first_set(on: date, threshold: int) -> Adults:
    """The set of the first mix a school shows: adults named, where they show as much as all in post would."""
    named, post = adults_on(NAMED, on), adults_on(IN_POST, on)
    wanted = mixes_of(post.people, (), on, threshold).keys()
    shown = mixes_of(named.people, named.others, on, threshold, of_part=True).keys()
    return named if shown and wanted <= shown else post


def is_new_enough(before: Adults, now: Adults, on: date, threshold: int) -> bool:
    """Whether a mix may be shown beside an earlier one of the same set: what moved must not point at single people."""
    moved = came_and_went(before, now)
    if now.which == IN_POST:
        return not moved or len(moved) >= threshold
    mixes = mixes_of(now.people, now.others, on, threshold, of_part=True)
    return all(
        min(mix.counts(moved)[code] for code in range(1, len(mix.words) + 1)) >= threshold
        for mix in mixes.values()
    )


def mixes_of(
    people: Sequence[Person], others: Sequence[Person], on: date, threshold: int, *, of_part: bool = False
) -> dict[str, Mix]:
    """Fact → the mix of `people`, where it can be shown.

    Of a part of the adults (`of_part`), every class holds as many as the threshold inside and among the `others`.
    """
    everyone, inside, outside = (*people, *others), _ids(people), _ids(others)
    found = {"sex": _sexes(everyone, inside, threshold)}
    found["ethnicity"] = _backgrounds(everyone, inside, outside if of_part else None, on, threshold)
    return {
        fact: mix
        for fact, mix in found.items()
        if mix is not None and (not of_part or _both_sides(mix, inside, outside, threshold))
    }


FACTS = {"sex": "Girls and women, boys and men", "ethnicity": "Ethnic background"}


def _tables(
    kind: str, on: date, people: Sequence[Person], mixes: Mapping[str, Mix]
) -> tuple[Tables, tuple[Note, ...]] | None:
    if not mixes:
        return None
    ids = [person.pk for person in people]
    found = {key: Classes(key, FACTS[key], mix.words) for key, mix in mixes.items()}
    columns = {key: np.array([mix.of.get(pk, 0) for pk in ids], dtype=np.int8) for key, mix in mixes.items()}
    data = as_facts(kind, on, found, columns, values={}, people=ids, labels={})
    named = (Note(CLASSES, f"item:{key}", BETWEEN.join(fact.classes)) for key, fact in found.items())
    return Tables(data, Menu.of()), tuple(named)


def classes_of(release: Release, fact: str) -> tuple[str, ...]:
    """The classes of a fact as a release names them, lowest first; () where it has none such."""
    found = (note.text for note in release.notes if (note.code, note.about) == (CLASSES, f"item:{fact}"))
    return tuple(next(found, "").split(BETWEEN)) if release.notes else ()


def _ids(people: Sequence[Person]) -> frozenset[int]:
    return frozenset(person.pk for person in people)


def _both_sides(mix: Mix, inside: frozenset[int], outside: frozenset[int], threshold: int) -> bool:
    """Every class has enough people in the set, and enough beside it."""
    sides = mix.counts(inside), mix.counts(outside)
    return all(side[code] >= threshold for side in sides for code in range(1, len(mix.words) + 1))


def _sexes(everyone: Sequence[Person], inside: frozenset[int], threshold: int) -> Mix | None:
    """Those recorded as one or the other, if either is nobody or enough; other entries are too few to stand alone."""
    known = {person.pk: person.sex for person in everyone if person.sex in SEXES}
    if not _enough([sex for pk, sex in known.items() if pk in inside], threshold):
        return None
    codes = {code["code"]: code for code in read("codes/sex")["codes"]}
    named = [
        (say(codes[sex]["pupils"]), say(codes[sex]["adults"]))
        for sex in sorted(SEXES, key=lambda s: SEXES[s])
    ]
    labels = tuple(f"{young} and {grown[:1].lower()}{grown[1:]}" for young, grown in named)
    return Mix({pk: SEXES[sex] for pk, sex in known.items()}, labels)


def _backgrounds(
    everyone: Sequence[Person],
    inside: frozenset[int],
    outside: frozenset[int] | None,
    on: date,
    threshold: int,
) -> Mix | None:
    file = read("codes/ethnicity")
    broad: dict[str, str] = {code["code"]: code["group"] or "" for code in file["codes"]}
    held = characteristics(("ethnicity",), on)["ethnicity"]
    groups = ((person.pk, broad.get(value := held.get(person.pk, ""), value)) for person in everyone)
    known = {pk: group for pk, group in groups if group in file["groups"]}
    sides = [inside] if outside is None else [inside, outside]
    sizes = [Counter(group for pk, group in known.items() if pk in side) for side in sides]
    if not _enough([group for pk, group in known.items() if pk in inside], threshold):
        return None
    order, words = _merged(sizes, {key: say(words) for key, words in file["groups"].items()}, threshold)
    if len(words) < len(SEXES):
        return None
    return Mix({pk: order[group] for pk, group in known.items() if group in order}, words)


def _enough(known: Sequence[str], threshold: int) -> bool:
    """At least two groups can be shown, of at least the threshold each."""
    sizes = Counter(known)
    return sum(sizes.values()) >= 2 * threshold and max(sizes.values()) <= sum(sizes.values()) - threshold


def _merged(
    sides: Sequence[Counter[str]], labels: Mapping[str, str], threshold: int
) -> tuple[dict[str, int], tuple[str, ...]]:
    """Groups under the threshold (on any side), and the next smallest if those are still too few, stand together."""
    size = {group: min(side[group] for side in sides) for group in labels}
    here = {group for group in labels if any(side[group] for side in sides)}
    small = {group for group in labels if size[group] < threshold}
    for group in sorted((g for g in here if g not in small), key=lambda g: size[g]):
        together = [sum(side[one] for one in small) for side in sides]
        if not any(together) or min(together) >= threshold:
            break
        small.add(group)
    alone = [group for group in labels if group not in small]
    order = {group: place for place, group in enumerate(alone, start=1)}
    if small & here:
        order |= dict.fromkeys(small, len(alone) + 1)
    words = tuple(labels[group] for group in alone)
    return order, (*words, SMALL_WORDS) if small & here else words
