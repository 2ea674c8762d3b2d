"""The law of access: a row is in `visible_…(user)` exactly when the user is allowed to view it."""

from datetime import timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from belong.base.access import allowed
from belong.base.clock import today
from belong.notice.models import Audience, HandOver, Intention, ProfileField, ProfilePage, ProfilePart
from belong.notice.profiles.access import visible_drafts, visible_parts
from belong.notice.register.access import visible_hand_overs, visible_intentions
from belong.people import roles
from belong.people.models import Group, Membership, Person, Role, User

USERS = ("tutor", "other_tutor", "pastoral", "senco", "survey_lead", "outside", "governor", "carer", "pupil")
LAWS = [
    ("notice.view_profile_part", visible_parts, ProfilePart, ("page__pupil",)),
    ("notice.read_hand_over", visible_hand_overs, HandOver, ("pupil", "group")),
    ("notice.own_intention", visible_intentions, Intention, ("pupil",)),
]
ages = st.sampled_from([None, -5, 0, 5])
a_membership = st.tuples(
    st.sampled_from(["tutor_group", "other_group", "class"]),
    st.integers(0, 3),
    st.sampled_from([Membership.MEMBER, Membership.LEAD, Membership.ASSISTANT]),
    ages,
    ages,
)
a_role = st.tuples(st.sampled_from(roles.ALL), st.sampled_from([None, "tutor_group", "class"]), ages)


@pytest.fixture
def rows(cast, in_school):
    """Of three pupils of two groups: a page with a part for each audience, drafts, intentions and hand-overs."""
    pupils = [*cast.pupils[:2], cast.other_pupils[0]]
    fields = {"school": cast.school}
    groups = {"tutor_group": cast.tutor_group, "other_group": cast.other_group}
    groups["class"] = Group.objects.create(kind=Group.CLASS, name="8Ma2", **fields)
    for pupil in pupils:
        page = ProfilePage.objects.create(
            pupil=pupil, drafted_by=pupil, drafted_on=today(), approved_on=today(), state="approved", **fields
        )
        for field, audience in zip(ProfileField, Audience, strict=True):
            ProfilePart.objects.create(page=page, field=field, audience=audience, text="x", **fields)
        for who in ("tutor", "pastoral"):
            adult = getattr(cast, who).person
            ProfilePage.objects.create(
                pupil=pupil, drafted_by=adult, drafted_on=today(), state="waiting", **fields
            )
            Intention.objects.create(
                adult=adult, pupil=pupil, strategy="go-first", made_on=today(), due_on=today(), **fields
            )
            for group in groups.values():
                HandOver.objects.create(adult=adult, pupil=pupil, group=group, written_on=today(), **fields)
    return pupils, groups


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    who=st.sampled_from(USERS),
    memberships=st.lists(a_membership, max_size=5),
    held=st.lists(a_role, max_size=3),
    keep_roles=st.booleans(),
    stays=st.lists(st.tuples(ages, ages), min_size=3, max_size=3),
    family=ages,
    agreed=st.sampled_from([-6, -1, 0]),
)
def test_visible_is_allowed(cast, rows, who, memberships, held, keep_roles, stays, family, agreed):
    pupils, groups = rows
    with transaction.atomic():
        person = getattr(cast, who).person
        if not keep_roles:
            Role.objects.filter(person=person).delete()
        for role, group, until in held:
            scope = groups[group] if group else None
            Role.objects.create(school=cast.school, person=person, role=role, group=scope, until=day(until))
        for group, whom, part, since, until in memberships:
            Membership.objects.create(
                school=cast.school,
                group=groups[group],
                person=[person, *pupils][whom],
                part=part,
                since=day(since),
                until=day(until),
            )
        for pupil, (joined, left) in zip(pupils, stays, strict=True):
            Person.objects.filter(pk=pupil.pk).update(joined_on=day(joined), left_on=day(left))
        ProfilePage.objects.filter(state="approved").update(family_on=day(family), approved_on=day(agreed))
        user = User.objects.get(pk=getattr(cast, who).pk)
        for verb, visible, model, related in LAWS:
            seen = set(visible(user).values_list("pk", flat=True))
            may = {row.pk for row in model.objects.select_related(*related) if allowed(user, verb, row)}
            assert seen == may, verb
        drafts = ProfilePage.objects.filter(state="waiting", drafted_by=person).select_related("pupil")
        mine = {row.pk for row in drafts if allowed(user, "notice.approve_with_pupil", row)}
        assert set(visible_drafts(user).values_list("pk", flat=True)) == mine
        transaction.set_rollback(True)


def day(offset: int | None):
    return None if offset is None else today() + timedelta(days=offset)
