"""`{% load wording %}`: texts of `content/texts` in the language of the page."""

from typing import Any

from django import template
from django.utils.translation import gettext as _

from belong.ask.bands import text
from belong.ask.languages.queries import OfWave, languages_of
from belong.ask.models import Wave
from belong.web.languages import ENGLISH, active
from belong.web.lists import all_of

register = template.Library()


@register.simple_tag
def wording(name: str, key: str, **values: Any) -> str:
    """One text, filled in: `{% wording "languages" "menu" %}`."""
    return text(name, key, **values)


@register.simple_tag
def language_note(wave: Wave) -> str:
    """What to say about the language before the first question: not checked yet, or English only; "" otherwise."""
    code = active()
    if code == ENGLISH:
        return ""
    if code not in wave.languages:
        return text("languages", "english-only")
    return text("languages", "draft") if wave.languages[code]["status"] == "draft" else ""


@register.simple_tag
def languages_of_wave(wave: Wave) -> list[OfWave]:
    """The languages a wave can be answered in, beside English."""
    return languages_of(wave)


@register.simple_tag
def languages_in_words(found: list[OfWave]) -> str:
    """Which of them no speaker has checked, for staff: all, some by name, or none."""
    drafts = [one.language.called for one in found if one.is_draft]
    if not drafts:
        return _("All were checked by a speaker.")
    if len(drafts) == len(found):
        return _("No speaker has checked these translations yet.")
    return _("Not checked by a speaker yet: %(names)s.") % {"names": all_of(drafts)}
