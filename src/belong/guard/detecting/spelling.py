"""What a written word may mean: exactly, by known misspelling, masked, drawn out, one letter off, or by its sound."""

import re
from collections.abc import Iterable, Iterator, Mapping

LONGEST = 24
"""Longer words are only looked up as they are: no word of a rule is as long."""
_MASKED = re.compile(r"[0-9@$!|]")
_DIGITS = str.maketrans("0134579@$!|", "oieastgasil")
_DIGITS_L = str.maketrans("0134579@$!|", "oleastgaslo")
_SOUNDS = [
    (re.compile(pattern), sound)
    for pattern, sound in (
        (r"^kn|^gn", "n"), (r"^wr", "r"), (r"^wh", "w"), (r"ph", "f"), (r"gh(?=t|$)", ""), (r"tch", "x"),
        (r"ch", "x"), (r"sh|ti(?=on)|ci(?=de)", "s"), (r"c(?=[eiy])", "s"), (r"ck|c|q", "k"), (r"x", "ks"),
        (r"z", "s"), (r"dg|j", "g"), (r"th", "f"), (r"v", "f"), (r"h(?=[^aeiouy])", ""),
        (r"(.)\1+", r"\1"), (r"e$", ""), (r"[aeiouyw]+", "a"), (r"(.)\1+", r"\1"),
    )
]  # fmt: skip


class Vocabulary:
    """Every word that a rule uses. `near` are those that may be misspelt; `everyday` words never count as misspelt."""

    def __init__(
        self,
        words: Iterable[str],
        near: Iterable[str],
        everyday: Iterable[str],
        spellings: Mapping[str, Iterable[str]],
    ) -> None:
        self.words = frozenset(words)
        self.everyday = frozenset(everyday)
        self._stems = frozenset(word[:-1] for word in self.words if word.endswith("*"))
        self._variants = _turned({word: tuple(ways) for word, ways in spellings.items()})
        keys = sorted(set(near))
        self._squeezed = _indexed((squeeze(word), word) for word in keys if len(word) >= 4)
        self._near = _indexed((cut, word) for word in keys for cut in _cuts(word))
        self._sounds = _indexed(
            (sound(word), word) for word in keys if len(word) >= 6 and len(sound(word)) >= 5
        )
        self._by_length = _indexed(
            (f"{word[0]}{word[-1]}{len(word)}", word) for word in keys if len(word) >= 3
        )

    def knows(self, word: str) -> bool:
        """Whether the word is one of a rule, or an everyday one."""
        return word in self.words or word in self.everyday or word in self._variants

    def exact(self, word: str) -> set[str]:
        """The words of rules that this is, by letter: itself, its known misspellings, its stems ("cut*")."""
        found = {word} if word in self.words else set()
        found |= self._variants.get(word, set())
        if self._stems:
            found |= {
                f"{word[:n]}*" for n in range(3, min(len(word), LONGEST) + 1) if word[:n] in self._stems
            }
        return found

    def meanings(self, word: str) -> frozenset[str]:
        """The words of rules that this may be."""
        found = self.exact(word)
        if found or word in self.everyday or len(word) < 3 or len(word) > LONGEST:
            return frozenset(found)
        if "*" in word or "#" in word:
            return frozenset(self._starred(word))
        for form in _unmasked(word):
            found |= self.exact(form) | self._misspelt(form)
        return frozenset(found)

    def _misspelt(self, word: str) -> set[str]:
        if word in self.everyday:
            return set()
        found: set[str] = set()
        for form in drawn_out(word):
            found |= self.exact(form)
        if found:
            return found
        found |= self._squeezed.get(squeeze(word), set())
        if len(word) >= 4:
            candidates = {near for cut in _cuts(word) for near in self._near.get(cut, ())}
            found |= {near for near in candidates if one_off(word, near)}
            found |= self._sounds.get(sound(word), set())
        return found

    def _starred(self, word: str) -> set[str]:
        """The words that fit a masked one ("s*icide", "k**l", "f###"): same first and last letter, a sign each."""
        masked = word.replace("#", "*")
        found: set[str] = set()
        for length in (len(masked) - 1, len(masked), len(masked) + 1):
            fitting = self._by_length.get(f"{masked[0]}{masked[-1]}{length}", ())
            found |= {near for near in fitting if _fits(masked, near)}
        return found


def _fits(masked: str, word: str) -> bool:
    head, _, rest = masked.partition("*")
    tail = rest.rpartition("*")[2]
    if len(masked) == len(word):
        return all(sign in ("*", letter) for sign, letter in zip(masked, word, strict=True))
    return len(head) + len(tail) >= 3 and word.startswith(head) and word.endswith(tail)


def _unmasked(word: str) -> Iterator[str]:
    yield word
    if _MASKED.search(word) and not word.isdigit():
        yield word.translate(_DIGITS)
        yield word.translate(_DIGITS_L)
        yield word.strip("@$!|")


def squeeze(word: str) -> str:
    """The word with every run of a letter written once: "bullied" and "bulied" are both "bulied"."""
    return re.sub(r"(.)\1+", r"\1", word)


def drawn_out(word: str) -> set[str]:
    """Ways to read a word with letters held down: "diiiie" → "die", "diie"."""
    return {re.sub(r"(.)\1{2,}", times, word) for times in (r"\1", r"\1\1")}


def sound(word: str) -> str:
    """Roughly how it sounds, as young children spell: vowels all alike; "" in letters other than Latin."""
    if not word.isascii():
        return ""
    for pattern, heard in _SOUNDS:
        word = pattern.sub(heard, word)
    return word


def _cuts(word: str) -> Iterator[str]:
    """The word, and the word without each of its letters: two words one letter off share one of them."""
    yield word
    for at in range(len(word)):
        yield word[:at] + word[at + 1 :]


def one_off(one: str, other: str) -> bool:
    """Whether one letter added, left out, changed, or swapped with its neighbour makes one word the other."""
    if abs(len(one) - len(other)) > 1:
        return False
    first = next(
        (n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other))
    )
    a, b = one[first:], other[first:]
    swapped = len(a) > 1 and len(b) > 1 and a[:2] == b[1::-1] and a[2:] == b[2:]
    return a[1:] == b[1:] or a[1:] == b or a == b[1:] or swapped


def _indexed(pairs: Iterable[tuple[str, str]]) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for key, word in pairs:
        found.setdefault(key, set()).add(word)
    return found


def _turned(spellings: Mapping[str, tuple[str, ...]]) -> dict[str, set[str]]:
    return _indexed((way, word) for word, ways in spellings.items() for way in ways)
