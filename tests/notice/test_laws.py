"""The law of access: a row is in `visible_…(user)` exactly when the user is allowed to view it."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from belong.base.access import allowed
from belong.base.clock import now, today
from belong.notice.access import (
    readable_knowings,
    visible_knowings,
    visible_moments,
    visible_relationships,
)
from belong.notice.greeting.access import visible_talk_ups
from belong.notice.models import Kind, KnownBy, Moment, Relationship, TalkUp
from belong.people import roles
from belong.people.models import Group, Membership, Person, Role, User

USERS = ("tutor", "other_tutor", "pastoral", "survey_lead", "outside", "governor", "carer", "pupil")
LAWS = [
    ("notice.view_moment", visible_moments, Moment),
    ("notice.view_state", visible_relationships, Relationship),
    ("notice.view_knowing", visible_knowings, KnownBy),
    ("notice.read_knowing", readable_knowings, KnownBy),
    ("notice.read_talk_up", visible_talk_ups, TalkUp),
]
ages = st.sampled_from([None, -5, 0, 5])
a_membership = st.tuples(
    st.sampled_from(["tutor_group", "other_group", "class"]),
    st.integers(0, 3),
    st.sampled_from([Membership.MEMBER, Membership.LEAD, Membership.ASSISTANT]),
    ages,
)
a_role = st.tuples(st.sampled_from(roles.ALL), st.sampled_from([None, "tutor_group", "class"]), ages)
a_stay = st.tuples(ages, ages)


@pytest.fixture
def rows(cast, in_school):
    """Every kind of moment, a state and a knowing by three adults about three pupils of two groups."""
    pupils = [*cast.pupils[:2], cast.other_pupils[0]]
    fields = {"school": cast.school}
    for who in ("tutor", "other_tutor", "pastoral"):
        adult = getattr(cast, who).person
        for pupil in pupils:
            days = {"set_on": today(), "review_on": today()}
            Relationship.objects.create(adult=adult, pupil=pupil, state="maintain", **days, **fields)
            KnownBy.objects.create(adult=adult, pupil=pupil, noted_on=today(), **fields)
            TalkUp.objects.create(
                by=adult, pupil=pupil, line="Sings.", made_on=today(), until=today(), **fields
            )
            for kind in (Kind.PRAISE, Kind.OBSERVATION):
                at = {"on": today(), "recorded_at": now(), "submission": uuid4()}
                Moment.objects.create(adult=adult, pupil=pupil, kind=kind, **at, **fields)
    groups = {"tutor_group": cast.tutor_group, "other_group": cast.other_group}
    groups["class"] = Group.objects.create(kind=Group.CLASS, name="8Ma2", **fields)
    return pupils, groups


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    who=st.sampled_from(USERS),
    memberships=st.lists(a_membership, max_size=5),
    held=st.lists(a_role, max_size=3),
    keep_roles=st.booleans(),
    stays=st.lists(a_stay, min_size=3, max_size=3),
)
def test_visible_is_allowed(cast, rows, who, memberships, held, keep_roles, stays):
    pupils, groups = rows
    with transaction.atomic():
        person = getattr(cast, who).person
        if not keep_roles:
            Role.objects.filter(person=person).delete()
        for role, group, until in held:
            scope = groups[group] if group else None
            Role.objects.create(school=cast.school, person=person, role=role, group=scope, until=day(until))
        for group, whom, part, until in memberships:
            member = [person, *pupils][whom]
            Membership.objects.create(
                school=cast.school, group=groups[group], person=member, part=part, until=day(until)
            )
        for pupil, (joined, left) in zip(pupils, stays, strict=True):
            Person.objects.filter(pk=pupil.pk).update(joined_on=day(joined), left_on=day(left))
        user = User.objects.get(pk=getattr(cast, who).pk)
        for verb, visible, model in LAWS:
            seen = set(visible(user).values_list("pk", flat=True))
            may = {row.pk for row in model.objects.select_related("pupil") if allowed(user, verb, row)}
            assert seen == may, verb
        transaction.set_rollback(True)


def day(offset: int | None):
    return None if offset is None else today() + timedelta(days=offset)
