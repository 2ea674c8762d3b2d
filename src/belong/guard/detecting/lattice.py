"""From words to what they may mean: words spelt out ("k y s"), parted ("sui-cide") or run together ("killmyself")."""

from collections.abc import Iterator

from belong.guard.detecting.phrases import Edge, Lattice
from belong.guard.detecting.spelling import Vocabulary
from belong.guard.detecting.words import Word

_RUN_TOGETHER = 7
"""Words from this length on are looked through for words written without spaces."""
_LONGEST_INSIDE = 14
_ONE_LETTER = frozenset("ia")
_UNKNOWN, _EACH = 4, 1
_SHORTEST_MEAN = 2.5


class _Counted:
    """A vocabulary that remembers what it was asked, within one text, and counts how often."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary
        self._seen: dict[str, frozenset[str]] = {}
        self.steps = 0

    def meanings(self, text: str) -> frozenset[str]:
        self.steps += 1
        if text not in self._seen:
            self._seen[text] = self._vocabulary.meanings(text)
        return self._seen[text]

    def exact(self, text: str) -> frozenset[str]:
        self.steps += 1
        return frozenset(self._vocabulary.exact(text))

    def knows(self, text: str) -> bool:
        self.steps += 1
        return self._vocabulary.knows(text)


def build(words: list[Word], vocabulary: Vocabulary) -> tuple[Lattice, list[Word]]:
    """The lattice over the words, and the words with those written together parted."""
    asked = _Counted(vocabulary)
    parted: list[Word] = []
    extra: list[tuple[int, int, frozenset[str]]] = []
    for word in words:
        pieces = _pieces(word, asked)
        if len(pieces) > 1:
            extra.append((len(parted), len(parted) + len(pieces), asked.meanings(word.text)))
        parted.extend(pieces)
    edges = [[Edge(at + 1, asked.meanings(word.text))] for at, word in enumerate(parted)]
    for start, end, found in [*extra, *_joined(parted, asked)]:
        if found:
            edges[start].append(Edge(end, found))
    return Lattice(edges, [word.sentence for word in parted], asked.steps), parted


def _joined(words: list[Word], asked: _Counted) -> Iterator[tuple[int, int, frozenset[str]]]:
    """Neighbours that are a word of a rule when read as one: letters spelt out, and halves of a longer word."""
    for start, word in enumerate(words):
        text, single = word.text, len(word.text) == 1
        for end in range(start + 1, min(start + _LONGEST_INSIDE, len(words))):
            single = single and len(words[end].text) == 1
            text += words[end].text
            halves = end == start + 1 and len(text) >= 6
            if len(text) > _LONGEST_INSIDE or not (single or halves or end < start + 4):
                break
            if (single or halves or len(text) >= 6) and (found := asked.exact(text)):
                yield start, end + 1, found


def _pieces(word: Word, asked: _Counted) -> list[Word]:
    text = word.text
    if len(text) < _RUN_TOGETHER or not text.isascii() or not text.isalpha() or asked.knows(text):
        return [word]
    if len(text) < 14 and asked.meanings(text):
        return [word]
    cuts = _cuts(text, asked)
    return [word.part(first, last) for first, last in cuts] if cuts else [word]


def _cuts(text: str, asked: _Counted) -> list[tuple[int, int]]:
    """The way to read a run of letters as the fewest known words; none if letters are left over or words tiny."""
    best: list[tuple[int, int]] = [(0, 0)]
    for end in range(1, len(text) + 1):
        choices = [(best[end - 1][0] + _UNKNOWN, end - 1)]
        for start in range(max(0, end - _LONGEST_INSIDE), end):
            part = text[start:end]
            if (len(part) > 1 or part in _ONE_LETTER) and asked.knows(part):
                choices.append((best[start][0] + _EACH, start))
        best.append(min(choices))
    cuts, end, unknown = [], len(text), 0
    while end:
        start = best[end][1]
        unknown += best[end][0] - best[start][0] == _UNKNOWN
        cuts.append((start, end))
        end = start
    cuts.reverse()
    if len(cuts) < 2 or unknown or len(cuts) * _SHORTEST_MEAN > len(text):
        return []
    return cuts
