"""Not yet noticed, and the six places on a card, in a real browser."""

import pytest
from playwright.sync_api import expect

from tests.browser import axe, sign_in
from tests.look import shoot

OVER = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


@pytest.mark.browser
def test_six_places_are_legible_and_one_click_says_i_will_notice(page, live, cast, lively, recognise):
    for pupil in cast.pupils[:4]:
        recognise(pupil)
    sign_in(page, cast.tutor)
    page.goto(f"{live}/overlooked/")
    row = page.get_by_role("row", name="Ewa Nowak")
    row.get_by_role("button", name="I’ll notice Ewa Nowak").click()
    expect(row).to_contain_text("You will notice, by")
    page.locator("#toasts").get_by_role("button", name="Undo").click()
    expect(row).not_to_contain_text("You will notice, by")
    row.get_by_role("button", name="I’ll notice Ewa Nowak").press("Enter")
    expect(row).to_contain_text("You will notice, by")
    for name, where in (
        ("overlooked", "overlooked/"),
        ("group", f"group/{cast.tutor_group.pk}/"),
        ("today", ""),
    ):
        page.goto(f"{live}/{where}")
        axe(page, strict=name != "group")
        shoot(page, f"c-{name}")
        page.set_viewport_size({"width": 390, "height": 844})
        assert page.evaluate(OVER) <= 0, f"{name} is wider than a phone"
        page.set_viewport_size({"width": 1280, "height": 900})
