"""Phrases of rules, and finding them among the words of a text.

A phrase is words in order. `a|b` is either, `(a)` may be missing, `{name}` is any of a named set, `cut*` any word that
begins so, `..` up to two words between, `...` up to five; what lies between stays in one sentence. A set may hold
phrases of plain words ("my dad").
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from belong.guard.detecting.folding import fold_word

GAPS = {"..": 2, "...": 5}
_PART = re.compile(r"(\()?([^()\s]+)(\))?")


class PhraseError(ValueError):
    """A phrase that cannot be read; the message says what to mend."""


@dataclass(frozen=True, slots=True)
class Part:
    """One place of a phrase: any of `words` or `runs` of words; or a gap of up to `gap` words."""

    words: frozenset[str] = frozenset()
    runs: tuple[tuple[str, ...], ...] = ()
    optional: bool = False
    gap: int = 0

    @property
    def firsts(self) -> frozenset[str]:
        """Every word that this place may begin with."""
        return self.words | {run[0] for run in self.runs}


Phrase = tuple[Part, ...]


def parse(text: str, sets: Mapping[str, Sequence[str]]) -> Phrase:
    """The phrase that `text` writes. Raises PhraseError."""
    parts = []
    for chunk in text.split():
        found = _PART.fullmatch(chunk)
        if chunk in GAPS:
            parts.append(Part(gap=GAPS[chunk]))
        elif not found or bool(found[1]) != bool(found[3]):
            raise PhraseError(f"'{chunk}' cannot be read: write words, a|b, (a), {{set}}, '..' or '...'")
        else:
            parts.append(_part(found[2], sets, bool(found[1])))
    if not parts or parts[0].gap or parts[-1].gap or all(part.optional for part in parts):
        raise PhraseError(f"'{text}' must begin and end with a word and hold one that may not be missing")
    return tuple(parts)


def _part(chunk: str, sets: Mapping[str, Sequence[str]], optional: bool) -> Part:
    runs = [run for choice in chunk.split("|") for run in _choice(choice, sets)]
    words = frozenset(run[0] for run in runs if len(run) == 1)
    return Part(words, tuple(dict.fromkeys(run for run in runs if len(run) > 1)), optional)


def _choice(choice: str, sets: Mapping[str, Sequence[str]]) -> Iterator[tuple[str, ...]]:
    if choice.startswith("{"):
        name = choice.strip("{}")
        if name not in sets:
            raise PhraseError(f"there is no set called '{name}': write it under 'sets:', or mend its name")
        for entry in sets[name]:
            yield tuple(fold_word(word) for word in str(entry).split())
    elif word := fold_word(choice):
        yield (word,)
    else:
        raise PhraseError(f"there is an empty choice in '{choice or '|'}'")


def words_of(phrase: Phrase) -> Iterator[str]:
    """Every word in a phrase."""
    for part in phrase:
        yield from part.words
        for run in part.runs:
            yield from run


@dataclass(frozen=True, slots=True)
class Edge:
    """Words `start` to `end` of a text (mostly just one) may be any of `meanings`."""

    end: int
    meanings: frozenset[str]


class Lattice:
    """What the words of a text may mean, from each place on; counts the steps that finding takes."""

    def __init__(self, edges: list[list[Edge]], sentences: list[int], steps: int = 0) -> None:
        self.edges = edges
        self.sentences = sentences
        self.steps = steps

    def find(self, phrase: Phrase, start: int) -> tuple[int, tuple[int, ...]] | None:
        """Where the phrase ends if it begins at `start`, and the places that fell into its gaps."""
        return self._match(phrase, 0, start, set())

    def _match(
        self, phrase: Phrase, at: int, place: int, failed: set[tuple[int, int]]
    ) -> tuple[int, tuple[int, ...]] | None:
        if at == len(phrase):
            return place, ()
        if (at, place) in failed:
            return None
        self.steps += 1
        part = phrase[at]
        onwards = self._over_gap if part.gap else self._through_part
        found = onwards(phrase, at, place, failed)
        if found is None:
            failed.add((at, place))
        return found

    def _over_gap(
        self, phrase: Phrase, at: int, place: int, failed: set[tuple[int, int]]
    ) -> tuple[int, tuple[int, ...]] | None:
        for over in range(phrase[at].gap + 1):
            beyond = place + over
            if beyond >= len(self.edges) or self.sentences[beyond] != self.sentences[max(place - 1, 0)]:
                return None
            if found := self._match(phrase, at + 1, beyond, failed):
                return found[0], (*range(place, beyond), *found[1])
        return None

    def _through_part(
        self, phrase: Phrase, at: int, place: int, failed: set[tuple[int, int]]
    ) -> tuple[int, tuple[int, ...]] | None:
        part = phrase[at]
        for end in self._ends(part, place):
            if found := self._match(phrase, at + 1, end, failed):
                return found
        return self._match(phrase, at + 1, place, failed) if part.optional else None

    def _ends(self, part: Part, place: int) -> Iterator[int]:
        if place >= len(self.edges):
            return
        for run in part.runs:
            yield from self._run_ends(run, place)
        for edge in self.edges[place]:
            if not edge.meanings.isdisjoint(part.words):
                yield edge.end

    def _run_ends(self, run: tuple[str, ...], place: int) -> list[int]:
        ends = [place]
        for word in run:
            self.steps += 1
            ends = [e.end for p in ends if p < len(self.edges) for e in self.edges[p] if word in e.meanings]
            if not ends:
                break
        return ends
