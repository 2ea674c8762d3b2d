"""A card or a link: long enough not to be guessed, stored as a hash, good for one sheet, replaced by one click."""

import base64

from django.db import connection
from django.test import Client
from django.urls import reverse

from belong.ask import actions
from belong.ask.models import PooledSheet, Receipt, Ticket
from belong.ask.tokens import hash_of, new_token
from belong.base import secrets
from tests.ask.conftest import begin, send, sheet_on


def test_a_token_has_128_random_bits(wave):
    tokens = [new_token() for _ in range(200)]
    assert len(set(tokens)) == 200
    assert {len(base64.urlsafe_b64decode(f"{token}==")) for token in tokens} == {16}


def test_the_database_holds_a_hash_and_never_the_token(cast, wave):
    card = actions.issue_card(cast.tutor, wave, cast.tutor_group, cast.pupils[0].pk)
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM ask_ticket")
        rows = repr(cursor.fetchall())
    assert card.token not in rows
    assert hash_of(card.token) in rows


def test_the_hash_is_keyed_so_that_a_copy_of_the_database_checks_no_guess(settings):
    here = hash_of("a token")
    settings.SECRET_KEY = "another installation"
    assert hash_of("a token") != here


def test_a_card_opens_one_persons_sheet_in_one_wave_and_nothing_else(cast, wave, card_of):
    client = begin(card_of(cast.pupils[0]))
    for path in ("/", "/ask/", "/group/", f"/pupils/{cast.pupils[0].pk}/", "/people/", "/told/"):
        answer = client.get(path)
        assert (answer.status_code, answer.url.startswith("/sign-in/")) == (302, True), path
    send(client, sheet_on(client) | {"q-adults-1": "2"})
    assert Receipt.objects.get().person == cast.pupils[0]


def test_one_click_replaces_a_lost_card(cast, wave, card_of, client_as):
    lost = card_of(cast.pupils[0])
    where = reverse("ask:one-card", args=[wave.pk, cast.tutor_group.pk, cast.pupils[0].pk])
    page = client_as(cast.tutor).post(where)
    assert page.status_code == 200
    assert Client().get(lost).status_code == 404
    assert Ticket.objects.filter(person=cast.pupils[0]).count() == 1


def test_a_photographed_card_keeps_one_sheet_and_shows_nobodys_answers(cast, wave, card_of):
    """Whoever is first answers; the other hears that it is done, and neither ever sees what was answered."""
    address = card_of(cast.pupils[0])
    owner, friend = begin(address), begin(address)
    theirs, other = sheet_on(owner), sheet_on(friend)
    assert send(owner, theirs | {"q-adults-1": "4"}).status_code == 201
    told = send(friend, other | {"q-adults-1": "1"})
    assert (told.status_code, "already" in told.json()["text"]) == (409, True)
    assert PooledSheet.objects.get().answers == {"adults-1": 4}
    assert "checked" not in friend.get(address).content.decode()


def test_many_wrong_cards_from_one_address_must_wait(cast, wave, card_of, monkeypatch):
    monkeypatch.setattr("belong.ask.views.child.WRONG_TRIES", 3)
    for n in range(3):
        assert Client().get(f"/a/c/{n:022d}/").status_code == 404
    assert Client().get(card_of(cast.pupils[0])).status_code == 429


def test_without_the_key_of_texts_a_sheet_is_not_lost_but_kept_on_the_page(cast, wave, card_of, tmp_path):
    """The wave's key cannot be opened: the child is told kindly, nothing is half-kept, and sending again works."""
    client = begin(card_of(cast.pupils[0]))
    sheet = sheet_on(client) | {"q-adults-1": "4"}
    kept = secrets.key_path().rename(tmp_path / "elsewhere.key")
    secrets._unsealed.cache_clear()
    told = send(client, sheet)
    assert (told.status_code, "Keep this page open" in told.json()["text"]) == (503, True)
    assert not Receipt.objects.exists()
    kept.rename(secrets.key_path())
    assert send(client, sheet).status_code == 201
