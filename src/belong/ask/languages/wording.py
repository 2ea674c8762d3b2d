"""One text in one language: the school's own words, else those that ship, else English."""

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from django_scopes import get_scope, scopes_disabled

from belong.ask.models import OwnWording, Wave
from belong.content import read
from belong.content.po import form_of
from belong.content.translations import ENGLISH, counted_place, languages, translated
from belong.measure.instrument import say
from belong.web.languages import active, known_rtl, per_page

FIRST, LEFT, LAST, HARD_SPACE = "\u2068", "\u2066", "\u2069", "\u00a0"
_NUMBER = re.compile(r"[0-9]+(?: [0-9]+)+")
"""A telephone number: without marks its groups of digits stand the wrong way round among letters from the right."""
_NONE: Mapping[str, str] = {}


def said(name: str, key: str, language: str | None = None) -> str:
    """A text of `content/texts` with its placeholders, in a language (else the one that is active)."""
    code = language or active()
    if code == ENGLISH:
        return say(read(f"texts/{name}")[key])
    own = own_words(code).get(f"texts/{name}/{key}")
    return own or translated(code, name).get(key) or say(read(f"texts/{name}")[key])


def filled(words: str, values: Mapping[str, object], language: str | None = None) -> str:
    """The text with its placeholders filled in; where it runs right to left, names and numbers keep their own order."""
    if not known_rtl(language or active()):
        return words.format(**values)
    values = {key: f"{FIRST}{value}{LAST}" if value else value for key, value in values.items()}
    return _NUMBER.sub(
        lambda found: f"{LEFT}{found[0].replace(' ', HARD_SPACE)}{LAST}", words.format(**values)
    )


def own_words(code: str) -> Mapping[str, str]:
    """The school's own words in a language by place; looked up once for each page."""
    edition = in_use(code)
    return edition.words if edition else _NONE


def own_interface_word(code: str, english: str) -> str:
    """A school's own interface word for an English one, or ""; for `web.languages.own_words_from`."""
    return own_words(code).get(f"words/{english}", "")


def own_counted_word(code: str, singular: str, n: int) -> str:
    """A school's own words for a counted text and a number, or ""; for `web.languages.own_words_from`."""
    own = own_words(code)
    return own.get(counted_place(code, singular, form_of(code, n)), "") if own else ""


def in_use(code: str, school: Any = None) -> OwnWording | None:
    """The edition in use of the school that is in scope (or of the one given)."""
    school = school or get_scope().get("school")
    if school is None:
        return None
    memo = per_page.get()
    key = _key(school, code)
    if memo is not None and key in memo:
        found: OwnWording | None = memo[key]
        return found
    with scopes_disabled():
        found = OwnWording.objects.filter(school=school, language=code, in_use=True).first()
    if memo is not None:
        memo[key] = found
    return found


@contextmanager
def looked_up_together(school: Any) -> Iterator[None]:
    """Inside it `in_use` of this school knows every language by one statement."""
    with scopes_disabled():
        used = {one.language: one for one in OwnWording.objects.filter(school=school, in_use=True)}
    found = {_key(school, one.code): used.get(one.code) for one in languages()}
    token = per_page.set({**(per_page.get() or {}), **found})
    try:
        yield
    finally:
        per_page.reset(token)


def _key(school: Any, code: str) -> tuple[str, int, str]:
    return "own wording", school.pk, code


def wording_key(wave: Wave) -> tuple[str | int, ...]:
    """What tells two pages with the same questions apart by their words: language, edition, the wave's own words."""
    code = active()
    if code == ENGLISH:
        return (code,)
    edition = in_use(code)
    return code, edition.pk if edition else 0, str(wave.languages.get(code, {}).get("hash", ""))


def forget_page() -> None:
    """What this page looked up before an edition changed."""
    memo = per_page.get()
    if memo is not None:
        memo.clear()
