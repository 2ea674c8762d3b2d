"""What stands on walls, what waits, what a pupil wrote."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from belong.ask.bands import text
from belong.ask.models import Wall, WallPost
from belong.ask.walls.access import is_for, readable_posts
from belong.people.models import Person, User


@dataclass(frozen=True)
class Note:
    """A post as it is seen: no name, or at most the first one, where the writer wants it and the page shows names."""

    id: int
    kind: str
    words: str
    by: str


def on_wall(wall: Wall, *, names: bool = False) -> list[Note]:
    """What is up, newest first."""
    rows = wall.posts.filter(state=WallPost.SHOWN).select_related("author").defer("picture", "sound")
    return [
        Note(row.pk, row.kind, row.words, _by(row) if names else "")
        for row in rows.order_by("-decided_on", "-pk")
    ]


def _by(row: WallPost) -> str:
    """The first name, where the writer wants it there and is still at the school."""
    return row.author.first_name if row.named and not row.author.is_leaver else ""


def waiting(user: User, wall: Wall | None = None) -> list[WallPost]:
    """What waits for this adult to read, the oldest first."""
    rows = readable_posts(user).filter(state=WallPost.WAITING)
    return list((rows.filter(wall=wall) if wall else rows).order_by("pk"))


def decided(user: User, wall: Wall) -> list[WallPost]:
    """What was decided about a wall's posts, newest first."""
    rows = readable_posts(user).filter(wall=wall).exclude(state=WallPost.WAITING)
    return list(rows.order_by("-decided_on", "-pk")[:60])


def open_for(pupil: Person) -> list[Wall]:
    """Walls on which this pupil can post today."""
    return [wall for wall in Wall.objects.filter(closed_on=None) if wall.is_open and is_for(wall, pupil)]


def own_posts(pupil: Person) -> list[tuple[WallPost, str]]:
    """A pupil's newest posts, each with what became of it, in words for them."""
    rows = WallPost.objects.filter(author=pupil).exclude(state=WallPost.TAKEN_BACK)
    found = rows.select_related("wall").defer("picture", "sound").order_by("-pk")[:12]
    return [(row, said_of(row)) for row in found]


def said_of(row: WallPost) -> str:
    """What the writer reads about the state of a post."""
    if row.state == WallPost.NOT_SHOWN:
        return text("walls", f"reason-{row.reason or 'other'}")
    return text("walls", f"state-{row.state.replace(' ', '-')}")


def posted_on_a_wall(pupils: Any, since: date, until: date | None = None) -> set[int]:
    """Ids of those of the pupils with an idea that went up since a day (and by `until`): a voice that was heard.

    `pupils` are ids, a query for ids, or None for all.
    """
    rows = WallPost.objects.filter(state=WallPost.SHOWN, decided_on__gte=since)
    if pupils is not None:
        rows = rows.filter(author__in=pupils)
    if until is not None:
        rows = rows.filter(decided_on__lte=until)
    return set(rows.order_by().values_list("author_id", flat=True).distinct())
