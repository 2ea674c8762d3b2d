"""Mistyped, expired, photographed, somebody else's: a kind sentence, nothing lost, a log line without content."""

import logging

import pytest
from django.test import Client
from django.urls import reverse

from belong.ask import actions
from belong.ask.digits import digits
from belong.ask.models import Receipt
from belong.base import clock
from belong.base.clock import now
from tests.ask.conftest import begin, plan, send, sheet_on
from tests.conftest import make_group, make_person


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("12O 45l", "120451"),
        ("١٢٣٤٥٦", "123456"),
        ("S2-B9 z0", "528920"),
        ("۱۲۳", "123"),
        ("೨", "2"),
        ("", ""),
    ],
)
def test_digits_are_read_as_people_type_them(typed, read):
    assert digits(typed) == read


def test_a_code_typed_with_letters_for_digits_gets_in(session):
    looks_like = session.code.translate(str.maketrans("015", "OlS"))
    assert Client().post("/a/", {"code": f" {looks_like[:3]}-{looks_like[3:]} "}).url == "/a/wait/"


def test_a_short_code_says_how_long_it_is_and_keeps_what_was_typed(session):
    reply = Client().post("/a/", {"code": session.code[:4]})
    assert (reply.status_code, "The code has six numbers." in reply.content.decode()) == (422, True)
    assert f'value="{session.code[:4]}"' in reply.content.decode()


@pytest.fixture
def log(caplog):
    """Lines of the request logger while a test runs."""
    caplog.set_level(logging.INFO, logger="django.request")
    return caplog


def test_every_no_has_a_log_line_with_a_reason_and_without_content(cast, wave, session, card_of, log):
    old = card_of(cast.pupils[0])
    new = card_of(cast.pupils[0])
    Client().get(old)
    Client().get("/a/names/")
    Client().get("/a/questions/")
    Client().post("/a/", {"code": "999"})
    client = begin(new)
    send(client, sheet_on(client) | {"q-open-helps": "secret words"})
    Client().get(new)
    said = [record.getMessage() for record in log.records]
    for words in (
        "404: a card or link that is not known",
        "410: no class session is running for this device",
        "403: nobody has come in on this device",
        "422: a class code that is not six digits",
        "409: answered already",
    ):
        assert any(words in line for line in said), (words, said)
    everything = " ".join(said)
    for private in (old.split("/")[3], new.split("/")[3], "Amina", "Yusuf", "secret", "999", str(wave.title)):
        assert private not in everything


def test_a_photographed_card_is_dead_once_a_new_one_is_made(cast, wave, card_of):
    photographed = card_of(cast.pupils[0])
    card_of(cast.pupils[0])
    reply = Client().get(photographed)
    assert (reply.status_code, "Nothing is lost." in reply.content.decode()) == (404, True)
    assert Client().post(photographed).status_code == 404


def test_a_sheet_that_was_begun_with_the_old_card_is_not_lost(cast, wave, card_of):
    client = begin(card_of(cast.pupils[0]))
    sheet = sheet_on(client)
    card_of(cast.pupils[0])  # the teacher prints a new one meanwhile
    assert send(client, sheet | {"q-adults-1": "4"}).status_code == 201


def test_a_used_card_thanks_in_the_words_of_an_age(cast, wave, card_of):
    card = card_of(cast.pupils[0])
    client = begin(card)
    send(client, sheet_on(client))
    reply = Client().get(card)
    assert (reply.status_code, "Each person answers once." in reply.content.decode()) == (409, True)


def test_small_children_read_shorter_words(cast, in_school):
    pupil = make_person(cast.school, "pupil", "Mo", "Ali", year="1")
    group = make_group(cast.school, "1M", "1", [pupil])
    wave = actions.open_wave(cast.survey_lead, plan(cast, "belong-picture", years=["1"]))
    card = reverse("ask:card", args=[actions.issue_card(cast.survey_lead, wave, group, pupil.pk).token])
    client = begin(card)
    send(client, sheet_on(client))
    assert "We have your answers. Thank you!" in Client().get(card).content.decode()


def test_a_closed_wave_is_told_kindly_whichever_way_one_comes(cast, wave, session, card_of, close):
    card, client = card_of(cast.pupils[0]), begin(card_of(cast.pupils[1]))
    sheet = sheet_on(client)
    close(wave)
    assert "the questions may have closed" in Client().get(card).content.decode()
    assert client.get("/a/questions/").status_code == 410
    assert send(client, sheet).status_code == 410
    assert Client().post("/a/", {"code": session.code}).status_code == 422
    assert not Receipt.objects.exists()


def test_after_the_last_day_a_card_says_it_has_closed(cast, wave, card_of):
    from datetime import timedelta

    card = card_of(cast.pupils[0])
    with clock.frozen(now() + timedelta(days=20)):
        reply = Client().get(card)
    assert (reply.status_code, "any adult here will listen" in reply.content.decode()) == (410, True)


def test_somebody_elses_card_can_be_given_back(cast, wave, card_of):
    card = card_of(cast.pupils[0])
    client = Client()
    assert "I’m not Amina" in client.get(card).content.decode()
    reply = client.post("/a/not-me/", {"band": "12-18"})
    assert "Hand it in and ask for your own." in reply.content.decode()
    assert client.get("/a/questions/").status_code == 403
    assert client.get(card).status_code == 200  # the card is still good for Amina


def test_not_me_believes_no_invented_band():
    assert Client().post("/a/not-me/", {"band": "<b>"}).status_code == 200


def test_a_signed_in_pupil_starts_with_one_tap_from_the_own_page(cast, wave, client_as):
    pupil = client_as(cast.pupil)
    assert reverse("ask:begin", args=[wave.pk]) in pupil.get("/me/").content.decode()
    assert pupil.post(reverse("ask:begin", args=[wave.pk])).url == "/a/start/"
    assert send(pupil, sheet_on(pupil) | {"q-adults-1": "4"}).status_code == 201
    assert reverse("ask:begin", args=[wave.pk]) not in pupil.get("/me/").content.decode()


def test_nobody_starts_what_they_are_not_asked(cast, wave, draft, client_as):
    for user in (cast.tutor, cast.carer, cast.head, cast.technician):
        assert client_as(user).post(reverse("ask:begin", args=[wave.pk])).status_code == 404


def test_staff_find_their_questions_on_today(cast, in_school, client_as):
    wave = actions.open_wave(cast.survey_lead, plan(cast, "belong-staff", "staff", years=()))
    tutor = client_as(cast.tutor)
    assert reverse("ask:begin", args=[wave.pk]) in tutor.get("/").content.decode()
    assert tutor.get(reverse("ask:begin", args=[wave.pk])).url == "/a/start/"
