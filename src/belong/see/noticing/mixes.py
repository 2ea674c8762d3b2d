"""Can pupils see themselves in the adults they can turn to? Two mixes, each a release of its own.

Sex and ethnic background of pupils and of adults in post, everyone together and nothing by role, year or department.
A background with fewer adults (or pupils) than the threshold stands with the other small ones, so that no one adult
can be told.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from belong.content import read
from belong.measure import say
from belong.people.models import Person
from belong.people.queries import characteristics, pupils_on_roll, staff_in_post
from belong.release import Menu, Note, Release
from belong.see.microdata import Tables
from belong.see.models import NoticingRelease
from belong.see.noticing.microdata import as_facts
from belong.see.noticing.tables import Classes

ADULTS = NoticingRelease.ADULTS
SMALL_WORDS = "Smaller groups together"
CLASSES, BETWEEN = "classes", " · "
SEXES = {"F": 2, "M": 1}


@dataclass(frozen=True)
class Mix:
    """Classes of one kind of people, by person: 0 where it is not recorded."""

    codes: np.ndarray
    words: tuple[str, ...]


def mix_tables(kind: str, on: date, threshold: int) -> tuple[Tables, tuple[Note, ...]] | None:
    """The mix of pupils or of adults on a day, with notes that name the classes of each fact.

    None where too few have anything recorded to show any of it.
    """
    people = list((staff_in_post(on) if kind == ADULTS else pupils_on_roll(on)).order_by("pk"))
    found: dict[str, Classes] = {}
    columns: dict[str, np.ndarray] = {}
    for key, label, mix in (
        ("sex", "Girls and women, boys and men", _sexes(people, threshold)),
        ("ethnicity", "Ethnic background", _backgrounds(people, on, threshold)),
    ):
        if mix is not None:
            found[key] = Classes(key, label, mix.words)
            columns[key] = mix.codes
    if not found:
        return None
    ids = [person.pk for person in people]
    data = as_facts(kind, on, found, columns, values={}, people=ids, labels={})
    named = (Note(CLASSES, f"item:{key}", BETWEEN.join(fact.classes)) for key, fact in found.items())
    return Tables(data, Menu.of()), tuple(named)


def classes_of(release: Release, fact: str) -> tuple[str, ...]:
    """The classes of a fact as a release names them, lowest first; () where it has none such."""
    found = (note.text for note in release.notes if (note.code, note.about) == (CLASSES, f"item:{fact}"))
    return tuple(next(found, "").split(BETWEEN)) if release.notes else ()


def _sexes(people: Sequence[Person], threshold: int) -> Mix | None:
    """Those recorded as one or the other, if either is nobody or enough; other entries are too few to stand alone."""
    known = [person.sex if person.sex in SEXES else "" for person in people]
    if not _enough(known, threshold):
        return None
    codes = {code["code"]: code for code in read("codes/sex")["codes"]}
    named = [
        (say(codes[sex]["pupils"]), say(codes[sex]["adults"]))
        for sex in sorted(SEXES, key=lambda s: SEXES[s])
    ]
    labels = tuple(f"{young} and {grown[:1].lower()}{grown[1:]}" for young, grown in named)
    return Mix(np.array([SEXES.get(sex, 0) for sex in known], dtype=np.int8), labels)


def _backgrounds(people: Sequence[Person], on: date, threshold: int) -> Mix | None:
    file = read("codes/ethnicity")
    broad: dict[str, str] = {code["code"]: code["group"] or "" for code in file["codes"]}
    held = characteristics(("ethnicity",), on)["ethnicity"]
    known = [broad.get(value := held.get(person.pk, ""), value) for person in people]
    known = [group if group in file["groups"] else "" for group in known]
    if not _enough(known, threshold):
        return None
    return _merged(known, {key: say(words) for key, words in file["groups"].items()}, threshold)


def _enough(known: Sequence[str], threshold: int) -> bool:
    """At least two groups can be shown, of at least the threshold each."""
    sizes = Counter(group for group in known if group)
    return sum(sizes.values()) >= 2 * threshold and max(sizes.values()) <= sum(sizes.values()) - threshold


def _merged(known: Sequence[str], labels: Mapping[str, str], threshold: int) -> Mix | None:
    """Groups under the threshold, and the next smallest if those are still too few, stand together."""
    sizes = Counter(group for group in known if group)
    small = {group for group in labels if sizes[group] < threshold}
    for group in sorted((g for g in sizes if g not in small), key=lambda g: sizes[g]):
        together = sum(sizes[one] for one in small)
        if together == 0 or together >= threshold:
            break
        small.add(group)
    alone = [group for group in labels if group not in small]
    order = {group: place for place, group in enumerate(alone, start=1)}
    if sum(sizes[one] for one in small):
        order |= dict.fromkeys(small, len(alone) + 1)
    words = tuple(labels[group] for group in alone)
    words += (SMALL_WORDS,) if len(set(order.values())) > len(alone) else ()
    if len(words) < len(SEXES):
        return None
    return Mix(np.array([order.get(group, 0) for group in known], dtype=np.int8), words)
