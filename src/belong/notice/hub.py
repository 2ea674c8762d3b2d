"""The places of the notice room, for its first page and for whoever asks what there is."""

from dataclasses import dataclass

from django.urls import reverse

from belong.base.access import allowed
from belong.people.models import User


@dataclass(frozen=True)
class Place:
    """A page of this room that a viewer may open."""

    title: str
    about: str
    icon: str
    url: str


# Title, one line about it, icon, address, and the verb that opens it.
PLACES: tuple[tuple[str, str, str, str, str], ...] = (
    (
        "My group",
        "Who is in it, how each stands with you, what nobody has noticed yet.",
        "group",
        "notice:my-group",
        "notice.view_own_groups",
    ),
    (
        "Not yet noticed",
        "Pupils with empty places: no adult, no moment, no club, no voice.",
        "eye",
        "notice:overlooked",
        "notice.view_overlooked",
    ),
)


def places_for(user: User) -> list[Place]:
    """The places this viewer may open, in the order in which they stand here."""
    return [
        Place(title, about, icon, reverse(name))
        for title, about, icon, name, verb in PLACES
        if allowed(user, verb)
    ]
