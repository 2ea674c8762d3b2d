"""The pages of figures about noticing in a real browser: accessible, and no wider than a phone."""

import pytest
from playwright.sync_api import expect

from tests.browser import axe, sign_in
from tests.look import shoot
from tests.see.noticing.conftest import DECEMBER

DAY = DECEMBER.isoformat()
PAGES = {
    "dates": "",
    "date": f"{DAY}/",
    "table": f"{DAY}/states/?by=year",
    "half-terms": "half-terms/",
}
OVER = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


@pytest.mark.browser
def test_every_page_is_accessible_and_fits_a_phone(page, live, cast, released):
    sign_in(page, cast.head)
    for name, where in PAGES.items():
        page.goto(f"{live}/see/noticing/{where}")
        axe(page, strict=True)
        shoot(page, f"noticing-{name}")
        page.set_viewport_size({"width": 390, "height": 844})
        assert page.evaluate(OVER) <= 0, f"{name} is wider than a phone"
        page.set_viewport_size({"width": 1280, "height": 900})


@pytest.mark.browser
def test_from_see_to_a_group_and_sharing_by_keyboard(page, live, cast, released):
    sign_in(page, cast.head)
    page.goto(f"{live}/see/")
    page.get_by_role("link", name="What was noticed").click()
    page.get_by_role("link", name="18 December").click()
    page.get_by_role("link", name="By group").first.press("Enter")
    page.get_by_role("link", name="Girls and boys", exact=True).click()
    expect(page.locator("main")).to_contain_text("how far groups stand apart")
    page.goto(f"{live}/see/noticing/{DAY}/")
    page.locator("summary", has_text="Share with governors").click()
    page.get_by_role("button", name="Share", exact=True).click()
    expect(page.locator("main")).to_contain_text("Shared with governors.")
