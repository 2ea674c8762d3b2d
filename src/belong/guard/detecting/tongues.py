"""Passages that are not in a language whose rules are worked out, so that a person reads them."""

from collections.abc import Sequence

from belong.guard.detecting.folding import script
from belong.guard.detecting.rulebook import Language
from belong.guard.detecting.spelling import Vocabulary
from belong.guard.detecting.words import Word

FEWEST = 3
"""A sentence of fewer words in Latin letters says too little about its language."""
SHARE = 0.4
"""The part of a sentence's words that must be known, misspelt or not, for it to count as read."""


class Tongues:
    """Knows which words belong to the languages that a speaker has checked; drafts know too few phrases to count."""

    def __init__(self, languages: Sequence[Language], vocabulary: Vocabulary) -> None:
        checked = [language for language in languages if language.status == "checked"]
        self._scripts = frozenset().union(*(language.scripts for language in checked))
        words = frozenset().union(*(language.everyday | language.words() for language in checked))
        self._known = frozenset(word.rstrip("*") for word in words)
        self._vocabulary = vocabulary

    def unread(self, words: list[Word]) -> tuple[int, int] | None:
        """The first and last offset of what these rules cannot read; None if they can."""
        passages = [sentence for sentence in _sentences(words) if self._is_unread(sentence)]
        return (passages[0][0].start, passages[-1][-1].end) if passages else None

    def _is_unread(self, words: list[Word]) -> bool:
        letters = [word.text for word in words if any(script(char) for char in word.text)]
        if any(len(text) > 1 and self._strange(text) for text in letters):
            return True
        if len(letters) < FEWEST or max(map(len, letters)) < 2:
            return False
        known = sum(
            text in self._known or not self._known.isdisjoint(self._vocabulary.meanings(text))
            for text in letters
        )
        return known < SHARE * len(letters)

    def _strange(self, text: str) -> bool:
        return all(found not in self._scripts for found in map(script, text) if found)


def _sentences(words: list[Word]) -> list[list[Word]]:
    found: dict[int, list[Word]] = {}
    for word in words:
        found.setdefault(word.sentence, []).append(word)
    return list(found.values())
