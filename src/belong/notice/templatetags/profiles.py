"""`{% load profiles %}`: the parts of a pupil's page in templates."""

from django import template

from belong.notice.models import ProfilePart
from belong.notice.profiles.queries import supports_in_words

register = template.Library()


@register.filter
def supports_said(part: ProfilePart) -> list[str]:
    """The supports ticked in a part, in words."""
    return supports_in_words(part)
