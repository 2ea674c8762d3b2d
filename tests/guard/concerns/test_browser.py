"""The pages of safeguarding in a browser: from a child's card to "sorted", on a phone and on a desk."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from belong.ask import actions as ask
from belong.base.clock import today
from belong.guard.concerns.raising import look_through, raise_ask, raise_words
from belong.guard.concerns.routes import SOMEBODY
from belong.guard.concerns.ticking import tick_school
from belong.guard.models import Concern
from tests.browser import allow, axe, sign_in, targets

pytestmark = pytest.mark.browser
WORDS = "I do not want to live any more.\nMy uncle hits me when my mum is at work."


@pytest.mark.parametrize("page", [390], indirect=True)
def test_a_pupil_asks_and_is_heard(page: Page, live, posts):
    """By card on a phone, for their tutor, who offers a time and a place; the card says how it goes on."""
    made = ask.issue_talk_cards(posts.tutor, posts.tutor_group)
    card = next(one for one in made if one.person == posts.pupils[1])
    address = live + reverse("ask:talk-by-card", args=[card.token])
    page.goto(address)
    axe(page, strict=True)
    targets(page, 48)
    page.get_by_label("Mx Tutor").check()
    page.get_by_label("Some time this week").check()
    page.get_by_label("You can write a few words").fill("about my friends")
    page.get_by_text("Is it about an adult who works here?").first.click()
    page.get_by_label("No", exact=True).check()
    axe(page)
    page.get_by_role("button", name="Ask for an adult").click()
    expect(page.locator("h1")).to_have_text("Thank you for asking")
    axe(page)
    tick_school(posts.school)
    _answered_by_the_tutor(page, live, posts)
    page.goto(address)
    expect(page.get_by_text("Mx Tutor has time for you")).to_contain_text("the library")
    expect(page.get_by_text("about my friends")).to_have_count(0)
    page.get_by_role("button", name="It’s all right now").click()
    expect(page.get_by_text("Somebody may still ask how you are.")).to_be_visible()
    axe(page)
    sign_in(page, posts.dsl)
    page.goto(live)
    page.goto(live + reverse("guard:concerns"))
    page.get_by_role("link", name="Ben Carter").click()
    axe(page)
    page.get_by_label("Sorted: nothing more to do").check()
    page.get_by_label("What happened, and why so").fill("They made up again at lunch.")
    page.get_by_role("button", name="Put it in the record").click()
    expect(page.get_by_text("decided: sorted")).to_be_visible()
    page.goto(address)
    expect(page.get_by_text("Mx Dsl has noted that it is sorted")).to_be_visible()
    expect(page.get_by_role("button", name="I still want to talk")).to_be_visible()


def _answered_by_the_tutor(page: Page, live: str, posts) -> None:
    """From Today to the request, and a time for tomorrow."""
    sign_in(page, posts.tutor)
    page.goto(live)
    page.get_by_role("link", name=re.compile("would like to talk with you")).click()
    page.get_by_role("link", name="Ben Carter").click()
    expect(page.get_by_text("about my friends")).to_be_visible()
    axe(page, strict=True)
    page.get_by_role("textbox", name="Day").fill((today() + timedelta(days=1)).isoformat())
    page.get_by_label("Time", exact=True).fill("14:00")
    page.get_by_role("textbox", name="Where").fill("the library")
    page.get_by_role("button", name="Tell them when and where").click()
    expect(page.get_by_text("offered a time")).to_be_visible()
    axe(page)
    sign_out(page)


def sign_out(page: Page) -> None:
    """Leave nothing of whoever was signed in."""
    page.context.clear_cookies()


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
