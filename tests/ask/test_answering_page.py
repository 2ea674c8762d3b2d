"""The page of questions: its words, its weight, what it asks of the database, and what stays in the browser."""

import gzip
import re
from html import unescape
from pathlib import Path

from django.contrib.staticfiles import finders
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django_scopes import scopes_disabled

from belong.ask import actions
from belong.ask.models import Receipt
from belong.base import briefly
from belong.people.models import Person
from tests.ask.conftest import begin, plan, send, sheet_for
from tests.ask.test_answering import (
    ticked,
)


def test_a_sheet_is_four_inserts_at_most(cast, draft):
    visibility = draft.visibility | {"adults-1": "unlinked", "peers-1": "named"}
    actions.change_visibility(cast.survey_lead, draft, visibility=visibility, readers=["tutor"])
    wave = actions.open_wave(cast.survey_lead, draft)
    answers = {"q-adults-1": "1", "q-peers-1": "2", "q-place-1": "3", "q-open-helps": "x"}
    with CaptureQueriesContext(connection) as seen:
        assert send(Client(), sheet_for(wave, cast.pupils[0]) | answers).status_code == 201
    written = [q["sql"] for q in seen.captured_queries if re.match(r"(INSERT|UPDATE|DELETE)", q["sql"])]
    assert [re.search(r'"(ask_\w+)"', sql)[1] for sql in written] == [
        "ask_receipt",
        "ask_signedsheet",
        "ask_pooledsheet",
        "ask_unlinkedsheet",
    ]
    assert len(seen.captured_queries) <= 10


def test_the_questionnaire_costs_the_same_queries_for_any_length(
    cast, wave, card_of, django_assert_max_num_queries, settings
):
    client = begin(card_of(cast.pupils[0]))
    with django_assert_max_num_queries(11):
        client.get("/a/questions/")
    settings.BRIEFLY = 60  # as a server keeps for a moment what a class reads at once
    client.get("/a/questions/")
    with django_assert_max_num_queries(5):
        client.get("/a/questions/")
    briefly._kept.clear()


def test_another_schools_pupil_has_no_way_in(cast, wave):
    with scopes_disabled():
        stranger = cast.stranger.person
        assert send(Client(), sheet_for(wave, stranger)).status_code == 404
        assert not Receipt.objects.exists()


def test_the_youngest_get_their_own_questions_and_words(cast, in_school):
    Person.objects.filter(pk=cast.pupils[0].pk).update(year="1")
    cast.pupils[0].refresh_from_db()
    wave = actions.open_wave(cast.survey_lead, plan(cast, "belong-picture", years=["1"]))
    card = actions.issue_card(cast.survey_lead, wave, cast.tutor_group, cast.pupils[0].pk)
    address = reverse("ask:card", args=[card.token])
    assert "six questions with faces" in Client().get(address).content.decode()
    client = begin(address)
    page = client.get("/a/questions/")
    html = page.content.decode()
    assert (html.count("data-question="), html.count("tiles count-3"), html.count('class="mood"')) == (
        6,
        6,
        18,
    )
    assert "There are not many of you" in Client().get(address).content.decode()
    assert (
        send(client, {"pass": page.context["sheet_pass"], "q-picture-safe": "3"}).json()["next"]
        == "/a/done/4-7/"
    )


def test_the_page_weighs_less_than_80_kb_before_fonts(cast, wave, card_of):
    client = begin(card_of(cast.pupils[0]))
    html = client.get("/a/questions/").content.decode()
    addresses = re.findall(r'(?:href|src)="/static/([^"]+\.(?:css|js|svg))"', unescape(html))
    assert {"ask/answer.css", "ask/answer.js"} <= set(addresses)
    weights = [len(gzip.compress(Path(finders.find(name)).read_bytes())) for name in addresses]
    assert len(gzip.compress(html.encode())) + sum(weights) < 80_000


def test_the_page_has_no_inline_script_or_style(cast, wave, card_of):
    client = begin(card_of(cast.pupils[0]))
    html = client.get("/a/questions/").content.decode()
    assert not re.search(r"<script(?![^>]*\ssrc=)|\sstyle=|\son[a-z]+=", html)


def test_a_box_that_is_closed_just_now_still_says_who_would_see_it(cast, wave, card_of, monkeypatch):
    monkeypatch.setattr("belong.ask.views.answering.words_closed", lambda *_: "Nobody can read it today.")
    html = begin(card_of(cast.pupils[0])).get("/a/questions/").content.decode()
    assert html.count("Nobody can read it today.") > 0
    assert html.count('class="who-sees"') == html.count('data-question="')


def test_a_page_that_is_drawn_anew_keeps_whatever_fits_and_refuses_a_pass_that_is_altered(cast, wave):
    sheet = sheet_for(wave, cast.pupils[0])
    odd = {
        "q-adults-1": "4",
        "q-peers-1": "99",
        "q-no-such": "1",
        "q-open-helps": "x" * 10_000,
        "at": "9" * 9,
    }
    page = Client().post("/a/questions/", sheet | odd)
    html = page.content.decode()
    assert (page.status_code, ticked(html)) == (200, 1)
    assert "x" * 10_000 in html
    assert 'name="at" value="0"' in html
    assert Client().post("/a/questions/", {"pass": "altered"} | odd).status_code == 403
    assert not Receipt.objects.exists()


def test_nothing_that_is_not_sent_can_stay_in_the_browser(cast, wave, card_of):
    """No script of an answering page knows of a place in the browser to keep anything, or of a service worker."""
    html = begin(card_of(cast.pupils[0])).get("/a/questions/").content.decode()
    scripts = re.findall(r'<script src="/static/([^"]+)"', html)
    assert len(scripts) >= 3
    for name in [*scripts, "ask/wait.js", "ask/number.js", "ask/adults.js"]:
        words = Path(finders.find(name)).read_text(encoding="utf-8")
        assert not re.search(r"Storage|indexedDB|serviceWorker|caches|document\.cookie", words), name
    assert '<form id="sheet"' in html
    assert 'autocomplete="off"' in html
