"""Steps of the journey: a wave is opened, answered in three ways, and closed."""

import re
from uuid import uuid4

from django.urls import reverse
from django_scopes import scope
from playwright.sync_api import Page, expect

from belong.ask import actions
from belong.ask.models import PooledSheet, Receipt, SignedSheet, Wave
from belong.ask.questionnaire import questions_for
from belong.people.models import User
from belong.people.queries import pupils_on_roll
from tests.browser import allow
from tests.journeys import roster
from tests.journeys.steps import Walk

FIRST, SECOND = "How school feels, first time", "How school feels, again"
KEYS, CARD = 0, 1
"""Who answers in a browser: by name and number with the keys, and by card."""
AWAY = (60, 61, 62, 63)
"""Who is away while a wave is open."""


def plan_a_wave(walk: Walk, title: str) -> Page:
    """The survey lead chooses the questionnaire and names the wave; it is a draft."""
    lead = walk.page("survey lead")
    lead.goto("/")
    lead.get_by_role("link", name="Ask", exact=True).click()
    lead.get_by_role("link", name="Plan a wave").first.click()
    lead.get_by_role("link", name=re.compile("Use this one.*Belonging in five parts")).click()
    lead.get_by_label("Name").fill(title)
    if not walk.waves:
        walk.look("survey lead", "plan-a-wave", "Who is asked, and when")
    lead.get_by_role("button", name="Save and check it").click()
    expect(lead.locator("h1")).to_have_text(title)
    walk.waves.append(int(re.search(r"/ask/(\d+)/", lead.url)[1]))
    return lead


def survey_lead_opens_a_wave(walk: Walk) -> None:
    """Who sees each answer is looked at before it is fixed; then the wave opens."""
    lead = walk.page("survey lead")
    lead.goto("/ask/")
    walk.look("survey lead", "ask-nothing-yet", "Ask")
    lead.goto("/ask/new/")
    walk.look("survey lead", "choose-a-questionnaire", "Choose a questionnaire")
    plan_a_wave(walk, FIRST)
    expect(lead.get_by_text("128 pupils are on roll to be asked.")).to_be_visible()
    expect(lead.get_by_text("Nothing stands in the way.")).to_be_visible()
    walk.look("survey lead", "wave-draft", FIRST)
    lead.get_by_role("link", name="Look or change").click()
    walk.look("survey lead", "who-sees-the-answers", "Who sees the answers")
    lead.get_by_role("button", name="Save").click()
    lead.get_by_role("button", name="Open the wave").click()
    expect(lead.get_by_text(f"“{FIRST}” is open.")).to_be_visible()
    expect(lead.get_by_text("Fixed since the wave opened.")).to_be_visible()


def tutor_opens_a_class_session(walk: Walk) -> None:
    """From Today to the class: numbers and cards are printed, a session is opened, the board shows its code."""
    tutor = walk.page("tutor")
    tutor.goto("/")
    expect(tutor.get_by_text("0 of 32 have answered")).to_be_visible()
    tutor.get_by_role("link", name="Get the class answering").click()
    walk.look("tutor", "class", "Get 8H answering")
    tutor.get_by_role("button", name="Print the missing ones").click()
    walk.look("tutor", "numbers", "Numbers for 8H")
    name = roster.children()[KEYS].name
    strip = tutor.locator(".paper-strips li", has_text=name)
    walk.pupil_number = strip.locator(".paper-number").inner_text()
    tutor.go_back()
    tutor.get_by_role("button", name="Print cards").click()
    walk.look("tutor", "cards", "Cards for 8H")
    expect(tutor.locator(".paper-cards li")).to_have_count(32)
    tutor.get_by_role("link", name="Back to the class").click()
    tutor.get_by_role("button", name="Open a class session").click()
    walk.look("tutor", "session", "Class session: 8H")
    walk.session_code = tutor.locator(".session-code").inner_text().replace(" ", "")
    with tutor.context.expect_page() as opened:
        tutor.get_by_role("link", name="Show the code on the board").click()
    board = opened.value
    expect(board.locator(".board-number")).to_contain_text(walk.session_code[:3])
    board.close()


def a_pupil_answers_by_keyboard(walk: Walk) -> None:
    """On a phone: code, wait, let in by the tutor, name, number, then one question per screen by keys alone."""
    pupil, tutor = walk.windows.open("pupil", phone=True), walk.page("tutor")
    child = roster.children()[KEYS]
    pupil.goto("/a/")
    walk.look("pupil", "code", "Type the code from the board")
    expect(pupil.locator("#code")).to_be_focused()
    pupil.keyboard.type(walk.session_code)
    pupil.keyboard.press("Enter")
    walk.look("pupil", "waiting", "Nearly in: 8H")
    device = pupil.locator(".device-name").inner_text()
    tutor.get_by_role("button", name=re.compile(f"Let in.*{device}")).click()
    expect(tutor.get_by_text(re.compile(r"devices? (is|are) in\."))).to_be_visible()
    pupil.wait_for_url("**/a/names/")
    walk.look("pupil", "names", "Tap your name")
    expect(pupil.locator(".name")).to_have_count(32)
    pupil.get_by_role("link", name=child.given).click()
    walk.look("pupil", "number", "Type your number")
    expect(pupil.locator("#number")).to_be_focused()
    pupil.keyboard.type(walk.pupil_number)
    pupil.wait_for_url("**/a/start/")
    walk.look("pupil", "hello", f"Hello {child.given}")
    expect(pupil.get_by_text("24 questions")).to_be_visible()
    pupil.get_by_role("link", name="Start").press("Enter")
    expect(pupil.locator(".one-by-one")).to_be_visible()
    walk.look("pupil", "question")
    _answer_by_keys(walk, pupil)
    walk.look("pupil", "last-one")
    pupil.get_by_role("button", name="Send my answers").press("Enter")
    pupil.wait_for_url("**/a/done/**")
    walk.look("pupil", "thank-you", "Thank you")
    pupil.get_by_role("button", name="Next person").click()
    expect(pupil.locator("h1")).to_have_text("Tap your name")
    with scope(school=walk.school):
        signed = SignedSheet.objects.get(person=walk.child(KEYS))
        assert signed.texts == {"open-helps": "Lunch with my form"}
        assert signed.named


def _answer_by_keys(walk: Walk, pupil: Page) -> None:
    """All 24: a digit and Enter for each scale; words for one open question, the other skipped; a talk asked for."""
    here = pupil.locator(".question:not([hidden])")
    for number in range(1, 22):
        expect(here).to_have_id(f"question-{number}")
        pupil.keyboard.press("2" if number == 7 else "1" if number == 21 else "4")
        expect(here.locator(".tile input:checked")).to_have_count(1)
        pupil.keyboard.press("Enter")
    expect(here).to_have_id("question-22")
    walk.look("pupil", "open-question")
    here.locator("textarea").press_sequentially("Lunch with my form")
    here.get_by_role("button", name="Next").press("Enter")
    here.get_by_role("button", name="Skip").press("Enter")
    expect(here).to_have_id("question-24")
    expect(here).to_contain_text("Mr Ahmed")
    walk.look("pupil", "named-question")
    pupil.keyboard.press("1")
    pupil.keyboard.press("Enter")
    expect(pupil.get_by_text("You skipped 1. That’s fine.")).to_be_visible()


def a_pupil_answers_by_card_without_scripts(walk: Walk) -> None:
    """An old tablet with scripts off: the same questions on one page, sent at once."""
    with scope(school=walk.school):
        tutor = User.objects.get(person__family_name="Ahmed", person__given_name="Tom")
        wave = Wave.objects.get(pk=walk.waves[-1])
        card = actions.issue_card(tutor, wave, walk.group("8H"), walk.child(CARD).pk)
    old = walk.windows.open("old tablet", phone=True, java_script_enabled=False)
    posts: list[str] = []
    old.on("request", lambda request: posts.append(request.url) if request.method == "POST" else None)
    old.goto(reverse("ask:card", args=[card.token]))
    expect(old.locator("h1")).to_contain_text(f"Hello {roster.children()[CARD].given}")
    old.get_by_role("button", name="Start").click()
    expect(old.locator(".question")).to_have_count(24)
    posts.clear()
    for number in range(20):
        old.locator(".question").nth(number).locator("input[type=radio]").nth(3).check()
    old.get_by_role("button", name="Send my answers").click()
    expect(old.locator("h1")).to_contain_text("Thank you")
    assert len(posts) == 1
    with scope(school=walk.school):
        assert Receipt.objects.filter(wave=wave).count() == PooledSheet.objects.filter(wave=wave).count() == 2
        assert not SignedSheet.objects.get(person=walk.child(CARD)).named


def everyone_else_answers(walk: Walk, time: int) -> None:
    """All but those who are away, through the action that every way of answering ends in."""
    with scope(school=walk.school):
        wave = Wave.objects.get(pk=walk.waves[-1])
        done = set(Receipt.objects.filter(wave=wave).values_list("person__source_id", flat=True))
        people = {person.source_id: person for person in pupils_on_roll()}
        for child in roster.children():
            if child.number in done or child.at in AWAY:
                continue
            person = people[child.number]
            given = roster.answers(child, list(questions_for(wave, person.year)), time)
            actions.submit_sheet(wave, person, given, uuid4())


def progress_is_counts_by_class(walk: Walk) -> None:
    """Whoever runs the wave sees how many of each class, and nobody's name."""
    lead = walk.page("survey lead")
    lead.goto(f"/ask/{walk.waves[-1]}/")
    walk.look("survey lead", "wave-open", FIRST)
    rows = {row.locator("th").inner_text(): row.inner_text() for row in lead.locator("tbody tr").all()}
    assert set(rows) == set(roster.CLASSES)
    assert "32 of 32" in rows["8H"]
    assert "28 of 32" in rows["8M"]
    whole = lead.locator("main").inner_text()
    assert not [child.name for child in roster.children() if child.name in whole]
    expect(lead.get_by_text("its teacher sees who is still to call.")).to_be_visible()


def tutor_ends_the_class_session(walk: Walk) -> None:
    """The code dies with the session."""
    tutor = walk.page("tutor")
    tutor.locator("summary", has_text="End the session").click()
    tutor.get_by_role("dialog").get_by_role("button", name="End the session").click()
    expect(tutor.locator("h1")).to_contain_text("Get 8H answering")
    pupil = walk.page("pupil")
    pupil.goto("/a/")
    expect(pupil.locator("#code")).to_be_focused()
    pupil.keyboard.type(walk.session_code)
    allow(pupil, "422")
    pupil.keyboard.press("Enter")
    expect(pupil.get_by_role("alert")).to_contain_text("We can't find that code.")


def survey_lead_closes_the_wave(walk: Walk) -> None:
    """Closing asks once more; then the results are counted at once."""
    lead = walk.page("survey lead")
    lead.goto(f"/ask/{walk.waves[-1]}/")
    lead.locator("summary", has_text="Close now").click()
    lead.get_by_role("dialog").get_by_role("button", name="Close now").click()
    expect(lead.get_by_text("has closed. Its results are being counted.")).to_be_visible()
    lead.get_by_role("link", name="See the results").click()
    expect(lead.get_by_role("navigation", name="This wave")).to_be_visible()
