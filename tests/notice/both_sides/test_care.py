"""Where it is not well, a task for a person is opened: no state changes, no answer is shown, no score exists."""

from datetime import timedelta

import pytest
from django.urls import reverse

from belong.base.access import allowed
from belong.base.clock import today
from belong.notice.both_sides import care
from belong.notice.both_sides.tasks import look_after
from belong.notice.both_sides.today import own
from belong.notice.models import CareTask, Relationship, RelationshipChange
from belong.people.models import Membership, Person, User

LOW = {"glad": 1, "listened": 2, "fair": 4}


def fresh(user: User) -> User:
    return User.objects.get(pk=user.pk)


@pytest.fixture
def task(cast, turn_to, close) -> CareTask:
    """Ben's named answers were low; the wave has closed."""
    turn_to(cast.pupils[1], cast.tutor, **LOW)
    close()
    return CareTask.objects.get()


def test_low_answers_open_one_task_for_the_first_of_those_named(cast, turn_to, close, stands):
    stands(cast.tutor, cast.pupils[1], "maintain")
    turn_to(cast.pupils[1], **LOW)
    turn_to(cast.pupils[2], glad=1, listened=3, fair=3)
    turn_to(cast.pupils[3])
    wave = close()
    assert [(t.pupil, t.owner, t.wave) for t in CareTask.objects.all()] == [
        (cast.pupils[1], cast.tutor.person, wave)
    ]
    assert Relationship.objects.get().state == "maintain"
    assert RelationshipChange.objects.count() == 1, "nothing was set by it"
    care.open_for_answers(wave)
    assert CareTask.objects.count() == 1


def test_one_low_answer_alone_is_too_little(cast, asked, close):
    from tests.ask.conftest import answer

    answer(asked, cast.pupils[1], **{"adult-glad": 1, "adult-fair": -1})
    close()
    assert not CareTask.objects.exists()


def test_only_the_owner_sees_a_task_from_answers_and_never_the_answer(cast, task, client_as):
    address = reverse("notice:care", args=[task.pk])
    seen = {part for part, user in cast.users.items() if client_as(user).get(address).status_code == 200}
    assert seen == {"tutor"}
    html = client_as(cast.tutor).get(address).content.decode().split("<main")[1]
    assert "suggests that something between Ben Carter and adults here needs care" in html
    assert not any(words in html for words in ("Never<", "Not often", "glad to see me", "score"))
    assert [item.title for item in own(fresh(cast.tutor))] == ["Extra care for Ben Carter"]


def test_a_closed_one_does_not_come_back_for_the_same_wave(cast, task):
    care.close_care(cast.tutor, task, reason="We talked; a bad week.")
    care.open_for_answers(task.wave)
    assert CareTask.objects.filter(closed_on=None).count() == 0


def test_three_steps_close_it(cast, task, client_as):
    client, address = client_as(cast.tutor), reverse("notice:care-step", args=[task.pk])
    empty = client.post(address, {"step": "effort", "line": "  "})
    assert empty.status_code == 422
    assert "Write a few words" in empty.content.decode()
    long = client.post(address, {"step": "effort", "line": "x" * 281})
    assert long.status_code == 422
    assert "x" * 281 in long.content.decode()
    assert client.post(address, {"step": "score", "line": "x"}).status_code == 422
    client.post(address, {"step": "effort", "line": "Walks in with him each morning."})
    client.post(address, {"step": "effort", "undo": "1"})
    assert task.steps.count() == 0
    for step in ("effort", "wellbeing", "support"):
        client.post(address, {"step": step, "line": f"Did {step}."})
    task.refresh_from_db()
    assert (task.closed_on, task.closed_by, task.reason) == (today(), cast.tutor.person, "")
    html = client.get(reverse("notice:care", args=[task.pk])).content.decode()
    assert "Did support." in html
    assert "Closed" in html
    assert client.post(address, {"step": "effort", "line": "Again"}).status_code == 422


def test_it_is_closed_early_only_with_a_reason(cast, task, client_as):
    client, address = client_as(cast.tutor), reverse("notice:close-care", args=[task.pk])
    assert client.post(address, {"reason": ""}).status_code == 422
    assert client.post(address, {"reason": "Moved to a new tutor."}).status_code == 302
    task.refresh_from_db()
    assert (task.is_open, task.reason) == (False, "Moved to a new tutor.")
    assert "Ben Carter" in client.get(reverse("notice:care-list")).content.decode()


def test_it_is_handed_to_those_named_beside_the_answers_and_to_nobody_else(cast, task, client_as):
    client, address = client_as(cast.tutor), reverse("notice:hand-on-care", args=[task.pk])
    assert client.post(address, {"to": cast.senco.person_id}).status_code == 422
    assert client.post(address, {"to": "x"}).status_code == 422
    assert client.post(address, {"to": cast.pastoral.person_id}).status_code == 302
    task.refresh_from_db()
    assert task.owner == cast.pastoral.person
    assert not allowed(fresh(cast.tutor), "notice.view_care", task)


def test_restore_again_and_overdue_open_a_task_at_night(cast, in_school, stands):
    again = stands(cast.tutor, cast.pupils[1], "restore", set_days=2, review_in=5)
    facts = {"school": cast.school, "relationship": again, "state": "restore", "review_on": today()}
    RelationshipChange.objects.create(
        set_on=today() - timedelta(days=30), at=again.changes.first().at, **facts
    )
    stands(cast.tutor, cast.pupils[2], "restore", set_days=40, review_in=-25)
    stands(cast.tutor, cast.pupils[3], "restore", set_days=10, review_in=-3)
    stands(cast.tutor, cast.pupils[4], "maintain", set_days=90, review_in=-40)
    look_after.call(school_id=cast.school.pk)
    found = {(t.pupil, t.seen, t.adult, t.owner) for t in CareTask.objects.all()}
    tutor, lead = cast.tutor.person, cast.pastoral.person
    assert found == {(cast.pupils[1], "again", tutor, lead), (cast.pupils[2], "overdue", tutor, lead)}
    look_after.call(school_id=cast.school.pk)
    assert CareTask.objects.count() == 2
    assert Relationship.objects.filter(state="restore").count() == 3, "no state changes by itself"


def test_the_tutor_sees_what_another_adult_set_and_the_pastoral_lead_may_keep_it(
    cast, in_school, stands, coach
):
    stands(cast.other_tutor, cast.pupils[1], "restore", set_days=40, review_in=-25)
    [task] = care.open_for_states()
    assert task.owner == cast.tutor.person
    may = {
        verb: {part for part, user in cast.users.items() if allowed(user, verb, task)}
        for verb in ("notice.view_care", "notice.keep_care")
    }
    assert may == {"notice.view_care": {"tutor", "pastoral"}, "notice.keep_care": {"tutor", "pastoral"}}


def test_a_closed_one_comes_back_only_when_the_state_is_set_anew(cast, in_school, stands):
    row = stands(cast.tutor, cast.pupils[2], "restore", set_days=40, review_in=-25)
    [task] = care.open_for_states()
    care.close_care(cast.pastoral, task, reason="They have talked.")
    assert care.open_for_states() == []
    Relationship.objects.filter(pk=row.pk).update(set_on=today() + timedelta(days=1))
    assert len(care.open_for_states()) == 1


def test_a_task_of_an_adult_who_left_goes_to_another_who_was_named(cast, task):
    Membership.objects.filter(person=cast.tutor.person).update(until=today())
    Person.objects.filter(pk=cast.tutor.person_id).update(left_on=today())
    assert care.find_new_owners() == 1
    task.refresh_from_db()
    assert task.owner == cast.pastoral.person
    Person.objects.filter(pk=cast.pastoral.person_id).update(left_on=today())
    assert care.find_new_owners() == 0
    task.refresh_from_db()
    assert not task.is_open


def test_what_opens_a_task_is_printed(cast, in_school, client_as):
    html = client_as(cast.tutor).get(reverse("notice:care-list")).content.decode()
    assert "at least two questions about adults by name" in html
    assert "within 12 weeks" in html
