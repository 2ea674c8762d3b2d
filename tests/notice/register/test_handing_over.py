"""Handing over at the end of a year: what the adult who goes writes, and what the one who comes may read."""

from datetime import timedelta

import pytest

from belong.base.clock import today
from belong.notice import actions as room
from belong.notice.models import HandOver, Relationship
from belong.notice.register import actions
from belong.people.models import Group, Membership, Person


def here(cast) -> str:
    return f"/group/{cast.tutor_group.pk}"


def move_on(cast) -> Group:
    """A new year: 8H becomes 9H, and the other tutor takes it over."""
    day = today()
    Membership.objects.filter(group=cast.tutor_group).update(until=day)
    group = Group.objects.create(school=cast.school, kind=Group.TUTOR_GROUP, name="9H", year="9")
    fields = {"school": cast.school, "group": group, "since": day}
    Membership.objects.bulk_create([Membership(person=pupil, **fields) for pupil in cast.pupils])
    Membership.objects.create(person=cast.other_tutor.person, part=Membership.LEAD, **fields)
    for user in cast.users.values():
        user.__dict__.pop("led_group_ids", None)
    return group


@pytest.fixture
def written(cast, in_school) -> HandOver:
    """About Ben, with the course of the states."""
    ben = cast.pupils[1]
    room.set_state(cast.tutor, pupil=ben, state="restore", reason="We fell out over the trip.")
    room.set_state(cast.tutor, pupil=ben, state="maintain", reason="We mended it.")
    return actions.write_hand_over(
        cast.tutor,
        group=cast.tutor_group,
        pupil_id=ben.pk,
        what_helps="A minute’s warning before questions.",
        line="He makes the whole row laugh.",
        with_states=True,
    )


def test_the_adult_who_goes_writes_one_after_the_other(cast, in_school, client_as, knows):
    amina, ben, *_ = sorted(cast.pupils, key=lambda one: (one.family_name, one.given_name))
    knows(cast.tutor, amina, "Loves chess.")
    client = client_as(cast.tutor)
    page = client.get(f"{here(cast)}/hand-over/{amina.pk}/").content.decode()
    assert "Loves chess." in page, "begins with what the adult wrote about knowing them"
    answer = client.post(
        f"{here(cast)}/hand-over/{amina.pk}/",
        {"what_helps": "Loves chess.", "line": "Ask her to teach you.", "next": "1"},
    )
    assert answer.url == f"{here(cast)}/hand-over/{ben.pk}/"
    row = HandOver.objects.get()
    assert (row.what_helps, row.line, row.with_states) == ("Loves chess.", "Ask her to teach you.", False)
    page = client.get(f"{here(cast)}/hand-over/").content.decode()
    assert 'value="1"' in page
    assert "Loves chess." in page


def test_the_next_adult_sees_what_helps_the_line_and_the_states_without_reasons(
    cast, in_school, client_as, written
):
    group = move_on(cast)
    page = client_as(cast.other_tutor).get(f"/group/{group.pk}/handed-over/").content.decode()
    assert "A minute’s warning before questions." in page
    assert "He makes the whole row laugh." in page
    assert "Restore" in page
    assert "Maintain" in page
    assert "We fell out" not in page
    assert "never used to appraise anybody" in page


def test_states_that_were_not_chosen_are_not_shown_there(cast, in_school, client_as, written):
    HandOver.objects.update(with_states=False)
    group = move_on(cast)
    page = client_as(cast.other_tutor).get(f"/group/{group.pk}/handed-over/").content.decode()
    assert "A minute’s warning" in page
    assert "How it stood between them" not in page


def test_history_is_kept_when_the_year_turns(cast, in_school, written):
    move_on(cast)
    row = Relationship.objects.get()
    assert [change.state for change in row.changes.all()] == ["maintain", "restore"]


def test_a_teacher_of_another_kind_of_group_does_not_read_it(cast, in_school, client_as, written):
    ben = cast.pupils[1]
    cast.other_group.kind = Group.CLASS
    cast.other_group.save()
    Membership.objects.create(school=cast.school, group=cast.other_group, person=ben)
    page = client_as(cast.other_tutor).get(f"/group/{cast.other_group.pk}/handed-over/").content.decode()
    assert "A minute’s warning" not in page


def test_from_class_to_class_the_next_teacher_reads_it(cast, in_school, client_as):
    ben = cast.pupils[1]
    maths = Group.objects.create(school=cast.school, kind=Group.CLASS, name="8Ma2")
    art = Group.objects.create(school=cast.school, kind=Group.CLASS, name="9Ma1")
    for group, who in ((maths, cast.tutor), (art, cast.other_tutor)):
        Membership.objects.create(school=cast.school, group=group, person=ben)
        Membership.objects.create(school=cast.school, group=group, person=who.person, part=Membership.LEAD)
    cast.tutor.__dict__.pop("led_group_ids", None)
    actions.write_hand_over(cast.tutor, group=maths, pupil_id=ben.pk, what_helps="Graph paper.")
    page = client_as(cast.other_tutor).get(f"/group/{art.pk}/handed-over/").content.decode()
    assert "Graph paper." in page


def test_emptied_it_is_taken_back(cast, in_school, client_as, written):
    client_as(cast.tutor).post(f"{here(cast)}/hand-over/{written.pupil_id}/", {"what_helps": "", "line": ""})
    assert not HandOver.objects.exists()


def test_only_who_leads_the_group_hands_it_over(cast, in_school, client_as):
    found = {
        who: client_as(user).get(f"{here(cast)}/hand-over/").status_code for who, user in cast.users.items()
    }
    assert {who for who, status in found.items() if status == 200} == {"tutor"}


def test_a_pupil_of_another_group_cannot_be_slipped_in(cast, in_school, client_as):
    stranger = cast.other_pupils[0]
    answer = client_as(cast.tutor).post(f"{here(cast)}/hand-over/{stranger.pk}/", {"line": "x"})
    assert answer.status_code == 404
    assert not HandOver.objects.exists()


def test_too_many_words_are_refused_and_stay_in_the_form(cast, in_school, client_as):
    ben = cast.pupils[1]
    answer = client_as(cast.tutor).post(f"{here(cast)}/hand-over/{ben.pk}/", {"line": "x" * 281})
    assert answer.status_code == 422
    assert "x" * 281 in answer.content.decode()
    assert not HandOver.objects.exists()


def test_a_pupil_who_left_is_handed_over_to_nobody(cast, in_school, client_as, written):
    Person.objects.filter(pk=written.pupil_id).update(left_on=today() - timedelta(days=1))
    group = move_on(cast)
    assert (
        "A minute’s warning"
        not in client_as(cast.other_tutor).get(f"/group/{group.pk}/handed-over/").content.decode()
    )


def test_queries_do_not_grow_with_the_group(
    cast, in_school, client_as, written, django_assert_max_num_queries
):
    for pupil in cast.pupils:
        actions.write_hand_over(
            cast.tutor, group=cast.tutor_group, pupil_id=pupil.pk, line="x", with_states=True
        )
    group = move_on(cast)
    client = client_as(cast.other_tutor)
    with django_assert_max_num_queries(24):
        client.get(f"/group/{group.pk}/handed-over/")
