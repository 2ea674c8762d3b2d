"""Own usual: off until signed off, for the few who were named each time, closed by a person; and never a list."""

from datetime import timedelta

import pytest

from belong.ask.checkins import actions as checkins
from belong.ask.checkins.actions import take_own_out
from belong.ask.models import UsualCheck, UsualNote, Wave
from belong.ask.usual import looking
from belong.ask.usual.today import due
from belong.base.clock import frozen
from belong.base.errors import Refused
from tests.ask.checkins.conftest import MONDAY, USUAL, WEEK, answer, on_monday  # noqa: F401

pytestmark = pytest.mark.alike

CURVE = (4, 5, 4, 4, 5, 1)


@pytest.fixture
def rounds(cast, in_school) -> list[Wave]:
    """Six weeks of check-ins of 8H: Ben's faces fall at the end, Cerys is as always."""
    given = USUAL | {"with_line": False, "topics": ["mood"], "ends_on": MONDAY.date() + timedelta(days=46)}
    check_in = checkins.set_up(cast.tutor, group=cast.tutor_group, **given)
    found = []
    for week, mood in enumerate(CURVE):
        with frozen(MONDAY + week * WEEK):
            checkins.close_due(cast.school)
            checkins.open_due(cast.school)
            wave = Wave.askings.select_related("check_in__group", "school").filter(check_in=check_in).first()
            answer_mood(wave, cast.pupils[1], mood)
            answer_mood(wave, cast.pupils[2], 3)
            found.append(wave)
    return found


def answer_mood(wave: Wave, pupil, mood: int) -> None:
    from uuid import uuid4

    from belong.ask.actions import submit_sheet
    from belong.ask.who_sees import seers_for

    submit_sheet(wave, pupil, {"mood-12": mood}, uuid4(), seers_for(wave, pupil).reader_ids)


@pytest.fixture
def last_week():
    with frozen(MONDAY + 5 * WEEK + timedelta(days=1)):
        yield


def test_off_until_somebody_signs(cast, rounds, last_week, client_as):
    assert looking.look(cast.school) == 0
    client = client_as(cast.dsl)
    page = client.get("/ask/own-usual/").content.decode()
    assert "If all 24 pupils here checked in by name every week" in page
    assert "Among the 12 who do check in by name now" in page
    assert client.post("/ask/own-usual/").status_code == 422
    assert not UsualCheck.objects.exists()
    assert "On since" not in client_as(cast.head).get("/guard/dpia/").content.decode()
    assert client.post("/ask/own-usual/", {"understood": "yes"}).status_code == 302
    register = client_as(cast.head).get("/guard/dpia/").content.decode()
    assert (
        register.index("own usual in check-ins")
        < register.index("On since")
        < register.index("in what is noted")
    )
    assert looking.look(cast.school) == 1
    assert looking.look(cast.school) == 0  # the same answers make no other


@pytest.mark.parametrize("who", ["pastoral", "tutor", "survey_lead"])
def test_not_everybody_signs(cast, in_school, client_as, who):
    assert client_as(cast.users[who]).get("/ask/own-usual/").status_code == 403


@pytest.fixture
def note(cast, rounds, last_week) -> UsualNote:
    looking.sign_off(cast.dsl, understood=True)
    looking.look(cast.school)
    return UsualNote.objects.get()


def test_only_for_the_few_who_were_named_each_time(cast, note, client_as):
    assert (note.pupil, note.reason, note.readers) == (cast.pupils[1], "far", [cast.pastoral.person.pk])
    (item,) = due(cast.pastoral)
    assert (item.title, item.detail) == (
        "Ben Carter",
        "How they are today: far below their own usual. Please ask how they are.",
    )
    page = client_as(cast.pastoral).get(item.url).content.decode()
    assert page.count('<svg class="mood"') == 6
    for who in ("dsl", "tutor", "head", "senco"):  # the safeguarding lead was not named beside these
        assert due(cast.users[who]) == []
        assert client_as(cast.users[who]).get(item.url).status_code == 404


def test_a_new_pastoral_lead_was_not_told_and_is_not_prompted(cast, rounds, last_week):
    from belong.people import roles
    from belong.people.models import Person, Role
    from tests.conftest import make_person, make_user

    new = make_user(make_person(cast.school, Person.STAFF, "New", "Lead"), "new", roles.PASTORAL_LEAD)
    Role.objects.filter(person=cast.pastoral.person).delete()
    looking.sign_off(cast.dsl, understood=True)
    assert looking.look(cast.school) == 0
    assert due(new) == []


def test_looked_at_it_is_closed_and_quiet_for_four_weeks(cast, note, rounds, client_as):
    client = client_as(cast.pastoral)
    assert client.post(f"/ask/own-usual/{note.pk}/looked/").status_code == 302
    note.refresh_from_db()
    assert note.looked_by == cast.pastoral.person
    assert due(cast.pastoral) == []
    with frozen(MONDAY + 6 * WEEK):
        checkins.open_due(cast.school)
        wave = Wave.askings.select_related("check_in__group", "school").order_by("-opens_on").first()
        answer_mood(wave, cast.pupils[1], 1)
        assert looking.look(cast.school) == 0


def test_switched_off_prompts_go(cast, note):
    looking.end_sign_off(cast.head)
    assert not UsualNote.objects.exists()
    assert due(cast.pastoral) == []
    with pytest.raises(Refused, match="Nothing was switched on"):
        looking.sign_off(cast.head, understood=False)


def test_taken_back_answers_take_the_prompt_with_them(cast, note, rounds):
    from belong.people import roles
    from tests.conftest import make_user

    ben = make_user(cast.pupils[1], "ben", roles.PUPIL)
    take_own_out(ben, rounds[-1])
    assert not UsualNote.objects.exists()


def test_pooled_faces_are_never_read(cast, in_school, last_week):
    given = USUAL | {"with_line": False, "topics": ["mood"], "named": [], "starts_on": MONDAY.date()}
    with frozen(MONDAY):
        checkins.set_up(cast.tutor, group=cast.tutor_group, **given)
    for week in range(6):
        with frozen(MONDAY + week * WEEK):
            checkins.close_due(cast.school)
            checkins.open_due(cast.school)
            wave = Wave.askings.select_related("check_in__group", "school").order_by("-opens_on").first()
            answer_mood(wave, cast.pupils[1], 1)
    looking.sign_off(cast.dsl, understood=True)
    assert looking.look(cast.school) == 0
