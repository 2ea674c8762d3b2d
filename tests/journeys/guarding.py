"""A step of the journey: somebody reads what pupils write, and the way to the safeguarding lead is tried."""

import re

from django_scopes import scope
from playwright.sync_api import expect

from belong.guard.concerns.ticking import tick_school
from belong.people import roles
from tests.journeys.steps import Walk


def the_way_to_the_safeguarding_lead_is_tried(walk: Walk) -> None:
    """The head names the lead, sets the rota and sends a test; the lead is told, and takes it on."""
    head = walk.page("head")
    head.goto("/people/staff/")
    row = head.get_by_role("row", name=re.compile("Ms [^ ]+ Osei"))
    row.get_by_role("combobox").select_option(roles.DSL)
    row.get_by_role("button", name="Give").click()
    expect(head.get_by_text(re.compile(f"Osei is now {roles.DSL}"))).to_be_visible()
    head.goto("/guard/rota/")
    walk.look("head", "rota-of-a-new-school", "Safeguarding rota")
    expect(
        head.get_by_text("Nobody has tried yet whether an alert reaches the safeguarding lead.")
    ).to_be_visible()
    head.get_by_label("Head (optional)", exact=True).select_option(label="Mrs Helen Marsh")
    head.get_by_role("button", name="Save the rota").click()
    expect(head.get_by_text("The rota is saved.")).to_be_visible()
    head.get_by_label("Who", exact=True).select_option(label=_of(head, "Osei"))
    head.get_by_role("button", name="Put on the rota").click()
    expect(head.get_by_text("On the rota.")).to_be_visible()
    head.get_by_role("button", name="Send a test alert").click()
    expect(head.get_by_text("The test is on its way.")).to_be_visible()
    with scope(school=walk.school):
        tick_school(walk.school)
    lead = walk.page("pastoral lead")
    lead.goto("/")
    lead.get_by_role("link", name="1 thing waits to be read").click()
    walk.look("pastoral lead", "concerns", "Safeguarding")
    lead.get_by_role("link", name="Test alert").click()
    walk.look("pastoral lead", "test-alert", "Test alert")
    lead.get_by_role("button", name="I have this").click()
    expect(lead.get_by_text("The reminders have stopped.")).to_be_visible()
    head.goto("/guard/rota/")
    expect(
        head.get_by_text("A test alert was taken on, and somebody reads what pupils write.")
    ).to_be_visible()


def _of(page, family: str) -> str:
    """The whole label of the choice with this family name."""
    labels = page.get_by_label("Who", exact=True).locator("option").all_inner_texts()
    return next(label for label in labels if family in label)
