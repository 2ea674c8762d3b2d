"""Answering in another language: the words change, what is stored does not; the choice is kept in the address."""

import re
from html import unescape

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation

from belong.ask import actions
from belong.ask.bands import text
from belong.ask.models import PooledSheet, Wave, WaveWording
from belong.ask.questionnaire import instrument_of
from belong.content.translations import ENGLISH, known, languages
from belong.measure.instrument import load, say
from tests.ask.conftest import plan

pytestmark = pytest.mark.alike

CODES = [one.code for one in languages() if one.code != ENGLISH]


def in_language(address: str, code: str) -> str:
    """An address for answering as it stands in a language."""
    return address.replace("/a/", f"/a/{code}/", 1)


def begin_in(code: str, address: str) -> Client:
    """A client that came by card and pressed Start on the page in a language."""
    client = Client()
    reply = client.post(in_language(address, code))
    assert reply.url == in_language(reverse("ask:questions"), code)
    return client


def page_of(client: Client, address: str) -> str:
    return unescape(client.get(address).content.decode())


@pytest.mark.parametrize("code", CODES)
def test_every_page_is_in_the_language_of_its_address(cast, wave, card_of, code):
    address = card_of(cast.pupils[0])
    hello = page_of(Client(), in_language(address, code))
    direction = known()[code].direction
    assert f'<html lang="{code}" dir="{direction}"' in hello
    with translation.override(code):
        notice = text("notices", "notice-12-18", school=wave.school.name, contact="").split("\n\n")[0]
        assert notice in hello
        assert text("languages", "draft") in hello
    client = begin_in(code, address)
    questions = page_of(client, in_language(reverse("ask:questions"), code))
    item = instrument_of(wave, code).item("adults-1")
    assert f'<html lang="{code}" dir="{direction}"' in questions
    assert item.text[code] in questions.replace("\u2060", "")
    assert say(item.text) in questions  # the English beside it
    end = client.post(
        in_language(reverse("ask:answers"), code), sheet_on_page(questions) | {"q-adults-1": "4"}
    )
    assert end.url == f"/a/{code}/done/12-18/"
    done = page_of(client, end.url)
    assert f'lang="{code}"' in done
    with translation.override(code):
        assert text("endings", "end-12-18") in done


def sheet_on_page(html: str) -> dict[str, str]:
    """The hidden fields of a sheet."""
    return {"pass": re.search(r'name="pass" value="([^"]+)"', html)[1]}


def test_the_same_tile_in_arabic_and_in_english_stores_the_same_code(cast, wave, card_of):
    """The first option is on the right in Arabic, and it is still the first code."""
    stored = []
    for pupil, code in ((cast.pupils[0], ""), (cast.pupils[1], "ar")):
        address = card_of(pupil)
        client = begin_in(code, address) if code else Client()
        if not code:
            client.post(address)
        there = in_language(reverse("ask:questions"), code) if code else reverse("ask:questions")
        html = page_of(client, there)
        scale = instrument_of(wave, code or None).item("adults-1").scale
        words = scale.words(code or ENGLISH)[3]
        tile = re.search(
            rf'name="q-adults-1" value="(\d)"[^>]*>(?:(?!</label>).)*<span[^>]*>{re.escape(words)}</span>',
            html,
            re.S,
        )
        assert tile, f"no tile that says {words}"
        sent = sheet_on_page(html) | {"q-adults-1": tile[1]}
        answers = in_language(reverse("ask:answers"), code) if code else reverse("ask:answers")
        assert client.post(answers, sent).status_code == 302
        stored.append(PooledSheet.objects.order_by("-pk").first())
    assert stored[0].answers == stored[1].answers == {"adults-1": 4}
    assert [sheet.how["language"] for sheet in stored] == ["en", "ar"]


def test_changing_the_language_keeps_the_answers_and_the_sheet(cast, wave, card_of):
    client = begin_in("pl", card_of(cast.pupils[0]))
    html = page_of(client, "/a/pl/questions/")
    sheet = sheet_on_page(html) | {
        "q-adults-1": "2",
        "no-open-helps": "1",
        "q-open-change": "Więcej czasu",
        "at": "7",
    }
    for code in ("ar", "en", "uk"):
        there = "/a/questions/" if code == "en" else f"/a/{code}/questions/"
        html = unescape(client.post(there, sheet | {"language": code}).content.decode())
        assert re.search(r'name="q-adults-1" value="2" checked', html)
        assert re.search(r'name="no-open-helps" value="1"[^>]* checked', html)
        assert "Więcej czasu" in html
        assert instrument_of(wave, code).item("peers-1").text[code] in html.replace("\u2060", "")
        sheet |= sheet_on_page(html)
    assert not PooledSheet.objects.exists()
    assert client.post("/a/uk/answers/", sheet).status_code == 302
    assert PooledSheet.objects.get().answers == {"adults-1": 2}
    assert PooledSheet.objects.get().how["language"] == "uk"


@pytest.mark.parametrize("page", ["/a/", "/a/wait/", "/a/talk/", "/a/done/8-11/"])
def test_every_page_has_the_menu_with_each_language_in_itself(cast, wave, page):
    html = page_of(Client(), page) if page != "/a/wait/" else page_of(Client(), "/a/")
    for one in languages():
        assert one.name in html
        assert (
            f'href="{page if one.code == ENGLISH else in_language(page, one.code)}"' in html
            or page == "/a/wait/"
        )


def test_nothing_about_the_language_is_kept_in_the_browser(cast, wave, card_of):
    client = begin_in("pl", card_of(cast.pupils[0]))
    client.get("/a/pl/questions/")
    kept = " ".join(morsel.value for morsel in client.cookies.values())
    assert "pl" not in kept.split(":")
    assert "language" not in " ".join(client.cookies)
    plain = Client(headers={"Accept-Language": "pl,de;q=0.5"}).get("/a/")
    assert 'lang="en-gb"' in plain.content.decode()
    assert plain["Content-Language"] == "en-gb"


def test_staff_pages_are_in_english_whatever_the_browser_or_the_pupil_before_wanted(cast, client_as, wave):
    client_as(cast.survey_lead).get("/a/ar/")
    page = client_as(cast.survey_lead).get("/ask/", headers={"Accept-Language": "ar"})
    assert 'lang="en-gb"' in page.content.decode()
    assert translation.get_language() == "en-gb"


def test_a_wave_from_before_the_translations_is_asked_in_english_and_says_so(cast, wave, card_of):
    WaveWording.objects.all().delete()
    Wave.objects.filter(pk=wave.pk).update(languages={})
    address = card_of(cast.pupils[0])
    with translation.override("pl"):
        only = text("languages", "english-only")
    assert only in page_of(Client(), in_language(address, "pl"))
    html = page_of(begin_in("pl", address), "/a/pl/questions/")
    assert re.search(r'<h2[^>]* lang="en-GB" dir="ltr">In the last week, adults at school said hello', html)
    assert 'class="in-english"' not in html


def test_a_wave_takes_every_translation_in_and_its_questions_stay_the_same_questions(cast, draft):
    assert set(draft.languages) == set(CODES)
    opened = actions.open_wave(cast.survey_lead, draft)
    plain = load(opened.instrument_key)
    for code in CODES:
        spoken = instrument_of(opened, code)
        assert [item.hash for item in spoken.items] == [item.hash for item in plain.items]
        assert opened.languages[code]["status"] == "draft"
    assert opened.instrument == plain.to_dict()


def test_an_open_wave_keeps_the_words_it_opened_with(cast, wave):
    said = instrument_of(wave, "pl").item("adults-1").text["pl"]
    actions_words = {"instruments/belong-core/items/adults-1/text": "Zupełnie inne pytanie."}
    from belong.ask.languages.actions import keep_words

    keep_words(cast.survey_lead, "pl", actions_words)
    wave.refresh_from_db()
    assert instrument_of(wave, "pl").item("adults-1").text["pl"] == said
    later = plan(cast, title="Later", years=("7",))
    assert instrument_of(later, "pl").item("adults-1").text["pl"] == "Zupełnie inne pytanie."
    assert instrument_of(later, "pl").item("adults-1").hash == load("belong-core").item("adults-1").hash


def test_the_next_child_at_a_shared_device_begins_in_english(cast, wave):
    reply = Client().post("/a/ar/again/", {"device": "nothing"})
    assert reply.status_code == 302
    page = Client().get("/a/")
    assert 'dir="ltr"' in page.content.decode()


def test_an_invented_language_is_no_page():
    assert Client().get("/a/xx/").status_code == 404
    assert Client().get("/a/en/").status_code == 404
