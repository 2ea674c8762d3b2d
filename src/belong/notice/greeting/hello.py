"""Hello in a family's language, from content/greeting/hello.yaml."""

import functools
from dataclasses import dataclass

from belong.content import read


@dataclass(frozen=True)
class Hello:
    """One greeting: the language in English, the words, how to say them, and how people there often greet."""

    code: str
    language: str
    words: str
    said: str
    direction: str
    custom: str


@functools.cache
def hellos() -> dict[str, Hello]:
    """Every greeting by its language code."""
    return {
        code: Hello(
            code,
            entry["language"]["en"],
            entry["words"],
            entry["said"]["en"],
            "rtl" if entry.get("rtl") else "ltr",
            entry["custom"]["en"],
        )
        for code, entry in read("greeting/hello")["hellos"].items()
    }


def hello(language: str) -> Hello | None:
    """The greeting for a BCP 47 code ("pa-PK", then "pa"); None for English and for what is not in the file."""
    found = hellos()
    return found.get(language) or found.get(language.partition("-")[0].lower())
