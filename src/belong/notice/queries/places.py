"""The four places of a child: adult, noticed, club, voice.

Each says only that something exists. Nobody's answers, scores, sex or characteristics are read here, and a test holds
that nothing of the kind can change a place.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import Any

from django.db.models import Q, QuerySet

from belong.ask.queries import answered_a_named_question
from belong.ask.terms import term_start
from belong.base.clock import now, today
from belong.notice.models import Kind, KnownBy, Moment
from belong.people.models import Person, School
from belong.people.queries import club_members, staff_in_post

QUIET_WEEKS = 4
GOOD = ~Q(kind=Kind.OBSERVATION)
LABELS = {"adult": "adult", "noticed": "noticed", "club": "club", "voice": "voice"}


@dataclass(frozen=True)
class Place:
    """One place of one child; an empty one is something nobody has noticed yet."""

    key: str
    filled: bool

    @property
    def label(self) -> str:
        return LABELS[self.key]


@dataclass(frozen=True)
class Places:
    """The pupils whose place is filled, by place."""

    adult: frozenset[int]
    noticed: frozenset[int]
    club: frozenset[int]
    voice: frozenset[int]

    def of(self, pupil_id: int) -> tuple[Place, ...]:
        """A pupil's four places, always in the same order."""
        return _four(*(pupil_id in getattr(self, key) for key in LABELS))


@cache
def _four(*filled: bool) -> tuple[Place, ...]:
    """One of the sixteen ways four places can be filled, made once."""
    return tuple(map(Place, LABELS, filled))


def empty_of(four: tuple[Place, ...]) -> int:
    """How many of a pupil's places nobody has filled."""
    return sum(not place.filled for place in four)


def quiet_since(weeks: int = QUIET_WEEKS, on: date | None = None) -> date:
    """The first day that still counts as noticed."""
    return (on or today()) - timedelta(weeks=weeks)


def in_use_for_weeks(weeks: int = QUIET_WEEKS) -> bool:
    """Whether the school began to note moments so long ago: before, their absence says nothing. One query."""
    return Moment.objects.filter(recorded_at__lt=now() - timedelta(weeks=weeks)).exists()


def places(school: School, pupils: Collection[int] | QuerySet[Person], weeks: int = QUIET_WEEKS) -> Places:
    """The four places of the given pupils; four queries whatever their number.

    `pupils` are ids, or a queryset, which stays in the database: a whole school's ids would be sent four times over.
    adult: an adult still in post recorded knowing the child. noticed: a moment other than an observation in the last
    `weeks`. club: in a club today. voice: answered a question that named its readers, this term; a receipt of a wave
    with pooled or unlinked questions is never looked at.
    """
    these: Any = pupils.order_by().values("pk") if isinstance(pupils, QuerySet) else pupils
    known = KnownBy.objects.filter(pupil__in=these, adult__in=staff_in_post())
    noticed = Moment.objects.filter(GOOD, pupil__in=these, on__gte=quiet_since(weeks))
    return Places(
        adult=frozenset(known.values_list("pupil_id", flat=True)),
        noticed=frozenset(noticed.order_by().values_list("pupil_id", flat=True).distinct()),
        club=frozenset(club_members()),
        voice=frozenset(answered_a_named_question(these, term_start(school, today()))),
    )
