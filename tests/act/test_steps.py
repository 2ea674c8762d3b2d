"""Steps of a plan, and what plans put on Today."""

from datetime import timedelta

from belong.act.models import PlanStep
from belong.base.clock import today
from belong.base.models import AuditEntry
from belong.base.today import items_for


def texts() -> list[str]:
    return [step.text for step in PlanStep.objects.all()]


def test_a_step_is_added_at_the_end(client_as, cast, own_plan):
    url = f"/act/plans/{own_plan.pk}/steps/"
    client_as(cast.tutor).post(url, {"text": "Build one", "due_on": "2026-03-01"})
    assert texts() == ["Measure the corridors", "Ask the site team", "Build one"]
    page = client_as(cast.tutor).post(url, {"text": "Paint it", "due_on": "when dry"}).content.decode()
    assert "Enter a valid date" in page
    assert "Paint it" in page
    assert len(texts()) == 3


def test_a_step_is_ticked_and_unticked(client_as, cast, own_plan):
    step, client = own_plan.steps.first(), client_as(cast.tutor)
    url = f"/act/plans/{own_plan.pk}/steps/{step.pk}/"
    client.post(url, {"done": "yes"})
    step.refresh_from_db()
    assert (step.done_on, step.done_by) == (today(), cast.tutor.person)
    assert "1 of 2" in client.get("/act/plans/").content.decode()
    client.post(url, {"done": "no"})
    step.refresh_from_db()
    assert (step.done_on, step.done_by) == (None, None)


def test_a_removed_step_comes_back_as_it_was(client_as, cast, own_plan):
    step, client = own_plan.steps.last(), client_as(cast.tutor)
    client.post(f"/act/plans/{own_plan.pk}/steps/{step.pk}/", {"done": "yes"})
    page = client.post(f"/act/plans/{own_plan.pk}/steps/{step.pk}/remove/", follow=True).content.decode()
    assert texts() == ["Measure the corridors"]
    undo = f"/act/plans/{own_plan.pk}/steps/undo/"
    assert undo in page
    client.post(undo)
    back = own_plan.steps.last()
    assert (back.text, back.due_on, back.done_on, back.done_by, back.order) == (
        step.text,
        step.due_on,
        today(),
        cast.tutor.person,
        step.order,
    )
    refused = client.post(undo, follow=True, HTTP_REFERER=f"http://testserver/act/plans/{own_plan.pk}/")
    assert "There is no removed step to bring back" in refused.content.decode()
    facts = AuditEntry.objects.filter(verb="act.remove_step").values_list("facts", flat=True)
    assert list(facts) == [{"step": step.pk}]


def test_a_step_of_another_plan_is_not_found(client_as, cast, own_plan, story):
    foreign, client = story.adults.steps.first(), client_as(cast.head)
    for path in ("", "remove/"):
        assert (
            client.post(f"/act/plans/{own_plan.pk}/steps/{foreign.pk}/{path}", {"done": "yes"}).status_code
            == 404
        )
    assert (
        client_as(cast.stranger).post(f"/act/plans/{story.adults.pk}/steps/{foreign.pk}/").status_code == 404
    )


def test_an_ended_plan_has_nothing_to_press(client_as, cast, own_plan):
    client = client_as(cast.tutor)
    client.post(f"/act/plans/{own_plan.pk}/end/", {"state": "stopped", "learned": "No wood."})
    page = client.get(f"/act/plans/{own_plan.pk}/").content.decode()
    assert "Add the step" not in page
    assert 'aria-label="Remove:' not in page
    assert "Reopen the plan" in page


def mine(user) -> list[tuple[str, str]]:
    return [(item.title, item.detail) for item in items_for(user) if item.kind == "plan"]


def test_today_has_reviews_and_steps_for_who_leads_the_plan(cast, own_plan):
    own_plan.review_on = today()
    own_plan.save()
    first, second = own_plan.steps.all()
    first.due_on, second.due_on = today() + timedelta(days=3), today() + timedelta(days=4)
    PlanStep.objects.bulk_update([first, second], ["due_on"])
    assert mine(cast.tutor) == [
        (
            "A bench in every corridor",
            "The day you chose to look again has come. What moved, and what did you learn?",
        ),
        ("Measure the corridors", "A bench in every corridor"),
    ]
    assert mine(cast.head) == []


def test_what_is_done_or_ended_is_not_due(client_as, cast, own_plan):
    own_plan.review_on = today() + timedelta(days=1)
    own_plan.save()
    own_plan.steps.update(due_on=today(), done_on=today())
    assert mine(cast.tutor) == []
