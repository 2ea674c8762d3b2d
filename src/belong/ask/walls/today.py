"""What is due today: ideas that wait to be read."""

from django.urls import reverse
from django.utils.translation import ngettext

from belong.ask.walls.queries import waiting
from belong.base.access import allowed
from belong.base.today import TodayItem
from belong.people.models import User

ORDER = 55


def due(user: User) -> list[TodayItem]:
    """One item for each wall with something to read."""
    if not allowed(user, "ask.view_walls"):
        return []
    found: dict[int, list[object]] = {}
    walls = {}
    for post in waiting(user):
        found.setdefault(post.wall_id, []).append(post)
        walls[post.wall_id] = post.wall
    return [
        TodayItem(
            kind="wall",
            title=walls[wall_id].question,
            detail=ngettext("One idea waits to be read", "%(n)s ideas wait to be read", len(posts))
            % {"n": len(posts)},
            url=reverse("ask:wall-reading", args=[wall_id]),
            due=None,
            order=ORDER,
            action_label="Read",
        )
        for wall_id, posts in found.items()
    ]
