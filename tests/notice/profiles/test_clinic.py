"""The agenda of a practice clinic: who is new or about to start, with what is agreed for all staff."""

from datetime import timedelta

from belong.base.clock import today
from belong.notice.profiles.queries import newcomers
from belong.people.models import Person
from tests.conftest import make_person


def joins(school, given: str, in_days: int, **more) -> Person:
    day = today() + timedelta(days=in_days)
    return make_person(school, Person.PUPIL, given, "Newcomer", joined_on=day, year="8", **more)


def test_those_of_six_weeks_back_and_eight_weeks_ahead_and_nobody_else(cast, in_school):
    for given, days in (("Old", -43), ("Lately", -41), ("Today", 0), ("Soon", 55), ("Someday", 58)):
        joins(cast.school, given, days)
    joins(cast.school, "Gone", -10, left_on=today())
    assert [pupil.given_name for pupil in newcomers()] == ["Soon", "Today", "Lately"]


def test_the_agenda_shows_what_is_agreed_for_all_staff_and_nothing_else(cast, in_school, shares, client_as):
    soon = joins(cast.school, "Wanda", 10, said_like="VAHN-da")
    asked = joins(cast.school, "Otto", 12)
    shares(soon, family=True, likes=("Horses.", "staff"), know=("For teachers.", "teachers"))
    shares(asked, likes=("Trains.", "staff"))
    for who in ("other_tutor", "survey_lead", "head"):
        page = client_as(cast.users[who]).get("/clinic/").content.decode()
        assert "Wanda Newcomer" in page
        assert "VAHN-da" in page
        assert "Horses." in page
        assert "For teachers." not in page
        assert "Trains." not in page, "the family has not agreed yet"
        assert "Otto Newcomer" in page


def test_a_page_can_be_written_with_a_pupil_who_is_about_to_start(cast, in_school, client_as):
    soon = joins(cast.school, "Wanda", 10)
    answer = client_as(cast.senco).get(f"/pupils/{soon.pk}/profile/write/")
    assert answer.status_code == 200
    assert client_as(cast.tutor).get(f"/pupils/{soon.pk}/profile/write/").status_code == 404


def test_it_is_for_staff(cast, in_school, client_as):
    found = {who: client_as(user).get("/clinic/").status_code for who, user in cast.users.items()}
    staff = {"tutor", "other_tutor", "pastoral", "senco", "dsl", "head", "survey_lead", "stranger"}
    assert {who for who, status in found.items() if status == 200} == staff


def test_nobody_new_says_so(cast, in_school, client_as):
    assert "Nobody new just now" in client_as(cast.tutor).get("/clinic/").content.decode()
