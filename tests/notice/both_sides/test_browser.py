"""From nobody yet to an adult who looks out, on a phone."""

import pytest
from playwright.sync_api import expect

from tests.browser import axe, sign_in

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("page", [390], indirect=True)
def test_a_pupil_with_nobody_yet_gets_an_adult(page, live, cast, turn_to, close):
    turn_to(cast.pupils[7])
    close()
    sign_in(page, cast.tutor)
    page.goto(f"{live}/both-sides/?show=nobody")
    axe(page, strict=True)
    page.get_by_role("link", name="Hugo Silva").click()
    axe(page, strict=True)
    page.get_by_label("Which adult?").select_option(label="Mx Other_Tutor Other Tutor")
    page.get_by_label("A line for the adult").fill("Hums while he draws.")
    page.get_by_role("button", name="Ask").press("Enter")
    expect(page.get_by_text("Mx Other Tutor has been asked.")).to_be_visible()

    page.context.clear_cookies()
    sign_in(page, cast.other_tutor)
    page.goto(f"{live}/")
    page.get_by_role("link", name="Would you look out for Hugo Silva?").click()
    expect(page.get_by_text("Hums while he draws.")).to_be_visible()
    axe(page, strict=True)
    page.get_by_role("button", name="Yes, I will").press("Enter")
    expect(page.get_by_role("heading", name="Hugo Silva", level=1)).to_be_visible()
    page.goto(f"{live}/both-sides/mine/")
    expect(page.get_by_role("region", name="You look out for")).to_contain_text("Hugo Silva")
    axe(page, strict=True)
