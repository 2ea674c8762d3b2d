"""Reading numbers off a page, and asking whether a release holds them."""

import re
from dataclasses import fields, is_dataclass
from html.parser import HTMLParser
from typing import Any

from belong.release import Release

NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
# Numbers that are words here: dates, year groups, the scale and the interval.
NOT_FIGURES = re.compile(
    rf"\d+ (?:{MONTHS})(?: \d{{4}})?|(?:{MONTHS}) \d{{4}}|Years? \d+(?: to \d+)?"
    r"|(?:[Pp]oints )?of 100|95\s%|[Uu]nder \d+ are"
)


class _Words(HTMLParser):
    """Text a person or a screen reader meets; of a drawing its description, not its axis."""

    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []
        self._drawing = 0
        self._skipping = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.words += [value for name, value in attrs if name in ("aria-label", "title", "alt") and value]
        self._drawing += tag == "svg"
        self._skipping += tag in ("script", "style", "head")

    def handle_endtag(self, tag: str) -> None:
        self._drawing -= tag == "svg"
        self._skipping -= tag in ("script", "style", "head")

    def handle_data(self, data: str) -> None:
        if not self._drawing and not self._skipping:
            self.words.append(data)


def main_of(html: str) -> str:
    """What stands inside the page's main element."""
    return html[html.index("<main") : html.index("</main>")]


def words_of(html: str) -> str:
    """The page as words, one line a piece."""
    parser = _Words()
    parser.feed(html)
    return "\n".join(parser.words)


def strangers(html: str, *sources: Any) -> set[str]:
    """Numbers on a page that none of the releases (or other dataclasses) holds, however rounded."""
    known = {"0", "100"}
    for source in sources:
        known |= numbers_in(source)
    found = NUMBER.findall(NOT_FIGURES.sub(" ", words_of(html)))
    return {number for number in found if number not in known}


def numbers_in(value: Any) -> set[str]:
    """Every figure of a release (or of anything in one), in the ways it may be written."""
    if isinstance(value, bool) or value is None:
        return set()
    if isinstance(value, int | float):
        return {f"{abs(value):.0f}", f"{abs(value):.1f}", f"{abs(value):.2f}", f"{abs(value):g}"}
    if isinstance(value, str):
        return set(NUMBER.findall(value))
    if isinstance(value, Release):
        value = [
            getattr(value, name)
            for name in ("threshold", "cells", "gaps", "changes", "responses", "followups")
        ]
    if is_dataclass(value):
        value = [
            getattr(value, field.name)
            for field in fields(value)
            if field.name not in ("from_wave", "measure")
        ]
    return set().union(*(numbers_in(part) for part in value))
