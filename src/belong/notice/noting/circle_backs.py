"""Promises to come back to a pupil: made, kept, moved to another day, taken back."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from belong.base.access import allowed, require
from belong.base.actions import action
from belong.base.audit import audit
from belong.base.clock import now, today
from belong.base.errors import Refused
from belong.guard.concerns.raising import flag_adult_words
from belong.notice.models import NOTE_LENGTH, CircleBack
from belong.notice.noting.access import visible_circle_backs
from belong.people.models import Person, User

WITHIN = timedelta(days=183)
SHOWN_DONE = timedelta(weeks=2)
OPENERS = (
    "I said I would come back to you.",
    "I have thought about what you told me.",
    "Here is what I found out, and here is what I do not know yet.",
    "Is there anything you want to add?",
)
"""Ways to begin, for the page: own words."""


@dataclass(frozen=True)
class Queue:
    """An adult's promises: those whose day has come, those to come, and those kept in the last two weeks."""

    due: Sequence[CircleBack]
    later: Sequence[CircleBack]
    done: Sequence[CircleBack]


def queue(user: User) -> Queue:
    """The user's own promises about pupils on roll, earliest first; two queries."""
    mine = visible_circle_backs(user).select_related("pupil")
    owed = list(mine.filter(done_at=None))
    day = today()
    done = mine.filter(done_at__gte=now() - SHOWN_DONE).order_by("-done_at", "-id")
    return Queue(
        [row for row in owed if row.due_on <= day], [row for row in owed if row.due_on > day], list(done)
    )


def due_now(user: User) -> list[CircleBack]:
    """Those whose day has come; one query, which opens no words."""
    owed = visible_circle_backs(user).filter(done_at=None, due_on__lte=today())
    return list(owed.select_related("pupil").defer("about"))


@action
def owe_circle_back(actor: User, *, pupil: Person, about: str, due_on: date, submission: UUID) -> CircleBack:
    """Promise to come back to a pupil by a day. The same `submission` again is the same promise.

    Raises `Refused` without words, with too many, and for a day that has gone or is more than half a year away. The
    words are looked through on this machine; what is found goes to the safeguarding lead as well.
    """
    require(actor, "notice.owe_circle_back", pupil)
    kept = CircleBack.objects.filter(adult=actor.person_id, submission=submission).first()
    if kept is not None:
        return kept
    words = about.strip()
    _check_words(words)
    _check_day(due_on)
    of = {"school_id": actor.school_id, "adult_id": actor.person_id, "pupil": pupil}
    row = CircleBack(**of, about=words, due_on=due_on, made_at=now(), submission=submission)
    CircleBack.objects.bulk_create([row], ignore_conflicts=True)  # another tab may have sent it just now
    promise = CircleBack.objects.select_related("pupil").get(adult=actor.person_id, submission=submission)
    flag_adult_words(actor, pupil, words, submission=submission)
    audit(actor, "notice.owe_circle_back", promise, pupil=pupil.pk)
    return promise


@action
def keep_circle_back(actor: User, *, promise: CircleBack) -> CircleBack:
    """They came back to the pupil. Again, it stays as it was."""
    require(actor, "notice.view_circle_back", promise)
    if promise.done_at is None:
        promise.done_at = now()
        promise.save(update_fields=["done_at"])
        audit(actor, "notice.keep_circle_back", promise, pupil=promise.pupil_id)
    return promise


@action
def reopen_circle_back(actor: User, *, promise: CircleBack) -> CircleBack:
    """It was not kept after all: it is owed again, on its day or today if that has gone."""
    require(actor, "notice.view_circle_back", promise)
    if promise.done_at is None:
        raise Refused("That one is still open.")
    promise.done_at = None
    promise.save(update_fields=["done_at"])
    audit(actor, "notice.reopen_circle_back", promise, pupil=promise.pupil_id)
    return promise


@action
def move_circle_back(actor: User, *, promise: CircleBack, due_on: date) -> CircleBack:
    """Another day."""
    require(actor, "notice.view_circle_back", promise)
    if promise.done_at is not None:
        raise Refused("You have come back to them already, so the day stays.")
    _check_day(due_on)
    promise.due_on = due_on
    promise.save(update_fields=["due_on"])
    audit(actor, "notice.move_circle_back", promise, pupil=promise.pupil_id)
    return promise


@action
def undo_circle_back(actor: User, *, promise: CircleBack) -> None:
    """Take back a promise made in the last ten minutes."""
    require(actor, "notice.view_circle_back", promise)
    if not allowed(actor, "notice.undo_circle_back", promise):
        raise Refused("That was more than ten minutes ago, so it stays until you have come back to them.")
    CircleBack.objects.filter(pk=promise.pk).delete()
    audit(actor, "notice.undo_circle_back", promise, pupil=promise.pupil_id)


def _check_words(words: str) -> None:
    if not words:
        raise Refused("Write what you will come back to. Nothing was kept.")
    if len(words) > NOTE_LENGTH:
        raise Refused(f"That is {len(words)} characters; the most is {NOTE_LENGTH}. Nothing was kept.")


def _check_day(day: date) -> None:
    if day < today():
        raise Refused("That day has gone. Choose today or later.")
    if day > today() + WITHIN:
        raise Refused("Choose a day within the next half year.")
