"""Steps of the journey: results, a plan, what tutors notice, the answer to those who asked, and the gap again."""

import re

from django_scopes import scope
from playwright.sync_api import expect

from belong.base.clock import today
from belong.notice.models import Moment, Relationship
from tests.browser import allow
from tests.journeys import asking, roster
from tests.journeys.asking import FIRST, SECOND
from tests.journeys.steps import PASSWORD, Walk

PLAN = "An adult who knows them, for each"
HEARD = "Some of you said no adult at school knows you well."
DID = "Since today every one of you has an adult who asks how you are, every week."


def head_reads_the_results(walk: Walk) -> None:
    """Overview, a part, the gap, groups that are kept back, questions, method: each with words and a table."""
    head, wave = walk.page("head"), walk.waves[0]
    head.goto("/")
    head.get_by_role("link", name="See", exact=True).click()
    walk.look("head", "see", "What people told us")
    head.get_by_role("link", name=FIRST).click()
    walk.look("head", "overview")
    expect(head.get_by_text(re.compile("of pupils answered")).first).to_be_visible()
    head.goto(f"/see/{wave}/groups/sen/")
    expect(head.get_by_text(re.compile("kept back", re.I)).first).to_be_visible()
    walk.look("head", "groups-too-few")
    head.goto(f"/see/{wave}/parts/adults/")
    walk.look("head", "part", "Adults")
    head.goto(f"/see/{wave}/items/")
    walk.look("head", "items", "Question by question")
    head.goto(f"/see/{wave}/method/")
    walk.look("head", "method", "How these figures were made")
    head.goto(f"/see/{wave}/")
    head.locator("#gaps summary", has_text="Show as a table").click()
    head.locator("#gaps").get_by_role("table").get_by_role(
        "link", name=re.compile("Pupil premium", re.I)
    ).click()
    expect(head.locator("h1")).to_contain_text(re.compile("pupil premium.* than", re.I))
    expect(head.get_by_text("points of 100, 95 % interval").first).to_be_visible()
    walk.look("head", "gap")


def head_makes_a_plan_for_the_gap(walk: Walk) -> None:
    """From the gap to practices, from a practice to a plan with an owner, dates and the gap it is measured by."""
    head = walk.page("head")
    head.get_by_role("link", name="All practices that fit").click()
    walk.look("head", "practices", "What helps, and how sure we are")
    expect(head.get_by_text("Choose a practice to make a plan of it.")).to_be_visible()
    head.locator("main .card a").first.click()
    walk.look("head", "practice")
    head.get_by_role("link", name="Make a plan of it").click()
    walk.look("head", "new-plan", "Make a plan")
    head.get_by_label("What we will do").fill(PLAN)
    head.get_by_label("Who leads it").select_option(label="Ms Osei")
    head.get_by_label("Starts").fill(today().isoformat())
    head.get_by_role("button", name="Make the plan").click()
    expect(head.locator("h1")).to_have_text(PLAN)
    expect(head.get_by_text("Made for the gap")).to_be_visible()
    expect(head.get_by_text("Not asked again yet.")).to_be_visible()
    walk.look("head", "plan", PLAN)
    walk.plan_path = re.search(r"/act/plans/\d+/", head.url)[0]
    head.goto("/act/plans/")
    walk.look("head", "plans", "What we are doing about it")


def tutor_notes_a_moment_and_sorts_the_group(walk: Walk) -> None:
    """Today, My group, two taps and back, and the whole class sorted by keys."""
    tutor = walk.page("tutor")
    tutor.set_viewport_size({"width": 390, "height": 844})
    tutor.goto("/")
    expect(tutor.get_by_text("1 pupil has answered you")).to_be_visible()
    new = roster.children()[roster.NEW].name
    expect(tutor.get_by_role("region", name="To greet by name")).to_contain_text(new)
    walk.look("tutor", "today", "Today")
    tutor.get_by_role("link", name="Read").first.click()
    walk.look("tutor", "named-answers")
    expect(tutor.get_by_text(roster.children()[asking.KEYS].name)).to_be_visible()
    tutor.goto("/group/")
    walk.look("tutor", "my-group", "8H, with you")
    tutor.get_by_role("link", name=f"Note a moment for {new}").click()
    tutor.get_by_role("button", name="Greeting").click()
    toast = tutor.locator(".toast", has_text=f"Noted: greeting for {new}.")
    toast.get_by_role("button", name="Undo").click()
    expect(tutor.locator(".toast", has_text="Taken back.")).to_be_visible()
    tutor.get_by_role("link", name=f"Note a moment for {new}").click()
    tutor.get_by_role("button", name="Praise").click()
    expect(tutor.locator(".toast", has_text=f"Noted: praise for {new}.")).to_be_visible()
    with scope(school=walk.school):
        assert list(Moment.objects.values_list("kind", flat=True)) == ["praise"]
    _sort_by_keys(walk)


def _sort_by_keys(walk: Walk) -> None:
    tutor = walk.page("tutor")
    tutor.set_viewport_size({"width": 1280, "height": 900})
    tutor.get_by_role("link", name="Relationships: 32 not sorted yet").click()
    walk.look("tutor", "sorting", "Going through 8H")
    for key in "emmr" * 8:
        before = tutor.locator("#sorting-now").inner_text()
        tutor.keyboard.press(key)
        expect(tutor.locator("#sorting-now")).not_to_have_text(before)
    walk.look("tutor", "sorted")
    expect(tutor.get_by_role("heading", name="That is everybody")).to_be_visible()
    with scope(school=walk.school):
        assert Relationship.objects.count() == 32
    tutor.get_by_role("link", name="See 8H").click()
    tutor.get_by_role("link", name=roster.children()[roster.NEW].name, exact=True).click()
    walk.look("tutor", "pupil", roster.children()[roster.NEW].name)
    expect(tutor.locator(".timeline").get_by_text("Praise")).to_be_visible()


def pastoral_lead_sees_who_is_not_yet_noticed(walk: Walk) -> None:
    """Empty places, counted for everybody. A pooled answer is no voice that anybody heard; a named one is."""
    lead = walk.page("pastoral lead")
    lead.goto("/overlooked/")
    walk.look("pastoral lead", "not-yet-noticed", "Not yet noticed")
    expect(lead.get_by_role("heading", name="128 pupils")).to_be_visible()
    children = roster.children()
    for at, voice in ((asking.KEYS, "voice: yes"), (asking.CARD, "voice: not yet"), (9, "voice: not yet")):
        lead.get_by_label("Name").fill(children[at].name)
        lead.get_by_role("button", name="Show").click()
        row = lead.locator("tbody tr")
        expect(row).to_have_count(1)
        expect(row).to_contain_text(children[at].name)
        expect(row.locator(".places li", has_text="voice")).to_have_text(voice)
    lead.goto(f"/ask/{walk.waves[0]}/texts/")
    expect(lead.get_by_text("Lunch with my form")).to_be_visible()
    walk.look("pastoral lead", "in-confidence", "Written in confidence")


def the_next_wave_has_to_wait_for_an_answer(walk: Walk) -> None:
    """The same people are not asked again until they have been told what came of the last time."""
    lead = asking.plan_a_wave(walk, SECOND)
    expect(lead.get_by_text(f"“{FIRST}” has no published response yet.")).to_be_visible()
    expect(lead.get_by_text("Publish what you heard and did first.")).to_be_visible()
    expect(lead.get_by_role("button", name="Open the wave")).to_have_count(0)
    walk.look("survey lead", "wave-has-to-wait", SECOND)


def head_publishes_what_was_heard_and_done(walk: Walk) -> None:
    """You asked, we heard, we did: written beside the results, previewed, published, with an address to share."""
    head = walk.page("head")
    head.goto("/tell/")
    walk.look("head", "tell", "You asked, we heard, we did")
    head.get_by_role("link", name=re.compile(f"Write the answer.*{FIRST}")).click()
    head.get_by_label("Opening words").fill("Thank you. We read every answer.")
    head.get_by_role("button", name="Keep the words").click()
    head.get_by_label("What we heard").fill(HEARD)
    head.get_by_label("What we did").fill(DID)
    head.get_by_label("The plan behind it").select_option(label=f"{PLAN} (under way)")
    head.get_by_role("button", name="Add it").click()
    walk.look("head", "answer-draft", "you asked, we heard, we did")
    head.get_by_role("link", name="Preview").click()
    expect(head.get_by_text("Only staff can see this.")).to_be_visible()
    head.go_back()
    head.locator("summary", has_text="Publish the answer").click()
    head.get_by_role("dialog").get_by_role("button", name="Publish the answer").click()
    expect(head.get_by_role("heading", name="Show it to those who were asked")).to_be_visible()
    walk.look("head", "answer-published")
    walk.told_address = head.locator(".told-address .code").inner_text()


def a_family_reads_it_without_signing_in(walk: Walk) -> None:
    """The address is all they need; the poster is the same in large; nothing else opens to them."""
    family = walk.windows.open("family", phone=True)
    family.goto(walk.told_address)
    walk.look("family", "told", "You asked. We heard. We did.")
    expect(family.get_by_text(HEARD)).to_be_visible()
    expect(family.get_by_text(DID)).to_be_visible()
    assert family.context.cookies() == []
    family.goto(f"{walk.told_address}poster/")
    walk.look("family", "poster", "You asked. We heard. We did.")
    family.goto("/tell/")
    expect(family.locator("h1")).to_have_text("Sign in")
    walk.look("family", "sign-in", "Sign in")


def the_governor_gets_the_report_and_no_more(walk: Walk) -> None:
    """Signs in with a password, reads the report, takes the PDF to the meeting; pupils and waves stay shut."""
    walk.page("governor").context.close()
    governor = walk.windows.open("governor")
    allow(governor, "403")
    allow(governor, "404")
    governor.goto("/sign-in/")
    governor.get_by_label("User name").fill("gill.vance@hill.test")
    governor.get_by_label("Password").fill(PASSWORD)
    governor.get_by_role("button", name="Sign in", exact=True).click()
    walk.look("governor", "governor-see", "What people told us")
    governor.get_by_role("link", name="Tell", exact=True).click()
    governor.get_by_role("link", name=re.compile(f"Governors’ report.*{FIRST}")).click()
    walk.look("governor", "governors-report")
    link = governor.get_by_role("link", name="PDF for the meeting").get_attribute("href")
    pdf = governor.request.get(link)
    assert pdf.headers["content-type"] == "application/pdf"
    assert pdf.body().startswith(b"%PDF-")
    with scope(school=walk.school):
        pupil = walk.child(asking.KEYS).pk
    for path, status in (
        ("/ask/", 403),
        (f"/pupils/{pupil}/", 404),
        ("/people/", 403),
        ("/people/staff/", 403),
    ):
        assert governor.goto(path).status == status, path
    walk.look("governor", "not-for-you")


def the_next_wave_is_asked_and_closed(walk: Walk) -> None:
    """Now it may open; half a term is left out here, but nothing else."""
    lead = walk.page("survey lead")
    lead.goto(f"/ask/{walk.waves[-1]}/")
    expect(lead.get_by_text("Nothing stands in the way.")).to_be_visible()
    lead.get_by_role("button", name="Open the wave").click()
    expect(lead.get_by_text(f"“{SECOND}” is open.")).to_be_visible()
    asking.everyone_else_answers(walk, 2)
    asking.survey_lead_closes_the_wave(walk)


def the_plan_shows_its_gap_then_and_now(walk: Walk) -> None:
    """The pastoral lead, who leads the plan, sees the gap before and after with interval and caveats."""
    lead = walk.page("pastoral lead")
    lead.goto(walk.plan_path)
    again = lead.get_by_role("region", name="Then and now")
    expect(again).to_contain_text(re.compile(r"stood [\d.]+ points lower than .*, and now"))
    expect(again).to_contain_text(re.compile(r"narrowed by [\d.]+ points \(95.% interval [\d.]+ to [\d.]+\)"))
    expect(again).to_contain_text("This group was chosen because it was low; some rise is expected anyway.")
    again.get_by_text("Show as a table").click()
    for title in (FIRST, SECOND):
        expect(again.get_by_role("row", name=re.compile(title))).to_be_visible()
    walk.look("pastoral lead", "plan-then-and-now", PLAN)
    head = walk.page("head")
    head.goto(f"/see/{walk.waves[-1]}/")
    expect(head.get_by_role("heading", name="What we tried, and whether it moved")).to_be_visible()
    walk.look("head", "overview-again")
    head.goto(f"/see/{walk.waves[-1]}/parts/adults/")
    walk.look("head", "part-again", "Adults")
