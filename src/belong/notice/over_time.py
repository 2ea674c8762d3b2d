"""What released figures say about places over time: the room that releases them, above this one, brings the line."""

from collections.abc import Callable
from dataclasses import dataclass

from belong.people.models import User


@dataclass(frozen=True)
class OverTime:
    """One sentence from a release, and the page it stands on."""

    text: str
    url: str


Source = Callable[[User], "OverTime | None"]
_sources: list[Source] = []


def register(source: Source) -> Source:
    """Add a source; it answers None for whoever may not read releases, and where there is none yet."""
    if source not in _sources:
        _sources.append(source)
    return source


def over_time(user: User) -> list[OverTime]:
    """What there is to say to this user."""
    return [found for source in _sources if (found := source(user)) is not None]
