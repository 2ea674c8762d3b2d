"""Boards in a real browser: the projector by keyboard, and every page on a phone and a desk."""

import re

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from belong.notice.boards import actions, setting
from belong.notice.models import BoardPost
from tests.browser import axe, sign_in
from tests.look import shoot

pytestmark = pytest.mark.browser
ADULTS = (
    "Thank you for staying behind to stack the chairs when nobody asked you to",
    "You stayed with a hard problem.",
    "I notice you are someone who waits for whoever is last, and walks with them. Yesterday it was raining and you "
    "still did, and I could see from the window how much that meant.",
)
PUPILS = (
    "Thank you for lending me your red pencil",
    "You made my day when you said hello",
    "I am grateful that you came back",
)


@pytest.fixture
def lively_board(cast, board, pupil_writes):
    """A board in the middle of its week, with a win, posts that wait, and a link."""
    for n, words in enumerate(ADULTS):
        post = actions.write(cast.tutor, board, pupils=cast.pupils[n : n + 1 + n % 2], words=words)
    actions.choose_win(cast.tutor, post)
    for n, words in enumerate(PUPILS):
        actions.put_up(cast.tutor, pupil_writes(cast.pupils[n], words, to=[cast.pupils[n + 3]]))
    pupil_writes(cast.pupils[0], "Thank you Ben and Cerys for the game", to=[cast.pupils[1]])
    pupil_writes(cast.pupils[4], "Thanks for nothing, loser", to=[cast.pupils[5]])
    setting.leave_off(cast.tutor, cast.pupils[9], why="family", note="They would rather not.")
    setting.give_link(cast.tutor, board)
    return board


def now_shown(page) -> list[str]:
    return page.locator(".wall-note.now .wall-words").all_text_contents()


def test_a_projector_goes_on_by_keys_keeps_its_place_and_loses_what_is_taken_down(
    page, live, cast, lively_board
):
    page.goto(live + reverse("notice:board-wall", args=[lively_board.link]))
    expect(page.locator(".wall-note.now")).to_have_count(2)
    axe(page, strict=True)
    page.keyboard.press("p")  # else it goes on by itself meanwhile
    expect(page.get_by_role("button", name="Pause")).to_have_attribute("aria-pressed", "true")
    first = now_shown(page)
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    assert all(one != other for one, other in zip(first, now_shown(page), strict=True))
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("ArrowLeft")
    assert now_shown(page) == first
    page.keyboard.press("ArrowRight")
    held = now_shown(page)

    shown = {int(note.get_attribute("data-note")) for note in page.locator(".wall-note.now").all()}
    gone = BoardPost.objects.filter(state="shown").exclude(pk__in=shown).order_by("pk").first()
    actions.take_down(cast.tutor, gone)
    with page.expect_response(lambda answer: "seen=" in answer.url):
        page.evaluate("htmx.trigger('#notes', 'look')")
    expect(page.locator(".wall-note")).to_have_count(5)
    expect(page.locator(".wall-note.now")).to_have_count(2)
    assert now_shown(page) == held


def test_every_page_is_accessible_and_fits(page, live, cast, lively_board):
    pk = lively_board.pk
    tutor = [
        "/boards/",
        "/boards/new/",
        f"/boards/{pk}/",
        f"/boards/{pk}/settings/",
        f"/boards/{pk}/write/?for={cast.pupils[2].pk}",
        f"/boards/{pk}/reading/",
        f"/boards/{pk}/show/",
        f"/boards/{pk}/paper/",
        f"/pupils/{cast.pupils[9].pk}/boards/",
        f"/pupils/{cast.pupils[1].pk}/boards/",
    ]
    for user, paths in ((cast.tutor, tutor), (cast.pupil, [f"/my-boards/{pk}/"])):
        sign_in(page, user)
        for path in paths:
            page.goto(live + path)
            axe(page, strict=True)
            shoot(page, "board" + path.partition("?")[0].replace("/", "-").rstrip("-"))
            for width in (1280, 390):
                page.set_viewport_size({"width": width, "height": 844})
                wide = page.evaluate(
                    "document.documentElement.scrollWidth - document.documentElement.clientWidth"
                )
                assert wide <= 0, f"{path} is {wide} px too wide at {width}"
    sign_in(page, cast.tutor)
    page.goto(f"{live}/boards/{pk}/")
    page.locator("summary", has_text="Hand this device round").click()
    page.locator(".confirm-panel").get_by_role("button", name="Hand this device round").click()
    for name in ("Tap your name", "Hello, Amina"):
        page.get_by_role("heading", name=name).wait_for()
        axe(page, strict=True)
        shoot(page, "board-turn-" + name[:3].lower())
        if name.startswith("Tap"):
            page.get_by_role("link", name="Amina").click()


def test_it_prints_on_one_sheet_of_a3_landscape(page, live, cast, lively_board):
    sign_in(page, cast.tutor)
    page.goto(f"{live}/boards/{lively_board.pk}/paper/")
    printed = page.pdf(prefer_css_page_size=True, print_background=True)
    sizes = [
        tuple(round(float(side)) for side in found)
        for found in re.findall(rb"/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]", printed)
    ]
    assert sizes == [(1191, 842)]
