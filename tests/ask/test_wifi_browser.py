"""Wi-fi that drops while a child answers: nothing lost, nothing doubled, nothing left behind for the next child."""

import pytest
from django_scopes import scope
from playwright.sync_api import expect

from belong.ask import actions
from belong.ask.models import PooledSheet, Receipt
from tests.ask.conftest import plan
from tests.ask.test_answer_browser import card, kept, start
from tests.browser import allow, rest, until, watch

pytestmark = pytest.mark.browser


@pytest.fixture
def pulse(cast, school):
    """An open wave of five questions, so that a test reaches the end soon."""
    with scope(school=school):
        return actions.open_wave(cast.survey_lead, plan(cast, "belong-pulse"))


def skip_to_the_end(page):
    while page.locator(".question:visible [data-skip]").count():
        page.locator(".question:visible [data-skip]").click()


def send(page):
    page.get_by_role("button", name="Send my answers").click()


def test_offline_midway_then_online_is_exactly_one_sheet(page, live, cast, school, pulse):
    allow(page, "ERR_INTERNET_DISCONNECTED")
    start(page, live, card(cast, pulse))
    page.keyboard.press("3")
    page.keyboard.press("Enter")
    page.context.set_offline(True)
    page.get_by_text("No connection just now.").wait_for()
    for _ in range(4):
        page.keyboard.press("3")
        page.keyboard.press("Enter")
    send = page.get_by_role("button", name="Send my answers")
    send.dblclick()
    page.get_by_text("Your answers are safe on this screen.").wait_for()
    assert kept(school) == 0
    page.context.set_offline(False)
    page.wait_for_url("**/a/done/**")
    assert (kept(school), kept(school, PooledSheet)) == (1, 1)


def test_a_lost_reply_is_asked_for_again_and_counts_once(page, live, cast, school, pulse):
    """The sheet arrives, the 201 does not: the page sends the same sheet again and hears the same reply."""
    allow(page, "ERR_FAILED")
    start(page, live, card(cast, pulse))
    seen = []

    def lose_the_first(route):
        seen.append(route.fetch().status)
        if len(seen) == 1:
            route.abort("failed")
        else:
            route.fulfill(status=201, json={"state": "kept", "next": "/a/done/12-18/"})

    page.route("**/a/answers/", lose_the_first)
    for _ in range(5):
        page.get_by_role("button", name="Skip").locator("visible=true").click()
    page.get_by_role("button", name="Send my answers").click()
    page.wait_for_url("**/a/done/**")
    assert seen == [201, 201]
    assert kept(school) == 1


def test_back_after_the_end_shows_no_answers_and_nothing_is_left(page, live, cast, school, pulse):
    allow(page, "40")
    start(page, live, card(cast, pulse))
    page.keyboard.press("5")
    for _ in range(5):
        page.get_by_role("button", name="Skip").locator("visible=true").click()
    page.get_by_role("button", name="Send my answers").click()
    page.wait_for_url("**/a/done/**")
    assert page.context.cookies() == []
    assert page.evaluate("[localStorage.length, sessionStorage.length]") == [0, 0]
    page.go_back()
    page.wait_for_load_state()
    expect(page.locator(".tile")).to_have_count(0)
    page.goto(live + "/a/questions/")
    expect(page.get_by_text("Let's start at the beginning.")).to_be_visible()


def test_leaving_with_answers_asks_first(page, live, cast, school, pulse):
    start(page, live, card(cast, pulse))
    page.locator(".tile").first.click()
    asked = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    page.reload()
    assert asked == ["beforeunload"]
    expect(page.locator(".tile input:checked")).to_have_count(0)


def test_the_server_goes_away_while_it_keeps_the_sheet(page, live, cast, school, pulse):
    """Refused, then a proxy's own page, then kept without an answer, then heard: one sheet, and no alarm."""
    for words in ("ERR_CONNECTION_REFUSED", "502", "ERR_CONNECTION_RESET"):
        allow(page, words)
    start(page, live, card(cast, pulse))
    page.keyboard.press("4")
    skip_to_the_end(page)
    seen = []

    def restarting(route):
        seen.append(route.request.post_data)
        if len(seen) == 1:
            route.abort("connectionrefused")
        elif len(seen) == 2:
            route.fulfill(status=502, content_type="text/html", body="<h1>Bad gateway</h1>")
        elif len(seen) == 3:
            route.fetch()
            route.abort("connectionreset")
        else:
            route.continue_()

    page.route("**/a/answers/", restarting)
    page.clock.install()
    send(page)
    for times in (1, 2, 3):
        until(page, lambda times=times: len(seen) == times)
        page.get_by_text("Your answers are safe on this screen.").wait_for()
        page.clock.run_for(5_000)
    page.wait_for_url("**/a/done/**")
    assert len(seen) == 4
    assert len(set(seen)) == 1
    assert (kept(school), kept(school, PooledSheet)) == (1, 1)


def test_two_tabs_and_two_taps_are_one_sheet(page, live, cast, school, pulse):
    """The same child in two tabs: the first that is sent counts, the second is told so and loses nothing on screen."""
    allow(page, "409")
    address = card(cast, pulse)
    start(page, live, address)
    other = page.context.new_page()
    watch(other)
    start(other, live, address)
    for tab, key in ((page, "1"), (other, "5")):
        tab.keyboard.press(key)
        tab.keyboard.press("Enter")
        skip_to_the_end(tab)
    other.get_by_role("button", name="Send my answers").dblclick()
    other.wait_for_url("**/a/done/**")
    send(page)
    page.get_by_text("You have already answered.").wait_for()
    with scope(school=school):
        assert [list(sheet.answers.values()) for sheet in PooledSheet.objects.all()] == [[5]]
        assert Receipt.objects.count() == 1
    other.close()


def test_the_next_child_at_the_same_tab_finds_nothing_of_the_first(page, live, cast, school, pulse):
    allow(page, "40")
    allow(page, "410")  # a page of the child before, asked for again
    with scope(school=school):
        session = actions.open_class_session(cast.tutor, pulse, cast.tutor_group)
        numbers = [actions.make_pin(cast.tutor, cast.tutor_group, one.pk)[1] for one in cast.pupils[:2]]
    page.goto(f"{live}/a/?code={session.code}")
    page.get_by_role("button", name="Go").click()
    expect(page.locator(".device-name")).to_be_visible()
    with scope(school=school):
        actions.let_in(cast.tutor, session)
    for at, name in enumerate(("Amina", "Ben")):
        page.wait_for_url("**/a/names/")
        page.get_by_role("link", name=name).click()
        for digit in numbers[at]:
            page.locator(f".key[data-key='{digit}']").click()
        page.wait_for_url("**/a/start/")
        page.get_by_role("button", name="Start", exact=True).or_(
            page.get_by_role("link", name="Start")
        ).click()
        expect(page.locator(".one-by-one")).to_be_visible()
        rest(page)
        expect(page.locator(".tile input:checked")).to_have_count(0)
        page.keyboard.press(str(at + 4))
        page.keyboard.press("Enter")
        skip_to_the_end(page)
        send(page)
        page.wait_for_url("**/a/done/**")
        page.get_by_role("button", name="Next person").click()
    page.wait_for_url("**/a/names/")
    for _ in range(3):
        page.go_back()
        page.wait_for_load_state()
        expect(page.locator(".tile input:checked")).to_have_count(0)
    with scope(school=school):
        assert sorted(sheet.answers["peers-1"] for sheet in PooledSheet.objects.all()) == [4, 5]


def test_another_language_is_not_tried_without_a_connection(page, live, cast, school, pulse):
    allow(page, "ERR_INTERNET_DISCONNECTED")
    start(page, live, card(cast, pulse))
    page.keyboard.press("4")
    page.context.set_offline(True)
    page.locator(".languages summary").click()
    page.locator(".languages button[value=pl]").click()
    page.get_by_text("No connection just now.").wait_for()
    expect(page.locator(".tile input:checked")).to_have_attribute("value", "4")
    page.context.set_offline(False)
    page.locator(".languages button[value=pl]").click()
    page.wait_for_url("**/a/pl/questions/")
    expect(page.locator(".tile input:checked")).to_have_attribute("value", "4")
