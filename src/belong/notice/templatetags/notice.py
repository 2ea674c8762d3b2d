"""`{% load notice %}`: the notice room's sentences and days in templates."""

from collections.abc import Sequence
from datetime import date
from functools import cache

from django import template
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from belong.notice import words
from belong.notice.forms import ONE_TAP
from belong.notice.models import Kind, State
from belong.notice.queries.cards import Card
from belong.notice.queries.places import Place
from belong.notice.queries.taken_on import Promise
from belong.people.models import User

register = template.Library()


@register.simple_tag
def six_places(places: tuple[Place, ...]) -> SafeString:
    """The six places in a row, drawn once for each of the sixty-four ways they can be filled."""
    return _drawn(places, get_language() or "")


@cache
def _drawn(places: tuple[Place, ...], language: str) -> SafeString:
    return mark_safe(render_to_string("notice/_places.html", {"places": places}))  # noqa: S308  (a template's)


@register.filter
def contact(card: Card) -> str:
    """The one line under a pupil's name on a card."""
    return words.contact(card)


@register.filter
def said_day(on: date) -> str:
    """today, yesterday, Tue 3 March."""
    return words.day(on)


@register.filter
def spelled(n: int) -> str:
    """Small numbers in words."""
    return words.number(n)


@register.filter
def state_word(state: str) -> str:
    """`"maintain"` → `"Maintain"`."""
    return str(State(state).label)


@register.filter
def kind_word(kind: str) -> str:
    """`"note_home"` → `"Note home"`."""
    return str(Kind(kind).label)


@register.filter
def kind_icon(kind: str) -> str:
    """The name of the icon that stands beside the kind's word."""
    return words.KIND_ICONS[Kind(kind)]


@register.filter
def mine(promises: Sequence[Promise], user: User) -> bool:
    """Whether the user is one of those who will notice."""
    return any(one.adult.pk == user.person_id for one in promises)


@register.filter
def kinds_of(which: str) -> list[tuple[Kind, str, str]]:
    """`"one tap"|kinds_of`: the kinds that one tap records, with icon and help."""
    return [(kind, words.KIND_ICONS[kind], words.KIND_HELP[kind]) for kind in ONE_TAP if which == "one tap"]
