"""What had been noticed by a day, for released figures and nothing else: no screen shows a row of this.

Worked out anew from dated rows whenever it is asked for, so that no copy about a pupil is kept for the sake of figures.
Observations are in none of it.
"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.db.models import Count

from belong.ask.terms import term_start
from belong.notice.models import Award, KnownBy, Moment, ProfilePage, RelationshipChange
from belong.notice.profiles.queries import with_profile
from belong.notice.queries.places import GOOD
from belong.notice.queries.taking_part import with_club_or_role
from belong.notice.queries.voice import heard_by_name
from belong.notice.recognition.queries import recognition_rows
from belong.people.models import Group, Membership, School
from belong.people.queries import pupils_on_roll, staff_in_post


@dataclass(frozen=True)
class AsOf:
    """Pupil ids by what held for them on `on`; what happened counts from the day after `since`.

    `states`: pupil → how the newest entry of their tutor has the relationship. `moments`: pupil → how many of each
    kind. `recognitions`: (pupil, trait, source) each once. The sets hold pupils whose place was filled.
    """

    since: date
    on: date
    states: dict[int, str]
    moments: dict[int, dict[str, int]]
    recognitions: frozenset[tuple[int, int, str]]
    recognised: frozenset[int]
    adult: frozenset[int]
    club: frozenset[int]
    voice: frozenset[int]
    profile: frozenset[int]

    @cached_property
    def by_source(self) -> dict[str, set[int]]:
        """Source → the pupils in whom it saw something."""
        found: dict[str, set[int]] = defaultdict(set)
        for pupil, _, source in self.recognitions:
            found[source].add(pupil)
        return found


def as_of(school: School, since: date, on: date) -> AsOf:
    """The whole school as it was at the end of a day; a constant number of queries."""
    pupils = pupils_on_roll(on).order_by().values("pk")
    rows = frozenset(
        (pupil, trait, source) for pupil, trait, source, day in recognition_rows(on) if day > since
    )
    badges = Award.objects.filter(on__gt=since, on__lte=on, revoked_on__isnull=True)
    known = KnownBy.objects.filter(noted_on__lte=on, adult__in=staff_in_post(on))
    pages = ProfilePage.objects.filter(state=ProfilePage.State.APPROVED, approved_on__lte=on)
    with_badge = badges.order_by().values_list("pupil_id", flat=True)
    return AsOf(
        since=since,
        on=on,
        states=_states(on),
        moments=_moments(since, on),
        recognitions=rows,
        recognised=frozenset(pupil for pupil, _, _ in rows) | frozenset(with_badge),
        adult=frozenset(known.order_by().values_list("pupil_id", flat=True).distinct()),
        club=frozenset(with_club_or_role(pupils, on)),
        voice=frozenset(heard_by_name(pupils, term_start(school, on), on)),
        profile=frozenset(pages.order_by().values_list("pupil_id", flat=True)) & with_profile(pupils),
    )


def _states(on: date) -> dict[int, str]:
    """One adult a pupil, the tutor, so that nobody counts twice; of two tutors, the newest entry."""
    tutors: dict[int, set[int]] = defaultdict(set)
    inside = Membership.objects.current(on).filter(group__kind=Group.TUTOR_GROUP).order_by()
    leading = inside.filter(part=Membership.LEAD, person__in=staff_in_post(on))
    for group, person in leading.values_list("group_id", "person_id"):
        tutors[group].add(person)
    of: dict[int, set[int]] = defaultdict(set)
    for group, pupil in inside.filter(part=Membership.MEMBER).values_list("group_id", "person_id"):
        of[pupil] |= tutors[group]
    entries = RelationshipChange.objects.filter(set_on__lte=on).order_by("set_on", "at", "id")
    found: dict[int, str] = {}
    for pupil, adult, state in entries.values_list("relationship__pupil", "relationship__adult", "state"):
        if adult in of[pupil]:
            found[pupil] = state
    return found


def _moments(since: date, on: date) -> dict[int, dict[str, int]]:
    rows = Moment.objects.filter(GOOD, on__gt=since, on__lte=on).order_by()
    found: dict[int, dict[str, int]] = defaultdict(dict)
    for pupil, kind, count in rows.values_list("pupil_id", "kind").annotate(Count("pk")):
        found[pupil][kind] = count
    return found
