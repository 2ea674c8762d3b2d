"""Which adult said that they will notice which pupil, as long as they have not done so yet."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, QuerySet

from belong.notice.models import Kind, Moment, WillNotice
from belong.people.access import visible_pupils
from belong.people.models import Person, User
from belong.people.queries import staff_in_post


@dataclass(frozen=True)
class Promise:
    """An adult who will notice, and by when. Only that: nothing is kept of a promise that came to nothing."""

    adult: Person
    due_on: date


def open_ones() -> QuerySet[WillNotice]:
    """Those whose adult is still in post and has noted no moment for that pupil since; observations are none."""
    done = Moment.objects.filter(
        pupil=OuterRef("pupil"), adult=OuterRef("adult"), recorded_at__gte=OuterRef("taken_at")
    ).exclude(kind=Kind.OBSERVATION)
    return WillNotice.objects.filter(~Exists(done), adult__in=staff_in_post())


def promises(pupil_ids: Collection[int]) -> dict[int, list[Promise]]:
    """Pupil id → who will notice them, who said so first standing first; one query. The caller has checked access."""
    rows = open_ones().filter(pupil__in=pupil_ids).select_related("adult").order_by("taken_at", "id")
    found: dict[int, list[Promise]] = {}
    for row in rows:
        found.setdefault(row.pupil_id, []).append(Promise(row.adult, row.due_on))
    return found


def own_promises(user: User) -> list[WillNotice]:
    """The user's own, about pupils they may see, by day; one query."""
    if user.person_id is None:
        return []
    mine = open_ones().filter(adult=user.person_id, pupil__in=visible_pupils(user))
    return list(mine.select_related("pupil").order_by("due_on", "id"))
