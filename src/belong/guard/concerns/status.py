"""What a pupil sees of what they asked: received, read by an adult, sorted or passed on. Never words, never a subject.

Only what the pupil asked for themselves is shown. That words in an answer were flagged, or that an adult is worried, is
not: others may know a child's card or password, and the one they fear may be among them.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import QuerySet

from belong.base.clock import now
from belong.guard.concerns.queue import standings
from belong.guard.concerns.words import PASSED, SORTED
from belong.guard.models import Concern
from belong.people.models import Person

SHOWN = timedelta(days=30)
RECEIVED, READ = "received", "read"


@dataclass(frozen=True)
class Asked:
    """One request: when, and how far it has come (received | read | sorted | passed)."""

    at: datetime
    state: str

    @property
    def is_done(self) -> bool:
        return self.state in (SORTED, PASSED)


def asked_by(person: Person) -> list[Asked]:
    """What this pupil asked for in the last thirty days, or what is still open, newest first."""
    mine: QuerySet[Concern] = Concern.objects.filter(person=person, kind=Concern.ASKED).order_by("-raised_at")
    concerns = list(mine)
    where = standings([concern.pk for concern in concerns])
    found = []
    for concern in concerns:
        standing = where[concern.pk]
        state = standing.state if not standing.is_open else READ if standing.is_read else RECEIVED
        last = standing.last or concern.raised_at
        if standing.is_open or last >= now() - SHOWN:
            found.append(Asked(concern.raised_at, state))
    return found


def neutral(found: Iterable[Asked]) -> Asked | None:
    """The one line for whoever came in with a card or a number: the newest request."""
    return next(iter(found), None)
