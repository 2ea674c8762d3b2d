"""The pages of a release in a real browser: accessible, no wider than the window, and one click from gap to plan."""

import pytest
from playwright.sync_api import expect

from tests.browser import axe, sign_in

PAGES = [
    "",
    "parts/listened/",
    "groups/year/",
    "groups/year-by-pupil_premium/?measure=part:listened",
    "gap/?measure=part:listened&cut=sex&group=F",
    "items/",
    "method/",
]


@pytest.mark.browser
def test_every_page_is_accessible_and_fits_a_phone(page, live, cast, told):
    sign_in(page, cast.head)
    page.goto(f"{live}/see/")
    axe(page, strict=True)
    for where in PAGES:
        page.goto(f"{live}/see/{told.spring.pk}/{where}")
        axe(page, strict=True)
        page.set_viewport_size({"width": 390, "height": 844})
        over = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        assert page.evaluate(over) <= 0, f"{where} is wider than a phone"
        page.set_viewport_size({"width": 1280, "height": 900})


@pytest.mark.browser
@pytest.mark.parametrize(
    "page", [{"viewport": {"width": 390, "height": 844}, "color_scheme": "dark"}], indirect=True
)
def test_from_a_gap_to_a_plan_on_a_phone(page, live, cast, told):
    sign_in(page, cast.head)
    page.goto(f"{live}/see/{told.spring.pk}/")
    axe(page)
    card = page.locator("#gaps")
    expect(card).to_contain_text("feel listened to less")
    card.get_by_role("link", name="Peers").click()
    expect(card).to_contain_text("peers")
    expect(card).not_to_contain_text("feel listened to less")
    page.reload()
    page.locator("#gaps").get_by_role("link", name="Make a plan for this gap").click()
    expect(page).to_have_url(
        f"{live}/act/plans/new/?wave={told.spring.pk}&measure=part%3Alistened&cut=sen&group=sen"
    )
    expect(page.locator("main")).to_contain_text("SEN support and others")


@pytest.mark.browser
def test_the_table_behind_a_chart_opens(page, live, cast, told):
    sign_in(page, cast.tutor)
    page.goto(f"{live}/see/{told.spring.pk}/")
    figure = page.locator("figure", has_text="Being listened to is lowest").first
    figure.get_by_text("Show as a table").click()
    expect(figure.get_by_role("cell").first).to_be_visible()
    figure.get_by_role("link", name="Adults").first.click()
    expect(page).to_have_url(f"{live}/see/{told.spring.pk}/parts/adults/")


@pytest.mark.browser
def test_from_a_missing_figure_to_why_and_back_by_keyboard(page, live, cast, told):
    """To the explanation and back to the very place, which is far down the page."""
    sign_in(page, cast.head)
    page.set_viewport_size({"width": 390, "height": 700})
    where = f"{live}/see/{told.spring.pk}/groups/joined_this_year/?measure=part%3Alistened"
    page.goto(where)
    missing = (
        page.get_by_role("region", name="All parts by group").get_by_role("link", name="kept back").first
    )
    missing.focus()
    expect(missing).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Kept back")).to_be_visible()
    axe(page, strict=True)
    page.get_by_role("link", name="Back to the figures").press("Enter")
    expect(page).to_have_url(where)
    expect(missing).to_be_focused()
    missing.press("Enter")
    for link in page.get_by_label("What you can read instead").get_by_role("link").all():
        answer = page.request.get(f"{live}{link.get_attribute('href')}")
        assert answer.ok, answer.url
