"""The plan in a real browser: tapped on a phone, by keyboard from the list; a place set by two presses."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from belong.ask.models import PlaceArea, PlaceSheet
from tests.ask.places.conftest import opened, place
from tests.browser import allow, axe, sign_in

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("page", [390], indirect=True)
def test_tap_a_place_then_choose_another_by_keyboard(cast, in_school, page, live):
    asking = opened(cast, with_words=True)
    sign_in(page, cast.pupil)
    page.goto(f"{live}{reverse('notice:me')}")
    page.get_by_role("button", name="Say where").click()
    expect(page.get_by_role("heading", name="Where in school do you feel you belong?")).to_be_visible()
    axe(page, strict=True)
    for tile in page.locator(".tile:visible").all():
        assert tile.bounding_box()["height"] >= 56
    first = page.locator("[data-line='1']")
    page.locator(f"[data-place='{place(asking, 'Canteen')}']").click()
    expect(first.get_by_role("radio", name="Canteen")).to_be_checked()
    expect(page.locator(".plan-box.chosen")).to_have_count(1)
    first.get_by_role("radio", name="Lunch").press("Space")
    first.get_by_role("radio", name="I feel I belong").press("Space")
    page.locator("[data-line='2'] > summary").press("Enter")
    second = page.locator("[data-line='2']")
    expect(second.locator("[data-plan]")).to_be_visible()
    second.get_by_role("radio", name="Bike shed").press("Space")
    second.get_by_role("radio", name="After school").press("Space")
    allow(page, "422")
    page.get_by_role("button", name="Send it").click()
    expect(page.get_by_role("alert")).to_have_text("How does it feel there? Choose a face.")
    second.get_by_role("radio", name="I feel less safe").check()
    page.get_by_role("button", name="Send it").click()
    expect(page.get_by_role("heading", name="Thank you")).to_be_visible()
    said = sorted([[place(asking, "Canteen"), "lunch", 3], [place(asking, "Bike shed"), "after", 1]])
    assert PlaceSheet.objects.get().said == said
    page.get_by_role("link", name="To my page").click()
    expect(page.get_by_role("button", name="Say where")).to_have_count(0)


def test_two_presses_set_a_place(cast, plan, page, live):
    sign_in(page, cast.survey_lead)
    page.goto(f"{live}{reverse('ask:place-plan', args=[plan.pk])}")
    axe(page)
    drawn = page.locator("[data-plan]")
    box = drawn.bounding_box()
    drawn.click(position={"x": box["width"] * 0.2, "y": box["height"] * 0.3})
    drawn.click(position={"x": box["width"] * 0.5, "y": box["height"] * 0.6})
    page.get_by_label("Name of the place").fill("Courtyard")
    page.get_by_role("button", name="Add the place").click()
    expect(page.locator("[data-place]")).to_have_count(1)
    area = PlaceArea.objects.get()
    assert (area.left, area.width) == pytest.approx((200, 300), abs=12)
    assert (area.top, area.height) == pytest.approx((210, 210), abs=12)
