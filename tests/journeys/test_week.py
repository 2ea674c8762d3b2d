"""A week of noticing: a tutor on a phone, and what a pupil, a pastoral lead and a head do beside it."""

import re
from collections.abc import Iterator
from datetime import timedelta

import pytest
from playwright.sync_api import Browser, Page, expect

from belong.base.clock import now, today
from belong.notice.boards import setting
from belong.notice.models import (
    Board,
    Moment,
    Recognition,
    Relationship,
    RelationshipChange,
    State,
    Trait,
)
from tests.browser import sign_in
from tests.conftest import Cast
from tests.journeys.hand import Hand
from tests.journeys.windows import Windows

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SIX_MINUTES = 360


@pytest.fixture
def windows(browser: Browser, live: str) -> Iterator[Windows]:
    windows = Windows(browser, live)
    yield windows
    troubles = windows.troubles()
    windows.close()
    assert troubles == [], "Pages misbehaved:\n" + "\n".join(troubles)


@pytest.fixture
def board(cast: Cast, in_school) -> Board:
    """8H's thank-you board, its tutor's, and three relationships to look at again."""
    for pupil in cast.pupils[:3]:
        _stands(cast, pupil)
    return setting.make_board(cast.tutor, kind="gratitude", title="8H says thank you", group=cast.tutor_group)


def _stands(cast: Cast, pupil) -> None:
    days = {"set_on": today() - timedelta(days=45), "review_on": today() - timedelta(days=3)}
    fields = {"school": cast.school, "state": State.MAINTAIN, **days}
    row = Relationship.objects.create(adult=cast.tutor.person, pupil=pupil, **fields)
    RelationshipChange.objects.create(relationship=row, at=now() - timedelta(days=45), **fields)


def test_a_tutors_week_takes_less_than_six_minutes_on_a_phone(cast, board, windows):
    page = windows.open("tutor", phone=True)
    sign_in(page, cast.tutor)
    page.goto("/")
    hand = Hand(page)

    _monday_greetings(hand, absent=("Ben Carter", "Hugo Silva"))
    assert Moment.objects.filter(kind="greeting").count() == len(cast.pupils) - 2
    _wednesday_praise(hand, ("Amina Yusuf", "Cerys Pugh", "Grace Hall"))
    assert Moment.objects.filter(kind="praise").exclude(pupil=cast.pupils[1]).count() == 3
    _friday_wins(hand, board)
    assert board.posts.filter(win_of__isnull=False).count() == 1
    _three_relationships(hand, ("Amina Yusuf", "Ben Carter", "Cerys Pugh"))
    assert set(Relationship.objects.values_list("review_on", flat=True)) == {today() + timedelta(weeks=6)}

    assert hand.seconds < SIX_MINUTES, str(hand)


def _home(hand: Hand) -> None:
    hand.go(_places(hand.page).get_by_role("link", name="Today"), "Today")


def _group(hand: Hand) -> None:
    hand.go(_places(hand.page).get_by_role("link", name="My group"), "8H")


def _places(page: Page):
    return page.get_by_role("navigation").first


def _monday_greetings(hand: Hand, absent: tuple[str, ...]) -> None:
    page = hand.page
    _group(hand)
    hand.go(page.get_by_role("link", name="Greet at the door"), "8H at the door")
    hand.go(page.get_by_role("link", name="Greet all at once"), "Greet everybody")
    for name in absent:
        hand.tap(page.locator("label", has_text=name))
    hand.go(page.get_by_role("button", name="Note it"), "8H")
    expect(page.locator(".toast")).to_contain_text("Noted: greeting for 10 pupils.")


def _wednesday_praise(hand: Hand, names: tuple[str, ...]) -> None:
    page = hand.page
    _group(hand)
    for name in names:
        hand.tap(page.get_by_role("link", name=f"Note a moment for {name}"))
        hand.tap(page.get_by_role("link", name="Praise, in words"))
        hand.tap(page.locator("a.stem").first)
        hand.write(page.get_by_label("What did you see?"), "waits for a friend.")
        hand.tap(page.get_by_role("button", name="Note it"))
        expect(page.locator(".toast", has_text=f"Noted: praise for {name}.")).to_be_visible()


def _friday_wins(hand: Hand, board: Board) -> None:
    page = hand.page
    hand.go(_places(page).get_by_role("link", name="Notice"), "Notice")
    hand.go(page.get_by_role("link", name="Boards"), "Boards")
    hand.go(page.get_by_role("link", name=board.title), board.title)
    hand.go(page.get_by_role("link", name="Daniel"), "Write on the board")
    hand.tap(page.locator("label.stem").first)
    hand.write(page.get_by_label("Your words"), "helping me carry the chairs.")
    hand.go(page.get_by_role("button", name="Put it up"), board.title)
    hand.tap(page.get_by_role("button", name=re.compile(r"^Win\b")))
    expect(page.locator(".tag", has_text="A win of the week")).to_be_visible()


def _three_relationships(hand: Hand, names: tuple[str, ...]) -> None:
    page = hand.page
    for name in names:
        _home(hand)
        again = page.get_by_role("region", name="Look again")
        hand.go(again.get_by_role("link", name=name, exact=True), name)
        hand.tap(page.get_by_role("button", name="Maintain"))
        expect(page.locator(".toast")).to_contain_text(f"{name}: Maintain. Look again on")


@pytest.fixture
def words(cast: Cast, in_school) -> Trait:
    return Trait.objects.create(
        school=cast.school, name="Kindness", about="Making room for others.", kind="value"
    )


def test_a_good_thing_goes_from_one_pupil_to_another(cast, words, windows):
    """A pupil tells of it, the tutor reads it, the other finds it on their own page and decides who else may."""
    ben = cast.pupils[1]
    pupil = windows.open("pupil", phone=True)
    sign_in(pupil, cast.pupil)
    pupil.goto("/")
    expect(pupil.locator("h1")).to_contain_text("Hello, Amina")
    pupil.goto("/me/recognise/")
    pupil.get_by_role("link", name="Ben").click()
    pupil.locator("label", has_text="Kindness").click()
    pupil.get_by_label("What did you see?").fill("He saved me a seat when I was late.")
    pupil.get_by_role("button", name="Send it").click()
    expect(pupil.get_by_text("An adult reads it first; then Ben sees it.")).to_be_visible()
    sent = Recognition.objects.get(pupil=ben)
    assert sent.state == "waiting"

    tutor = windows.open("tutor")
    sign_in(tutor, cast.tutor)
    tutor.goto("/recognition/")
    expect(tutor.get_by_role("heading", name="Ben Carter")).to_be_visible()
    tutor.get_by_role("button", name="Show it").click()
    expect(tutor.get_by_text("Nothing to read")).to_be_visible()
    sent.refresh_from_db()
    assert sent.state == "approved"
    tutor.goto(f"/pupils/{ben.pk}/timeline/")
    expect(tutor.get_by_text("He saved me a seat when I was late.")).to_be_visible()


def test_a_pastoral_lead_takes_on_somebody_nobody_has_noticed(cast, board, windows):
    hugo = cast.pupils[7]
    page = windows.open("pastoral lead")
    sign_in(page, cast.pastoral)
    page.goto("/overlooked/?search=Hugo")
    row = page.locator("li, tr", has_text="Hugo Silva").last
    row.get_by_role("button", name="I’ll notice").click()
    expect(page.locator("li, tr", has_text="Hugo Silva").last).to_contain_text("will notice")
    page.goto("/")
    expect(page.get_by_role("link", name="Hugo Silva", exact=True)).to_be_visible()
    page.goto(f"/pupils/{hugo.pk}/")
    page.get_by_role("link", name="Note a moment").click()
    page.get_by_role("button", name="Small gesture").click()
    expect(page.locator(".toast")).to_contain_text("Noted: small gesture for Hugo Silva.")
    page.goto("/")
    expect(page.get_by_role("link", name="Hugo Silva", exact=True)).to_have_count(0)


def test_a_head_chooses_the_words_and_makes_a_badge(cast, in_school, windows):
    page = windows.open("head")
    sign_in(page, cast.head)
    page.goto("/notice/")
    page.get_by_role("link", name="The school’s values and traits").click()
    expect(page.locator("h1")).to_contain_text("values and traits")
    page.goto("/see/noticing/")
    expect(page.locator("main")).to_contain_text("Nothing yet")
    page.goto("/badges/new/")
    page.get_by_label("Name").fill("Steady hand")
    page.get_by_label("What it is given for").fill(
        "Kept going when it was hard, and helped somebody else to."
    )
    page.get_by_role("button", name="Make the badge").click()
    expect(page.locator("h1")).to_contain_text("Steady hand")
