"""Languages, and texts in them: `languages/<code>/<name>.yaml` lies over the English of `texts/<name>.yaml`.

A translation is flat: `key: "text"`, with the keys and the `{placeholders}` of the English. It may leave keys out: they
are then said in English; a key that English does not have, or a placeholder too few or too many, is refused with the
file, the key and the mend, because a family would otherwise read a page with a hole in it.
"""

from __future__ import annotations

import functools
import hashlib
import json
import logging
import re
import string
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files
from typing import Any

from belong.content import names, po, read

ENGLISH = "en"
log = logging.getLogger(__name__)
STATUSES = ("draft", "checked")
OTHER_SCRIPTS = frozenset({"ur", "pa", "ar", "bn", "uk"})
FOR_STAFF = frozenset(
    "caveats findings instrument-notes labels method missing parts praise-stems recognition rules symbols verbs"
    " workbook".split()
)
"""Files of `texts/` that only staff read, in English."""
ITSELF = frozenset({"note-home"})
"""Files of `texts/` that hold their languages themselves."""


class TranslationError(ValueError):
    """A translation that can't be used: which file, which key, and how to mend it."""

    def __init__(self, place: str, key: str, mend: str) -> None:
        super().__init__(f"{place}, {key}: {mend}" if key else f"{place}: {mend}")
        self.place, self.key, self.mend = place, key, mend


@dataclass(frozen=True)
class Language:
    """One language: its code, its name in itself, its English name, its direction, who has checked it."""

    code: str
    name: str
    called: str
    rtl: bool
    status: str = "draft"
    checked_by: str = ""
    checked_on: str = ""

    @property
    def direction(self) -> str:
        return "rtl" if self.rtl else "ltr"

    @property
    def needs_script(self) -> bool:
        """Whether its letters are in none of the Latin faces that every page has."""
        return self.code in OTHER_SCRIPTS

    @property
    def is_draft(self) -> bool:
        return self.status == "draft"


@functools.cache
def languages() -> tuple[Language, ...]:
    """Every language in the order of the menu, English first."""
    return tuple(Language(code=code, **facts) for code, facts in read("languages/languages").items())


@functools.cache
def known() -> Mapping[str, Language]:
    """The languages by code."""
    return {language.code: language for language in languages()}


@functools.cache
def text_names() -> tuple[str, ...]:
    """The files of `texts/` that pupils, families and staff who answer can read: every one that is not for staff."""
    return tuple(name for name in names("texts") if name not in FOR_STAFF | ITSELF)


@functools.cache
def english(name: str) -> Mapping[str, str]:
    """The English of a flat file of texts: `{key: text}`."""
    return {key: words[ENGLISH] for key, words in read(f"texts/{name}").items() if ENGLISH in words}


@functools.cache
def translated(code: str, name: str) -> Mapping[str, str]:
    """A file of texts in a language; empty where there is none.

    A family must not lose a page over one wrong line: what does not fit is left out, said in English and logged.
    """
    if code == ENGLISH or code not in known() or name not in text_names():
        return {}
    source, place = english(name), f"languages/{code}/{name}.yaml"
    kept: dict[str, str] = {}
    for key, words in _file(code, name).items():
        try:
            kept |= checked({key: words}, source, place)
        except TranslationError as error:
            log.warning("%s Said in English.", error)
    return kept


def require_fitting(code: str, name: str) -> None:
    """Refuse a file of texts in a language that does not fit the English: raises TranslationError with key and mend."""
    checked(_file(code, name), english(name), f"languages/{code}/{name}.yaml")


@functools.cache
def interface(code: str) -> Mapping[str, str]:
    """The interface words of a language by their English, those that are counted left out."""
    return {
        one.english: one.words[0] if one.words else ""
        for one in _messages(code)
        if not (one.plural or one.context)
    }


@functools.cache
def counted(code: str) -> Mapping[str, po.Message]:
    """The counted interface texts of a language ("1 question", "2 questions") by their English singular."""
    return {one.english: one for one in _messages(code) if one.plural and not one.context}


def counted_place(code: str, singular: str, form: int) -> str:
    """Where one form of a counted text stands: `counted/%(n)s question/for 2, 3, 4, 22`, so that a person sees when
    it is said."""
    return f"counted/{singular}/for {', '.join(str(n) for n in po.numbers_of(code, form)[:4])}"


@functools.cache
def _messages(code: str) -> tuple[po.Message, ...]:
    place = files("belong").joinpath("locale", code, "LC_MESSAGES", "django.po")
    if code not in known() or not place.is_file():
        return ()
    return tuple(one for one in po.read(place.read_text("utf-8")).values() if not one.gone)


def _file(code: str, name: str) -> Mapping[str, Any]:
    try:
        return read(f"languages/{code}/{name}")
    except KeyError:
        return {}


def checked(found: Mapping[str, Any], source: Mapping[str, str], place: str) -> Mapping[str, str]:
    """A translation that fits its English; raises TranslationError with the key and the mend."""
    for key, words in found.items():
        if key not in source:
            raise TranslationError(place, key, "English has no such text. Correct the key, or take it out.")
        if not isinstance(words, str):
            raise TranslationError(place, key, 'expected a text. Write it in quotes, for example "…".')
        if not words.strip():
            raise TranslationError(place, key, "the text is empty. Write it, or take the line out.")
        if problem := wrong_placeholders(words, source[key]):
            raise TranslationError(place, key, problem)
    return found


def placeholders(words: str) -> frozenset[str]:
    """What stands for something else: `{names}` and `%(name)s`; raises ValueError for braces that do not match."""
    braces = (field for _, field, _, _ in string.Formatter().parse(words) if field is not None)
    return frozenset([f"{{{field}}}" for field in braces] + re.findall(r"%\(\w+\)[sd]", words))


def words_hash(words: Mapping[str, Any]) -> str:
    """SHA-256 of words, whatever their order: when it differs, somebody worded something otherwise."""
    text = json.dumps(words, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def wrong_placeholders(words: str, source: str) -> str:
    """What is wrong with the placeholders of a translation and how to mend it, or ""."""
    try:
        given, wanted = placeholders(words), placeholders(source)
    except ValueError:
        return "a brace { or } stands alone. Write placeholders as in the English, for example {names}."
    if missing := wanted - given:
        return (
            f"{', '.join(sorted(missing))} is missing. It must stand in the text as it does in the English."
        )
    if extra := given - wanted:
        return (
            f"{', '.join(sorted(extra))} is not in the English. Take it out, or write it as in the English."
        )
    if words.count("%%s") != source.count("%%s"):
        return "%%s must stand in the text as often as in the English."
    return ""
