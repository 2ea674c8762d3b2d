"""Figures about noticing on the last half-term dates of the demo schools, and adults who said they would notice.

What was noticed before the last weeks is written down first, as those dates would be empty without: fewer moments and
fewer relationships sorted the further back, so that there is something to see over time.
"""

from datetime import date, timedelta

import numpy as np

from belong.ask.terms import last_half_term
from belong.base.clock import frozen, today
from belong.notice.actions import REVIEW_AFTER
from belong.notice.models import Moment, Relationship, RelationshipChange, State
from belong.notice.queries.overlooked import overlooked
from belong.notice.taking_on import will_notice
from belong.people import roles
from belong.people.models import Group, Membership, Person, User
from belong.people.queries import staff_in_post
from belong.see.models import NoticingRelease
from belong.see.noticing.actions import release_noticing, share_noticing
from belong.site.demo.calendar import Calendar, at
from belong.site.demo.noticing import KINDS, WEEKS
from belong.site.demo.schools import Town

DATES = 3
SHARES = (0.72, 0.55, 0.4)
MOMENTS = (2.4, 1.8, 1.3)
STATES = ["maintain", "establish", "restore"]
PROMISED = 3


def play(town: Town, calendar: Calendar) -> None:
    """Release the last three dates in the order in which they came; share all but the newest with governors."""
    days = [last_half_term(town.school, today())]
    while len(days) < DATES:
        days.append(last_half_term(town.school, days[-1] - timedelta(days=1)))
    leader = (
        User.objects.filter(person__role_rows__role=roles.SENIOR_LEADER, person__in=staff_in_post())
        .order_by("pk")
        .first()
    )
    for place in reversed(range(DATES)):
        on = days[place]
        since = last_half_term(town.school, on - timedelta(days=1))
        _notice(town, since, on, SHARES[place], MOMENTS[place])
        with frozen(at(on, 18)):
            release_noticing(town.school, on)
        if place and leader is not None:
            with frozen(at(on + timedelta(days=12))):
                _share(leader, on)
    _promise()


def _share(leader: User, on: date) -> None:
    row = NoticingRelease.objects.filter(
        on=on, kind=NoticingRelease.NOTICED, state=NoticingRelease.READY
    ).first()
    if row is not None:
        share_noticing(leader, row)


def _notice(town: Town, since: date, on: date, share: float, often: float) -> None:
    """A half-term of every tutor group: moments until the weeks the story writes itself, states on its first days."""
    until = min(on, today() - timedelta(weeks=WEEKS))
    moments: list[Moment] = []
    changes: list[tuple[Person, Person, str, date]] = []
    here = Membership.objects.current(on).filter(group__kind=Group.TUTOR_GROUP).select_related("person")
    leads = {row.group_id: row.person for row in here.filter(part=Membership.LEAD)}
    for row in here.filter(part=Membership.MEMBER).order_by("pk"):
        tutor = leads.get(row.group_id)
        if tutor is None:
            continue
        for _ in range(int(town.rng.poisson(often * town.rng.gamma(1.6, 0.6)))):
            day = since + timedelta(days=1 + int(town.rng.integers(0, max((on - since).days - 1, 1))))
            if day <= until:
                moments.append(_moment(town.rng, tutor, row.person, day))
        if town.rng.random() < share:
            state = str(town.rng.choice(STATES, p=[0.66, 0.25, 0.09]))
            changes.append((tutor, row.person, state, since + timedelta(days=int(town.rng.integers(3, 20)))))
    Moment.objects.bulk_create(moments, batch_size=1000)
    _keep(town, changes)


def _moment(rng: np.random.Generator, tutor: Person, pupil: Person, day: date) -> Moment:
    kind = str(rng.choice(KINDS[0], p=KINDS[1]))
    facts = {"school_id": tutor.school_id, "adult": tutor, "pupil": pupil, "kind": kind, "note": ""}
    return Moment(**facts, on=day, recorded_at=at(day, 12))


def _keep(town: Town, found: list[tuple[Person, Person, str, date]]) -> None:
    """Earlier entries of each relationship; one that has none yet gets its first."""
    there = {(row.adult_id, row.pupil_id): row for row in Relationship.objects.defer("reason")}
    fresh = []
    for tutor, pupil, state, day in found:
        if (tutor.pk, pupil.pk) not in there:
            of = {"school": town.school, "adult": tutor, "pupil": pupil, "state": state, "set_on": day}
            there[tutor.pk, pupil.pk] = Relationship(**of, review_on=day + REVIEW_AFTER[State(state)])
            fresh.append(there[tutor.pk, pupil.pk])
    Relationship.objects.bulk_create(fresh)
    RelationshipChange.objects.bulk_create(
        RelationshipChange(
            school=town.school,
            relationship=there[tutor.pk, pupil.pk],
            state=state,
            set_on=day,
            review_on=day + REVIEW_AFTER[State(state)],
            at=at(day, 12),
        )
        for tutor, pupil, state, day in found
    )


def _promise() -> None:
    """The tutor and the pastoral lead each said they would notice some whom nobody has."""
    for username in ("pastoral", "tutor"):
        user = User.objects.filter(username=username, person__in=staff_in_post()).first()
        if user is not None:
            for row in overlooked(user)[:PROMISED]:
                will_notice(user, pupil=row.pupil)
