"""The pages of answering in every language, on a phone, in a real browser: nothing cut off, nothing beside the page."""

import pytest
from django.urls import reverse
from django_scopes import scope
from playwright.sync_api import expect

from belong.ask import actions
from belong.content.translations import ENGLISH, known, languages
from tests.ask.conftest import plan
from tests.ask.test_answer_browser import start
from tests.browser import axe, rest
from tests.look import shoot

pytestmark = pytest.mark.browser
CODES = [one.code for one in languages() if one.code != ENGLISH]
WIDER = """() => {
  const wide = document.documentElement.clientWidth;
  const out = [...document.querySelectorAll('main *, header *')].filter((one) => {
    const box = one.getBoundingClientRect();
    const hidden = one.closest('details:not([open]) > :not(summary), [hidden], .vh') || !box.width;
    return !hidden && (box.left < -1 || box.right > wide + 1);
  });
  return [document.documentElement.scrollWidth - wide, ...out.map((one) => one.outerHTML.slice(0, 120))];
}"""
CUT = """() => [...document.querySelectorAll('button, .tile, summary, h1, h2')].filter((one) => {
  const style = getComputedStyle(one);
  return style.overflow !== 'visible' && one.scrollHeight > one.clientHeight + 2 && one.clientHeight > 1;
}).map((one) => one.outerHTML.slice(0, 120))"""


@pytest.fixture
def card(cast, school):
    """The address of a pupil's card for an open wave of the core questionnaire."""
    with scope(school=school):
        wave = actions.open_wave(cast.survey_lead, plan(cast))
        made = actions.issue_card(cast.tutor, wave, cast.tutor_group, cast.pupils[0].pk)
    return reverse("ask:card", args=[made.token])


def fits(page) -> None:
    """Nothing stands beside the page or is cut off in its box."""
    rest(page)
    assert page.evaluate(WIDER) == [0]
    assert page.evaluate(CUT) == []


@pytest.mark.parametrize("page", [390], indirect=True)
@pytest.mark.parametrize("code", CODES)
def test_a_phone_in_every_language(page, live, card, code):
    page.goto(live + card.replace("/a/", f"/a/{code}/", 1))
    expect(page.locator("html")).to_have_attribute("dir", known()[code].direction)
    fits(page)
    shoot(page, f"language-{code}-start")
    page.locator(".start-row button").click()
    page.locator(".one-by-one").wait_for()
    fits(page)
    page.locator('input[name="q-adults-1"][value="4"]').check()
    shoot(page, f"language-{code}-question")
    if known()[code].rtl:
        first = page.locator(".question:not([hidden]) .tile").first.bounding_box()
        mood = page.locator(".question:not([hidden]) .tile .mood").first.bounding_box()
        assert mood["x"] > first["x"] + first["width"] / 2  # the face stands on the right
    page.goto(f"{live}/a/{code}/done/12-18/")
    fits(page)
    shoot(page, f"language-{code}-done")


@pytest.mark.parametrize("page", [1280], indirect=True)
def test_the_scale_runs_from_the_right_in_arabic(page, live, card):
    page.goto(live + card.replace("/a/", "/a/ar/", 1))
    page.locator(".start-row button").click()
    page.locator(".one-by-one").wait_for()
    rest(page)
    tiles = page.locator(".question:not([hidden]) .tile")
    places = [tiles.nth(i).bounding_box()["x"] for i in range(5)]
    assert places == sorted(places, reverse=True)
    assert [tiles.nth(i).locator("input").get_attribute("value") for i in range(5)] == list("12345")
    shoot(page, "language-ar-desk")
    axe(page)


def test_the_menu_changes_the_language_with_the_answers_and_the_place(page, live, card):
    start(page, live, card)
    page.get_by_role("radio", name="Often", exact=True).check()
    page.get_by_role("button", name="Next").click()
    page.get_by_role("radio", name="Never", exact=True).check()
    page.locator(".languages summary").click()
    shoot(page, "language-menu")
    page.get_by_role("button", name="Polski").click()
    page.locator('html[lang="pl"] .one-by-one').wait_for()
    shown = page.locator(".question:not([hidden])")
    expect(shown.locator('input[value="1"]')).to_be_checked()
    expect(page.locator('input[name="q-adults-1"][value="4"]')).to_be_checked()
    expect(page).to_have_url(live + reverse("ask:questions").replace("/a/", "/a/pl/"))
