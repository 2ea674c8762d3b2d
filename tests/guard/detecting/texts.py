"""The made-up texts of the corpus, each with what the detector should say of it."""

import functools
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

FOLDER = Path(__file__).parent / "corpus"
HALVES = ("development", "held-out")


@dataclass(frozen=True)
class Written:
    """A text. `category` and `at_least` are "" where nothing should be found; `kind` says what plain talk it is."""

    half: str
    language: str
    age: str
    text: str
    category: str = ""
    at_least: str = ""
    kind: str = ""


@functools.cache
def written(half: str) -> tuple[Written, ...]:
    """The texts of one half."""
    files = [yaml.load(path.read_text("utf-8"), yaml.CSafeLoader) for path in sorted(FOLDER.glob("*.yaml"))]
    return tuple(text for data in files if data["half"] == half for text in _texts(data))


def _texts(data: dict[str, Any]) -> Iterator[Written]:
    half = data["half"]
    for language, own in data.get("languages", {}).items():
        for category, at_least, age, text in own["flag"]:
            yield Written(half, language, age, text, category, at_least)
        for text in own["plain"]:
            yield Written(half, language, "", text, kind="school")
    for group in data.get("flag", ()):
        for age, text in _by_age(group):
            yield Written(half, data["language"], age, text, group["category"], group["at_least"])
    for group in data.get("plain", ()):
        for age, text in _by_age(group):
            yield Written(half, data["language"], age, text, kind=group["kind"])


def _by_age(group: dict[str, Any]) -> Iterator[tuple[str, str]]:
    for age, texts in group["texts"].items():
        for text in texts:
            yield age, text
