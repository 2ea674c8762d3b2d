"""Small measures of plain wording, used by the tests of content."""

import re
from collections.abc import Iterator
from typing import Any

FORBIDDEN = re.compile(
    r"\b(at[ -]risk|target\w*|non-complian\w*|underperform\w*|hard-to-reach|vulnerab\w*|dinner lad\w+)\b",
    re.IGNORECASE,
)
NOT_BRITISH = re.compile(
    r"\b(behaviors?|colors?|centers?|favorite|neighbors?|labor|honor|program(?!me)s?|organiz\w*|recogniz\w*|"
    r"apologiz\w*|realiz\w*|summariz\w*|prioritiz\w*|enroll(?!ed|ing)\w*|fulfill\w*|practicing|practiced|gray|"
    r"moms?|math|counselors?|counseling|traveling|modeling|canceled|gotten|vacations?|recess|judgment)\b",
    re.IGNORECASE,
)
CITED = ("citation", "doi", "spellings", "headings")


def words(text: str) -> list[str]:
    return re.findall(r"[A-Za-z0-9]+(?:[’'-][A-Za-z0-9]+)*", text)


def syllables(word: str) -> int:
    """Vowel groups, less a silent final e; near enough for a mean over a sentence."""
    word = re.sub(r"[^a-z]", "", word.lower())
    groups = len(re.findall(r"[aeiouy]+", word))
    silent = word.endswith("e") and not word.endswith(("le", "ee")) and groups > 1
    silent_ed = word.endswith("ed") and not word.endswith(("ted", "ded")) and groups > 1
    silent_es = bool(re.search(r"[^aeiouycgsxzhl]es$", word)) and groups > 1
    return max(1, groups - silent - silent_ed - silent_es)


def grade(text: str) -> float:
    """Flesch–Kincaid school grade (Kincaid et al. 1975): words a sentence and syllables a word, weighed."""
    sentences = max(1, len(re.findall(r"[.!?](?=\s|$)", text)))
    found = words(text)
    return 0.39 * len(found) / sentences + 11.8 * sum(map(syllables, found)) / len(found) - 15.59


def prose(data: Any, skip: tuple[str, ...] = CITED) -> Iterator[str]:
    """Every piece of text in nested data, leaving out names of works and the spellings of others."""
    if isinstance(data, str):
        yield data
    elif isinstance(data, dict):
        for name, below in data.items():
            if name not in skip:
                yield from prose(below, skip)
    elif isinstance(data, list):
        for below in data:
            yield from prose(below, skip)
