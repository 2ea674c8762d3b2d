"""Recognition in a real browser: a pupil's phone, the tutor who reads it, the pupil whom it is about; paper."""

import re

import pytest
from playwright.sync_api import expect

from belong.notice.models import Recognition
from tests.browser import allow, axe, sign_in
from tests.conftest import make_user

pytestmark = pytest.mark.browser
PHONE = 390


@pytest.mark.parametrize("page", [PHONE], indirect=True)
def test_a_good_thing_from_pupil_to_tutor_to_pupil(page, live, cast, in_school, kindness, courage):
    ben = make_user(cast.pupils[1], "ben", "pupil")
    allow(page, "422")
    sign_in(page, cast.pupil)
    page.goto(f"{live}/")
    page.get_by_role("link", name="Tell us").click()
    page.get_by_role("link", name="Ben").click()
    page.get_by_role("radio", name="Courage").focus()
    page.keyboard.press("Space")
    page.get_by_label("What did you see?").fill("He told Daniel to stop, and stayed calm.")
    page.get_by_role("button", name="Send it").click()
    page.get_by_text("This seems to name another pupil: Daniel.").first.wait_for()
    axe(page)
    page.get_by_role("radio", name="Leave the name out").check()
    page.get_by_role("button", name="Send it").click()
    page.get_by_text("An adult reads it first; then Ben sees it.").wait_for()
    assert Recognition.objects.get().state == "waiting"

    page.context.clear_cookies()
    sign_in(page, cast.tutor)
    page.goto(f"{live}/")
    page.get_by_role("link", name="Something good about Ben").click()
    page.get_by_role("button", name="Show it").click()
    page.locator(".toast", has_text="Ben sees it now.").wait_for()

    page.context.clear_cookies()
    sign_in(page, ben)
    page.goto(f"{live}/me/")
    page.get_by_text("He told another pupil to stop, and stayed calm.").wait_for()
    page.get_by_role("link", name="All my good things").click()
    page.get_by_text("Only here").click()
    page.get_by_role("checkbox", name="My family can see it").check()
    page.get_by_role("button", name="Keep it so").click()
    page.get_by_text("“Courage”: the family can see it.").wait_for()
    axe(page, strict=True)


def test_words_to_begin_a_kind_reply_and_a_page_to_keep(page, live, cast, in_school, recognised, kindness):
    row = recognised(
        cast.pupils[0], cast.pupils[1], source="pupil", state="waiting", words="She is all right."
    )
    recognised(cast.pupils[0], words="You stayed to clear up.")
    sign_in(page, cast.tutor)
    page.goto(f"{live}/recognition/")
    page.get_by_text("Not this one").click()
    page.get_by_role("button", name="Can you say what you saw").click()
    expect(page.get_by_label("A kind line to whoever sent it")).to_have_value(re.compile("so that they know"))
    page.get_by_role("button", name="Keep it from being shown").click()
    page.locator(".toast", has_text="Kept from being shown.").wait_for()
    row.refresh_from_db()
    assert row.state == "declined"

    page.context.clear_cookies()
    sign_in(page, cast.pupil)
    page.goto(f"{live}/me/timeline/")
    page.emulate_media(media="print")
    expect(page.get_by_text("You stayed to clear up.")).to_be_visible()
    expect(page.get_by_text("Amina Yusuf", exact=True).last).to_be_visible()
    expect(page.get_by_text("Only here")).to_be_hidden()
    expect(page.get_by_text("She is all right.")).to_be_hidden()
