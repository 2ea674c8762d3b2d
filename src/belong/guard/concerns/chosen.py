"""The adult a pupil asked for by name: they are told and may read the request, whether or not it is their post.

The safeguarding lead sees every request. An adult it may be about never learns of it; where it goes another way, or the
words that were flagged name them, the chosen adult is left out and those who read it see that they were asked for.
"""

import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from belong.base.clock import now
from belong.guard.concerns.queue import Standing, standings
from belong.guard.concerns.record import add
from belong.guard.concerns.rota import Posts
from belong.guard.concerns.routes import abouts, goes_another_way, posts_for, readers_of
from belong.guard.models import Concern, ConcernEntry
from belong.people.models import Person, User
from belong.people.queries import staff_in_post

SHOWN = timedelta(days=30)
SHORTEST_NAME = 3


@dataclass(frozen=True)
class AskedOf:
    """One request that came to a chosen adult. `is_over`: they have talked, or offered a time that is still to come."""

    concern: Concern
    standing: Standing
    is_over: bool


def note_choice(concern: Concern, adult_id: int | None, *, flagged_words: str) -> None:
    """Write down whom the pupil asked for, and whether that adult is told; somebody unknown is nobody."""
    adult = staff_in_post().filter(pk=adult_id).first() if adult_id else None
    if adult is None:
        return
    add(concern, ConcernEntry.CHOSEN, adult=adult.pk, told=not _is_named(adult, flagged_words))


def _is_named(adult: Person, words: str) -> bool:
    name = adult.family_name.casefold()
    return len(name) >= SHORTEST_NAME and bool(re.search(rf"\b{re.escape(name)}", words.casefold()))


def told_adults(concern_ids: Collection[int], about: dict[int, set[int]], posts: Posts) -> dict[int, int]:
    """Concern id → the chosen adult who is told of it; left out where it is about them or goes another way."""
    rows = ConcernEntry.objects.filter(concern__in=concern_ids, kind=ConcernEntry.CHOSEN).order_by("number")
    found = {}
    for concern_id, facts in rows.values_list("concern_id", "facts"):
        mine = about[concern_id]
        if facts["told"] and facts["adult"] not in mine and not goes_another_way(mine, posts):
            found[concern_id] = facts["adult"]
    return found


def asked_of(user: User) -> list[AskedOf]:
    """Requests for this adult by name that are open or ended lately, newest first; not those of the user's own line."""
    if user.person_id is None:
        return []
    mine = ConcernEntry.objects.filter(kind=ConcernEntry.CHOSEN, facts__adult=user.person_id)
    ids = list(mine.values_list("concern_id", flat=True))
    if not ids:
        return []
    about, posts = abouts(ids), posts_for(user)
    told = told_adults(ids, about, posts)
    where = standings(ids)
    shown = [
        pk
        for pk in ids
        if told.get(pk) == user.person_id
        and user.person_id not in readers_of(about[pk], posts)
        and (where[pk].is_open or (where[pk].last or now()) >= now() - SHOWN)
    ]
    over = _over(shown)
    rows = Concern.objects.filter(pk__in=shown, kind=Concern.ASKED, person__left_on=None).select_related(
        "person"
    )
    return [AskedOf(one, where[one.pk], one.pk in over) for one in rows.order_by("-raised_at")]


def _over(ids: Collection[int]) -> set[int]:
    """Where the newest word is that they talked, or a time that is still to come."""
    kinds = (ConcernEntry.DECIDED, ConcernEntry.NOTED, ConcernEntry.OFFERED, *ConcernEntry.AGAIN)
    newest: dict[int, tuple[str, str]] = {}
    rows = ConcernEntry.objects.filter(concern__in=ids, kind__in=kinds).order_by("number")
    for concern_id, kind, facts in rows.values_list("concern_id", "kind", "facts"):
        if kind != ConcernEntry.NOTED or facts.get("talked"):
            newest[concern_id] = (kind, facts.get("when", ""))
    return {
        pk
        for pk, (kind, when) in newest.items()
        if kind in (ConcernEntry.DECIDED, ConcernEntry.NOTED)
        or (kind == ConcernEntry.OFFERED and datetime.fromisoformat(when) > now())
    }


def is_asked_of(user: User, concern: Concern) -> bool:
    """Whether this adult may read this request because the pupil asked for them."""
    return any(one.concern.pk == concern.pk for one in asked_of(user))
