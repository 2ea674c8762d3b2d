"""The style page and the worked screens in a real browser: for everyone, at every width, in both themes."""

import pytest
from django.template.loader import render_to_string
from django.test import Client
from playwright.sync_api import expect

from tests.browser import DRESS, axe, sign_in

# What a finger presses. Links inside running text and bread crumbs may be smaller (WCAG 2.5.8, inline).
TARGETS = """least => {
  const kinds = ".button, button, summary, select, textarea, .tile, nav a";
  const inputs = "input:not([type=radio], [type=checkbox], [type=hidden], [type=file])";
  return [...document.querySelectorAll(`${kinds}, ${inputs}`)]
    .filter((one) => one.offsetParent && !one.closest(".crumbs"))
    .map((one) => [one.outerHTML.slice(0, 90), one.getBoundingClientRect()])
    .filter(([, box]) => box.height < least - 0.5 || box.width < 40)
    .map(([html, box]) => `${Math.round(box.width)} x ${Math.round(box.height)} ${html}`);
}"""
PAGES = ["", "group/", "overview/", "pupil/"]


@pytest.fixture
def look(settings, live) -> str:
    settings.DEMO = True
    return live + "/look/"


def test_a_school_of_its_own_has_no_style_page(db, settings):
    settings.DEMO = False
    assert Client().get("/look/").status_code == 404
    settings.DEMO = True
    answer = Client().get("/look/")
    assert answer.status_code == 200
    assert "Every component, once" in answer.content.decode()


@pytest.mark.browser
@pytest.mark.parametrize("path", PAGES)
def test_accessible_in_both_themes_and_widths(page, look, path):
    page.goto(look + path)
    for scheme, width in (("light", 390), ("dark", 1280)):
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        page.set_viewport_size({"width": width, "height": 844})
        axe(page, strict=True) if scheme == "light" else axe(page, only=DRESS)


@pytest.mark.browser
@pytest.mark.parametrize("path", PAGES)
def test_small_screens_and_fingers(page, look, path):
    """Nothing runs off at 320 px, a phone or a desk at 400 % zoom (WCAG 1.4.10); targets are large enough."""
    page.set_viewport_size({"width": 320, "height": 640})
    page.goto(look + path)
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    assert page.evaluate(TARGETS, 56 if path == "pupil/" else 44) == []


@pytest.mark.browser
def test_the_phone_has_its_places_at_the_foot_in_one_line(page, look):
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(look + "group/")
    tops = page.evaluate(
        "[...document.querySelectorAll('.places-nav a')].map(a => a.getBoundingClientRect().top)"
    )
    assert len(tops) == 6
    assert len(set(tops)) == 1
    assert tops[0] > 760


@pytest.mark.browser
def test_one_drawing_of_each_chart_is_in_the_accessibility_tree(page, look):
    page.goto(look + "overview/")
    for width, kind in ((1280, "wide"), (390, "narrow")):
        page.set_viewport_size({"width": width, "height": 844})
        seen = page.get_by_role("img").all()
        assert [svg.get_attribute("class") for svg in seen] == [f"chart-{kind}"] * 2


@pytest.mark.browser
def test_the_table_behind_a_chart_opens_by_keyboard(page, look):
    page.goto(look + "overview/")
    page.get_by_text("Show as a table").first.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("rowheader", name="Adults")).to_be_visible()
    expect(page.get_by_role("cell", name="69–73")).to_be_visible()


@pytest.mark.browser
def test_asking_once_more_is_a_dialog_that_gives_the_focus_back(page, look):
    page.goto(look)
    page.get_by_text("Close the wave", exact=True).click()
    dialog = page.get_by_role("dialog", name="Close it now?")
    expect(dialog).to_be_visible()
    expect(dialog.get_by_role("button", name="Not now")).to_be_focused()
    axe(page)
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    expect(page.locator("summary", has_text="Close the wave")).to_be_focused()


@pytest.mark.browser
def test_without_script_asking_once_more_opens_in_its_place(browser, look):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(look)
    page.get_by_text("Close the wave", exact=True).click()
    expect(page.get_by_role("button", name="Close it", exact=True)).to_be_visible()
    context.close()


@pytest.mark.browser
def test_a_table_sorts_by_number_and_back(page, look):
    page.goto(look)
    head = page.get_by_role("button", name="Moments")
    cells = page.locator("table.sortable tbody td:last-child")
    head.click()
    expect(cells).to_have_text(["9", "41", "102"])
    head.click()
    expect(cells).to_have_text(["102", "41", "9"])
    expect(page.locator("th[aria-sort=descending]")).to_have_count(1)


@pytest.mark.browser
def test_staff_keep_their_theme_and_text_size_and_pupils_pages_keep_none(page, look, cast):
    sign_in(page, cast.tutor)
    page.goto(look + "group/")
    page.locator("header details.menu summary").click()
    axe(page)
    page.get_by_role("button", name="Dark").click()
    page.get_by_role("button", name="Largest").click()
    page.reload()
    ground = "getComputedStyle(document.documentElement).backgroundColor"
    assert page.evaluate(ground) == "rgb(15, 23, 28)"
    assert page.evaluate("parseFloat(getComputedStyle(document.documentElement).fontSize)") == 25
    page.goto(look + "pupil/")
    assert page.evaluate(ground) == "rgb(252, 249, 245)"


@pytest.mark.browser
def test_the_menu_closes_with_escape_and_returns_the_focus(page, look, cast):
    sign_in(page, cast.tutor)
    page.goto(look + "group/")
    menu = page.locator("header details.menu")
    menu.locator("summary").click()
    expect(page.get_by_role("button", name="Sign out")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("button", name="Sign out")).to_be_hidden()
    expect(menu.locator("summary")).to_be_focused()


@pytest.mark.browser
def test_a_toast_leaves_unless_it_holds_the_focus(page, look):
    page.clock.install()
    page.goto(look)
    toast = page.locator(".toast")
    toast.get_by_role("button", name="Undo").focus()
    page.clock.run_for(20_000)
    expect(toast).to_be_visible()
    page.get_by_role("button", name="Print").focus()
    page.clock.run_for(11_000)
    expect(toast).to_have_count(0)


@pytest.mark.browser
def test_a_fragment_brings_its_toast_to_the_corner_under_the_strict_policy(page, look):
    page.goto(look + "group/")
    html = render_to_string(
        "web/_toast.html", {"text": "Noted: praise for Ben", "undo_url": "/x/", "oob": True}
    )
    page.evaluate("html => htmx.swap('#main', html, {swapStyle: 'beforeend'})", html)
    corner = page.get_by_role("region", name="Just done")
    expect(corner.get_by_text("Noted: praise for Ben")).to_be_visible()
    expect(corner.get_by_role("button", name="Undo")).to_be_visible()
    axe(page, strict=True)


@pytest.mark.browser
def test_a_child_answers_by_keyboard(page, look):
    page.goto(look + "pupil/")
    expect(page.locator("input:checked")).to_have_count(0)
    page.get_by_role("radio", name="Never").focus()
    page.keyboard.press("Space")
    page.keyboard.press("ArrowRight")
    expect(page.get_by_role("radio", name="Not often")).to_be_checked()


@pytest.mark.browser
def test_paper_carries_no_controls_and_keeps_the_charts(page, look):
    page.goto(look + "overview/")
    page.emulate_media(media="print", color_scheme="dark")
    expect(page.locator(".places-nav")).to_be_hidden()
    expect(page.get_by_role("img").first).to_be_visible()
    assert page.evaluate("getComputedStyle(document.querySelector('h1')).color") == "rgb(0, 0, 0)"
