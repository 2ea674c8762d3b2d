"""Answering in a real browser: by keyboard alone, with the wi-fi gone, with Back pressed, on a phone and a desk."""

import gzip
import re

import pytest
from django.urls import reverse
from django_scopes import scope
from playwright.sync_api import expect

from belong.ask import actions
from belong.ask.models import PooledSheet, Receipt, SignedSheet
from tests.ask.conftest import plan
from tests.browser import axe, rest, sign_in, targets

pytestmark = pytest.mark.browser


@pytest.fixture
def pulse(cast, school):
    """An open wave of five questions, so that a test reaches the end soon."""
    with scope(school=school):
        return actions.open_wave(cast.survey_lead, plan(cast, "belong-pulse"))


@pytest.fixture
def core(cast, school):
    with scope(school=school):
        return actions.open_wave(cast.survey_lead, plan(cast))


def card(cast, wave, pupil=0) -> str:
    with scope(school=cast.school):
        made = actions.issue_card(cast.tutor, wave, cast.tutor_group, cast.pupils[pupil].pk)
    return reverse("ask:card", args=[made.token])


def start(page, live, address):
    page.goto(live + address)
    begin(page)


def begin(page, name="Start"):
    """Press Start; what the scripts of the questions add is there."""
    # A page looked at before all its style sheets are there asks for the fonts of those it has.
    with page.expect_navigation(wait_until="load"):
        page.get_by_role("button", name=name, exact=True).click()
    expect(page.locator(".one-by-one")).to_be_visible()


def kept(school, model=Receipt) -> int:
    with scope(school=school):
        return model.objects.count()


def heading(page) -> str:
    return page.evaluate("document.activeElement.innerText")


def test_keyboard_alone_from_card_to_end(page, live, cast, school, pulse):
    page.goto(live + card(cast, pulse))
    page.get_by_role("button", name="Start").press("Enter")
    expect(page.locator(".one-by-one")).to_be_visible()
    rest(page)
    page.keyboard.press("4")
    expect(page.locator(".tile input:checked")).to_have_attribute("value", "4")
    page.keyboard.press("ArrowRight")
    expect(page.locator(".question:not([hidden]) .tile input:checked")).to_have_attribute("value", "5")
    page.keyboard.press("Enter")
    assert heading(page).startswith("In the last week, I knew an adult")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Choose an answer, or press Skip.")).to_be_visible()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Space")
    page.keyboard.press("Enter")
    for name in ("I’d rather not say", "Skip"):
        page.locator(".question:not([hidden])").get_by_role("button", name=name).focus()
        page.keyboard.press("Enter")
    page.keyboard.press("2")
    page.keyboard.press("Enter")
    assert heading(page) == "That was the last one"
    expect(page.get_by_text("You skipped 1. That’s fine.")).to_be_visible()
    page.get_by_role("button", name="Send my answers").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/a/done/12-18/")
    with scope(school=school):
        assert PooledSheet.objects.get().answers == {
            "peers-1": 5,
            "adults-2": 1,
            "place-1": -1,
            "taking-part-4": 2,
        }


def test_a_long_text_is_stopped_kindly_at_its_question(page, live, cast, school, core):
    start(page, live, card(cast, core))
    for _ in range(21):
        page.get_by_role("button", name="Skip").locator("visible=true").click()
    box = page.locator("textarea:visible")
    box.fill("x" * 2001)
    expect(page.get_by_text("1 letters too many")).to_be_visible()
    page.get_by_role("button", name="Next").locator("visible=true").click()
    expect(box).to_be_visible()
    box.fill("My friends")
    page.get_by_role("button", name="Next").locator("visible=true").click()
    for _ in range(2):
        page.get_by_role("button", name="Skip").locator("visible=true").click()
    page.get_by_role("button", name="Send my answers").click()
    page.wait_for_url("**/a/done/**")
    with scope(school=school):
        assert SignedSheet.objects.get().texts == {"open-helps": "My friends"}


def test_back_keeps_what_was_chosen_and_rather_not_is_not_skip(page, live, cast, pulse):
    start(page, live, card(cast, pulse))
    page.keyboard.press("2")
    page.keyboard.press("Enter")
    page.locator(".question:not([hidden]) [data-rather]").click()
    page.locator(".question:not([hidden]) [data-back]").click()
    expect(page.locator(".question:not([hidden]) [data-rather]")).to_have_attribute("aria-pressed", "true")
    page.locator(".question:not([hidden]) [data-back]").click()
    expect(page.locator(".question:not([hidden]) input:checked")).to_have_attribute("value", "2")
    page.locator(".question:not([hidden]) [data-skip]").click()
    page.locator(".question:not([hidden]) [data-back]").click()
    expect(page.locator(".question:not([hidden]) input:checked")).to_have_count(0)


@pytest.mark.parametrize(
    "page", [{"viewport": {"width": 390, "height": 844}, "java_script_enabled": False}], indirect=True
)
def test_with_scripts_off_the_same_form_is_one_page_and_one_post(page, live, cast, school, pulse):
    page.goto(live + card(cast, pulse))
    page.get_by_role("button", name="Start").click()
    expect(page.locator(".question")).to_have_count(5)
    page.locator(".question").nth(0).get_by_role("radio", name="Often", exact=True).check()
    page.locator(".question").nth(1).get_by_role("radio", name="I’d rather not say").check()
    page.get_by_role("button", name="Send my answers").click()
    expect(page.get_by_role("heading", name="Thank you")).to_be_visible()
    with scope(school=school):
        assert PooledSheet.objects.get().answers == {"peers-1": 4, "adults-2": -1}


@pytest.mark.parametrize("page", [390], indirect=True)
def test_a_class_session_from_code_to_the_next_child(page, live, cast, school, pulse):
    with scope(school=school):
        session = actions.open_class_session(cast.tutor, pulse, cast.tutor_group)
        _, number = actions.make_pin(cast.tutor, cast.tutor_group, cast.pupils[0].pk)
    page.goto(live + "/a/")
    axe(page)
    targets(page)
    page.locator("#code").fill(session.code)
    page.get_by_role("button", name="Go").click()
    expect(page.locator(".device-name")).to_be_visible()
    axe(page)
    targets(page)
    with scope(school=school):
        actions.let_in(cast.tutor, session)
    page.wait_for_url("**/a/names/")
    axe(page)
    targets(page)
    page.get_by_role("link", name="Amina").click()
    axe(page)
    targets(page)
    for digit in number:
        page.locator(f".key[data-key='{digit}']").click()
    page.wait_for_url("**/a/start/")
    axe(page)
    targets(page)
    page.get_by_role("link", name="Start").click()
    expect(page.locator(".one-by-one")).to_be_visible()
    axe(page)
    targets(page)
    for _ in range(5):
        page.get_by_role("button", name="Skip").locator("visible=true").click()
    axe(page)
    targets(page)
    page.get_by_role("button", name="Send my answers").click()
    page.wait_for_url("**/a/done/**")
    axe(page)
    targets(page)
    page.get_by_role("button", name="Next person").click()
    page.wait_for_url("**/a/names/")
    expect(page.get_by_role("link", name="Ben")).to_be_visible()


def test_the_teacher_lets_a_waiting_device_in(page, live, cast, school, pulse, client):
    with scope(school=school):
        session = actions.open_class_session(cast.tutor, pulse, cast.tutor_group)
    sign_in(page, cast.tutor)
    page.goto(live + reverse("ask:session", args=[session.pk]))
    client.post("/a/", {"code": session.code})
    page.get_by_role("button", name="Let in").click()
    page.get_by_text("1 device is in.").wait_for()
    assert client.get("/a/wait/state/").json() == {"state": "in"}
    page.get_by_role("button", name=re.compile("New number ?: Ben Carter")).click()
    expect(page.locator(".made")).to_contain_text("Ben Carter")
    axe(page)


def test_every_staff_page_is_accessible_and_fits(page, live, cast, school, core):
    with scope(school=school):
        session = actions.open_class_session(cast.tutor, core, cast.tutor_group)
        draft = plan(cast, "belong-staff", "staff", title="Belonging at work")
    sign_in(page, cast.head)
    wave = {
        name: reverse(f"ask:{name}", args=[core.pk]) for name in ("wave", "wave-questions", "edit", "paper")
    }
    classes = reverse("ask:class", args=[core.pk, cast.tutor_group.pk])
    drafts = [reverse(f"ask:{name}", args=[draft.pk]) for name in ("wave", "wave-questions", "links", "try")]
    new = ["/ask/", "/ask/new/", "/ask/new/?for=pupils&with=belong-core"]
    sessions = [reverse(f"ask:{name}", args=[session.pk]) for name in ("session", "board")]
    for address in [*new, *wave.values(), classes, *drafts, *sessions]:
        page.set_viewport_size({"width": 1280, "height": 900})
        page.goto(live + address)
        axe(page)
        for width in (1280, 390, 320):
            page.set_viewport_size({"width": width, "height": 844})
            wider = page.evaluate(
                "document.documentElement.scrollWidth - document.documentElement.clientWidth"
            )
            assert wider <= 0, f"{address} is {wider} px too wide at {width}"


def test_text_size_and_colours_change_and_nothing_is_stored(page, live, cast, pulse):
    start(page, live, card(cast, pulse))
    before = page.locator(".question-text:visible").bounding_box()["height"]
    page.locator(".look > summary").click()
    page.get_by_role("radio", name="Huge").check()
    page.get_by_role("radio", name="Dark").check()
    assert page.locator(".question-text:visible").bounding_box()["height"] > before
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    axe(page)
    assert page.evaluate("[localStorage.length, sessionStorage.length]") == [0, 0]


def test_the_browser_fetches_no_more_than_80_kb_before_fonts(page, live, cast, core):
    asked = set()
    page.on("request", lambda one: asked.add(one.url) if one.method == "GET" else None)
    start(page, live, card(cast, core))
    rest(page)
    heard = {url: page.request.get(url) for url in asked if not url.endswith(".woff2")}
    weights = {url: len(gzip.compress(one.body())) for url, one in heard.items() if one.status == 200}
    assert any(url.endswith("/a/questions/") for url in weights)
    assert sum(weights.values()) < 80_000, weights
