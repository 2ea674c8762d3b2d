"""`{% load notice %}`: the notice room's sentences and days in templates."""

from datetime import date

from django import template

from belong.notice import words
from belong.notice.models import Kind, State
from belong.notice.queries.cards import Card

register = template.Library()


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
