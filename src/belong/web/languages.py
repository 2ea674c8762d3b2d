"""Which language a page is in, and the languages there are.

Staff pages are in British English. A page for those who answer is in the language that its own address says
(`/a/pl/…`): whoever opens it chose that language on a page before, or got a link in it by mail. Nothing about it is
stored in the browser. It is not the browser's language (Accept-Language): a tablet from the trolley is set to the
language of whoever set it up, which says nothing of the child who holds it, and a page that turned Polish by itself
would tell a class where somebody comes from.

`addressed` makes such an address from an ordinary one. Django looks up a lazy route in the language that is active, so
every link, redirect and form on a Polish page leads to Polish pages by itself. The pages that tell what was heard and
done (`/told/…`) are addressed so, too. Whoever signs in has a language of their own (`ask.languages.choosing`).
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.functional import lazy
from django.utils.translation import get_language, override, trans_real

from belong.content.translations import ENGLISH, Language, known
from belong.content.translations import languages as every_language

__all__ = [
    "BRITISH",
    "ENGLISH",
    "LANGUAGES",
    "Language",
    "active",
    "addressed",
    "in_page_language",
    "language_of",
    "per_page",
]

LANGUAGES: tuple[Language, ...] = every_language()
BRITISH = "en-gb"
ANSWERING = "a/"
ADDRESSED = (ANSWERING, "told/")
"""How addresses begin that can say a language next."""
Handler = Callable[[HttpRequest], HttpResponse]
per_page: ContextVar[dict[Any, Any] | None] = ContextVar("per_page", default=None)
"""What is looked up once for each page; None outside a page."""


def active() -> str:
    """The code of the language that is active, `en` on British pages and where none of ours is."""
    code = (get_language() or BRITISH).partition("-")[0]
    return code if code in known() else ENGLISH


def for_django(code: str) -> str:
    """What Django calls one of our languages: English is British English."""
    return BRITISH if code == ENGLISH else code


def language_of(request: HttpRequest) -> str:
    """The code of the language a page is in: the one its address says, else the reader's own choice, else English."""
    return said_in(request.path_info) or getattr(request, "own_language", "") or ENGLISH


def addressed(route: str) -> str:
    """An address (`a/…`, `told/…`) that says its language: `a/pl/…`, and plain `a/…` in English."""
    if not route.startswith(ADDRESSED):
        raise ValueError(
            f"'{route}' can't say its language: such addresses begin with {' or '.join(ADDRESSED)}"
        )
    return _lazily(route)


def same_page_in(request: HttpRequest, code: str) -> str:
    """The address of this page in another language, with everything that stands behind the question mark."""
    path, query = request.path_info, request.META.get("QUERY_STRING", "")
    head = next((f"/{one}" for one in ADDRESSED if path.startswith(f"/{one}")), "")
    if not head:
        return ""
    said = said_in(path)
    rest = path.removeprefix(f"{head}{said}/" if said else head)
    there = head + (f"{code}/" if code != ENGLISH else "") + rest
    return f"{there}?{query}" if query else there


def in_page_language(get_response: Handler) -> Handler:
    """Middleware: answer in the language that the address says, else in British English."""

    def middleware(request: HttpRequest) -> HttpResponse:
        code = said_in(request.path_info) or ENGLISH
        token = per_page.set({})
        try:
            with speaking(code):
                response = get_response(request)
        finally:
            per_page.reset(token)
        response.headers.setdefault("Content-Language", for_django(code))
        return response

    return middleware


@contextmanager
def speaking(code: str) -> Iterator[None]:
    """Everything inside is said in a language, a school's own interface words first (`own_words_from`)."""
    with override(for_django(code)):
        if code != ENGLISH:
            active_now: Any = trans_real._active  # type: ignore[attr-defined]
            active_now.value = _OwnFirst(active_now.value)  # put back by `override`
        yield


class _OwnFirst:
    """Django's translation of a language, asked after the school's own words; it keeps nothing itself."""

    def __init__(self, django: Any) -> None:
        self._django = django

    def gettext(self, english: str) -> str:
        own = _own_word(active(), english)
        return own or str(self._django.gettext(english))

    def ngettext(self, singular: str, plural: str, n: int) -> str:
        own = _own_count(active(), singular, n)
        return own or str(self._django.ngettext(singular, plural, n))

    def __getattr__(self, name: str) -> Any:
        return getattr(self._django, name)


def own_words_from(lookup: Callable[[str, str], str], counted: Callable[[str, str, int], str]) -> None:
    """Say where a school's own interface words are: `lookup(code, english)` gives them, or "".

    `counted(code, singular, n)` gives those of a text with a number in it.
    """
    global _own_word, _own_count
    _own_word, _own_count = lookup, counted


def _nobodys(code: str, english: str) -> str:
    return ""


def _nobodys_count(code: str, singular: str, n: int) -> str:
    return ""


_own_word: Callable[[str, str], str] = _nobodys
_own_count: Callable[[str, str, int], str] = _nobodys_count


def said_in(path: str) -> str:
    """`pl` of `/a/pl/names/`; "" for an address that says no language."""
    head, _, rest = path.removeprefix("/").partition("/")
    code = rest.partition("/")[0]
    return code if f"{head}/" in ADDRESSED and code in known() and code != ENGLISH else ""


def _route_now(route: str) -> str:
    code = active()
    head, _, rest = route.partition("/")
    return route if code == ENGLISH else f"{head}/{code}/{rest}"


_lazily: Callable[[str], str] = lazy(_route_now, str)


def english_address(name: str, *args: object) -> str:
    """An address in English, whatever this page is in: where the next child at a shared device begins."""
    with override(BRITISH):
        return reverse(name, args=args)


OTHER_SCRIPT = frozenset({"pnb", "pa-arab", "pa-pk"})
"""Panjabi in Arabic letters: its readers may not read ours, which are Gurmukhi."""


def for_reader(tag: str) -> str:
    """Our language for a language tag from the roster (`pl`, `pa-IN`, ""), else English."""
    low = tag.strip().replace("_", "-").lower()
    code = low.partition("-")[0]
    return code if code in known() and low not in OTHER_SCRIPT else ENGLISH


def known_rtl(code: str) -> bool:
    """Whether a language is written from right to left."""
    return code in known() and known()[code].rtl
