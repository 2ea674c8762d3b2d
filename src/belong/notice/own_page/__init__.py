"""A pupil's own page (`/me/`) and a family's page about their child: parts of the room put pieces on both."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from belong.people.models import Person, User


@dataclass(frozen=True)
class Piece:
    """One part of the page: a heading, a template with what it needs, and where it stands (low first)."""

    heading: str
    icon: str
    template: str
    context: dict[str, Any] = field(default_factory=dict)
    order: int = 50


Provider = Callable[[User, Person], Piece | None]
_for_pupils: list[Provider] = []
_for_families: list[Provider] = []


def register(for_pupil: Provider | None = None, for_family: Provider | None = None) -> None:
    """Add what a pupil sees of themselves, and what a family sees of their child; None where there is nothing."""
    for providers, provider in ((_for_pupils, for_pupil), (_for_families, for_family)):
        if provider is not None and provider not in providers:
            providers.append(provider)


def pieces_for_pupil(user: User, pupil: Person) -> list[Piece]:
    """The pieces of the pupil's own page; the caller has checked that the user is this pupil."""
    return _in_order(_for_pupils, user, pupil)


def pieces_for_family(user: User, pupil: Person) -> list[Piece]:
    """The pieces a carer sees; the caller has checked that they may see this child."""
    return _in_order(_for_families, user, pupil)


def _in_order(providers: list[Provider], user: User, pupil: Person) -> list[Piece]:
    found = [piece for provider in providers if (piece := provider(user, pupil))]
    return sorted(found, key=lambda piece: (piece.order, piece.heading))
