"""Every text that can be worded in a language, by its place; a school's own words laid over those that ship.

A place is the address of one text: `texts/endings/end-4-7`, `instruments/belong-core/items/adults-1/text`,
`instruments/belong-core/scales/often5/3` (the third answer word), `words/Skip` (a word of the
interface), `counted/%(n)s question/for 2, 3, 4, 22` (one form of a text with a number in it). Places never change what
is stored or counted.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from belong.ask.languages.wording import in_use
from belong.content import po
from belong.content.translations import (
    ENGLISH,
    counted,
    counted_place,
    english,
    interface,
    known,
    text_names,
    translated,
    words_hash,
)
from belong.measure.instrument import Instrument, load, say
from belong.measure.translating import ITEM_WORDS, PART_WORDS, Overlay, overlay_for

INSTRUMENTS = (
    "belong-core",
    "belong-pulse",
    "belong-picture",
    "trusted-adults",
    "belong-family",
    "belong-staff",
)


@dataclass(frozen=True)
class Place:
    """Where a text stands, and its English."""

    id: str
    english: str


@dataclass(frozen=True)
class Counted(Place):
    """One form of a text with a number in it; `numbers` are those it is said for (up to two hundred)."""

    singular: str
    numbers: tuple[int, ...]

    @property
    def is_for_one(self) -> bool:
        """Whether it is said for a single number, whatever is said where there is nothing to count."""
        return len([n for n in self.numbers if n]) <= 1


@cache
def places_in(code: str) -> Mapping[str, Place]:
    """Every text of one language: `places()`, and what is counted, in as many forms as the language has."""
    return {**places(), **{place.id: place for place in _counted(code)}}


def _counted(code: str) -> Iterator[Counted]:
    for singular, message in counted(code).items():
        for form in range(po.forms(code)):
            numbers = po.numbers_of(code, form)
            english = singular if numbers[0] == 1 and len(numbers) < 3 else message.plural
            yield Counted(counted_place(code, singular, form), english, singular, numbers)


@cache
def places() -> Mapping[str, Place]:
    """Every text that is translated but counted ones, by its place, in the order of a file for translators."""
    found = [
        Place(f"texts/{name}/{key}", words) for name in text_names() for key, words in english(name).items()
    ]
    for key in INSTRUMENTS:
        found.extend(_places_of(load(key)))
    every = {words: None for code in known() for words in interface(code)}
    found.extend(Place(f"words/{words}", words) for words in every)
    return {place.id: place for place in found}


def wanted(code: str) -> set[str]:
    """The places a language fills itself: all but the interface words (days, months) that it has from Django."""
    own = interface(code)
    return {id for id in places_in(code) if not id.startswith("words/") or id.removeprefix("words/") in own}


def _places_of(instrument: Instrument) -> Iterator[Place]:
    head = f"instruments/{instrument.key}"
    yield Place(f"{head}/title", say(instrument.title))
    for part in instrument.parts:
        for field in PART_WORDS:
            yield Place(f"{head}/parts/{part.id}/{field}", say(getattr(part, field)))
    for name, scale in instrument.scales.items():
        for number, words in enumerate(scale.words(), 1):
            yield Place(f"{head}/scales/{name}/{number}", words)
    for item in instrument.items:
        for field in ITEM_WORDS:
            if words := say(getattr(item, field)):
                yield Place(f"{head}/items/{item.id}/{field}", words)


@cache
def shipped(code: str) -> Mapping[str, str]:
    """The words that ship in a language, by place."""
    found = {
        f"texts/{name}/{key}": words for name in text_names() for key, words in translated(code, name).items()
    }
    for key in INSTRUMENTS:
        found |= flat(overlay_for(key, code) or {}, key)
    found |= {f"words/{words}": said for words, said in interface(code).items() if said}
    for singular, message in counted(code).items():
        found |= {
            counted_place(code, singular, form): said for form, said in enumerate(message.words) if said
        }
    return found


def flat(overlay: Overlay, key: str) -> dict[str, str]:
    """An overlay as words by place."""
    head = f"instruments/{key}"
    found = {f"{head}/title": overlay["title"]} if overlay.get("title") else {}
    for kind in ("parts", "items"):
        for id, fields in overlay.get(kind, {}).items():
            found |= {f"{head}/{kind}/{id}/{field}": words for field, words in fields.items()}
    for name, labels in overlay.get("scales", {}).items():
        found |= {f"{head}/scales/{name}/{number}": words for number, words in enumerate(labels, 1)}
    return found


def laid_over(overlay: Overlay, own: Mapping[str, str], key: str) -> dict[str, Any]:
    """The overlay that ships with a school's own words over it. A scale stays whole: all its words or none."""
    words = {**flat(overlay, key), **{place: said for place, said in own.items() if place in places()}}
    head, instrument = f"instruments/{key}/", load(key)
    made: dict[str, Any] = {"status": overlay.get("status", "draft"), "parts": {}, "items": {}, "scales": {}}
    for place, said in words.items():
        if not place.startswith(head):
            continue
        kind, _, rest = place.removeprefix(head).partition("/")
        if kind == "title":
            made["title"] = said
        elif kind in ("parts", "items"):
            id, _, field = rest.rpartition("/")
            made[kind].setdefault(id, {})[field] = said
    for name, scale in instrument.scales.items():
        labels = [words.get(f"{head}scales/{name}/{code}", "") for code in scale.codes]
        if all(labels) and len({label.casefold() for label in labels}) == scale.size:
            made["scales"][name] = labels
    return made


def words_now(code: str, school: Any) -> Mapping[str, str]:
    """Every word a reader of this school meets in a language, by place; English where a place is missing."""
    own = in_use(code, school)
    return {**shipped(code), **(own.words if own else {})}


def status_of(code: str, school: Any) -> str:
    """`checked` where a speaker has checked these very words, for the project or for this school; else `draft`."""
    if code == ENGLISH:
        return "checked"
    own = in_use(code, school)
    if own and own.checked_hash:
        return "checked" if own.checked_hash == words_hash(dict(words_now(code, school))) else "draft"
    if own and own.words:
        return "draft"
    return known()[code].status
