"""Staff pages: counts by class and never by pupil; cards, numbers, class sessions, links."""

import re
from datetime import timedelta
from uuid import uuid4

import pytest
from django.core import mail
from django.urls import reverse

from belong.ask import actions, tasks
from belong.ask.models import Pin, Ticket
from belong.ask.queries import (
    audience_of,
    still_to_call,
    wave_progress,
)
from belong.ask.today import due
from belong.base import clock
from tests.ask.conftest import answer, begin, plan, send, sheet_on

pytestmark = pytest.mark.alike


def test_progress_is_counted_by_class_and_names_nobody(cast, wave, client_as):
    for pupil in cast.pupils[:3]:
        answer(wave, pupil)
    progress = wave_progress(wave)
    assert (progress.answered, progress.of) == (3, 24)
    assert [(one.name, one.answered, one.of) for one in progress.classes] == [("8H", 3, 12), ("9K", 0, 12)]
    page = client_as(cast.survey_lead).get(reverse("ask:wave", args=[wave.pk])).content.decode()
    assert "3 of 12" in page
    assert not any(pupil.display_name in page for pupil in cast.pupils)


def test_a_teacher_sees_the_own_classes_only(cast, wave, client_as):
    page = client_as(cast.tutor).get(reverse("ask:wave", args=[wave.pk])).content.decode()
    assert "8H" in page
    assert "9K" not in page


def test_after_the_close_no_count_is_shown(cast, wave, client_as, close):
    for pupil in cast.pupils[:3]:
        answer(wave, pupil)
    close(wave)
    for address in ("/ask/", reverse("ask:wave", args=[wave.pk])):
        page = client_as(cast.head).get(address).content.decode()
        assert "3 of" not in page
        assert f"/see/{wave.pk}/" in page


def test_progress_costs_the_same_for_any_number_of_classes(cast, wave, django_assert_num_queries):
    with django_assert_num_queries(4):
        wave_progress(wave)


def test_cards_are_printed_once_with_a_code_each(cast, wave, client_as):
    client, address = client_as(cast.tutor), reverse("ask:cards", args=[wave.pk, cast.tutor_group.pk])
    page = client.post(address)
    html = page.content.decode()
    assert html.count('class="qr"') == 12
    assert all(pupil.display_name in html for pupil in cast.pupils)
    assert "no-store" in page["Cache-Control"]
    hashes = set(Ticket.objects.values_list("token_hash", flat=True))
    client.post(address)
    assert hashes.isdisjoint(Ticket.objects.values_list("token_hash", flat=True))
    assert Ticket.objects.count() == 12
    assert client.get(address).status_code == 405


def test_a_card_is_stored_as_a_hash_only(cast, wave, card_of):
    token = card_of(cast.pupils[0]).split("/")[-2]
    ticket = Ticket.objects.get()
    assert len(token) == 22
    assert re.fullmatch(r"[0-9a-f]{64}", ticket.token_hash)
    assert token not in ticket.token_hash


def test_one_pupils_card_is_renewed_alone(cast, wave, card_of, client_as, client):
    cards = [card_of(pupil) for pupil in cast.pupils[:2]]
    address = reverse("ask:one-card", args=[wave.pk, cast.tutor_group.pk, cast.pupils[0].pk])
    assert client_as(cast.tutor).post(address).content.decode().count('class="qr"') == 1
    assert [client.get(card).status_code for card in cards] == [404, 200]


def test_numbers_are_printed_once_and_only_the_missing_ones_if_asked(cast, wave, client_as):
    client, address = client_as(cast.tutor), reverse("ask:numbers", args=[cast.tutor_group.pk])
    first = {person: secret for person, secret, _ in client.post(address).context["made"]}
    assert len(first) == 12
    assert all(re.fullmatch(r"\d{4}", number) for number in first.values())
    Pin.objects.filter(person=cast.pupils[0]).delete()
    assert [person for person, _, _ in client.post(address, {"missing": "1"}).context["made"]] == [
        cast.pupils[0]
    ]
    assert "Everyone has one" in client.post(address, {"missing": "1"}).content.decode()


def test_the_class_session_page_lets_devices_in_and_calls_names(cast, wave, session, client_as, client):
    teacher, address = client_as(cast.tutor), reverse("ask:session", args=[session.pk])
    answer(wave, cast.pupils[0])
    for _ in range(3):
        type(client)().post("/a/", {"code": session.code})
    page = teacher.get(address)
    waiting = page.context["at_door"]
    assert len(waiting) == 3
    assert "Let all 3 in" in page.content.decode()
    assert cast.pupils[0] not in [pupil for pupil, _ in page.context["to_call"]]
    assert len(page.context["to_call"]) == 11
    htmx = {"HX-Request": "true"}
    part = teacher.post(reverse("ask:let-in", args=[session.pk]), {"device": waiting[0].pk}, headers=htmx)
    assert "<html" not in part.content.decode()
    assert "1 device is in." in part.content.decode()
    teacher.post(reverse("ask:turn-away", args=[session.pk]), {"device": waiting[1].pk})
    teacher.post(reverse("ask:let-in", args=[session.pk]))
    live = teacher.get(address, headers=htmx)
    assert "2 devices are in." in live.content.decode()
    assert "None just now." in live.content.decode()
    assert "<html" not in live.content.decode()
    stamp = re.search(r"seen=(\w+)", live.content.decode())[1]
    assert teacher.get(address, {"seen": stamp}, headers=htmx).status_code == 204
    made = teacher.post(
        reverse("ask:one-number", args=[cast.tutor_group.pk, cast.pupils[3].pk]), headers=htmx
    )
    assert re.search(r"Daniel Okafor</p><p>New number: <strong[^>]*>\d{4}<", made.content.decode())
    teacher.post(reverse("ask:end-session", args=[session.pk]))
    assert "This class session has ended." in teacher.get(address).content.decode()


def test_an_open_session_page_stops_asking_once_the_wave_is_closed(cast, wave, session, client_as, close):
    teacher, address = client_as(cast.tutor), reverse("ask:session", args=[session.pk])
    poll = {"headers": {"HX-Request": "true"}}
    assert teacher.get(address, **poll).status_code == 200
    close(wave)
    gone = teacher.get(address, **poll)
    assert gone.status_code == 286
    assert 'id="live"' in gone.content.decode()
    assert "This class session has ended." in gone.content.decode()
    assert "hx-get" not in gone.content.decode()
    assert teacher.get(address).status_code == 404


def test_the_open_wave_says_who_sees_whom(cast, wave, client_as):
    page = client_as(cast.survey_lead).get(reverse("ask:wave", args=[wave.pk])).content.decode()
    assert "While a class session is open its teacher sees who is still to call." in page


def test_the_board_shows_the_code_and_no_name(cast, session, client_as):
    html = client_as(cast.tutor).get(reverse("ask:board", args=[session.pk])).content.decode()
    assert session.code[:3] in html
    assert 'class="qr"' in html
    assert not any(pupil.given_name in html for pupil in cast.pupils)


def test_names_to_call_end_with_the_session(cast, wave, session):
    assert len(still_to_call(session)) == 12
    actions.close_class_session(cast.tutor, session)
    session.refresh_from_db()
    assert still_to_call(session) == []


def test_opening_a_session_again_goes_to_the_one_that_runs(cast, wave, session, client_as):
    address = reverse("ask:open-session", args=[wave.pk, cast.tutor_group.pk])
    assert client_as(cast.tutor).post(address).url == reverse("ask:session", args=[session.pk])


def test_today_shows_the_tutors_class_and_the_survey_leads_last_days(cast, wave):
    assert [(item.title, item.detail) for item in due(cast.tutor)] == [
        ("8H: How is school?", "0 of 12 have answered")
    ]
    for pupil in cast.pupils:
        answer(wave, pupil)
    assert due(cast.tutor) == []
    assert due(cast.survey_lead) == []
    assert due(cast.technician) == []
    with clock.frozen(clock.now() + timedelta(days=11)):
        assert [item.title for item in due(cast.survey_lead)] == ["How is school? closes soon"]


def test_staff_get_a_link_each_by_mail_or_on_paper(
    cast, in_school, client_as, client, django_capture_on_commit_callbacks
):
    wave = actions.open_wave(cast.survey_lead, plan(cast, "belong-staff", "staff"))
    assert wave.years == []
    lead = client_as(cast.survey_lead)
    page = lead.get(reverse("ask:links", args=[wave.pk])).content.decode()
    assert "11 people have a mail address." in page
    with django_capture_on_commit_callbacks(execute=True):
        lead.post(reverse("ask:mail-links", args=[wave.pk]))
    assert sorted(letter.to[0] for letter in mail.outbox) == sorted(
        person.email for person in audience_of(wave)
    )
    letter = next(one for one in mail.outbox if one.to == ["tutor@oak.test"])
    assert "Oak Park School would like to hear from you." in letter.body
    address = re.search(r"http://testserver(/a/c/\S+/)", letter.body)[1]
    hello = client.get(address).content.decode()
    assert "Nothing here is used in appraisal" in hello
    begun = begin(address)
    assert 'class="young calm"' in begun.get("/a/questions/").content.decode()
    assert send(begun, sheet_on(begun) | {"q-staff-adults-1": "4"}).json()["next"] == "/a/done/staff/"
    slips = lead.post(reverse("ask:slips", args=[wave.pk]), {"everyone": "1"}).content.decode()
    assert slips.count('class="qr"') == 11
    assert client.get(address).status_code == 404
    assert wave_progress(wave).classes == ()
    assert (wave_progress(wave).answered, wave_progress(wave).of) == (1, 11)


def test_families_are_the_carers_of_the_pupils_asked(cast, in_school):
    year_8 = plan(cast, "belong-family", "families", years=["8"])
    assert [person.given_name for person in audience_of(year_8)] == ["Ada"]
    assert list(audience_of(plan(cast, "belong-family", "families", years=["9"]))) == []


def test_mailing_again_tells_nobody_who_has_answered(cast, in_school):
    wave = actions.open_wave(cast.survey_lead, plan(cast, "belong-staff", "staff"))
    actions.submit_sheet(wave, cast.tutor.person, {"staff-adults-1": 4}, uuid4())
    tasks.mail_links.call(school_id=cast.school.pk, wave_id=wave.pk, base_url="https://oak.test/")
    assert "tutor@oak.test" in {letter.to[0] for letter in mail.outbox}
    assert "https://oak.test/a/c/" in mail.outbox[0].body


def test_the_paper_form_holds_every_question_and_no_name(cast, wave, client_as):
    html = client_as(cast.tutor).get(reverse("ask:paper", args=[wave.pk])).content.decode()
    assert "adults at school said hello to me by name." in html
    assert html.count("<h1>") == 1
