"""The pages of safeguarding in a browser: from a child's card to "sorted", on a phone and on a desk."""

import re

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from belong.ask import actions as ask
from belong.guard.concerns.raising import look_through, raise_ask, raise_words
from belong.guard.concerns.routes import SOMEBODY
from belong.guard.concerns.ticking import tick_school
from belong.guard.models import Concern
from tests.browser import allow, axe, sign_in

pytestmark = pytest.mark.browser
WORDS = "I do not want to live any more.\nMy uncle hits me when my mum is at work."


@pytest.mark.parametrize("page", [390], indirect=True)
def test_a_pupil_asks_and_is_heard(page: Page, live, posts):
    """By card on a phone; the safeguarding lead takes it on and ends it; the card says how far it has come."""
    made = ask.issue_talk_cards(posts.tutor, posts.tutor_group)
    card = next(one for one in made if one.person == posts.pupils[1])
    address = live + reverse("ask:talk-by-card", args=[card.token])
    page.goto(address)
    axe(page)
    page.get_by_label("I need somebody today").check()
    page.get_by_label("You can write a few words").fill("about my friends")
    page.get_by_text("Is it about an adult who works here?").first.click()
    page.get_by_label("No", exact=True).check()
    axe(page)
    page.get_by_role("button", name="Ask for an adult").click()
    expect(page.locator("h1")).to_have_text("Thank you for asking")
    axe(page)
    tick_school(posts.school)
    sign_in(page, posts.dsl)
    page.goto(live)
    page.get_by_role("link", name=re.compile("waits to be read")).click()
    axe(page)
    page.get_by_role("link", name="Ben Carter").click()
    axe(page)
    page.get_by_role("button", name="I have this").click()
    page.get_by_label("Sorted: nothing more to do").check()
    page.get_by_label("What happened, and why so").fill("They made up again at lunch.")
    page.get_by_role("button", name="Put it in the record").click()
    expect(page.get_by_text("decided: sorted")).to_be_visible()
    axe(page)
    page.goto(address)
    expect(page.get_by_role("status")).to_contain_text("that is sorted")


def test_the_pages_of_the_adults(page: Page, live, posts):
    """Queue with every kind, a page with marked words, raising one, a copy, the rota."""
    flagged = look_through([("What is one thing we could change?", WORDS)])
    raise_words(posts.school, posts.pupils[7], flagged, "")
    raise_ask(posts.pupils[8], text="It is about an adult.", about={SOMEBODY})
    raise_ask(posts.pupils[2])
    tick_school(posts.school)
    sign_in(page, posts.head)
    page.goto(live + reverse("guard:concerns"))
    expect(page.get_by_text("Goes another way")).to_be_visible()
    axe(page, strict=True)
    page.get_by_role("link", name="Hugo Silva").click()
    expect(page.locator("mark").first).to_be_visible()
    axe(page, strict=True)
    page.goto(live + reverse("guard:raise", args=[posts.pupils[2].pk]))
    axe(page, strict=True)
    allow(page, "422")
    page.get_by_role("button", name="Tell the safeguarding lead").click()
    expect(page.get_by_role("alert")).to_contain_text("Please look at this again")
    axe(page)
    page.goto(live + reverse("guard:rota"))
    axe(page, strict=True)
    page.get_by_text("Add a holiday").click()
    page.get_by_label("Name", exact=True).fill("Christmas")
    page.get_by_label("First day").fill("2026-12-21")
    page.get_by_label("Last day").fill("2027-01-03")
    page.get_by_role("button", name="Add it").click()
    expect(page.get_by_text("Christmas", exact=True)).to_be_visible()
    assert Concern.objects.filter(kind=Concern.WORDS).count() == 1
