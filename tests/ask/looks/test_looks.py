"""How questions look: applied on first paint, kept for the person and on no device, readable in every tint."""

import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.test import Client
from django.urls import reverse

from belong.ask import actions
from belong.ask.looks.choices import CHOICES, known, on_page
from belong.ask.models import Look
from belong.ask.passes import SheetPass
from tests.ask.conftest import begin, sheet_on
from tests.ask.test_getting_in import inside
from tests.web.test_stylesheets import LIGHT, contrast, themes

CSS = Path(finders.find("ask/looks.css")).read_text(encoding="utf-8")
TINTS = dict(re.findall(r':root\[data-tint="(\w+)"\]:not\(\[data-theme="dark"\]\) \{([^}]*)\}', CSS))
GROUNDS = {name: dict(re.findall(r"--(\w+): (#\w+);", block)) for name, block in TINTS.items()}


def root_of(client: Client, address: str = "/a/questions/") -> str:
    html = client.get(address).content.decode()
    return re.search(r"<html [^>]*>", html)[0]


def test_a_look_is_kept_for_who_came_by_card_and_is_there_on_first_paint(cast, wave, card_of):
    address = card_of(cast.pupils[0])
    client = begin(address)
    sheet = sheet_on(client)
    assert "data-size" not in root_of(client)
    chosen = {"look-size": "big", "look-tint": "blue", "look-font": "", "look-letters": "sideways"}
    assert client.post("/a/look/", sheet | chosen).status_code == 204
    assert Look.objects.get().choices == {"size": "big", "tint": "blue"}
    for page in ("/a/questions/", address):
        assert 'data-size="big" data-tint="blue" data-theme="light"' in root_of(client, page)
    assert root_of(begin(card_of(cast.pupils[1]), Client())).count("data-") == 1
    client.post("/a/look/", sheet | {"look-size": ""})
    assert not Look.objects.exists()


def test_in_a_class_session_it_comes_with_the_number_and_goes_with_the_pupil(cast, session):
    """The device remembers nothing: the look is the pupil's, and is there as soon as they have shown who they are."""
    shared = inside(cast, session)
    for pupil, kept in ((cast.pupils[0], False), (cast.pupils[1], False), (cast.pupils[0], True)):
        _, pin = actions.make_pin(cast.tutor, cast.tutor_group, pupil.pk)
        assert "data-tint" not in root_of(shared, reverse("ask:number", args=[pupil.pk]))
        shared.post(reverse("ask:number", args=[pupil.pk]), {"number": pin})
        assert [
            ("data-tint" in root_of(shared, page)) for page in ("/a/start/", "/a/questions/", "/a/talk/")
        ] == [kept] * 3
        if not kept and pupil == cast.pupils[0]:
            shared.post("/a/look/", sheet_on(shared) | {"look-tint": "blue"})
    assert Look.objects.get().person == cast.pupils[0]


def test_without_script_the_page_comes_anew_with_answers_and_look(cast, wave, card_of):
    client = begin(card_of(cast.pupils[0]))
    sheet = sheet_on(client) | {
        "q-adults-1": "4",
        "q-open-helps": "My friends",
        "look-size": "huge",
        "at": "3",
    }
    html = client.post("/a/questions/", sheet).content.decode()
    assert 'data-size="huge"' in html
    assert re.search(r'name="q-adults-1" value="4" checked', html)
    assert "My friends</textarea>" in html
    assert 'name="at" value="3"' in html
    assert 'name="look-size" value="huge" data-look="size" checked' in html
    assert Look.objects.get().choices == {"size": "huge"}


def test_a_made_up_pass_keeps_nothing(cast, wave):
    assert Client().post("/a/look/", {"pass": "x", "look-size": "huge"}).status_code == 403
    forged = SheetPass(wave.pk, cast.pupils[0].pk).sign()[:-2] + "xx"
    assert Client().post("/a/look/", {"pass": forged, "look-size": "huge"}).status_code == 403
    assert not Look.objects.exists()


def test_every_choice_has_its_rule_and_its_usual():
    for choice in CHOICES:
        assert choice.options[0].value == ""
        for option in choice.options[1:]:
            if choice.key != "theme":  # the tokens themselves know light and dark
                assert f'[data-{choice.key}="{option.value}"]' in CSS, (choice.key, option.value)


def test_a_tint_makes_the_page_light_and_the_dark_theme_has_none():
    assert on_page({"tint": "pink"}) == {"tint": "pink", "theme": "light"}
    assert on_page({"tint": "pink", "theme": "dark"})["theme"] == "dark"
    assert known({"tint": "gold", "x": "y"}) == {}


@pytest.mark.parametrize(
    "tint", [option.value for c in CHOICES if c.key == "tint" for option in c.options[1:]]
)
def test_every_tint_is_readable_with_every_accent(tint):
    grounds = GROUNDS[tint]
    for name, colours in themes().items():
        if name.startswith("light"):
            tinted = LIGHT | colours | grounds
            for ink in ("ink", "quiet", "accent", "stop"):
                for ground in ("paper", "sheet"):
                    assert contrast(tinted[ink], tinted[ground]) >= 4.5, (name, ink, ground)
            assert contrast(tinted["ink"], tinted["sunk"]) >= 4.5
            for mark in ("edge", "focus"):
                assert contrast(tinted[mark], tinted["paper"]) >= 3, (name, mark)
