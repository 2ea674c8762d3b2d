"""The law of access for this part's tables: a row is visible exactly when the user is allowed to view it."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from belong.base.access import allowed
from belong.base.clock import now, today
from belong.notice.access import observations_for
from belong.notice.models import CircleBack, Moment, NoteHome, UsualPrompt
from belong.notice.noting.access import visible_circle_backs, visible_notes_home, visible_prompts
from belong.people.models import Group, Membership, Person, Role, User
from tests.notice.test_laws import a_membership, a_role, a_stay, day

USERS = ("tutor", "other_tutor", "pastoral", "head", "survey_lead", "outside", "carer", "pupil")
LAWS = [
    ("notice.view_circle_back", visible_circle_backs, lambda: CircleBack.objects.select_related("pupil")),
    ("notice.view_note_home", visible_notes_home, lambda: NoteHome.objects.select_related("moment__pupil")),
    ("notice.view_prompt", visible_prompts, lambda: UsualPrompt.objects.select_related("pupil")),
    ("notice.mark_seen", observations_for, lambda: Moment.objects.select_related("pupil")),
]


@pytest.fixture
def rows(cast, in_school):
    """A promise, a note home and an observation by three adults about three pupils, and a prompt about each."""
    pupils, of = [*cast.pupils[:2], cast.other_pupils[0]], {"school": cast.school}
    for who in ("tutor", "other_tutor", "pastoral"):
        for pupil in pupils:
            mine = {"adult": getattr(cast, who).person, "pupil": pupil, **of}
            CircleBack.objects.create(
                about="the trip", due_on=today(), made_at=now(), submission=uuid4(), **mine
            )
            at = {"on": today(), "recorded_at": now(), **mine}
            moment = Moment.objects.create(kind="note_home", note="Sang.", **at)
            NoteHome.objects.create(moment=moment, send_after=now(), **of)
            Moment.objects.create(kind="observation", note="Quiet.", **at)
    for pupil in pupils:
        days = {"since": today() - timedelta(days=14), "made_on": today()}
        UsualPrompt.objects.create(pupil=pupil, recent=6, adults=2, before=0, weeks_before=20, **days, **of)
    groups = {"tutor_group": cast.tutor_group, "other_group": cast.other_group}
    groups["class"] = Group.objects.create(kind=Group.CLASS, name="8Ma2", **of)
    return pupils, groups


@settings(
    max_examples=25,
    deadline=None,
    phases=[Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    who=st.sampled_from(USERS),
    memberships=st.lists(a_membership, max_size=5),
    held=st.lists(a_role, max_size=3),
    keep_roles=st.booleans(),
    stays=st.lists(a_stay, min_size=3, max_size=3),
)
def test_visible_is_allowed(cast, rows, who, memberships, held, keep_roles, stays):
    pupils, groups = rows
    of = {"school": cast.school}
    with transaction.atomic():
        person = getattr(cast, who).person
        if not keep_roles:
            Role.objects.filter(person=person).delete()
        for role, group, until in held:
            Role.objects.create(
                person=person, role=role, group=groups[group] if group else None, until=day(until), **of
            )
        for group, whom, part, until in memberships:
            member = [person, *pupils][whom]
            Membership.objects.create(group=groups[group], person=member, part=part, until=day(until), **of)
        for pupil, (joined, left) in zip(pupils, stays, strict=True):
            Person.objects.filter(pk=pupil.pk).update(joined_on=day(joined), left_on=day(left))
        user = User.objects.get(pk=getattr(cast, who).pk)
        for verb, visible, every in LAWS:
            seen = set(visible(user).values_list("pk", flat=True))
            assert seen == {row.pk for row in every() if allowed(user, verb, row)}, verb
        transaction.set_rollback(True)
