"""Reading a text by the rules: finds their phrases, weighs denials and sayings, and says why."""

import functools
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from belong.guard.detecting import lattice
from belong.guard.detecting.hits import LOOK, Hit
from belong.guard.detecting.phrases import Lattice, Phrase, words_of
from belong.guard.detecting.rulebook import Language, Rule, languages
from belong.guard.detecting.spelling import Vocabulary
from belong.guard.detecting.tongues import Tongues
from belong.guard.detecting.words import Word, read

Index = dict[str, list[tuple[Phrase, Any]]]
UNREAD = "unread"
_FAR_BACK = 6
"""How many words before a phrase a denial may stand, with nothing but small words between."""

_BEYOND = 1
"""How many words a phrase may reach out of the saying that covers it, at either end."""


@dataclass(frozen=True)
class _Found:
    rule: Rule
    first: int
    last: int
    denied: bool


class Detector:
    """The rules of some languages, made ready. Building one takes a moment; `detect` is linear in the text."""

    def __init__(self, languages: Sequence[Language], own: Iterable[Rule] = ()) -> None:
        own = tuple(own)
        rules = [rule for language in languages for rule in language.rules] + list(own)
        own_words = {word for rule in own for phrase in rule.phrases for word in words_of(phrase)}
        self._vocabulary = Vocabulary(
            frozenset().union(own_words, *(language.words() for language in languages)),
            frozenset().union(*(language.near() for language in languages)),
            frozenset().union(*(language.everyday for language in languages)),
            {word: ways for language in languages for word, ways in language.spellings.items()},
        )
        self._by_word: Index = {}
        for rule in rules:
            for phrase in rule.phrases:
                self._index(self._by_word, phrase, rule)
        self._idioms: Index = {}
        for language in languages:
            for phrase, told in language.idioms:
                self._index(self._idioms, phrase, told)
        self._denials = frozenset().union(*(language.denials for language in languages))
        self._fillers = frozenset().union(*(language.fillers for language in languages))
        self._undoing = frozenset().union(*(language.undoing for language in languages))
        self._tongues = Tongues(languages, self._vocabulary)
        self.steps = 0
        """Steps that the last text took: for the test that says they grow with its length only."""

    @staticmethod
    def _index(where: Index, phrase: Phrase, value: Any) -> None:
        for part in phrase:
            for word in sorted(part.firsts):
                where.setdefault(word, []).append((phrase, value))
            if not part.optional:
                break

    def detect(self, text: str) -> list[Hit]:
        """Hits in the order of the text. Never raises, whatever the text holds."""
        plain = read(text)
        graph, words = lattice.build(plain, self._vocabulary)
        found = list(self._found(graph, words))
        found = list(self._without_sayings(graph, found))
        hits = [self._hit(text, words, one) for one in _merged(found)]
        if unread := self._tongues.unread(plain):
            hits.append(_unread(text, *unread))
        self.steps = graph.steps
        return sorted(hits, key=lambda hit: (hit.start, hit.end, hit.rank, hit.rule))

    def _found(self, graph: Lattice, words: list[Word]) -> Iterator[_Found]:
        for place in range(len(words)):
            for phrase, rule in _starting(self._by_word, graph, place):
                if match := graph.find(phrase, place):
                    end, between = match
                    denied = self._denies(words, between) or self._denied(words, place)
                    yield _Found(rule, place, end, denied)

    def _denies(self, words: list[Word], between: tuple[int, ...]) -> bool:
        """Whether the words within a phrase deny it: "dad never hits me", but not "dad wont stop hitting me"."""
        inside = {words[at].text for at in between}
        return not inside.isdisjoint(self._denials) and inside.isdisjoint(self._undoing)

    def _denied(self, words: list[Word], place: int) -> bool:
        """Whether a "not" or "nobody" stands right before, with only small words between."""
        for back in range(1, _FAR_BACK + 1):
            before = place - back
            if before < 0 or words[before].sentence != words[place].sentence:
                return False
            if words[before].text in self._denials:
                return True
            if words[before].text not in self._fillers:
                return False
        return False

    def _without_sayings(self, graph: Lattice, found: list[_Found]) -> Iterator[_Found]:
        """Leave out what an everyday saying covers, or make it a look."""
        over: dict[int, list[tuple[int, int, bool]]] = {}
        for saying in self._sayings(graph) if found else ():
            for place in range(saying[0], saying[1]):
                over.setdefault(place, []).append(saying)
        for one in found:
            sayings = {saying for place in range(one.first, one.last) for saying in over.get(place, ())}
            told = [
                kept
                for first, last, kept in sayings
                if first - _BEYOND <= one.first and one.last <= last + _BEYOND
            ]
            if not told:
                yield one
            elif any(told):
                yield replace(
                    one, rule=replace(one.rule, urgency=LOOK, why=f"{one.rule.why} (may be a saying)")
                )

    def _sayings(self, graph: Lattice) -> Iterator[tuple[int, int, bool]]:
        """First and last place of each everyday saying within a sentence, and whether it still wants a look."""
        for place in range(len(graph.edges)):
            for phrase, told in _starting(self._idioms, graph, place):
                match = graph.find(phrase, place)
                if match and graph.sentences[place] == graph.sentences[match[0] - 1]:
                    yield place, match[0], told

    def _hit(self, text: str, words: list[Word], found: _Found) -> Hit:
        start, end = words[found.first].start, words[found.last - 1].end
        urgency, why = found.rule.urgency, found.rule.why
        if found.denied:
            urgency, why = LOOK, f"{why} (says it is not so)"
        return Hit(found.rule.id, found.rule.category, start, end, text[start:end], why, urgency)


def _starting(where: Index, graph: Lattice, place: int) -> list[tuple[Phrase, Any]]:
    """The phrases that may begin here, each once."""
    found: dict[int, tuple[Phrase, Any]] = {}
    for edge in graph.edges[place]:
        for word in sorted(edge.meanings):
            for entry in where.get(word, ()):
                found.setdefault(id(entry[0]), entry)
    return list(found.values())


def _merged(found: list[_Found]) -> list[_Found]:
    """Where phrases of one rule overlap, one hit that spans them: denied only if all of them are."""
    merged: list[_Found] = []
    latest: dict[tuple[str, str], int] = {}
    for one in sorted(found, key=lambda one: (one.first, one.last)):
        at = latest.get((one.rule.id, one.rule.urgency))
        before = merged[at] if at is not None else None
        if at is not None and before and one.first < before.last:
            both = before.denied and one.denied
            merged[at] = replace(before, last=max(before.last, one.last), denied=both)
        else:
            latest[one.rule.id, one.rule.urgency] = len(merged)
            merged.append(one)
    return merged


def _unread(text: str, start: int, end: int) -> Hit:
    why = "in a language, or a spelling, that these rules know little of: please read"
    return Hit(UNREAD, UNREAD, start, end, text[start:end], why, LOOK)


@functools.lru_cache(maxsize=8)
def detector(own: tuple[Rule, ...] = ()) -> Detector:
    """The detector with every language that comes with belong and a school's `own` rules, made on first use."""
    return Detector(languages(), own)
