"""What is to be read, on Today: it says that there is something and never what."""

from django.urls import reverse

from belong.base.today import TodayItem
from belong.guard.concerns.chosen import asked_of
from belong.guard.concerns.queue import standings, unanswered
from belong.guard.concerns.routes import posts_for, reads_concerns, visible_concerns
from belong.guard.concerns.words import NEW
from belong.guard.models import Concern
from belong.people.models import User


def to_read(user: User) -> list[TodayItem]:
    """One line: for safeguarding leads everything nobody has taken on; for all others what they were told of."""
    if not reads_concerns(user):
        return []
    waiting = _waiting(user)
    if not waiting:
        return []
    urgent = sum(one.urgent for one in waiting)
    said = f"{len(waiting)} {'thing waits' if len(waiting) == 1 else 'things wait'} to be read"
    return [
        TodayItem(
            kind="concern",
            title=said,
            detail=f"{urgent} of them at once" if urgent else "Nobody has taken them on yet.",
            url=reverse("guard:concerns") + "?show=new",
            order=0,
            action_label="Read",
        )
    ]


def _waiting(user: User) -> list:
    rows: list[Concern] = list(unanswered(visible_concerns(user)))
    where = standings([concern.pk for concern in rows])
    new = [one for one in where.values() if one.state == NEW]
    if user.person_id in posts_for(user).dsls:
        return new
    return [one for one in new if user.person_id in one.reminded]


def asked_for_you(user: User) -> list[TodayItem]:
    """For an adult whom a pupil asked for by name: that somebody would like to talk, and not who or what about."""
    waiting = [one for one in asked_of(user) if one.standing.is_open and not one.is_over]
    if not waiting:
        return []
    urgent = any(one.standing.urgent for one in waiting)
    several = "1 pupil would" if len(waiting) == 1 else f"{len(waiting)} pupils would"
    return [
        TodayItem(
            kind="asked",
            title=f"{several} like to talk with you",
            detail="Soon, please." if urgent else "They chose you.",
            url=reverse("guard:asked-list"),
            order=1,
            action_label="Read",
        )
    ]
