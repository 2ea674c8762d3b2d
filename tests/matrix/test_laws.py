"""The law of access: a row is in `visible_…(user)` exactly when the user is allowed to view it.

For every table that has both, over random roles (for the school or one group, running or ended), groups, parts in them,
comings and goings, and states of a wave. The tables of the notice room have their own (tests/notice/test_laws.py).
"""

from datetime import timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from belong.act.access import visible_plans
from belong.act.models import Plan
from belong.ask.access import visible_waves
from belong.ask.models import SignedSheet, Wave
from belong.ask.queries.said import named_sheets
from belong.ask.scramble import new_key
from belong.base.access import allowed
from belong.base.clock import now, today
from belong.people import roles
from belong.people.access import may_see_members, visible_groups, visible_people, visible_pupils
from belong.people.models import Group, Membership, Person, Role, User
from belong.see.access import visible_releases
from belong.see.models import ReleaseRecord
from belong.tell.access import visible_responses
from belong.tell.models import Response
from tests.ask.conftest import plan
from tests.conftest import make_person

LAWS = [  # verb, the rows one may see, all rows
    ("people.view_pupil", visible_pupils, Person.objects.pupils),
    ("people.view_person", visible_people, lambda: Person.objects.all()),
    ("people.view_group", visible_groups, lambda: Group.objects.current()),
    ("ask.view_wave", visible_waves, lambda: Wave.objects.all()),
    ("see.view_release", visible_releases, lambda: ReleaseRecord.objects.select_related("wave")),
    ("tell.view_response", visible_responses, lambda: Response.objects.select_related("wave")),
    ("act.view_plan", visible_plans, lambda: Plan.objects.all()),
    ("ask.read_named", lambda user: _named(user), lambda: SignedSheet.objects.select_related("person")),
]
ages = st.sampled_from([None, -5, 0, 5])
GROUPS = ("tutor_group", "other_group", "club", "empty")
a_membership = st.tuples(
    st.sampled_from(GROUPS),
    st.integers(0, 3),
    st.sampled_from([Membership.MEMBER, Membership.LEAD, Membership.ASSISTANT]),
    ages,
)
a_role = st.tuples(st.sampled_from(roles.ALL), st.sampled_from([None, *GROUPS]), ages)
USERS = (
    "tutor",
    "other_tutor",
    "senco",
    "head",
    "governor",
    "analyst",
    "technician",
    "outside",
    "carer",
    "pupil",
)


def _named(user: User):
    """Sheets whose named questions named this user, over all waves."""
    ids = [sheet.pk for wave in Wave.objects.all() for sheet in named_sheets(user, wave)]
    return SignedSheet.objects.filter(pk__in=ids)


@pytest.fixture
def rows(cast, in_school):
    """Something in every table: waves in each state and for each audience, releases, responses, plans, sheets."""
    of = {"school": cast.school}
    groups = {"tutor_group": cast.tutor_group, "other_group": cast.other_group}
    groups["club"] = Group.objects.create(kind=Group.CLUB, name="Chess", **of)
    groups["empty"] = Group.objects.create(kind=Group.HOUSE, name="Elm", **of)
    Group.objects.create(kind=Group.CLASS, name="Old", until=today(), **of)
    pupils = [*cast.pupils[:2], cast.other_pupils[0]]
    for pupil in (*pupils, make_person(cast.school, Person.PUPIL, "Lena", "Gone", left_on=today())):
        Membership.objects.create(group=groups["club"], person=pupil, **of)
    waves = [plan(cast, title="Draft")]
    for audience, key in (
        ("pupils", "belong-core"),
        ("staff", "belong-staff"),
        ("families", "belong-family"),
    ):
        wave = plan(cast, key, audience, years=("8",) if audience == "pupils" else (), title=audience)
        Wave.objects.filter(pk=wave.pk).update(state=Wave.CLOSED, closed_at=now(), pool_key=new_key())
        waves.append(wave)
        Response.objects.create(wave=wave, published_at=now() if audience != "staff" else None, **of)
        ready = {"state": ReleaseRecord.READY, "payload": {}, "hash": "-", "built_at": now()}
        more = of if audience == "staff" else of | ready
        ReleaseRecord.objects.create(wave=wave, requested_at=now(), **more)
    readers = [getattr(cast, name).person_id for name in ("tutor", "other_tutor", "senco", "head")]
    for pupil in pupils:
        SignedSheet.objects.create(wave=waves[1], person=pupil, readers=readers, named=True, **of)
    days = {"starts_on": today(), "review_on": today()}
    Plan.objects.create(title="Clubs", owner=cast.tutor.person, **days, **of)
    return pupils, groups


@settings(
    max_examples=60,
    deadline=None,
    phases=[Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    who=st.sampled_from(USERS),
    memberships=st.lists(a_membership, max_size=5),
    held=st.lists(a_role, max_size=3),
    keep_roles=st.booleans(),
    stays=st.lists(st.tuples(ages, ages), min_size=3, max_size=3),
)
def test_visible_is_allowed(cast, rows, who, memberships, held, keep_roles, stays):
    pupils, groups = rows
    with transaction.atomic():
        person = getattr(cast, who).person
        if not keep_roles:
            Role.objects.filter(person=person).delete()
        of = {"school": cast.school}
        for role, group, until in held:
            at = groups[group] if group else None
            Role.objects.create(person=person, role=role, group=at, until=_day(until), **of)
        for group, whom, part, until in memberships:
            member = [person, *pupils][whom]
            Membership.objects.create(group=groups[group], person=member, part=part, until=_day(until), **of)
        for pupil, (joined, left) in zip(pupils, stays, strict=True):
            Person.objects.filter(pk=pupil.pk).update(joined_on=_day(joined), left_on=_day(left))
        user = User.objects.get(pk=getattr(cast, who).pk)
        for verb, visible, every in LAWS:
            seen = set(visible(user).values_list("pk", flat=True))
            may = {row.pk for row in every() if allowed(user, verb, row)}
            assert seen == may, verb
        for group in groups.values():
            inside = set(may_see_members(user, group).values_list("pk", flat=True))
            assert not inside or allowed(user, "people.view_group", group)
        transaction.set_rollback(True)


def _day(offset: int | None):
    return None if offset is None else today() + timedelta(days=offset)
