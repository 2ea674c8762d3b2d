"""Who reads a concern, in which order: the safeguarding lead, the deputies, the head; and the other way.

A concern about a safeguarding lead or a deputy goes to the head, then the chair of governors; about the head, to the
chair; about an adult who was not named, to the head, because it could be any of the others. Whoever it is about never
reads it. `line` is the one place that knows this.
"""

from collections.abc import Collection
from typing import Any

from django.db.models import Q, QuerySet

from belong.base.prepared import prepared
from belong.guard.concerns.rota import Posts, posts_of, rota_of
from belong.guard.models import Concern, ConcernEntry
from belong.people import roles
from belong.people.models import User

SOMEBODY = ConcernEntry.SOMEBODY
MIGHT_READ = (roles.DSL, roles.SENIOR_LEADER, roles.GOVERNOR, roles.PASTORAL_LEAD, roles.SENCO)
"""Posts of the rota are given to holders of these roles only."""


def goes_another_way(about: Collection[int], posts: Posts) -> bool:
    """Whether the usual readers are passed over."""
    return SOMEBODY in about or not posts.readers.isdisjoint(about) or posts.head in about


def line(about: Collection[int], posts: Posts) -> list[list[int]]:
    """The levels of readers, as ids of people; never anybody whom it is about, and never nobody if there is anybody.

    A level nobody holds is left out. Where no head is named, senior leaders stand in.
    """
    heads = [posts.head] if posts.head else list(posts.leaders)
    chair = [posts.chair] if posts.chair else []
    if posts.head in about:
        levels = [chair]
    elif goes_another_way(about, posts):
        levels = [heads, chair]
    else:
        levels = [list(posts.dsls), list(posts.deputies), heads]
    found = _without(levels, about)
    if found:
        return found
    others = [*posts.leaders, *posts.dsls, *posts.deputies]
    return _without([others], about)


def _without(levels: list[list[int]], about: Collection[int]) -> list[list[int]]:
    kept: list[list[int]] = []
    for level in levels:
        seen = {one for earlier in kept for one in earlier}
        level = [one for one in dict.fromkeys(level) if one not in about and one not in seen]
        kept += [level] if level else []
    return kept


def abouts(concern_ids: Collection[int]) -> dict[int, set[int]]:
    """Concern id → ids of the adults it is about now (`SOMEBODY` where nobody was named)."""
    found: dict[int, set[int]] = {pk: set() for pk in concern_ids}
    kinds = (ConcernEntry.ABOUT, ConcernEntry.LIFTED)
    rows = ConcernEntry.objects.filter(concern__in=concern_ids, kind__in=kinds).order_by("number")
    for concern_id, kind, about in rows.values_list("concern_id", "kind", "about"):
        if kind == ConcernEntry.ABOUT:
            found[concern_id].add(about)
        else:
            found[concern_id].discard(about)
    return found


def posts_for(user: User) -> Posts:
    """The posts, once per request."""
    if not hasattr(user, "_safeguarding_posts"):
        user._safeguarding_posts = posts_of(rota_of(user.school))  # type: ignore[attr-defined]
    return user._safeguarding_posts  # type: ignore[attr-defined]


def reads_concerns(user: User) -> bool:
    """Whether the user is in the line of any concern: safeguarding lead, deputy, head, chair, or standing in."""
    if user.person_id is None or not user.has_role(*MIGHT_READ):
        return False
    posts = posts_for(user)
    own = user.person_id
    if own == posts.chair or own in readers_of((), posts):
        return True
    # Without a chair, what is about the head falls to other senior leaders; then and only then they have a queue.
    return own in posts.leaders and any(own in readers_of(about, posts) for about in about_adults().values())


def readers_of(about: Collection[int], posts: Posts) -> frozenset[int]:
    """Everybody in the line, as ids of people."""
    return frozenset(one for level in line(about, posts) for one in level)


def visible_concerns(user: User) -> QuerySet[Concern]:
    """The concerns in whose line the user stands, and no other."""
    if not reads_concerns(user):
        return Concern.objects.none()
    posts, special = posts_for(user), about_adults()
    mine = [pk for pk, about in special.items() if user.person_id in readers_of(about, posts)]
    if user.person_id in readers_of((), posts):
        return Concern.objects.filter(Q(pk__in=mine) | ~Q(pk__in=list(special)))
    return Concern.objects.filter(pk__in=mine)


def about_adults() -> dict[int, set[int]]:
    """Every concern that was ever about an adult here, with those it is about now; there are few, so one query."""
    named = set(_ever_about())
    return abouts(named) if named else {}


@prepared
def _ever_about() -> Any:
    return (
        ConcernEntry.objects.filter(kind=ConcernEntry.ABOUT).order_by().values_list("concern_id", flat=True)
    )


def hidden_sources(user: User) -> set[str]:
    """Where concerns came from that this user must not know of, because they are about the user or somebody unnamed.

    Whoever reads own words elsewhere must leave these out.
    """
    special = about_adults()
    if not special or user.person_id is None:
        return set()
    posts = posts_for(user)
    hidden = [
        pk
        for pk, about in special.items()
        if user.person_id in about
        or (goes_another_way(about, posts) and user.person_id not in readers_of(about, posts))
    ]
    return set(Concern.objects.filter(pk__in=hidden).exclude(source="").values_list("source", flat=True))
