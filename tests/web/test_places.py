"""The places at the foot of a phone: what has no room stands behind More."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser import axe, sign_in

PHONE = [
    390,
    {"viewport": {"width": 320, "height": 640}},
    {"viewport": {"width": 390, "height": 844}, "java_script_enabled": False},
]


@pytest.mark.browser
@pytest.mark.parametrize("page", PHONE, indirect=True)
def test_a_leader_reaches_every_place_from_a_phone(page, live, cast):
    sign_in(page, cast.head)
    page.goto(live + "/")
    foot = page.get_by_role("navigation", name="Main")
    width = page.viewport_size["width"]
    for place in foot.locator(".place:visible").all():
        box = place.bounding_box()
        assert 0 <= box["x"] <= box["x"] + box["width"] <= width
    expect(foot.get_by_role("link")).to_have_text(["Today", "Ask", "See", "Notice", "Act"])
    foot.get_by_text("More").click()
    expect(foot.get_by_role("link", name="Not yet noticed")).to_be_in_viewport(ratio=1)
    foot.get_by_role("link", name="People").click()
    expect(page).to_have_url(re.compile("/people/$"))


@pytest.mark.browser
@pytest.mark.parametrize("page", [390], indirect=True)
def test_more_opens_and_closes_with_keys(page, live, cast):
    sign_in(page, cast.head)
    page.goto(live + "/people/")
    more = page.locator(".more > summary")
    more.focus()
    page.keyboard.press("Enter")
    people = page.locator(".more").get_by_role("link", name="People")
    expect(people).to_have_attribute("aria-current", "page")
    axe(page)
    page.keyboard.press("Escape")
    expect(people).to_be_hidden()
    expect(more).to_be_focused()


@pytest.mark.browser
def test_a_desk_shows_all_places_in_a_row(page, live, cast):
    sign_in(page, cast.head)
    page.goto(live + "/")
    foot = page.get_by_role("navigation", name="Main")
    expect(foot.get_by_role("link")).to_have_text(
        ["Today", "Ask", "See", "Notice", "Act", "Tell", "Not yet noticed", "People", "Safeguarding"]
    )
    expect(foot.get_by_text("More")).to_be_hidden()


@pytest.mark.browser
@pytest.mark.parametrize("page", [390], indirect=True)
def test_few_places_need_no_more(page, live, cast):
    sign_in(page, cast.governor)
    page.goto(live + "/")
    foot = page.get_by_role("navigation", name="Main")
    expect(foot.get_by_role("link")).to_have_text(["See", "Tell"])
    expect(foot.get_by_text("More")).to_be_hidden()
    last = foot.get_by_role("link", name="Tell").bounding_box()
    assert last["x"] + last["width"] <= 390
