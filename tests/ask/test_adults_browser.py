"""Choosing adults by name in a real browser: found by keyboard on a phone, never too many, nobody yet alone."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from belong.ask import actions
from belong.ask.models import SignedSheet
from belong.people.models import Person
from tests.ask.conftest import plan
from tests.browser import axe
from tests.conftest import make_person

pytestmark = pytest.mark.browser
STAFF = [("Anna", "Lind"), ("Kwame", "Boateng"), ("Zoë", "Núñez"), ("Priya", "Shah"), ("Rhys", "Cole")]


@pytest.fixture
def card(cast, in_school) -> str:
    """The address of Ben's card for an open wave that asks for adults."""
    for given, family in STAFF:
        make_person(cast.school, Person.STAFF, given, family, title="Mx")
    draft = plan(cast, "trusted-adults", title="Adults you could turn to")
    wave = actions.open_wave(cast.survey_lead, draft)
    token = actions.issue_card(cast.survey_lead, wave, cast.tutor_group, cast.pupils[1].pk).token
    return reverse("ask:card", args=[token])


def chosen() -> list[str]:
    ids = SignedSheet.objects.get().adults["turn-to"]
    return [Person.objects.get(pk=pk).family_name for pk in ids]


@pytest.mark.parametrize("page", [390], indirect=True)
def test_by_keyboard_on_a_phone(page, live, card):
    page.goto(f"{live}{card}")
    page.get_by_role("button", name="Start").click()
    expect(page.get_by_role("heading", name="Which adults here could you turn to?")).to_be_visible()
    axe(page, strict=True)
    for tile in page.locator(".name-tile:visible").all():
        assert tile.bounding_box()["height"] >= 56
    page.get_by_role("button", name="Next").click()
    expect(page.locator("[data-hint]:visible")).to_have_text("Choose an answer, or press Skip.")
    page.get_by_role("checkbox", name="Mx Tutor your tutor").press("Space")
    page.locator(".someone-else > summary").press("Enter")
    box = page.get_by_role("searchbox", name="Type a part of the name")
    box.press_sequentially("nunez 1")
    expect(page.get_by_text("0 found")).to_be_visible()
    box.fill("nunez")
    expect(page.get_by_text("1 found")).to_be_visible()
    page.get_by_role("checkbox", name="Mx Núñez").press("Space")
    box.fill("l")
    page.get_by_role("checkbox", name="Mx Lind").check()
    expect(page.locator("[data-chosen-words]")).to_have_text("You chose Mx Tutor, Mx Lind and Mx Núñez.")
    box.fill("")
    for name in ("Mx Boateng", "Mx Shah"):
        page.get_by_role("checkbox", name=name).check()
    page.get_by_role("checkbox", name="Mx Cole").press("Space")
    expect(page.locator("[data-chosen-words]")).to_contain_text("Take one away first.")
    expect(page.get_by_role("checkbox", name="Mx Cole")).not_to_be_checked()
    axe(page, strict=True)
    page.get_by_role("checkbox", name="Nobody yet").check()
    expect(page.get_by_role("checkbox", name="Mx Lind")).not_to_be_checked()
    for name in ("Mx Lind", "Mx Núñez"):
        page.get_by_role("checkbox", name=name).check()
    expect(page.get_by_role("checkbox", name="Nobody yet")).not_to_be_checked()
    page.get_by_role("button", name="Next").click()
    for answer in ("Often", "Always", "Not often"):
        page.get_by_role("radio", name=answer, exact=True).check()
        page.get_by_role("button", name="Next").click()
    page.get_by_role("button", name="Send my answers").click()
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    page.wait_for_url("**/done/**")
    assert sorted(chosen()) == ["Lind", "Núñez"]
