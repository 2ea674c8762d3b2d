"""Other ways to ask, beside waves: a short list on the first page of Ask, each for whoever may open it."""

from dataclasses import dataclass

from django.urls import reverse

from belong.base.access import allowed
from belong.people.models import User

PLACES: tuple[tuple[str, str, str, str, str], ...] = (
    # title, about, icon, route, verb
    (
        "Check-ins",
        "A face and one line from your group, once a week at most.",
        "heart",
        "ask:check-ins",
        "ask.view_check_ins",
    ),
    (
        "A child’s own usual",
        "Prompts when check-ins fall far below what is usual for a child. Off until somebody signs.",
        "shield",
        "ask:usual",
        "ask.sign_usual_check",
    ),
    (
        "Languages",
        "What can be answered in which language, and who has checked the words.",
        "globe",
        "ask:languages",
        "ask.manage_languages",
    ),
    (
        "Questions read aloud",
        "Record questions and answers in a voice of your own, in any language.",
        "speaker",
        "ask:recordings",
        "ask.manage_recordings",
    ),
)


@dataclass(frozen=True)
class Way:
    """One way to ask, with its address."""

    title: str
    about: str
    icon: str
    url: str


def ways_for(user: User) -> list[Way]:
    """The ways this viewer may open, in order."""
    return [
        Way(title, about, icon, reverse(route))
        for title, about, icon, route, verb in PLACES
        if allowed(user, verb)
    ]
