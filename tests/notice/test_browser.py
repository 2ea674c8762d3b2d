"""The notice room in a real browser: two taps and undo, keys through a class, scripts off, a line that drops."""

import pytest
from playwright.sync_api import expect

from belong.notice.models import Moment, Relationship, State
from belong.notice.queries.cards import by_name
from tests.browser import axe, sign_in

pytestmark = pytest.mark.browser
PHONE, DESK = 390, 1280


def moments(pupil) -> list[str]:
    return list(Moment.objects.filter(pupil=pupil).values_list("kind", flat=True))


@pytest.mark.parametrize("page", [PHONE, DESK], indirect=True)
def test_two_taps_note_a_moment_and_undo_takes_it_back(page, live, lively):
    hugo = lively.pupils[7]
    sign_in(page, lively.tutor)
    page.goto(f"{live}/group/{lively.tutor_group.pk}/")
    axe(page)
    card = page.locator(f"#card-{hugo.pk}")
    expect(card.locator(".places .empty")).to_have_count(6)

    page.get_by_role("link", name="Note a moment for Hugo Silva").click()
    axe(page)
    page.get_by_role("button", name="Praise").click()
    toast = page.locator(".toast", has_text="Noted: praise for Hugo Silva.")
    toast.wait_for()
    assert moments(hugo) == ["praise"]
    expect(card.locator(".places .empty")).to_have_count(5)
    expect(page.locator(f"#note-{hugo.pk}")).to_be_focused()  # back at the +
    expect(page.locator("dialog[open]")).to_have_count(0)
    axe(page)

    toast.get_by_role("button", name="Undo").click()
    page.locator(".toast", has_text="Taken back.").wait_for()
    assert moments(hugo) == []
    expect(card.locator(".places .empty")).to_have_count(6)


def test_a_note_home_asks_for_words_in_the_same_sheet(page, live, lively):
    hugo = lively.pupils[7]
    sign_in(page, lively.tutor)
    page.goto(f"{live}/group/{lively.tutor_group.pk}/")
    page.locator(f"#note-{hugo.pk}").click()
    page.get_by_role("link", name="Note home").click()
    page.get_by_label("What you wrote to the family").fill("Hugo read to the little ones.")
    page.get_by_role("button", name="Note it").click()
    page.locator(".toast", has_text="Noted: note home for Hugo Silva.").wait_for()
    assert Moment.objects.get(pupil=hugo).note == "Hugo read to the little ones."


def test_today_notes_a_moment_in_its_row(page, live, lively):
    hugo = lively.pupils[7]
    sign_in(page, lively.tutor)
    page.goto(live + "/")
    axe(page)
    row = page.locator("li.task", has_text="Hugo Silva")
    row.get_by_role("link", name="Note a moment").click()
    page.get_by_role("button", name="Greeting").click()
    row.get_by_text("Greeting").wait_for()
    assert moments(hugo) == ["greeting"]
    page.locator(".toast").get_by_role("button", name="Undo").click()
    row.get_by_text("Greeting").wait_for(state="detached")
    assert moments(hugo) == []


def test_keys_alone_take_a_tutor_through_the_class(page, live, lively):
    order = sorted(lively.pupils, key=by_name)
    Relationship.objects.all().delete()
    sign_in(page, lively.tutor)
    page.goto(f"{live}/group/{lively.tutor_group.pk}/sort/")
    axe(page)
    keys = "emr" * 4
    for pupil, key in zip(order, keys, strict=True):
        page.locator("#sorting-now", has_text=pupil.display_name).wait_for()
        page.keyboard.press(key)
    page.get_by_role("heading", name="That is everybody").wait_for()
    page.keyboard.press("u")
    page.locator("#sorting-now", has_text=order[-1].display_name).wait_for()
    page.keyboard.press("m")
    page.get_by_role("heading", name="That is everybody").wait_for()
    axe(page)
    found = dict(Relationship.objects.filter(adult=lively.tutor.person).values_list("pupil_id", "state"))
    words = {"e": State.ESTABLISH, "m": State.MAINTAIN, "r": State.RESTORE}
    wanted = {pupil.pk: words[key] for pupil, key in zip(order, keys, strict=True)}
    assert found == wanted | {order[-1].pk: State.MAINTAIN}


def test_keys_do_nothing_outside_the_box(page, live, lively):
    Relationship.objects.all().delete()
    sign_in(page, lively.tutor)
    page.goto(f"{live}/group/{lively.tutor_group.pk}/sort/")
    page.get_by_role("link", name="My group").focus()
    page.keyboard.press("e")
    page.reload()
    assert Relationship.objects.count() == 0


@pytest.mark.parametrize("page", [{"java_script_enabled": False}], indirect=True)
def test_everything_works_with_scripts_off(page, live, lively):
    hugo = lively.pupils[7]
    sign_in(page, lively.tutor)
    page.goto(f"{live}/group/{lively.tutor_group.pk}/")
    page.get_by_role("link", name="Note a moment for Hugo Silva").click()
    page.get_by_role("button", name="Small gesture").click()
    page.get_by_text("Noted: small gesture for Hugo Silva.").wait_for()
    page.get_by_role("button", name="Undo").click()
    page.get_by_text("Taken back.").wait_for()
    assert moments(hugo) == []

    page.get_by_role("link", name="Greet at the door").click()
    page.get_by_role("link", name="Greet all at once").click()
    page.locator("label", has_text="Ewa Nowak").click()
    page.get_by_role("button", name="Note it").click()
    page.get_by_text("Noted: greeting for 11 pupils.").wait_for()

    page.get_by_role("link", name="Relationships:").click()
    page.get_by_role("button", name="Establish").click()
    page.get_by_text("Hugo Silva: Establish.").wait_for()

    page.goto(f"{live}/pupils/{hugo.pk}/")
    page.get_by_role("button", name="I know them well").click()
    page.get_by_text("Noted: you know Hugo well.").wait_for()
    page.goto(live + "/overlooked/")
    page.get_by_label("Name").fill("Hugo")
    page.get_by_role("button", name="Show").click()
    expect(page.locator("tbody tr")).to_have_count(1)


def test_every_page_is_accessible_and_fits(page, live, lively):
    group, ben = lively.tutor_group.pk, lively.pupils[1].pk
    tutor = [
        "/overlooked/",
        f"/group/{group}/moment/?start=all",
        f"/pupils/{ben}/",
        f"/pupils/{ben}/moment/",
        f"/pupils/{ben}/moment/?kind=note_home",
    ]
    for user, paths in ((lively.tutor, tutor), (lively.pastoral, ["/", "/group/"]), (lively.pupil, ["/"])):
        sign_in(page, user)
        for path in paths:
            page.goto(live + path)
            axe(page)
            for width in (DESK, PHONE):
                page.set_viewport_size({"width": width, "height": 844})
                wide = page.evaluate(
                    "document.documentElement.scrollWidth - document.documentElement.clientWidth"
                )
                assert wide <= 0, f"{path} is {wide} px too wide at {width}"
