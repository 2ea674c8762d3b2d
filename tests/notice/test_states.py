"""Establish, Maintain, Restore: set by a person, kept with their history, looked at again."""

from datetime import timedelta

import pytest

from belong.base.clock import frozen, now, today
from belong.base.errors import Refused
from belong.base.models import AuditEntry
from belong.notice import actions, words
from belong.notice.models import Relationship, RelationshipChange
from belong.notice.queries import cards
from belong.people.models import Membership, Person


def mine(user) -> list[str]:
    return list(Relationship.objects.filter(adult=user.person).values_list("state", flat=True))


@pytest.mark.parametrize(("state", "weeks"), [("establish", 2), ("maintain", 6), ("restore", 1)])
def test_each_state_brings_its_own_day_to_look_again(cast, in_school, client_as, state, weeks):
    ben = cast.pupils[1]
    client_as(cast.tutor).post(f"/pupils/{ben.pk}/state/", {"state": state, "reason": "Since the trip."})
    row = Relationship.objects.get()
    assert (row.state, row.reason, row.set_on) == (state, "Since the trip.", today())
    assert row.review_on == today() + timedelta(weeks=weeks)


def test_history_is_kept_and_shown_to_its_readers_only(cast, in_school, client_as):
    ben = cast.pupils[1]
    actions.set_state(cast.tutor, pupil=ben, state="establish", reason="First weeks.")
    actions.set_state(cast.tutor, pupil=ben, state="restore", reason="We fell out.")
    pages = {
        who: client_as(getattr(cast, who)).get(f"/pupils/{ben.pk}/").content.decode()
        for who in ("tutor", "pastoral", "head", "senco", "dsl")
    }
    assert {who for who, page in pages.items() if "We fell out." in page} == {"tutor", "pastoral"}
    assert {who for who, page in pages.items() if "First weeks." in page} == {"tutor", "pastoral"}


def test_the_tutor_sees_what_another_teacher_set_and_not_the_other_way_round(cast, in_school, client_as):
    ben = cast.pupils[1]
    maths = cast.other_tutor
    group = cast.other_group
    group.kind = "class"
    group.save()
    Membership.objects.create(school=cast.school, group=group, person=ben)
    actions.set_state(maths, pupil=ben, state="restore", reason="An argument about homework.")
    actions.set_state(cast.tutor, pupil=ben, state="maintain", reason="We talk about chess.")
    tutor = client_as(cast.tutor).get(f"/pupils/{ben.pk}/").content.decode()
    teacher = client_as(maths).get(f"/pupils/{ben.pk}/").content.decode()
    assert "An argument about homework." in tutor
    assert "An argument about homework." in teacher
    assert "We talk about chess." not in teacher


def test_undo_brings_back_what_stood_before(cast, in_school, client_as):
    ben = cast.pupils[1]
    actions.set_state(cast.tutor, pupil=ben, state="establish", reason="New here.")
    change = actions.set_state(cast.tutor, pupil=ben, state="restore")
    client_as(cast.tutor).post(f"/pupils/{ben.pk}/state/undo/{change.pk}/")
    row = Relationship.objects.get()
    assert (row.state, row.reason) == ("establish", "New here.")
    assert row.review_on == today() + timedelta(weeks=2)
    assert RelationshipChange.objects.count() == 1


def test_undo_of_the_first_state_leaves_none(cast, in_school):
    change = actions.set_state(cast.tutor, pupil=cast.pupils[1], state="establish")
    assert actions.undo_state(cast.tutor, change=change) is None
    assert mine(cast.tutor) == []


def test_undo_is_for_ten_minutes_and_the_newest(cast, in_school):
    old = actions.set_state(cast.tutor, pupil=cast.pupils[1], state="establish")
    new = actions.set_state(cast.tutor, pupil=cast.pupils[1], state="maintain")
    with pytest.raises(Refused, match="has changed since"):
        actions.undo_state(cast.tutor, change=old)
    with frozen(now() + timedelta(minutes=11)), pytest.raises(Refused, match="more than ten minutes"):
        actions.undo_state(cast.tutor, change=new)
    assert mine(cast.tutor) == ["maintain"]


def test_nobody_undoes_another_adults_state(cast, in_school, client_as):
    ben = cast.pupils[1]
    change = actions.set_state(cast.tutor, pupil=ben, state="restore")
    answer = client_as(cast.pastoral).post(f"/pupils/{ben.pk}/state/undo/{change.pk}/")
    assert answer.status_code == 404
    assert mine(cast.tutor) == ["restore"]


def test_two_adults_keep_a_state_each(cast, in_school):
    ben = cast.pupils[1]
    actions.set_state(cast.tutor, pupil=ben, state="maintain")
    actions.set_state(cast.pastoral, pupil=ben, state="establish")
    assert (mine(cast.tutor), mine(cast.pastoral)) == (["maintain"], ["establish"])


def test_the_day_to_look_again_can_be_chosen(cast, in_school, client_as):
    ben = cast.pupils[1]
    actions.set_state(cast.tutor, pupil=ben, state="maintain")
    day = today() + timedelta(days=12)
    client_as(cast.tutor).post(f"/pupils/{ben.pk}/review/", {"review_on": day.isoformat()})
    assert Relationship.objects.get().review_on == day
    assert RelationshipChange.objects.get().review_on == day


@pytest.mark.parametrize(("days", "words"), [(-1, "already gone"), (400, "within the next year")])
def test_a_day_out_of_reach_is_refused_and_the_old_one_stays(cast, in_school, client_as, days, words):
    ben = cast.pupils[1]
    actions.set_state(cast.tutor, pupil=ben, state="maintain")
    day = today() + timedelta(days=days)
    answer = client_as(cast.tutor).post(f"/pupils/{ben.pk}/review/", {"review_on": day.isoformat()})
    assert words in answer.content.decode()
    assert Relationship.objects.get().review_on == today() + timedelta(weeks=6)


def test_a_review_needs_a_state_first(cast, in_school):
    with pytest.raises(Refused, match="Choose Establish, Maintain or Restore first"):
        actions.set_review(cast.tutor, pupil=cast.pupils[1], review_on=today())


def test_drift_means_nothing_noted_by_the_day_and_changes_no_state(cast, in_school, stands, noted):
    drifted, kept_up, not_due = cast.pupils[:3]
    for pupil, review_in in ((drifted, 0), (kept_up, 0), (not_due, 1)):
        stands(cast.tutor, pupil, set_days=42, review_in=review_in)
    noted(cast.tutor, drifted, days=43)
    noted(cast.pastoral, drifted, days=2)
    noted(cast.tutor, kept_up, days=5)
    found = {card.pupil.pk: card for card in cards(cast.tutor, cast.pupils[:3])}
    assert [found[pupil.pk].has_drifted for pupil in (drifted, kept_up, not_due)] == [True, False, False]
    assert [found[pupil.pk].is_due for pupil in (drifted, kept_up, not_due)] == [True, True, False]
    assert words.contact(found[drifted.pk]).startswith("Look again: nothing noted by you since")
    assert mine(cast.tutor) == ["maintain"] * 3


def test_who_may_set_a_state(cast, in_school, client_as):
    for user in cast.users.values():
        client_as(user).post(f"/pupils/{cast.pupils[1].pk}/state/", {"state": "maintain"})
    adults = Relationship.objects.values_list("adult__given_name", flat=True)
    assert set(adults) == {"Tutor", "Pastoral"}


def test_a_state_that_is_none_of_the_three_is_refused(cast, in_school, client_as):
    answer = client_as(cast.tutor).post(f"/pupils/{cast.pupils[1].pk}/state/", {"state": "worry"})
    assert answer.status_code == 422
    assert mine(cast.tutor) == []


def test_a_pupil_who_left_gets_no_state(cast, in_school, client_as):
    ewa = cast.pupils[4]
    Person.objects.filter(pk=ewa.pk).update(left_on=today())
    answer = client_as(cast.tutor).post(f"/pupils/{ewa.pk}/state/", {"state": "maintain"})
    assert answer.status_code == 404 or "Ewa Nowak left the school" in answer.content.decode()
    assert mine(cast.tutor) == []


def test_the_audit_trail_holds_the_state_and_no_reason(cast, in_school):
    actions.set_state(cast.tutor, pupil=cast.pupils[1], state="restore", reason="We fell out.")
    entry = AuditEntry.objects.get(verb="notice.set_state")
    assert entry.facts == {"state": "restore"}
    assert "fell" not in f"{entry.why}{entry.row}"
