"""What a page for answering weighs: at most 80 kB compressed before fonts, and 40 kB of fonts for Latin letters."""

import gzip
import re
from html import unescape
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.test import Client
from django.urls import reverse
from django_scopes import scope

from belong.ask import actions
from belong.ask.looks.actions import keep_look
from tests.ask.conftest import begin, plan, send, sheet_on
from tests.browser import rest

MOST = 80_000
LATIN = 40_000


def weight(html: str) -> int:
    """Bytes of a page with its stylesheets, scripts and pictures, each compressed as it is served."""
    named = re.findall(r'(?:href|src)="/static/([^"]+\.(?:css|js|svg))"', unescape(html))
    files = [Path(finders.find(name)).read_bytes() for name in dict.fromkeys(named)]
    return len(gzip.compress(html.encode())) + sum(len(gzip.compress(file)) for file in files)


def test_every_page_a_pupil_passes_is_light(cast, wave, session, card_of):
    client = Client()
    pages = {"code": client.get("/a/")}
    client.post("/a/", {"code": session.code})
    pages["wait"] = client.get("/a/wait/")
    actions.let_in(cast.tutor, session)
    pages["names"] = client.get("/a/names/")
    address = card_of(cast.pupils[0])
    pages["start"] = client.get(address)
    begin(address, client)
    pages["questions"] = client.get("/a/questions/")
    send(client, sheet_on(client))
    pages["done"] = client.get("/a/done/12-18/")
    assert {name: page.status_code for name, page in pages.items()} == dict.fromkeys(pages, 200)
    heavy = {name: weight(page.content.decode()) for name, page in pages.items()}
    assert {name: size for name, size in heavy.items() if size > MOST} == {}
    assert "ask/answer.js" in pages["questions"].content.decode()


def test_an_adults_page_with_a_school_full_of_names_is_light_too(cast, in_school):
    wave = actions.open_wave(cast.survey_lead, plan(cast, "trusted-adults", title="Adults"))
    card = actions.issue_card(cast.survey_lead, wave, cast.tutor_group, cast.pupils[0].pk)
    page = begin(reverse("ask:card", args=[card.token])).get("/a/questions/")
    assert weight(page.content.decode()) < MOST


@pytest.mark.browser
@pytest.mark.parametrize("font", ["", "lexend", "atkinson", "own"])
def test_latin_pages_load_40_kb_of_fonts_at_most(page, live, cast, school, font):
    """English, and a name with Polish, Welsh and Romanian letters on it."""
    with scope(school=school):
        cast.pupils[0].preferred_name = "Żółć Ŵŷ Ștț"
        cast.pupils[0].save()
        wave = actions.open_wave(cast.survey_lead, plan(cast))
        keep_look(cast.pupils[0], {"font": font})
        token = actions.issue_card(cast.tutor, wave, cast.tutor_group, cast.pupils[0].pk).token
    loaded: set[str] = set()
    page.on("request", lambda asked: loaded.add(asked.url) if asked.url.endswith(".woff2") else None)
    page.goto(f"{live}{reverse('ask:card', args=[token])}")
    rest(page)
    # Looked at before all its style sheets are there, a page asks for the fonts of those it has.
    with page.expect_navigation(wait_until="load"):
        page.get_by_role("button", name="Start", exact=True).click()
    rest(page)
    sizes = {url: Path(finders.find(url.partition("/static/")[2])).stat().st_size for url in loaded}
    assert sum(sizes.values()) <= LATIN, sizes
    assert bool(loaded) == (font != "own")
