"""A text as words with their places, in one pass: folded, with masks ("su1cide", "k*ll") kept for the spelling."""

import unicodedata
from dataclasses import dataclass

from belong.guard.detecting.folding import APOSTROPHES, fold, unmask

_ENDERS = frozenset(".!?…؟۔।。！？")
_MASKS = frozenset("*@$!|#")
_LEADING_MASKS = frozenset("@$")
_SKIN_TONES = frozenset(chr(code) for code in range(0x1F3FB, 0x1F400))


@dataclass(frozen=True, slots=True)
class Word:
    """`text` is folded; `places` holds the offset of each of its characters in the original."""

    text: str
    places: tuple[int, ...]
    end: int
    sentence: int

    @property
    def start(self) -> int:
        return self.places[0]

    def part(self, first: int, last: int) -> "Word":
        """The characters `first` to `last` (not included) as a word of their own."""
        end = self.end if last == len(self.text) else self.places[last]
        return Word(self.text[first:last], self.places[first:last], end, self.sentence)


class _Reader:
    def __init__(self) -> None:
        self.words: list[Word] = []
        self.sentence = 0
        self._letters: list[str] = []
        self._places: list[int] = []
        self._end = 0

    @property
    def inside(self) -> bool:
        return bool(self._letters)

    def add(self, letters: str, at: int) -> None:
        self._letters.extend(letters)
        self._places.extend([at] * len(letters))
        self._end = at + 1

    def close(self) -> None:
        if self._letters:
            text = unmask("".join(self._letters))
            self.words.append(Word(text, tuple(self._places), self._end, self.sentence))
            self._letters, self._places = [], []

    def sign(self, sign: str, at: int) -> None:
        self.close()
        self.words.append(Word(sign, (at,), at + 1, self.sentence))


def read(text: str) -> list[Word]:
    """The words of a text in order; emoji are words; other signs only part them."""
    reader, shown = _Reader(), [(at, char, fold(char)) for at, char in enumerate(text)]
    shown = [entry for entry in shown if entry[2]]
    for index, (at, char, folded) in enumerate(shown):
        after = shown[index + 1][2] if index + 1 < len(shown) else " "
        if _in_word(folded):
            reader.add(folded, at)
        elif char in APOSTROPHES and reader.inside and _in_word(after):
            continue
        elif _is_mask(char, after, reader.inside):
            reader.add(char, at)
        elif unicodedata.category(char) == "So" and char not in _SKIN_TONES:
            reader.sign(char, at)
        else:
            reader.close()
            if char in _ENDERS and not _in_word(after):
                reader.sentence += 1
    reader.close()
    return reader.words


def _in_word(folded: str) -> bool:
    return folded.isalnum() or any(char.isalnum() or unicodedata.category(char)[0] == "M" for char in folded)


def _is_mask(char: str, after: str, inside: bool) -> bool:
    goes_on = _in_word(after) or (char == after == "*")
    return goes_on and (char in _LEADING_MASKS or (inside and char in _MASKS))
