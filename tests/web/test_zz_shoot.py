import pytest
from tests.look import shoot, HERE
from tests.browser import sign_in

@pytest.mark.browser
def test_states(page, live, settings, cast):
    settings.DEMO = True
    sign_in(page, cast.tutor)
    page.goto(live + "/look/group/")
    page.screenshot(path=HERE / "st-tablet.png")
    page.set_viewport_size({"width": 820, "height": 1000}); page.screenshot(path=HERE / "st-820.png")
    page.locator("header details.menu summary").click()
    page.set_viewport_size({"width": 390, "height": 844}); page.screenshot(path=HERE / "st-menu-390.png")
    page.get_by_role("button", name="Largest").click(); page.keyboard.press("Escape")
    page.screenshot(path=HERE / "st-largest-390.png")
    page.evaluate("document.documentElement.dataset.size=''; document.documentElement.dir='rtl'")
    page.set_viewport_size({"width": 1280, "height": 900}); page.screenshot(path=HERE / "st-rtl.png")
    page.goto(live + "/look/overview/")
    page.evaluate("document.documentElement.dataset.accent='plum'")
    page.emulate_media(forced_colors="active"); page.screenshot(path=HERE / "st-forced.png", full_page=True)
    page.emulate_media(forced_colors="none")
    page.pdf(path=HERE / "st-print.pdf", prefer_css_page_size=True, print_background=True)
    page.goto(live + "/look/")
    page.set_viewport_size({"width": 390, "height": 844})
    page.evaluate("document.querySelector('#toasts').append(document.querySelector('.toast'))")
    page.screenshot(path=HERE / "st-toast-390.png")
    page.get_by_text("Close the wave", exact=True).click()
    page.screenshot(path=HERE / "st-dialog-390.png")
    page.goto(live + "/nowhere/"); page.watch.allowed.append("404")
    page.screenshot(path=HERE / "st-404-390.png")
    page.goto(live + "/look/pupil/")
    page.get_by_text("Often", exact=True).click()
    page.screenshot(path=HERE / "st-pupil-390.png")
    page.evaluate("document.documentElement.dir='rtl'")
    page.set_viewport_size({"width": 1000, "height": 700}); page.screenshot(path=HERE / "st-pupil-rtl.png")
