"""The law of access: an award is in `visible_awards(user)` exactly when the user may see it."""

from datetime import timedelta

import pytest

from belong.base.access import allowed
from belong.base.clock import today
from belong.notice.badges import actions
from belong.notice.badges.access import visible_awards
from belong.notice.models import Award, Shown
from belong.people import roles
from belong.people.models import CarerLink, Membership, Person, Role, User

USERS = (
    "tutor", "other_tutor", "pastoral", "senco", "dsl", "head", "survey_lead", "governor", "analyst", "technician",
    "outside", "carer", "pupil",
)  # fmt: skip


@pytest.fixture
def awards(cast, in_school):
    """Standing and withdrawn awards of pupils of two groups, shown to the family and not; one pupil has left."""
    look = {"shape": "circle", "sign": "star", "colour": "teal"}
    one, two = (actions.make_badge(cast.head, name=name, criteria="x", **look) for name in ("One", "Two"))
    pupils = [*cast.pupils[:3], *cast.other_pupils[:2]]
    rows = [*actions.give_badge(cast.head, one, pupils), *actions.give_badge(cast.head, two, pupils)]
    actions.withdraw_award(cast.head, rows[0], why="By mistake.")
    actions.withdraw_award(cast.head, rows[6], why="By mistake.")
    for row, to_family in ((rows[5], True), (rows[1], False)):
        facts = {"entry": Shown.AWARD, "number": row.pk, "to_family": to_family, "chosen_on": today()}
        Shown.objects.create(school=cast.school, pupil=row.pupil, **facts)
    CarerLink.objects.create(school=cast.school, carer=cast.carer.person, pupil=pupils[1], may_see=True)
    CarerLink.objects.create(school=cast.school, carer=cast.carer.person, pupil=pupils[2], may_see=False)
    Person.objects.filter(pk=pupils[4].pk).update(left_on=today() - timedelta(days=2))
    return rows


@pytest.mark.parametrize("who", USERS)
@pytest.mark.parametrize("also", ["", roles.PASTORAL_LEAD, "teaches 9K", "teaches 9K no more"])
def test_visible_is_allowed(cast, awards, who, also):
    user = User.objects.get(pk=getattr(cast, who).pk)
    until = today() - timedelta(days=1) if also.endswith("no more") else None
    if also == roles.PASTORAL_LEAD:
        Role.objects.create(school=cast.school, person=user.person, role=also, group=cast.other_group)
    elif also:
        part = {"part": Membership.ASSISTANT, "until": until}
        Membership.objects.create(school=cast.school, group=cast.other_group, person=user.person, **part)
    rows = Award.objects.select_related("badge", "pupil", "school")
    seen = set(visible_awards(user).values_list("pk", flat=True))
    assert seen == {row.pk for row in rows if allowed(user, "notice.view_award", row)}
    taken = {row.pk for row in rows if allowed(user, "notice.take_badge", row)}
    assert taken <= seen
    assert not taken or who in ("pupil", "carer")
