"""Names of other pupils in what somebody saw: evidence is about one child, and is kept free of others.

First names of pupils on roll, as whole words. Names that are ordinary words as well (Will, Hope, May) count only with a
capital letter inside a sentence; a word that is not meant as a name is for the writer to say.
"""

import re
from dataclasses import dataclass
from functools import cache

from belong.content import read
from belong.measure.instrument import say
from belong.people.models import Person
from belong.people.queries import pupils_on_roll

WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
BEGINS = re.compile(r"(?:^|[.!?:\n]\s*)[\"“'‘]?$")
SHORT = 2
INSTEAD = "another pupil"


@dataclass(frozen=True)
class Name:
    """A first name found in a text, with its place."""

    text: str
    start: int
    end: int


def other_names(words: str, *, besides: tuple[Person | None, ...]) -> list[Name]:
    """First names of pupils on roll in a text, but of those the text may name: whom it is about, and who writes it."""
    theirs = {
        name for person in besides if person for name in _names_of(person.given_name, person.preferred_name)
    }
    known = _first_names() - theirs
    return [
        Name(found[0], found.start(), found.end())
        for found in WORD.finditer(words)
        if found[0].casefold() in known and _is_meant(words, found)
    ]


def without(words: str, names: list[Name]) -> str:
    """The text with each of those names left out: "helped Ben's sister" → "helped another pupil's sister"."""
    for name in sorted(names, key=lambda one: -one.start):
        instead = INSTEAD.capitalize() if BEGINS.search(words[: name.start]) else INSTEAD
        words = words[: name.start] + instead + words[name.end :]
    return words


def _first_names() -> set[str]:
    rows = pupils_on_roll().order_by().values_list("given_name", "preferred_name").distinct()
    return {name for given, preferred in rows for name in _names_of(given, preferred)}


def _names_of(given: str, preferred: str) -> set[str]:
    """ "Mary Ann" is called Mary, or Mary Ann: the first word counts; a preferred name stands beside it."""
    firsts = (WORD.search(name) for name in (given, preferred))
    return {first[0].casefold() for first in firsts if first and len(first[0]) > 1}


def _is_meant(words: str, found: re.Match[str]) -> bool:
    """Whether a word that is a name is likely to be one here."""
    text = found[0]
    if text.casefold() not in _ordinary() and len(text) > SHORT:
        return True
    return text[0].isupper() and not BEGINS.search(words[: found.start()])


@cache
def _ordinary() -> frozenset[str]:
    return frozenset(say(read("texts/recognition")["ordinary"]).split())
