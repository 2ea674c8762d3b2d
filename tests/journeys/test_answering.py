"""How long getting in and answering take a hand on a phone: what the documents promise is held here."""

from collections.abc import Iterator

import pytest
from django.urls import reverse
from django_scopes import scope
from playwright.sync_api import Browser, expect

from belong.ask import actions
from belong.ask.models import Receipt, Wave
from belong.people.models import Person
from tests.ask.conftest import plan
from tests.journeys.hand import Hand
from tests.journeys.windows import Windows

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
A_MINUTE, FOUR_MINUTES = 60, 240
A_NOTE = "The newsletter helps; more notice of trips would be kind."


@pytest.fixture
def windows(browser: Browser, live: str) -> Iterator[Windows]:
    windows = Windows(browser, live)
    yield windows
    troubles = windows.troubles()
    windows.close()
    assert troubles == [], "Pages misbehaved:\n" + "\n".join(troubles)


def opened(cast, *what: str) -> Wave:
    return actions.open_wave(cast.head, plan(cast, *what), override_reason="A walk with a watch.")


@pytest.mark.parametrize("pictures", [False, True], ids=["number", "pictures"])
def test_getting_in_by_class_code_takes_less_than_a_minute(cast, school, windows, pictures):
    amina = cast.pupils[0]
    with scope(school=school):
        session = actions.open_class_session(cast.tutor, opened(cast), cast.tutor_group)
        _, secret = actions.make_pin(cast.tutor, cast.tutor_group, amina.pk, pictures=pictures)
    page = windows.open("a pupil", phone=True)
    hand = Hand(page)
    page.goto("/a/")
    hand.arrive()
    hand.write(page.locator("#code"), session.code)
    hand.tap(page.get_by_role("button", name="Go"))
    expect(page.locator(".device-name")).to_be_visible()
    with scope(school=school):
        actions.let_in(cast.tutor, session)
    page.wait_for_url("**/a/names/")
    hand.arrive()
    hand.tap(page.get_by_role("link", name="Amina"))
    hand.arrive()
    for one in secret.split("-") if pictures else secret:
        hand.tap(page.locator(f"button[value='{one}']" if pictures else f".key[data-key='{one}']"))
    _greeted(hand)
    assert hand.seconds < A_MINUTE, str(hand)


def test_getting_in_by_card_with_the_notice_takes_less(cast, school, windows):
    with scope(school=school):
        card = actions.issue_card(cast.tutor, opened(cast), cast.tutor_group, cast.pupils[0].pk)
    page = windows.open("a pupil", phone=True)
    hand = Hand(page)
    page.goto(reverse("ask:card", args=[card.token]))
    hand.taps += 1  # the camera's
    _to_the_first_question(hand)
    assert hand.seconds < A_MINUTE, str(hand)


@pytest.mark.parametrize(
    ("key", "audience", "who"), [("belong-family", "families", "carer"), ("belong-staff", "staff", "tutor")]
)
def test_families_and_staff_answer_within_four_minutes(cast, school, windows, key, audience, who):
    """Every closed question is read and answered, one comment is written, the other left out."""
    with scope(school=school):
        wave = opened(cast, key, audience)
        person: Person = cast.users[who].person
        made = next(link for link in actions.issue_links(cast.head, wave) if link.person == person)
    page = windows.open(audience, phone=True)
    hand = Hand(page)
    page.goto(reverse("ask:card", args=[made.token]))
    hand.taps += 1  # the link in the letter
    _to_the_first_question(hand)
    _answer_all(hand)
    hand.tap(page.get_by_role("button", name="Send my answers"))
    page.wait_for_url("**/a/done/**")
    hand.arrive()
    with scope(school=school):
        assert Receipt.objects.filter(wave=wave).count() == 1
    assert hand.seconds < FOUR_MINUTES, str(hand)


def _greeted(hand: Hand) -> None:
    """In: the page says hello by name, above the notice."""
    expect(hand.page.locator("#notice")).to_be_visible()
    hand.arrive()


def _to_the_first_question(hand: Hand) -> None:
    """In, with the notice read to its end; Start."""
    page = hand.page
    _greeted(hand)
    hand.read(page.locator("#notice"))
    hand.tap(page.get_by_role("button", name="Start").or_(page.get_by_role("link", name="Start")))
    expect(page.locator(".one-by-one")).to_be_visible()
    hand.arrive()


def _answer_all(hand: Hand) -> None:
    """Question by question: its words, its answers where they are others than before, who sees it where that is new."""
    page = hand.page
    read: set[str] = set()
    comments = 0
    for question in page.locator(".question").all():
        expect(question).to_be_visible()
        hand.read(question.locator(".question-text"))
        for beside in (*question.locator(".tiles").all(), question.locator(".who-sees")):
            if (words := beside.inner_text()) not in read:
                read.add(words)
                hand.read(beside)
        if question.locator("textarea").count():
            comments += 1
            if comments > 1:
                hand.tap(page.get_by_role("button", name="Skip").locator("visible=true"))
                continue
            hand.write(question.locator("textarea"), A_NOTE)
        else:
            hand.tap(question.locator(".tile").nth(3))
        hand.tap(page.get_by_role("button", name="Next").locator("visible=true"))
