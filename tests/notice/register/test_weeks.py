"""After how many weeks adults look again: 2, 6 and 1, unless the school's leaders chose others."""

from datetime import timedelta

import pytest

from belong.base.clock import today
from belong.base.models import AuditEntry
from belong.notice import actions
from belong.notice.models import Relationship, State
from belong.notice.register.weeks import weeks_of
from belong.people.models import School

NEW = {"establish": 3, "maintain": 8, "restore": 2}


def test_leaders_choose_and_it_counts_from_now_on(cast, in_school, client_as):
    earlier, later = cast.pupils[:2]
    actions.set_state(cast.tutor, pupil=earlier, state="maintain")
    client_as(cast.head).post("/notice/weeks/", NEW)
    cast.tutor.school.refresh_from_db()
    actions.set_state(cast.tutor, pupil=later, state="maintain")
    found = dict(Relationship.objects.values_list("pupil_id", "review_on"))
    assert found == {earlier.pk: today() + timedelta(weeks=6), later.pk: today() + timedelta(weeks=8)}
    entry = AuditEntry.objects.get(verb="notice.set_weeks")
    assert entry.facts == NEW


def test_only_leaders_may(cast, in_school, client_as):
    found = {who: client_as(user).get("/notice/weeks/").status_code for who, user in cast.users.items()}
    assert {who for who, status in found.items() if status == 200} == {"head", "stranger"}


@pytest.mark.parametrize("wrong", ["0", "27", "-1", "two", "", "1.5"])
def test_a_number_out_of_reach_changes_nothing(cast, in_school, client_as, wrong):
    answer = client_as(cast.head).post("/notice/weeks/", NEW | {"restore": wrong})
    assert answer.status_code == 422
    assert School.objects.get(pk=cast.school.pk).settings == {}


@pytest.mark.parametrize(
    "kept", [{}, {"review_weeks": None}, {"review_weeks": {"restore": "x", "maintain": 99}}]
)
def test_settings_that_hold_something_odd_count_as_the_default(kept):
    assert weeks_of(School(settings=kept)) == {State.ESTABLISH: 2, State.MAINTAIN: 6, State.RESTORE: 1}


def test_other_settings_of_the_school_stay(cast, in_school, client_as):
    School.objects.filter(pk=cast.school.pk).update(settings={"survey_budget": 40})
    client_as(cast.head).post("/notice/weeks/", NEW)
    assert School.objects.get(pk=cast.school.pk).settings == {"survey_budget": 40, "review_weeks": NEW}
