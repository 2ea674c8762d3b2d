"""`{% load noting %}`: names at home and the day, for the pages of notes home and circle-backs."""

from datetime import date

from django import template

from belong.base.clock import today
from belong.notice.models import NoteHome
from belong.notice.noting import words
from belong.notice.noting.letter import name_at_home
from belong.people.models import Person

register = template.Library()


@register.filter
def at_home(pupil: Person) -> str:
    """The name used in messages home."""
    return name_at_home(pupil)


@register.filter
def how_home(note: NoteHome) -> str:
    """How a note home stands as a whole; its letters are fetched already."""
    return words.home_state(note, list(note.letters.all()))


@register.simple_tag
def now_day() -> date:
    """Today, as the program's clock has it."""
    return today()
