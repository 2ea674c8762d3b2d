"""Not yet noticed: an adult says they will notice somebody."""

from datetime import timedelta

from belong.base.clock import frozen, now
from belong.notice.actions import record_moment, undo_moment
from belong.notice.models import WillNotice
from belong.notice.queries import overlooked
from belong.notice.queries.overlooked import with_details
from belong.people.models import Person


def will(cast, pupil: Person) -> list[str]:
    row = next(row for row in with_details(overlooked(cast.pastoral)) if row.pupil == pupil)
    return [one.adult.display_name for one in row.promises]


def test_one_click_to_say_i_will_notice_seen_by_colleagues_and_on_ones_own_today(cast, in_school, client_as):
    amina = cast.pupils[0]
    tutor = client_as(cast.tutor)
    answer = tutor.post(f"/overlooked/{amina.pk}/", HTTP_HX_REQUEST="true")
    assert "You will notice, by" in answer.content.decode()
    assert will(cast, amina) == [cast.tutor.person.display_name]
    page = client_as(cast.pastoral).get("/overlooked/").content.decode()
    assert f"{cast.tutor.person.display_name} will notice" in page
    assert "You said you would notice" in tutor.get("/").content.decode()
    assert "You said you would notice" not in client_as(cast.pastoral).get("/").content.decode()


def test_it_ends_with_a_moment_of_that_adult_and_no_other_and_comes_back_when_that_is_undone(
    cast, in_school, client_as
):
    amina = cast.pupils[0]
    client_as(cast.tutor).post(f"/overlooked/{amina.pk}/")
    record_moment(cast.pastoral, pupils=[amina], kind="praise")
    record_moment(cast.tutor, pupils=[amina], kind="observation", note="Tired.")
    assert will(cast, amina), "neither another adult's moment nor an observation is what was promised"
    made = record_moment(cast.tutor, pupils=[amina], kind="greeting")
    assert will(cast, amina) == []
    undo_moment(cast.tutor, submission=made[0].submission)
    assert will(cast, amina)


def test_a_moment_noted_before_does_not_end_what_was_said_after(cast, in_school, noted, client_as):
    amina = cast.pupils[0]
    with frozen(now() - timedelta(hours=1)):
        record_moment(cast.tutor, pupils=[amina], kind="greeting")
    client_as(cast.tutor).post(f"/overlooked/{amina.pk}/")
    assert will(cast, amina)


def test_taking_it_back_and_saying_it_twice(cast, in_school, client_as):
    amina = cast.pupils[0]
    tutor = client_as(cast.tutor)
    for _ in range(2):
        assert tutor.post(f"/overlooked/{amina.pk}/").status_code == 302
    assert WillNotice.objects.count() == 1
    tutor.post(f"/overlooked/{amina.pk}/undo/")
    assert will(cast, amina) == []
    answer = tutor.post(f"/overlooked/{amina.pk}/undo/", HTTP_HX_REQUEST="true")
    assert "already been taken back" in answer.content.decode()


def test_nobody_promises_to_notice_a_pupil_of_another_class(cast, in_school, client_as):
    assert client_as(cast.tutor).post(f"/overlooked/{cast.other_pupils[0].pk}/").status_code == 404
    assert not WillNotice.objects.exists()
