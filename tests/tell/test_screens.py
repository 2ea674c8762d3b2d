"""The screens of act and tell in a browser: accessible at both widths, and the way from first word to public page."""

import re

import pytest
from django_scopes import scopes_disabled
from playwright.sync_api import expect

from belong.tell.models import Response
from tests.browser import axe, rest, sign_in
from tests.tell.build import AUTUMN, SPRING
from tests.tell.conftest import respond

pytestmark = pytest.mark.browser
GAP = f"wave={SPRING}&measure=part:adults&cut=sen&group=sen"


def fits(page) -> bool:
    return page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")


def test_every_screen_is_accessible_and_fits(page, live, cast, answered, story):
    respond(cast, story.spring, [story.adults])
    sign_in(page, cast.head)
    code = answered.share_code
    for path in (
        "/tell/",
        f"/tell/{SPRING}/edit/",
        f"/tell/{SPRING}/items/{story.spring.response.items.first().pk}/",
        f"/tell/{SPRING}/preview/",
        f"/tell/{SPRING}/report/",
        "/told/",
        f"/told/{code}/",
        f"/told/{code}/poster/",
        f"/act/?part=adults&{GAP}",
        "/act/practices/trusted-adult/",
        "/act/plans/",
        f"/act/plans/new/?practice=circles&{GAP}",
        f"/act/plans/{story.adults.pk}/",
        f"/act/plans/{story.adults.pk}/edit/",
    ):
        page.goto(live + path)
        axe(page, strict=True)
        for width in (320, 390, 1280):
            page.set_viewport_size({"width": width, "height": 844})
            assert fits(page), (path, width)


def test_from_the_first_word_to_the_public_page(page, live, cast, story):
    sign_in(page, cast.head)
    page.goto(f"{live}/tell/")
    page.get_by_role("link", name=re.compile("Write the answer.*Autumn wave")).click()
    page.get_by_label("What we heard").fill("Lunch is loud.")
    page.get_by_label("What we did").fill("A quiet room is open at lunch.")
    page.get_by_label("The plan behind it").select_option(label="Four more clubs (under way)")
    page.get_by_role("button", name="Add it").click()
    page.get_by_role("button", name=re.compile("Remove.*Lunch is loud")).click()
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_role("button", name=re.compile("Remove.*Lunch is loud"))).to_be_visible()
    rest(page)
    page.get_by_text("Publish the answer").first.click()
    page.get_by_role("button", name="Publish the answer").last.click()
    page.get_by_role("heading", name="Show it to those who were asked").wait_for()
    page.context.clear_cookies()
    page.goto(f"{live}/told/{_code()}/")
    page.get_by_role("heading", name="Lunch is loud.").wait_for()
    expect(page.get_by_text("We will look again in April 2026 and tell you.")).to_be_visible()


def _code() -> str:
    with scopes_disabled():
        return Response.objects.get(wave_id=AUTUMN).share_code
