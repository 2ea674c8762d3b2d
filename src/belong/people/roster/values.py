"""Single cells, read tolerantly: each function returns the value, or None where the cell says something else."""

import re
import unicodedata

_SPACES = re.compile(r"\s+")
_INVISIBLE = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060\ufeff\u00ad\x00"))
_EMAIL = re.compile(r"[^@\s,;<>]+@[^@\s,;<>]+\.[^@\s,;<>]+")
_SCIENTIFIC = re.compile(r"[+-]?\d(?:[.,]\d+)?E\+?\d+", re.IGNORECASE)
_MONTH_LIKE = re.compile(r"\d{1,2}-(Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)", re.IGNORECASE)
_NEVER_IN_A_NAME = re.compile(r"[@#$%^*+=<>{}\[\]|\\~_:;!?/]|https?:")


def clean(text: str) -> str:
    """One line of composed Unicode, invisible characters and doubled spaces gone."""
    if text.isascii() and text.isprintable() and "  " not in text:
        return text.strip()
    text = unicodedata.normalize("NFC", text).translate(_INVISIBLE)
    return _SPACES.sub(" ", text).strip()


def email(text: str) -> str | None:
    """An address in lower case, or None."""
    text = clean(text).removeprefix("mailto:")
    return text.lower() if _EMAIL.fullmatch(text) and len(text) <= 254 else None


def split_list(text: str) -> list[str]:
    """The parts of a cell that holds a comma-separated list."""
    return [part for part in (clean(piece) for piece in re.split(r"[,;|]", text)) if part]


def is_scientific(text: str) -> bool:
    """`1.23457E+11`: a number a spreadsheet has shortened; the figures it dropped are gone."""
    return bool(_SCIENTIFIC.fullmatch(text.strip()))


def is_month_like(text: str) -> bool:
    """`07-Jan`: what a spreadsheet makes of a group called 7-1."""
    return bool(_MONTH_LIKE.fullmatch(text.strip()))


def cannot_be_a_name(text: str) -> bool:
    """Signs that a cell under a name heading holds something else: an address, a password, a link."""
    return bool(_NEVER_IN_A_NAME.search(text)) or (bool(text) and not any(char.isalpha() for char in text))


def split_name(text: str) -> tuple[str, str]:
    """Given and family name from `"Smith, Anna May"` or `"Anna May Smith"`."""
    text = clean(text)
    if "," in text:
        family, _, given = text.partition(",")
        return given.strip(), family.strip()
    given, _, family = text.rpartition(" ")
    return (given, family) if given else (family, "")


TITLES = frozenset(
    [
        "mr",
        "mrs",
        "ms",
        "miss",
        "mx",
        "dr",
        "prof",
        "professor",
        "sir",
        "dame",
        "rev",
        "revd",
        "reverend",
        "fr",
        "sr",
        "lord",
        "lady",
    ]
)


def split_title(text: str) -> tuple[str, str]:
    """`"Mrs A Ahmed"` → `("Mrs", "A Ahmed")`."""
    first, _, rest = clean(text).partition(" ")
    if first.rstrip(".").lower() in TITLES and rest:
        return first.rstrip("."), rest
    return "", clean(text)


def unmangle(text: str) -> str | None:
    """`"JosÃ©"` → `"José"` where UTF-8 was once read as Windows-1252; None where it was not."""
    if not any(mark in text for mark in ("Ã", "Â", "Å", "Ä", "â€")):
        return None
    try:
        mended = b"".join(map(_byte, text)).decode("utf-8")
    except UnicodeError:
        return None
    return mended if mended != text else None


def _byte(char: str) -> bytes:
    """The byte that Windows shows as this character; five bytes have none and pass as they are."""
    return char.encode("latin-1") if "\x80" <= char <= "\x9f" else char.encode("cp1252")
