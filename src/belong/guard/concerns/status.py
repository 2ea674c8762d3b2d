"""What a pupil sees of what they asked: who has read it, when and where they talk, sorted, passed on. Never a subject.

Only what the pupil asked for themselves is shown. That words in an answer were flagged, or that an adult is worried, is
not: others may know a child's card or password, and the one they fear may be among them.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import QuerySet

from belong.base.clock import now
from belong.guard.concerns.queue import Standing, standings
from belong.guard.concerns.talks import says_of, when_of
from belong.guard.concerns.words import PASSED, SORTED
from belong.guard.models import Concern, ConcernEntry
from belong.people.models import Person

SHOWN = timedelta(days=30)
RECEIVED, READ = "received", "read"
MOST_READERS = 3


@dataclass(frozen=True)
class Asked:
    """One request: when, and how far it has come (received | read | sorted | passed)."""

    at: datetime
    state: str
    concern: Concern | None = None

    @property
    def is_done(self) -> bool:
        return self.state in (SORTED, PASSED)


@dataclass(frozen=True)
class Step:
    """One line of its life. `kind`: received | read | offered | missed | still | fine | sorted | passed.

    `at` is when it happened, for an offered time the time itself; `name` the adult, "" where there is none.
    """

    kind: str
    at: datetime
    name: str = ""
    place: str = ""


@dataclass(frozen=True)
class Life:
    """The newest request as the pupil sees it: its lines, and what they can say to it."""

    concern: Concern
    steps: tuple[Step, ...]
    says: tuple[str, ...]


def asked_by(person: Person) -> list[Asked]:
    """What this pupil asked for in the last thirty days, or what is still open, newest first."""
    mine: QuerySet[Concern] = Concern.objects.filter(person=person, kind=Concern.ASKED).order_by("-raised_at")
    concerns = list(mine.select_related("school"))
    where = standings([concern.pk for concern in concerns])
    found = []
    for concern in concerns:
        standing = where[concern.pk]
        last = standing.last or concern.raised_at
        if standing.is_open or last >= now() - SHOWN:
            found.append(Asked(concern.raised_at, _state(standing), concern))
    return found


def _state(standing: Standing) -> str:
    if not standing.is_open:
        return standing.state
    return READ if standing.is_read else RECEIVED


def neutral(found: Iterable[Asked]) -> Asked | None:
    """The one line for whoever came in with a card or a number: the newest request."""
    return next(iter(found), None)


def life_of(person: Person) -> Life | None:
    """The newest request of a pupil, line by line; None where there is none to show."""
    newest = neutral(asked_by(person))
    if newest is None or newest.concern is None:
        return None
    entries = newest.concern.entries.select_related("actor__person", "concern__school").order_by("number")
    steps = _steps(list(entries))
    return Life(newest.concern, steps, tuple(says_of(newest.concern)))


def _steps(entries: list[ConcernEntry]) -> tuple[Step, ...]:
    found: list[Step] = []
    read_by: list[str] = []
    for entry in entries:
        name = entry.actor.person.display_name if entry.actor and entry.actor.person else ""
        if entry.kind == ConcernEntry.RAISED:
            found.append(Step(RECEIVED, entry.at))
        elif entry.kind == ConcernEntry.READ and _is_news(found, name, read_by):
            read_by.append(name)
            found.append(Step(READ, entry.at, name))
        elif entry.kind == ConcernEntry.OFFERED:
            place = (entry.words or {}).get("place", "")
            found = [step for step in found if step.kind != ConcernEntry.OFFERED]  # the newest time counts
            found.append(Step(ConcernEntry.OFFERED, when_of(entry), name, place))
        elif entry.kind in ConcernEntry.BY_PUPIL:
            found.append(Step(entry.kind, entry.at))
        elif entry.kind == ConcernEntry.DECIDED and entry.outcome in ConcernEntry.ENDS:
            found.append(Step(SORTED if entry.outcome == ConcernEntry.SORTED else PASSED, entry.at, name))
    return tuple(found)


def _is_news(found: list[Step], name: str, read_by: list[str]) -> bool:
    """Each reader once, three at most, and nobody any more once there is a time to talk."""
    has_time = any(step.kind == ConcernEntry.OFFERED for step in found)
    return not has_time and name not in read_by and len(read_by) < MOST_READERS
