"""What a pupil can say about a place: when, and how it feels there; from a posted form to what is kept, and back."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazily

from belong.ask.answers import clean
from belong.ask.bands import text
from belong.base.errors import Refused

LESS_SAFE, OKAY, BELONG = 1, 2, 3
TIMES: Mapping[str, str | Promise] = {
    "before": _lazily("Before school"),
    "break": _lazily("Break"),
    "lunch": _lazily("Lunch"),
    "lessons": _lazily("Lessons"),
    "after": _lazily("After school"),
}
FEELINGS: Mapping[int, tuple[str | Promise, int]] = {
    BELONG: (_lazily("I feel I belong"), 5),
    OKAY: (_lazily("It is okay"), 3),
    LESS_SAFE: (_lazily("I feel less safe"), 1),
}
"""Code → words and face."""
MOST = 4
LONGEST = 500
Said = list[tuple[int, str, int]]


class HalfSaid(Refused):
    """Something is missing or does not fit; `number` is the place on the page (1…), 0 for the words or the page."""

    def __init__(self, reason: str, number: int = 0) -> None:
        super().__init__(reason)
        self.number = number


@dataclass
class OnPage:
    """What stands on the page, as it was typed and ticked: one line for each of the places a pupil can speak of."""

    lines: list[tuple[str, str, str]] = field(default_factory=lambda: [("", "", "")] * MOST)
    words: str = ""


def on_page(form: QueryDict) -> OnPage:
    """Everything in a posted form, to be shown again however little of it fits."""
    names = ("place", "time", "feeling")
    lines = [tuple(form.get(f"{name}-{number}", "")[:20] for name in names) for number in range(1, MOST + 1)]
    return OnPage([(place, time, feeling) for place, time, feeling in lines], form.get("words", ""))


def said_on(page: OnPage, places: Sequence[int]) -> Said:
    """What a page says about places, checked; raises HalfSaid with a kind sentence and where it belongs."""
    said: Said = []
    for number, line in enumerate(page.lines, 1):
        if not any(line) or (number > 1 and not line[0]):
            continue
        said.append(_one(line, number, places))
    seen = [(place, time) for place, time, _feeling in said]
    for number, pair in enumerate(seen, 1):
        if pair in seen[: number - 1]:
            raise HalfSaid(_("You chose the same place and time twice. Keep one of them."), number)
    if not said:
        raise HalfSaid(_("Choose a place first, or close this page if you do not want to say anything."), 1)
    return said


def _one(line: tuple[str, str, str], number: int, places: Sequence[int]) -> tuple[int, str, int]:
    place, time, feeling = line
    if place not in {str(one) for one in places}:
        raise HalfSaid(_("Which place do you mean? Choose one from the list."), number)
    if time not in TIMES:
        raise HalfSaid(_("When is it like that? Choose a time of day."), number)
    if feeling not in {str(code) for code in FEELINGS}:
        raise HalfSaid(_("How does it feel there? Choose a face."), number)
    return int(place), time, int(feeling)


def words_on(page: OnPage) -> str:
    """The words without controls that hide or turn them; raises HalfSaid where they are too long to keep."""
    words = clean(page.words)
    if len(words) > LONGEST:
        raise HalfSaid(text("places", "too-long", over=len(words) - LONGEST))
    return words
