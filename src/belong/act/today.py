"""What plans put on the Today page: steps due and reviews due, to the person who leads them."""

from datetime import timedelta
from typing import Any

from django.urls import reverse

from belong.act.models import Plan, PlanStep
from belong.act.queries import plans_of
from belong.base.clock import today
from belong.base.today import TodayItem

AHEAD = timedelta(days=3)


def plans_due(user: Any) -> list[TodayItem]:
    """Steps due within three days, and plans whose review has come."""
    if user.person is None:
        return []
    mine = plans_of(user.person)
    items = [_review(plan) for plan in mine if plan.is_review_due]
    steps = PlanStep.objects.filter(plan__in=mine, done_on=None, due_on__lte=today() + AHEAD)
    return items + [_step(step) for step in steps.select_related("plan")]


def _review(plan: Plan) -> TodayItem:
    url = reverse("act:plan", args=[plan.pk])
    detail = "The day you chose to look again has come. What moved, and what did you learn?"
    return TodayItem("plan", plan.title, url, detail, plan.review_on, 60, "Look again")


def _step(step: PlanStep) -> TodayItem:
    url = reverse("act:plan", args=[step.plan_id])
    return TodayItem("plan", step.text, url, step.plan.title, step.due_on, 61)
