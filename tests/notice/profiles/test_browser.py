"""A pupil's own page in a real browser: written on a phone, read by a tutor, agreed with an adult beside."""

import pytest

from belong.notice.models import ProfilePage
from belong.notice.profiles import actions
from belong.notice.profiles.actions import Said
from tests.browser import axe, sign_in

pytestmark = pytest.mark.browser
PHONE = 390


@pytest.mark.parametrize("page", [PHONE], indirect=True)
def test_a_pupil_writes_chooses_shares_and_takes_back(page, live, cast, in_school):
    amina = cast.pupil.person
    sign_in(page, cast.pupil)
    page.goto(f"{live}/me/profile/")
    axe(page, strict=True)
    page.get_by_label("What I like and am good at").first.fill("My cornet.")
    page.get_by_label("If I’m not ready, come back to me later").check()
    page.get_by_label("Who may read this part? (What I like and am good at)").select_option("tutor")
    page.get_by_role("button", name="Share it with those I chose").click()
    page.get_by_text("Shared. The adults you chose can read it now.").wait_for()
    axe(page, strict=True)
    sign_in(page, cast.tutor)
    page.goto(f"{live}/pupils/{amina.pk}/profile/")
    page.get_by_text("My cornet.").wait_for()
    page.get_by_text("If I’m not ready, come back to me later").wait_for()
    axe(page, strict=True)
    sign_in(page, cast.pupil)
    page.goto(f"{live}/me/profile/")
    page.locator("summary", has_text="Take my page back").click()
    page.get_by_role("button", name="Take my page back").last.click()
    page.get_by_text("Nobody else can read your page now.").wait_for()
    assert ProfilePage.objects.get().state == "withdrawn"


def test_every_page_is_accessible_and_fits(page, live, cast, in_school):
    ben = cast.pupils[1]
    said = {"likes": Said("Foxes.", "staff"), "taking_part": Said("", "teachers", ("heads_up",))}
    asked = actions.draft(cast.tutor, pupil=cast.pupil.person, parts=said, send=True)
    drafted = actions.draft(cast.tutor, pupil=ben, parts=said, send=True)
    tutor = [
        f"/pupils/{ben.pk}/profile/",
        f"/pupils/{ben.pk}/profile/write/",
        f"/profiles/{drafted.pk}/together/",
        f"/group/{cast.tutor_group.pk}/profiles/",
        "/clinic/",
    ]
    for user, paths in (
        (cast.tutor, tutor),
        (cast.pupil, [f"/me/profile/{asked.pk}/", "/me/"]),
        (cast.head, ["/notice/weeks/"]),
    ):
        sign_in(page, user)
        for path in paths:
            page.goto(live + path)
            axe(page, strict=True)
            for width in (1280, PHONE):
                page.set_viewport_size({"width": width, "height": 844})
                wide = page.evaluate(
                    "document.documentElement.scrollWidth - document.documentElement.clientWidth"
                )
                assert wide <= 0, f"{path} is {wide} px too wide at {width}"
