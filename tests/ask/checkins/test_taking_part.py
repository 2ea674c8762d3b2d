"""A pupil checks in by account or in class, once; who reads what; and what they see and take out themselves."""

import pytest
from django.test import Client

from belong.ask import actions as ask
from belong.ask.checkins import queries
from belong.ask.checkins.today import due
from belong.ask.models import PooledRow, PooledSheet, Receipt, SignedSheet, Wave
from belong.base.clock import frozen
from belong.base.models import AuditEntry
from belong.guard.models import Concern
from tests.ask.checkins.conftest import MONDAY, WEEK, answer, turn


@pytest.fixture
def by_account(cast, client_as, round_) -> Client:
    """The pupil has pressed the button on their own page."""
    client = client_as(cast.pupil)
    assert "There is a quick check-in for you." in client.get("/me/").content.decode()
    assert client.post(f"/check-in/{round_.pk}/").url == "/a/questions/"
    return client


def test_by_account_in_one_form(cast, by_account, round_):
    page = by_account.get("/a/questions/")
    said = page.content.decode()
    assert said.count("Mx Tutor and Mx Pastoral can see this answer with your name.") == 1
    assert said.count("shown only in results for 10 people or more") == 1
    assert "Only Mx Dsl and Mx Pastoral can read this" in said
    form = {
        "pass": page.context["sheet_pass"],
        "q-mood-12": "2",
        "q-break-12": "4",
        "q-line-12": "A long day",
    }
    sent = by_account.post("/a/answers/", form)
    assert sent.status_code == 302
    assert by_account.post("/a/answers/", form).status_code == 302  # a resend is the same
    sheet = SignedSheet.objects.get()
    assert (sheet.answers, sheet.texts) == ({"mood-12": 2}, {"line-12": "A long day"})
    assert PooledSheet.objects.get().answers == {"break-12": 4}
    assert Receipt.objects.count() == 1
    assert "quick check-in" not in by_account.get("/me/").content.decode()
    assert by_account.post(f"/check-in/{round_.pk}/").url == "/"


def test_the_own_sign_in_outlasts_the_end_page(cast, by_account):
    page = by_account.get("/a/questions/")
    end = by_account.post("/a/answers/", {"pass": page.context["sheet_pass"], "q-mood-12": "3"}).url
    assert "cookies" not in by_account.get(end).headers.get("Clear-Site-Data", "")
    assert by_account.get("/me/").status_code == 200


def test_in_class_as_in_a_wave(cast, check_in, round_, client_as):
    teacher = client_as(cast.tutor)
    opened = teacher.post(f"/ask/check-ins/{check_in.pk}/class/{cast.tutor_group.pk}/")
    assert opened.status_code == 302
    assert teacher.get(opened.url).status_code == 200
    from belong.ask.models import ClassSession

    session = ClassSession.objects.get()
    number = ask.make_pin(cast.tutor, cast.tutor_group, cast.pupils[1].pk)[1]
    device = Client()
    device.post("/a/", {"code": session.code})
    ask.let_in(cast.tutor, session)
    typed = device.post(f"/a/names/{cast.pupils[1].pk}/", {"number": number})
    assert typed.url == "/a/check-in/"
    assert device.get(typed.url).url == "/a/questions/"
    page = device.get("/a/questions/")
    assert page.status_code == 200
    device.post("/a/answers/", {"pass": page.context["sheet_pass"], "q-mood-12": "5"})
    assert SignedSheet.objects.get().person == cast.pupils[1]
    assert cast.pupils[1] not in [
        p
        for p in queries.asked_in(round_.pk, cast.tutor_group)
        if p.pk not in queries.answered_in(round_.pk, cast.pupils)
    ]


def test_not_asked_not_let_in(cast, client_as, round_):
    client = client_as(cast.pupil)
    with frozen(MONDAY + WEEK):
        assert client.post(f"/check-in/{round_.pk}/").url == "/"
    assert client.post("/check-in/99999/").url == "/"
    assert client_as(cast.tutor).post(f"/check-in/{round_.pk}/").status_code == 403
    assert Client().get("/a/check-in/").status_code == 403


def told(user, wave) -> list[tuple]:
    return [
        (one.pupil.given_name, [face.face for face in one.faces], one.line, one.is_new)
        for one in queries.told(user, wave)
    ]


def test_named_answers_reach_those_named_and_the_line_those_in_confidence(cast, round_):
    answer(round_, cast.pupils[1], mood=5)
    answer(round_, cast.pupils[2], mood=1, line="Nobody to sit with")
    assert told(cast.tutor, round_) == [("Cerys", [1], "", True), ("Ben", [5], "", True)]
    assert told(cast.pastoral, round_) == [("Cerys", [1], "Nobody to sit with", True), ("Ben", [5], "", True)]
    assert told(cast.dsl, round_) == [("Cerys", [], "Nobody to sit with", True)]
    for user in (cast.other_tutor, cast.head, cast.survey_lead, cast.senco):
        assert told(user, round_) == []


def test_read_marks_and_today(cast, check_in, round_, client_as):
    answer(round_, cast.pupils[1], mood=5)
    answer(round_, cast.pupils[2], mood=1)
    (item, in_class) = due(cast.tutor)
    assert (item.title, item.detail, item.order) == (
        "2 pupils have checked in with you: Monday check-in",
        "One face is low.",
        7,
    )
    assert (in_class.title, in_class.detail) == ("8H: Monday check-in", "2 of 12 have answered")
    client = client_as(cast.tutor)
    page = client.get(item.url).content.decode()
    assert "Cerys Pugh" in page
    assert "/circle-back/" in page
    assert client.post(f"/ask/check-ins/{check_in.pk}/rounds/{round_.pk}/read/").status_code == 302
    assert [one.kind for one in due(cast.tutor)] == ["ask.check-in.class"]
    assert [one.kind for one in due(cast.pastoral)] == ["ask.check-in"]
    assert AuditEntry.objects.filter(verb="ask.read_check_in").count() == 1


def test_no_live_count_of_a_pooled_question_anywhere(cast, check_in, round_, client_as):
    for pupil in cast.pupils:
        answer(round_, pupil, mood=None, break_=2)
    page = client_as(cast.pastoral).get(f"/ask/check-ins/{check_in.pk}/").content.decode()
    assert "Nothing told to you in this round" in page
    assert "Not so good" not in page


def test_words_that_should_be_read_soon_reach_the_safeguarding_lead(cast, round_):
    answer(round_, cast.pupils[2], line="I am scared to go home")
    assert Concern.objects.get(kind=Concern.WORDS).person == cast.pupils[2]


def test_at_close_pooled_answers_lose_their_order(cast, round_, django_capture_on_commit_callbacks):
    for pupil in cast.pupils:
        answer(round_, pupil)
    with django_capture_on_commit_callbacks(execute=True):
        turn(cast.school, 1)
    assert (PooledSheet.objects.count(), PooledRow.objects.filter(wave=round_).count()) == (0, 12)
    assert set(Receipt.objects.filter(wave=round_).values_list("submission_id", flat=True)) == {None}
    assert Wave.askings.get(pk=round_.pk).rewritten


def test_my_answers_named_only(cast, round_, client_as):
    answer(round_, cast.pupils[0], mood=2, line="Quillfeather", break_=5)
    page = client_as(cast.pupil).get("/my-answers/").content.decode()
    assert "Not so good" in page
    assert "Seen by Mx Tutor and Mx Pastoral" in page
    assert "Really good" not in page  # pooled
    assert "Quillfeather" not in page
    assert "others may know your password" in page.replace("\n", " ") or "know your password" in page


def test_take_it_out(cast, round_, client_as):
    answer(round_, cast.pupils[0], mood=2, line="Quillfeather")
    answer(round_, cast.pupils[1], mood=2)
    client = client_as(cast.pupil)
    asks = client.get(f"/my-answers/{round_.pk}/take-out/").content.decode()
    assert "Everything kept with your name or your code" in asks
    assert "can’t be found and stay" in asks
    assert client.post(f"/my-answers/{round_.pk}/take-out/").url == "/my-answers/"
    assert [sheet.person for sheet in SignedSheet.objects.all()] == [cast.pupils[1]]
    assert PooledSheet.objects.count() == 1
    assert client.get(f"/my-answers/{round_.pk}/take-out/").status_code == 302  # nothing there any more
    assert queries.rounds_for_pupil(cast.pupils[0]) == [round_]  # they may answer again


def test_another_pupils_answers_are_not_theirs_to_take(cast, round_, client_as):
    answer(round_, cast.pupils[1], mood=2)
    client = client_as(cast.pupil)
    assert client.post(f"/my-answers/{round_.pk}/take-out/").url == "/my-answers/"
    assert SignedSheet.objects.count() == 1
