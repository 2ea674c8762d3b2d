"""Every page on which pupils, families and staff answer or read of themselves, walked as people differ: 400 % zoom,
dark, forced colours, from right to left, by keyboard, with scripts off. The questionnaire has its own walks.
"""

from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse
from django_scopes import scope
from playwright.sync_api import Page, expect

from belong.ask import actions
from belong.ask.activities import PLACE, WALL
from belong.ask.checkins.actions import set_up
from belong.ask.languages.actions import choose_language
from belong.ask.models import CheckIn, PlaceReceipt, Wave
from belong.ask.passes import ACTIVITY_COOKIE, ActivityPass
from belong.ask.terms import term_end
from belong.base.clock import today
from belong.guard.models import Concern
from belong.notice.boards.setting import make_board
from belong.notice.models import Board, Trait
from tests.ask.conftest import plan
from tests.ask.places.conftest import opened
from tests.ask.walls.conftest import wall
from tests.browser import DRESS, axe, sign_in, targets
from tests.look import shoot

__all__ = ["wall"]
pytestmark = pytest.mark.browser
ZOOMED = {"width": 320, "height": 256}  # a window of 1280 × 1024 at 400 %
BESIDE = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"
UNSEEN = """() => {
  const one = document.activeElement;
  if (!one || one === document.body) return "";
  const shown = one.matches("input[type=radio], input[type=checkbox]") ? one.closest("label") || one : one;
  const seen = [one, shown, shown.firstElementChild, one.nextElementSibling].filter(Boolean).some((part) => {
    const look = getComputedStyle(part);
    return (look.outlineStyle !== "none" && parseFloat(look.outlineWidth) >= 2) || look.boxShadow !== "none";
  });
  return seen ? "" : one.outerHTML.slice(0, 160);
}"""


ALIKE = """() => [...document.querySelectorAll("main button, main .button, main .tile, main textarea, main input")]
  .filter((one) => one.checkVisibility() && one.getBoundingClientRect().width > 2)
  .filter((one) => !["radio", "checkbox", "hidden", "file"].includes(one.type))
  .filter((one) => {
    const look = getComputedStyle(one), behind = getComputedStyle(document.body).backgroundColor;
    return parseFloat(look.borderTopWidth) < 1 && look.backgroundColor === behind && look.color === behind;
  }).map((one) => one.outerHTML.slice(0, 120))"""
"""With forced colours: what can be pressed or filled in has an edge, a ground or letters that are seen."""


@pytest.fixture
def places(cast, in_school, wall) -> dict[str, list[tuple[str, str, str]]]:
    """Who opens which pages: a name for the picture, the address, what the activity pass is for (or "")."""
    school, pupil = cast.school, cast.users["pupil"].person
    asking = opened(cast, with_words=True)
    _something_to_see(cast, pupil)
    with scope(school=school):
        families = actions.open_wave(cast.survey_lead, plan(cast, "belong-family", audience=Wave.FAMILIES))
        staff = actions.open_wave(cast.survey_lead, plan(cast, "belong-staff", audience=Wave.STAFF))
        card = actions.issue_talk_cards(cast.tutor, cast.tutor_group)[0].token
    board = Board.objects.get()
    return {
        "pupil": [
            ("me", reverse("notice:me"), ""),
            ("talk", reverse("ask:my-talk"), ""),
            ("talk-sent", reverse("ask:my-talk-sent"), ""),
            ("wall", reverse("ask:wall-answer"), ActivityPass(WALL, wall.pk, pupil.pk).sign()),
            ("places", reverse("ask:place-answer"), ActivityPass(PLACE, asking.pk, pupil.pk).sign()),
            ("answers", reverse("ask:my-answers"), ""),
            ("timeline", reverse("notice:my-timeline"), ""),
            ("whom", reverse("notice:recognise-whom"), ""),
            ("recognise", reverse("notice:recognise", args=[cast.pupils[1].pk]), ""),
            ("profile", reverse("notice:own-profile"), ""),
            ("name", reverse("notice:own-name", args=[pupil.pk]), ""),
            ("board", reverse("notice:my-board", args=[board.pk]), ""),
            ("told", reverse("tell:told-list"), ""),
        ],
        "carer": [
            ("child", reverse("notice:child", args=[pupil.pk]), ""),
            ("family-questions", reverse("ask:begin", args=[families.pk]), ""),
        ],
        "tutor": [("staff-questions", reverse("ask:begin", args=[staff.pk]), "")],
        "": [
            ("code", reverse("ask:code"), ""),
            ("talk-ways", reverse("ask:talk"), ""),
            ("talk-card", reverse("ask:talk-by-card", args=[card]), ""),
        ],
    }


def _something_to_see(cast: Any, pupil: Any) -> None:
    """A check-in that runs, a board, a word for what is good."""
    Trait.objects.create(school=cast.school, name="Kind", about="Looks after others", kind=Trait.VALUE)
    make_board(cast.tutor, kind=Board.GRATITUDE, title="8H says thank you", group=cast.tutor_group)
    set_up(
        cast.tutor,
        group=cast.tutor_group,
        title="Monday check-in",
        every=CheckIn.WEEKLY,
        topics=["mood"],
        named=["mood"],
        readers=["tutor"],
        with_line=False,
        starts_on=today(),
        ends_on=min(today() + timedelta(days=20), term_end(cast.school, today())),
    )


def opens(page: Page, live: str, address: str, activity: str) -> None:
    if activity:
        page.context.add_cookies([{"name": ACTIVITY_COOKIE, "value": activity, "url": live}])
    page.goto(live + address)
    expect(page.locator("main h1").first).to_be_visible()


def enters(page: Page, cast: Any, role: str) -> None:
    page.context.clear_cookies()
    if role:
        sign_in(page, cast.users[role])


@pytest.mark.parametrize("role", ["pupil", "carer", "tutor", ""])
def test_every_page_holds_for_everybody(page, live, cast, places, role):
    """In one visit each: axe, targets, 400 % zoom, dark, forced colours, and the focus seen wherever Tab leads."""
    enters(page, cast, role)
    for name, address, activity in places[role]:
        page.set_viewport_size({"width": 1280, "height": 900})
        opens(page, live, address, activity)
        axe(page, strict=True)
        targets(page)
        for _ in range(25):
            page.keyboard.press("Tab")
            assert page.evaluate(UNSEEN) == "", f"{name}: the focus is not seen"
        shoot(page, f"walk-{name}", (390,))
        page.set_viewport_size(ZOOMED)
        assert page.evaluate(BESIDE) == 0, f"{name}: scrolls sideways at 400 %"
        page.evaluate(
            "scrollTo(0, 0); document.activeElement.blur()"
        )  # else the link to skip lies over the head
        page.emulate_media(color_scheme="dark")
        axe(page, only=DRESS)
        page.emulate_media(color_scheme="light", forced_colors="active")
        assert page.evaluate(ALIKE) == [], f"{name}: what is chosen or pressed is not seen"
        shoot(page, f"walk-{name}-forced", (390,))
        page.emulate_media(forced_colors="none")


@pytest.mark.parametrize("code", ["ar", "ur"])
@pytest.mark.parametrize("role", ["pupil", "carer", ""])
def test_every_page_from_right_to_left(page, live, cast, places, role, code):
    enters(page, cast, role)
    if role:
        with scope(school=cast.school):
            choose_language(cast.users[role].person, code)
    page.set_viewport_size({"width": 320, "height": 700})
    for name, address, activity in places[role]:
        there = address.replace("/a/", f"/a/{code}/", 1) if address.startswith("/a/") else address
        opens(page, live, there, activity)
        expect(page.locator("html")).to_have_attribute("dir", "rtl")
        assert page.evaluate(BESIDE) == 0, f"{name}: scrolls sideways in {code}"
        axe(page, only=(*DRESS, "html-has-lang", "html-lang-valid", "valid-lang"))
        shoot(page, f"walk-{name}-{code}", (390,))


@pytest.mark.parametrize("page", [{"java_script_enabled": False, "viewport": ZOOMED}], indirect=True)
def test_with_scripts_off_each_form_is_one_page_and_one_post(page, live, cast, places):
    """Walls, places and asking for an adult, also at 400 %."""
    enters(page, cast, "pupil")
    by_name = {name: (address, activity) for name, address, activity in places["pupil"]}
    before = Concern.objects.count()
    opens(page, live, *by_name["talk"])
    page.locator("textarea").fill("about lunch")
    page.locator("form#sheet button:not([disabled]):not([name=language])").last.click()
    expect(page.locator("main h1").first).to_be_visible()
    assert Concern.objects.count() == before + 1
    opens(page, live, *by_name["wall"])
    page.locator("textarea").fill("A friend saved me a seat")
    page.get_by_role("button", name="Send it").click()
    expect(page.get_by_role("heading", name="Thank you")).to_be_visible()
    opens(page, live, *by_name["places"])
    page.get_by_role("radio", name="Library").first.check()
    page.get_by_role("radio", name="Lunch").first.check()
    page.get_by_role("radio", name="I feel I belong").first.check()
    page.get_by_role("button", name="Send it").click()
    expect(page.get_by_role("heading", name="Thank you")).to_be_visible()
    assert PlaceReceipt.objects.count() == 1
