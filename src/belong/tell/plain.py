"""Small hints towards words that a ten-year-old reads with ease; hints, never a gate."""

import re

LONG_SENTENCE = 20
SYLLABLES = 4
SHOWN = 4


def hints(text: str) -> list[str]:
    """What could be simpler in a text; empty where it reads well."""
    said = []
    longest = max((len(_words(sentence)) for sentence in re.split(r"[.!?;:]+(?:\s|$)", text)), default=0)
    if longest > LONG_SENTENCE:
        said.append(f"One sentence has {longest} words. Two shorter ones read more easily.")
    hard = list(dict.fromkeys(word for word in _words(text) if _syllables(word) >= SYLLABLES))
    if hard:
        said.append(f"Long words for a ten-year-old: {', '.join(hard[:SHOWN])}.")
    return said


def _words(text: str) -> list[str]:
    return re.findall(r"[^\W\d_]+(?:[’'][^\W\d_]+)*", text)


def _syllables(word: str) -> int:
    """Groups of vowels, less a silent e at the end; near enough for a hint."""
    groups = len(re.findall(r"[aeiouy]+", word.lower()))
    return groups - (
        groups > 1 and word.lower().endswith(("e", "es", "ed")) and not word.lower().endswith("le")
    )
