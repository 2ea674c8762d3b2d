"""The register in a real browser: thirty pupils by thumb on a phone, an idea put on Today, a year handed over."""

import pytest
from playwright.sync_api import expect

from belong.base.clock import today
from belong.notice.models import HandOver, Intention, Relationship
from belong.notice.queries.cards import by_name
from belong.people.models import Membership, Person
from tests.browser import axe, sign_in

pytestmark = pytest.mark.browser
PHONE = 390


@pytest.fixture
def thirty(cast, in_school) -> list[Person]:
    """8H filled up to thirty."""
    more = [
        Person(school=cast.school, kind=Person.PUPIL, given_name=f"Pupil {at}", family_name="Zed", year="8")
        for at in range(18)
    ]
    Person.objects.bulk_create(more)
    Membership.objects.bulk_create(
        Membership(school=cast.school, group=cast.tutor_group, person=one) for one in more
    )
    return sorted([*cast.pupils, *more], key=by_name)


@pytest.mark.parametrize("page", [PHONE], indirect=True)
def test_thirty_by_thumb_one_tap_each_and_one_taken_back(page, live, cast, thirty):
    sign_in(page, cast.tutor)
    page.goto(f"{live}/group/{cast.tutor_group.pk}/sort/")
    axe(page, strict=True)
    words = ["Establish", "Maintain", "Restore"]
    for at, pupil in enumerate(thirty):
        expect(page.locator("#sorting-now")).to_have_text(pupil.display_name)
        button = page.get_by_role("button", name=words[at % 3])
        expect(button).to_be_in_viewport()
        button.click()
        if at == 4:
            expect(page.locator("#sorting-now")).to_have_text(thirty[5].display_name)
            page.get_by_role("button", name="Undo").click()
            expect(page.locator("#sorting-now")).to_have_text(pupil.display_name)
            page.get_by_role("button", name="Maintain").click()
    page.get_by_role("heading", name="That is everybody").wait_for()
    found = dict(Relationship.objects.values_list("pupil_id", "state"))
    assert len(found) == 30
    assert found[thirty[4].pk] == "maintain"


@pytest.mark.parametrize("page", [PHONE], indirect=True)
def test_an_idea_from_the_pupils_page_to_today_to_done_to_a_moment(page, live, cast, in_school, stands):
    ben = cast.pupils[1]
    stands(cast.tutor, ben, "restore")
    sign_in(page, cast.tutor)
    page.goto(f"{live}/pupils/{ben.pk}/")
    page.locator("summary", has_text="Go to them first").click()
    axe(page)
    page.locator("#due-go-first").fill(today().isoformat())
    page.locator("details.idea[open]").get_by_role("button", name="I’ll do this").click()
    page.get_by_text("Meant for today").wait_for()
    page.goto(live + "/")
    axe(page)
    page.locator("li.task", has_text="Go to them first").get_by_role("button", name="Done").click()
    page.get_by_role("heading", name="Done. Did something good happen?").wait_for()
    axe(page, strict=True)
    page.get_by_role("button", name="Not done yet").click()
    page.get_by_role("button", name="Not now: next week").click()
    page.get_by_text("Not now. Meant for").wait_for()
    assert Intention.objects.get().due_on > today()


def test_a_year_is_handed_over_by_keyboard(page, live, cast, in_school):
    first, second, *_ = sorted(cast.pupils, key=by_name)
    sign_in(page, cast.tutor)
    page.goto(f"{live}/group/{cast.tutor_group.pk}/hand-over/")
    axe(page, strict=True)
    page.get_by_role("link", name="Begin").press("Enter")
    axe(page, strict=True)
    page.get_by_label("What helps").focus()
    page.keyboard.type("A word at the door.")
    page.keyboard.press("Tab")
    page.keyboard.type("Ask about the garden.")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.get_by_role("heading", name=second.display_name).wait_for()
    row = HandOver.objects.get()
    assert (row.pupil, row.what_helps, row.line) == (first, "A word at the door.", "Ask about the garden.")
    assert row.with_states
