"""From a leader's idea to a file in a pupil's hands, in a real browser."""

import pytest
from playwright.sync_api import expect

from belong.notice.badges import actions
from belong.notice.badges.taking import take_badge
from belong.notice.models import Award, Badge
from tests.browser import allow, axe, sign_in
from tests.look import shoot

pytestmark = pytest.mark.browser
LOOKS = (
    ("Steadfast friend", "Stood by somebody when that was not easy.", "shield", "heart", "plum"),
    ("Bridge builder", "Brought two sides together again.", "hexagon", "bridge", "blue"),
    (
        "Brave learner",
        "Kept going with something hard, and told others what went wrong.",
        "circle",
        "mountain",
        "green",
    ),
    ("Maker", "Made something that others use or enjoy.", "square", "spark", "teal"),
)


@pytest.fixture
def badges(cast, in_school):
    return [
        actions.make_badge(cast.head, name=name, criteria=criteria, shape=shape, sign=sign, colour=colour)
        for name, criteria, shape, sign, colour in LOOKS
    ]


@pytest.mark.parametrize("page", [390], indirect=True)
def test_a_badge_is_made_given_taken_along_and_checked(page, live, cast, badges, tmp_path):
    sign_in(page, cast.head)
    page.goto(f"{live}/badges/new/")
    axe(page, strict=True)
    page.get_by_label("Name").fill("Good neighbour")
    page.get_by_label("What it is given for").fill("Did something for the people round here.")
    page.get_by_label("Outline").select_option("flower")
    page.get_by_label("Sign").select_option("people")
    shoot(page, "badge-new")
    page.get_by_role("button", name="Make the badge").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Good neighbour")
    made = Badge.objects.get(name="Good neighbour")

    sign_in(page, cast.tutor)
    page.goto(f"{live}/badges/")
    axe(page, strict=True)
    shoot(page, "badges")
    page.goto(f"{live}/badges/{made.pk}/give/")
    page.get_by_role("checkbox", name="Amina Yusuf").check()
    allow(page, "422")  # words that name another child
    page.get_by_label("What they did").fill("Carried shopping for Ben’s gran.")
    page.get_by_role("button", name="Give it").click()
    expect(page.get_by_text("leave every child’s name out").first).to_be_visible()
    page.get_by_label("What they did").fill("Carried shopping for a neighbour after the snow.")
    axe(page, strict=True)
    shoot(page, "badge-give")
    page.get_by_role("button", name="Give it").click()
    expect(page.get_by_role("link", name="Amina Yusuf", exact=True)).to_be_visible()
    actions.give_badge(cast.tutor, made, cast.pupils[2:5], evidence="Helped to sweep the path.")
    page.reload()
    axe(page, strict=True)
    shoot(page, "badge")
    page.get_by_role("link", name="Withdraw").first.click()
    axe(page, strict=True)
    shoot(page, "badge-withdraw")

    sign_in(page, cast.pupil)
    page.goto(f"{live}/me/")
    shoot(page, "badge-own-page")
    page.get_by_role("link", name="Good neighbour").click()
    axe(page, strict=True)
    shoot(page, "badge-award")
    with page.expect_download() as waiting:
        page.get_by_role("button", name="Make the file").click()
    file = tmp_path / waiting.value.suggested_filename
    waiting.value.save_as(file)
    assert file.name == "badge-good-neighbour.png"
    assert Award.objects.get(pupil=cast.pupils[0]).taken_on is not None


@pytest.mark.parametrize("page", [390], indirect=True)
def test_a_file_is_checked_and_keys_are_looked_after(page, live, cast, badges, tmp_path):
    award = actions.give_badge(cast.tutor, badges[0], [cast.pupils[0]], evidence="Waited every lunchtime.")[0]
    file = tmp_path / "badge.png"
    file.write_bytes(take_badge(cast.pupil, award).data)
    sign_in(page, cast.head)
    page.goto(f"{live}/badges/check/")
    page.get_by_label("Badge", exact=True).set_input_files(file)
    page.get_by_role("button", name="Check it").click()
    expect(page.get_by_role("heading", name="This badge is valid")).to_be_visible()
    axe(page, strict=True)
    shoot(page, "badge-check")
    page.goto(f"{live}/badges/keys/")
    axe(page, strict=True)
    shoot(page, "badge-keys")
