"""`{% load languages %}`: the menu of languages, texts in the page's language, and what runs the other way."""

from dataclasses import dataclass

from django import template
from django.template.context import Context
from django.utils.html import format_html
from django.utils.safestring import SafeString

from belong.web.languages import ENGLISH, LANGUAGES, Language, active, same_page_in

register = template.Library()


@dataclass(frozen=True)
class Choice:
    """One language in the menu: where this page is in it, and whether it is the one the page is in."""

    language: Language
    url: str
    current: bool


@register.simple_tag(takes_context=True)
def language_choices(context: Context) -> list[Choice]:
    """Every language with the address of this page in it ("" where the choice is kept with the reader's sign-in).

    Empty on a page that can't be in another language.
    """
    request = context.get("request")
    if request is None:
        return []
    now = active()
    choices = [Choice(one, same_page_in(request, one.code), one.code == now) for one in LANGUAGES]
    kept = hasattr(request, "own_language")
    return [one for one in choices if one.url or kept]


@register.simple_tag
def page_language() -> Language:
    """The language of this page."""
    return next(one for one in LANGUAGES if one.code == active())


@register.simple_tag
def in_tongue(code: str) -> SafeString:
    """`lang="…" dir="…"` for words in another language than their page; nothing where it is the same."""
    if not code or code == active():
        return SafeString("")
    language = next(one for one in LANGUAGES if one.code == code)
    return format_html(' lang="{}" dir="{}"', "en-GB" if code == ENGLISH else code, language.direction)


@register.simple_tag
def as_written(otherwise: str = "") -> SafeString:
    """Marks words that the school wrote, on a page in another language: a screen reader says them in English then.

    With "auto" their direction is the browser's to find on English pages, too.
    """
    if active() == ENGLISH:
        return SafeString(' dir="auto"' if otherwise else "")
    return SafeString(' lang="en-GB" dir="auto"')
