"""The six places of a child: adult, noticed, club or role, recognised, voice, profile.

Each says only that something exists. Nobody's answers, scores, sex or characteristics are read here, and a test holds
that nothing of the kind can change a place.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from itertools import starmap
from typing import Any

from django.db.models import Q

from belong.ask.terms import last_half_term, term_start
from belong.base.among import among
from belong.base.clock import now, today
from belong.notice.badges.queries import badges_recognised_since
from belong.notice.models import Kind, KnownBy, Moment
from belong.notice.profiles.queries import with_profile
from belong.notice.queries.taking_part import with_club_or_role
from belong.notice.queries.voice import heard_by_name
from belong.notice.recognition.queries import recognised_since
from belong.people.models import School
from belong.people.queries import staff_in_post

QUIET_WEEKS = 4
FEW = 200  # pupils whose ids are worth sending along with each query
GOOD = ~Q(kind=Kind.OBSERVATION)
LABELS = {
    "adult": "adult",
    "noticed": "noticed",
    "club": "club or role",
    "recognised": "recognised",
    "voice": "voice",
    "profile": "profile",
}
# What somebody has not yet done, after "No …".
NOT_YET = LABELS | {"noticed": "moment", "recognised": "recognition"}


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
    recognised: frozenset[int]
    voice: frozenset[int]
    profile: frozenset[int]

    def of(self, pupil_id: int) -> tuple[Place, ...]:
        """A pupil's six places, always in the same order."""
        return _six(
            pupil_id in self.adult,
            pupil_id in self.noticed,
            pupil_id in self.club,
            pupil_id in self.recognised,
            pupil_id in self.voice,
            pupil_id in self.profile,
        )


@cache
def _six(*filled: bool) -> tuple[Place, ...]:
    """One of the sixty-four ways six places can be filled, made once."""
    return tuple(starmap(Place, zip(LABELS, filled, strict=True)))


@cache
def empty_of(six: tuple[Place, ...]) -> int:
    """How many of a pupil's places nobody has filled."""
    return sum(not place.filled for place in six)


def quiet_since(weeks: int = QUIET_WEEKS, on: date | None = None) -> date:
    """The first day that still counts as noticed."""
    return (on or today()) - timedelta(weeks=weeks)


def in_use_for_weeks(weeks: int = QUIET_WEEKS) -> bool:
    """Whether the school began to note moments so long ago: before, their absence says nothing. One query."""
    return Moment.objects.filter(recorded_at__lt=now() - timedelta(weeks=weeks)).exists()


def recognised_from(school: School, on: date) -> date:
    """The first day whose recognition still counts: since half-term, and for four weeks at the least."""
    return last_half_term(school, quiet_since(on=on))


def places(school: School, pupils: Collection[int], weeks: int = QUIET_WEEKS) -> Places:
    """The six places of the given pupils (ids) today; a constant number of queries.

    More than a few are looked up among everybody's: a whole school's ids would be sent many times over.
    adult: an adult still in post recorded knowing the child. noticed: a moment other than an observation in the last
    `weeks`. club: in a club, or holding a part in a group, or an ambassador. recognised: a recognition approved or a
    badge given since half-term. voice: heard by a named route this term. profile: one the pupil approved.
    """
    these = pupils if len(pupils) <= FEW else None
    day = today()
    known = KnownBy.objects.filter(among("pupil", these), adult__in=staff_in_post())
    since = recognised_from(school, day)
    return Places(
        adult=frozenset(known.order_by().values_list("pupil_id", flat=True).distinct()),
        noticed=frozenset(noticed_since(these, quiet_since(weeks), day)),
        club=frozenset(with_club_or_role(these, day)),
        recognised=frozenset(recognised_since(these, since) | badges_recognised_since(these, since)),
        voice=frozenset(heard_by_name(these, term_start(school, day))),
        profile=frozenset(with_profile(these)),
    )


def noticed_since(pupils: Any, since: date, until: date) -> set[int]:
    """Ids of the pupils (None: all) with a moment other than an observation in these days, both included; one query."""
    rows = Moment.objects.filter(GOOD, among("pupil", pupils), on__gte=since, on__lte=until)
    return set(rows.order_by().values_list("pupil_id", flat=True).distinct())
