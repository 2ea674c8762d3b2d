"""Drawing and sending in a real browser: the drawing arrives, and what is refused stays on the screen."""

import io

import pytest
from django.urls import reverse
from PIL import Image
from playwright.sync_api import expect

from belong.ask.models import WallPost
from tests.browser import allow, axe, sign_in

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("page", [390], indirect=True)
def test_a_drawing_is_made_with_a_finger_and_nothing_is_lost_on_the_way(cast, wall, page, live):
    sign_in(page, cast.pupil)
    page.goto(f"{live}{reverse('notice:me')}")
    page.get_by_role("button", name="Add an idea").click()
    expect(page.get_by_role("heading", name=wall.question)).to_be_visible()
    axe(page, strict=True)
    page.get_by_text("Draw something").click()
    canvas = page.locator("[data-canvas]")
    canvas.scroll_into_view_if_needed()
    page.get_by_role("button", name="Red").click()
    box = canvas.bounding_box()
    page.mouse.move(box["x"] + 30, box["y"] + 30)
    page.mouse.down()
    page.mouse.move(box["x"] + 200, box["y"] + 120, steps=5)
    page.mouse.up()
    words = page.get_by_role("textbox", name="Words")
    words.fill("x" * 401)
    allow(page, "422")
    page.get_by_role("button", name="Send it").click()
    expect(page.get_by_role("alert")).to_contain_text("1 letters too long")
    words.fill("A red line, because that is how Mondays feel")
    page.get_by_role("button", name="Send it").click()
    expect(page.get_by_role("heading", name="Thank you")).to_be_visible()
    row = WallPost.objects.get()
    assert (row.kind, row.words[:10]) == ("drawing", "A red line")
    with Image.open(io.BytesIO(row.picture)) as picture:
        colours = [colour for _, colour in picture.convert("RGB").getcolors(200_000)]
    red = [(r, g, b) for r, g, b in colours if r > 150 > g + b]
    assert red, "the line that survived the refusal"
    page.get_by_role("link", name="To my page").click()
    expect(page.get_by_text("An adult will read it soon.")).to_be_visible()
