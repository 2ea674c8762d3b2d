"""A class of five small children at tablets, pictures and all; a teacher's session page; paper typed by keys alone."""

import pytest
from django.urls import reverse
from django_scopes import scope
from playwright.sync_api import expect

from belong.ask import actions
from belong.ask.models import ClassSession, PooledSheet, Receipt
from belong.ask.paper.actions import print_sheets
from belong.people.models import Membership, Person
from tests.ask.conftest import plan
from tests.browser import axe, sign_in, watch, watch_of

TABLET = {"viewport": {"width": 820, "height": 1180}, "has_touch": True, "locale": "en-GB"}


@pytest.fixture
def little(cast, school):
    """A Year 1 class of five with a wave of faces: (wave, pupils, their pictures)."""
    with scope(school=school):
        group, pupils = cast.tutor_group, cast.pupils[:5]
        Membership.objects.filter(group=group, person__in=cast.pupils[5:]).delete()
        Person.objects.filter(pk__in=[one.pk for one in pupils]).update(year="1")
        group.year = "1"
        group.save()
        wave = actions.open_wave(cast.survey_lead, plan(cast, "belong-picture", years=["1"]))
        return wave, pupils, dict(actions.make_pins(cast.tutor, group))


def tap_in(child, live, code, secret, name, teacher) -> int:
    """From the picture on the board to the first question; how often the child tapped."""
    taps = 0
    child.goto(f"{live}/a/?code={code}")  # what the QR code on the board holds

    def tap(what):
        nonlocal taps
        what.tap()
        taps += 1

    tap(child.get_by_role("button", name="Go"))
    teacher.get_by_role("button", name="Let in", exact=False).first.click()
    tap(child.get_by_role("link", name=name, exact=True))
    for key in secret.split("-"):
        tap(child.locator(f'.picture[value="{key}"]'))
    child.wait_for_url("**/a/start/")
    start = child.get_by_role("link", name="Start").or_(child.get_by_role("button", name="Start")).first
    tap(start)
    child.wait_for_url("**/a/questions/")
    return taps


@pytest.mark.browser
def test_five_small_children_come_in_with_pictures_and_answer(browser, page, live, cast, little, school):
    wave, pupils, secrets = little
    sign_in(page, cast.tutor)
    page.goto(live + reverse("ask:class", args=[wave.pk, cast.tutor_group.pk]))
    axe(page, strict=True)
    page.get_by_role("button", name="Open a class session").click()
    expect(page.locator(".session-code")).to_be_visible()
    with scope(school=school):
        code = ClassSession.objects.get().code
    tablet = browser.new_context(**TABLET)
    child = tablet.new_page()
    watch(child)
    try:
        for n, pupil in enumerate(pupils):
            if n == 0:
                assert tap_in(child, live, code, secrets[pupil], pupil.given_name, page) == 6
            else:  # the next child at the same tablet: name and pictures, nothing else to tap but Start
                child.get_by_role("button", name="Next person").tap()
                child.get_by_role("link", name=pupil.given_name, exact=True).tap()
                for key in secrets[pupil].split("-"):
                    child.locator(f'.picture[value="{key}"]').tap()
                child.get_by_role("link", name="Start").or_(
                    child.get_by_role("button", name="Start")
                ).first.tap()
            answer_all(child)
        assert watch_of(child).left() == []
    finally:
        tablet.close()
    with scope(school=school):
        assert Receipt.objects.count() == PooledSheet.objects.count() == 5
    page.get_by_text("Everyone in the class has answered.").wait_for()


def answer_all(child) -> None:
    """The first face of every question, then send."""
    child.wait_for_url("**/a/questions/")
    while True:
        question = child.locator("[data-question]:visible")
        if not question.count():
            break
        question.locator(".tile input").first.check(force=True)
        question.locator("[data-next]").tap()
    child.get_by_role("button", name="Send my answers").tap()
    child.wait_for_url("**/a/done/**")


@pytest.mark.browser
def test_the_teacher_helps_with_the_keyboard_alone(page, live, cast, little, school):
    wave, pupils, secrets = little
    with scope(school=school):
        session = actions.open_class_session(cast.tutor, wave, cast.tutor_group)
        actions.join_session(session)
    sign_in(page, cast.tutor)
    page.goto(live + reverse("ask:session", args=[session.pk]))
    axe(page, strict=True)
    ben = pupils[1]

    def press(which):
        page.locator(which).press("Enter")

    press("[id^=in-]")
    page.get_by_text("1 device is in.").wait_for()
    press(f"#new-{ben.pk}")
    page.locator("#made .own-pictures").wait_for()
    words = page.locator("#made .own-pictures span").all_inner_texts()
    assert [word.lower() for word in words] == secrets[ben].split("-")
    press(f"#free-{ben.pk}")
    page.get_by_text("can start now").wait_for()
    expect(page.locator("#made .own-pictures")).to_have_count(1)  # nothing on the page was lost meanwhile
    press(f"#away-{ben.pk}")
    page.get_by_role("heading", name="Not here today").wait_for()
    with page.expect_response("**/more-time/"):
        press("#more-time")
    with scope(school=school):
        session.refresh_from_db()
        assert (session.expires_at - session.opened_at).total_seconds() == 60 * 60


@pytest.mark.browser
def test_pictures_work_without_scripts_and_by_keyboard(browser, live, cast, little, school):
    wave, pupils, secrets = little
    with scope(school=school):
        session = actions.open_class_session(cast.tutor, wave, cast.tutor_group)
    context = browser.new_context(java_script_enabled=False, viewport={"width": 390, "height": 844})
    child = context.new_page()
    try:
        child.goto(f"{live}/a/")
        child.get_by_label("Type the code from the board").fill(f"{session.code[:3]} {session.code[3:]}")
        child.get_by_label("Type the code from the board").press("Enter")
        child.wait_for_url("**/a/wait/")
        with scope(school=school):
            actions.let_in(cast.tutor, session)
        child.get_by_role("link", name="Look again").click()
        child.get_by_role("link", name=pupils[2].given_name, exact=True).press("Enter")
        for key in secrets[pupils[2]].split("-"):
            child.locator(f'.picture[value="{key}"]').press("Enter")
        child.wait_for_url("**/a/start/")
        expect(child.locator("h1")).to_contain_text(pupils[2].given_name)
    finally:
        context.close()


@pytest.mark.browser
def test_a_paper_sheet_is_typed_with_one_key_a_question(page, live, cast, school):
    with scope(school=school):
        wave = actions.open_wave(cast.survey_lead, plan(cast))
        (sheet,) = print_sheets(
            cast.tutor, wave, cast.pupils[:1], helper=cast.tutor.person, group=cast.tutor_group
        )
    sign_in(page, cast.tutor)
    page.goto(live + reverse("ask:paper-entry", args=[wave.pk]))
    expect(page.get_by_label("Number on the sheet")).to_be_focused()
    page.keyboard.type(str(sheet.number))
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/{sheet.number}/")
    axe(page, strict=True)
    expect(page.locator(".one-key").first).to_be_focused()
    page.keyboard.type("4")
    page.keyboard.type("9")  # no answer: stays where it is
    page.keyboard.type("5")
    page.keyboard.press("ArrowUp")
    page.keyboard.type("2")  # mended before sending
    page.keyboard.type("r")
    page.keyboard.press("Space")  # left out
    page.keyboard.type("3")
    page.keyboard.press("Control+Enter")
    page.wait_for_url("**/paper/enter/")
    page.get_by_text(f"Sheet {sheet.number} is in.").wait_for()
    with scope(school=school):
        answers = PooledSheet.objects.get().answers
    assert list(answers.values())[:3] == [4, 2, -1]
    assert 3 in answers.values()
