"""One plain form for each character, so that capitals, accents, look-alikes and hidden characters do not matter."""

import functools
import unicodedata

APOSTROPHES = frozenset("'’‘ʼʹ`´＇")
_HIDDEN = frozenset("\u00ad\u034f\u061c\u0640\ufeff\u180e")  # soft hyphen, joiners, tatweel, byte-order mark
_MARKS_KEPT = ("BENGALI", "GURMUKHI", "DEVANAGARI", "TAMIL", "GUJARATI")
_PLAIN = {
    "ø": "o", "ł": "l", "đ": "d", "ı": "i", "ß": "ss", "æ": "ae", "œ": "oe", "ħ": "h",
    # Arabic and Urdu letters that keyboards and writers exchange
    "ٱ": "ا", "ى": "ي", "ی": "ي", "ې": "ي", "ے": "ي", "ک": "ك", "ة": "ه", "ہ": "ه", "ھ": "ه", "ۀ": "ه", "ۃ": "ه",
    "ں": "ن", "ٶ": "و",
}  # fmt: skip
_LATIN_LOOKALIKES = dict(zip("авеікмнорстухѕјԁһѵαεικνορτυχ", "abeikmhopctyxsjdhvaeiknoptux", strict=True))


@functools.lru_cache(maxsize=8192)
def fold(char: str) -> str:
    """The plain form of one character: lower case, no accent; "" when it is to be read as if it were not there."""
    if char in _HIDDEN or char == "\0" or unicodedata.category(char) == "Cf":
        return ""
    return "".join(_plain(part) for part in unicodedata.normalize("NFKD", char.casefold())).casefold()


def _plain(part: str) -> str:
    if part in _HIDDEN:
        return ""
    kind = unicodedata.category(part)
    if kind in ("Mn", "Me"):
        return part if unicodedata.name(part, "").startswith(_MARKS_KEPT) else ""
    return _PLAIN.get(part, part)


def fold_word(word: str) -> str:
    """A word of a rule, folded as texts are."""
    return "".join(fold(char) for char in word if char not in APOSTROPHES)


@functools.lru_cache(maxsize=8192)
def script(char: str) -> str:
    """The script of a letter, by the first word of its Unicode name ("LATIN", "ARABIC", "CJK"); "" for others."""
    if unicodedata.category(char)[0] != "L":
        return ""
    return unicodedata.name(char, "UNKNOWN").split()[0]


def unmask(word: str) -> str:
    """A word that mixes Latin with Cyrillic or Greek look-alikes, in Latin letters; any other word as it is."""
    scripts = {script(char) for char in word} - {""}
    if "LATIN" not in scripts or len(scripts) < 2 or not scripts <= {"LATIN", "CYRILLIC", "GREEK"}:
        return word
    return "".join(_LATIN_LOOKALIKES.get(char, char) for char in word)
