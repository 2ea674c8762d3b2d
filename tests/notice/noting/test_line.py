"""A bad line, in a real browser: what could not be sent waits in the page and arrives exactly once."""

import pytest
from playwright.sync_api import expect

from belong.notice.models import Kind, Letter, Moment, NoteHome
from belong.people.models import CarerLink, Person
from tests.browser import allow, axe, sign_in
from tests.conftest import make_person

pytestmark = pytest.mark.browser
PHONE = 390
TWICE = "button => { button.focus(); button.click(); button.click(); }"
"""A double tap, the second while the first is under way: it comes without the kind that was pressed."""


def kinds(pupil) -> list[str]:
    return sorted(Moment.objects.filter(pupil=pupil).values_list("kind", flat=True))


def held_in_browser(page) -> str:
    return page.evaluate("JSON.stringify([{...localStorage}, {...sessionStorage}])")


@pytest.mark.parametrize("page", [PHONE], indirect=True)
def test_what_a_bad_line_stops_waits_in_the_page_and_arrives_once(page, live, lively):
    hugo, cerys = lively.pupils[7], lively.pupils[2]
    for trouble in ("ERR_", "htmx:", "503"):
        allow(page, trouble)
    sign_in(page, lively.tutor)
    page.goto(f"{live}/group/{lively.tutor_group.pk}/")
    card = page.locator(f"#card-{hugo.pk}")

    # No line at all when the sheet is asked for: one that came with the page stands in, and what is tapped waits.
    page.context.set_offline(True)
    page.locator(f"#note-{cerys.pk}").click()
    page.get_by_label("A few words").fill("Held the door for the little ones.")
    page.get_by_role("button", name="Greeting").evaluate(TWICE)
    page.get_by_text("Waiting for the line: 1 not sent yet.").wait_for()
    expect(page.locator("dialog[open]")).to_have_count(0)
    axe(page)
    assert Moment.objects.filter(kind=Kind.GREETING, pupil=cerys).count() == 0
    page.context.set_offline(False)
    page.locator(".toast", has_text="Noted: greeting for Cerys Pugh.").wait_for()
    expect(page.locator("#unsent")).to_be_hidden()
    assert Moment.objects.get(kind=Kind.GREETING, pupil=cerys).note == "Held the door for the little ones."

    # The moment is kept and the answer is lost: the second arrival is the same moment.
    page.locator(f"#note-{hugo.pk}").click()
    arrived = []

    def lose_the_answer(route):
        arrived.append(route.fetch().status)
        route.abort()

    page.route("**/moment/", lose_the_answer, times=1)
    page.get_by_role("button", name="Weekend check-in").click()
    page.get_by_text("Waiting for the line: 1 not sent yet.").wait_for()
    assert "Hugo" not in held_in_browser(page)
    assert (arrived, kinds(hugo)) == ([200], ["check_in"])
    toast = page.locator(".toast", has_text="Noted: weekend check-in for Hugo Silva.")
    toast.wait_for()
    assert kinds(hugo) == ["check_in"]

    # Undo still finds it; then a machine that is just being restarted, again and again.
    toast.get_by_role("button", name="Undo").click()
    page.locator(".toast", has_text="Taken back.").wait_for()
    assert kinds(hugo) == []
    card.locator(".moment").click()
    restarting = True

    def not_yet(route):
        if restarting:
            route.fulfill(status=503, body="Back soon")
        else:
            route.continue_()

    page.route("**/moment/", not_yet)
    page.get_by_role("button", name="Small gesture").click()
    page.get_by_text("Waiting for the line: 1 not sent yet.").wait_for()
    page.get_by_role("link", name="Cerys Pugh", exact=True).click()  # asks first; the browser stays
    expect(page).to_have_url(f"{live}/group/{lively.tutor_group.pk}/")
    restarting = False
    page.get_by_role("button", name="Try now").click()
    page.locator(".toast", has_text="Noted: small gesture for Hugo Silva.").wait_for()
    assert kinds(hugo) == ["gesture"]


@pytest.mark.parametrize("page", [PHONE], indirect=True)
def test_everybody_at_the_door_is_greeted_once_although_the_answer_is_lost(page, live, lively):
    allow(page, "ERR_")
    allow(page, "htmx:")
    sign_in(page, lively.tutor)
    page.goto(f"{live}/group/{lively.tutor_group.pk}/moment/?start=all")
    before = Moment.objects.count()
    page.locator("label", has_text="Ewa Nowak").click()
    page.get_by_text("11 chosen of 12").wait_for()

    def lose_the_answer(route):
        route.fetch()
        route.abort()

    page.route("**/moment/**", lose_the_answer, times=1)
    page.get_by_role("button", name="Note it").click()
    page.get_by_text("Waiting for the line: 1 not sent yet.").wait_for()
    page.locator(".toast", has_text="Noted: greeting for 11 pupils.").wait_for()
    expect(page).to_have_url(f"{live}/group/{lively.tutor_group.pk}/")
    assert Moment.objects.count() == before + 11


@pytest.mark.parametrize("page", [PHONE], indirect=True)
def test_a_stem_and_a_letter_home_in_the_sheet(page, live, lively):
    hugo = lively.pupils[7]
    carer = make_person(lively.school, Person.CARER, "Maria", "Silva", email="maria@home.test")
    Person.objects.filter(pk=carer.pk).update(home_language="ar")
    CarerLink.objects.create(school=lively.school, carer=carer, pupil=hugo, may_see=True)
    sign_in(page, lively.tutor)
    page.goto(f"{live}/group/{lively.tutor_group.pk}/")
    page.locator(f"#note-{hugo.pk}").click()
    page.get_by_role("link", name="Praise, in words").click()
    axe(page)
    page.get_by_role("link", name="I notice you are someone who").click()
    page.keyboard.type("waits for others.")
    page.get_by_role("link", name="Thank you for").click()
    page.get_by_role("link", name="I notice you are someone who").click()
    page.get_by_role("button", name="Note it").click()
    page.locator(".toast", has_text="Noted: praise for Hugo Silva.").wait_for()
    assert Moment.objects.get(pupil=hugo).note == "I notice you are someone who waits for others."

    page.locator(f"#note-{hugo.pk}").click()
    page.get_by_role("link", name="Note home").click()
    page.get_by_label("What you wrote to the family").fill("He waits for others, every day.")
    page.get_by_role("button", name="Look at the letter").click()
    page.get_by_text("To Maria Silva, in Arabic").wait_for()
    expect(page.locator("article.letter")).to_have_attribute("dir", "rtl")
    axe(page)
    page.get_by_role("button", name="Change the words").click()
    page.get_by_label("What you wrote to the family").fill("He waits for others.")
    page.get_by_role("button", name="Look at the letter").click()
    page.get_by_role("button", name="Send it").click()
    page.locator(".toast", has_text="Note home for Hugo Silva: goes out at").wait_for()
    assert NoteHome.objects.get().moment.note == "He waits for others."
    assert Letter.objects.get().state == Letter.WAITING
