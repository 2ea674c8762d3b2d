"""Every write to plans."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from belong.act.models import Plan, PlanStep
from belong.act.practices import practice
from belong.base.access import require
from belong.base.actions import action
from belong.base.audit import audit
from belong.base.clock import today
from belong.base.errors import Refused
from belong.people.models import Person, User


@action
def make_plan(
    actor: User,
    *,
    title: str,
    owner: Person,
    starts_on: date,
    review_on: date,
    practice_key: str = "",
    aim: str = "",
    steps: Sequence[tuple[str, date | None]] = (),
    gap: dict[str, Any] | None = None,
    wave: Any = None,
) -> Plan:
    """Make a plan. `gap` is the released gap it answers: measure, cut, group, label, difference, low, high.

    Raises Refused when the owner has left, the dates are the wrong way round or the practice is unknown.
    """
    require(actor, "act.make_plan")
    _check_dates(starts_on, review_on)
    _check_owner(owner)
    if practice_key and practice(practice_key) is None:
        raise Refused("That practice is not in the library. Choose one from the list.")
    gap = gap or {}
    plan = Plan.objects.create(
        school=actor.school,
        title=title,
        owner=owner,
        starts_on=starts_on,
        review_on=review_on,
        practice_key=practice_key,
        aim=aim,
        wave=wave,
        measure=gap.get("measure", ""),
        cut=gap.get("cut", ""),
        group=gap.get("group", ""),
        gap_at_start=gap,
    )
    _write_steps(plan, steps)
    audit(actor, "act.make_plan", plan, practice=practice_key)
    return plan


@action
def change_plan(
    actor: User, *, plan: Plan, title: str, aim: str, owner: Person, starts_on: date, review_on: date
) -> Plan:
    """Change the words, the owner or the dates of a plan under way."""
    require(actor, "act.change_plan", plan)
    _must_be_active(plan)
    _check_dates(starts_on, review_on)
    _check_owner(owner)
    plan.title, plan.aim, plan.owner = title, aim, owner
    plan.starts_on, plan.review_on = starts_on, review_on
    plan.save()
    audit(actor, "act.change_plan", plan)
    return plan


@action
def add_step(actor: User, *, plan: Plan, text: str, due_on: date | None = None) -> PlanStep:
    """Add a step at the end."""
    require(actor, "act.change_plan", plan)
    _must_be_active(plan)
    if not text.strip():
        raise Refused("Write what is to be done.")
    last = plan.steps.order_by("-order").first()
    order = last.order + 1 if last else 1
    step = PlanStep.objects.create(
        school=plan.school, plan=plan, order=order, text=text.strip()[:400], due_on=due_on
    )
    audit(actor, "act.add_step", plan)
    return step


@action
def mark_step(actor: User, *, step: PlanStep, done: bool) -> PlanStep:
    """Tick a step off, or take the tick back."""
    require(actor, "act.change_plan", step.plan)
    _must_be_active(step.plan)
    step.done_on = today() if done else None
    step.done_by = actor.person if done else None
    step.save(update_fields=["done_on", "done_by"])
    audit(actor, "act.mark_step", step.plan, step=step.pk, done=done)
    return step


@action
def remove_step(actor: User, *, step: PlanStep) -> dict[str, Any]:
    """Take a step away; returns what `restore_step` needs to bring it back."""
    require(actor, "act.change_plan", step.plan)
    _must_be_active(step.plan)
    kept = {
        "text": step.text,
        "order": step.order,
        "due_on": step.due_on.isoformat() if step.due_on else "",
        "done_on": step.done_on.isoformat() if step.done_on else "",
        "done_by": step.done_by_id,
    }
    removed = step.pk
    step.delete()
    audit(actor, "act.remove_step", step.plan, step=removed)
    return kept


@action
def restore_step(actor: User, *, plan: Plan, kept: dict[str, Any]) -> PlanStep:
    """Bring a removed step back to its place."""
    require(actor, "act.change_plan", plan)
    _must_be_active(plan)
    step = PlanStep.objects.create(
        school=plan.school,
        plan=plan,
        text=kept["text"],
        order=kept["order"],
        due_on=kept["due_on"] or None,
        done_on=kept["done_on"] or None,
        done_by_id=kept["done_by"],
    )
    audit(actor, "act.restore_step", plan, step=step.pk)
    return step


@action
def end_plan(actor: User, *, plan: Plan, state: str, learned: str) -> Plan:
    """Finish or stop a plan, with what was learned: a plan that ends without a word teaches nobody."""
    require(actor, "act.change_plan", plan)
    _must_be_active(plan)
    if state not in (Plan.DONE, Plan.STOPPED):
        raise Refused("Say whether the plan is done or stopped.")
    if not learned.strip():
        raise Refused("Write one line on what you learned, for whoever tries this next.")
    plan.state, plan.learned, plan.ended_on = state, learned.strip(), today()
    plan.save(update_fields=["state", "learned", "ended_on"])
    audit(actor, "act.end_plan", plan, state=state)
    return plan


@action
def reopen_plan(actor: User, *, plan: Plan) -> Plan:
    """Take an ending back."""
    require(actor, "act.change_plan", plan)
    if plan.is_active:
        raise Refused("This plan is under way.")
    plan.state, plan.ended_on = Plan.ACTIVE, None
    plan.save(update_fields=["state", "ended_on"])
    audit(actor, "act.reopen_plan", plan)
    return plan


def _check_dates(starts_on: date, review_on: date) -> None:
    if review_on <= starts_on:
        raise Refused("The review comes after the start. Change one of the two dates.")


def _check_owner(owner: Person) -> None:
    if owner.is_leaver or owner.kind != Person.STAFF:
        raise Refused("Choose an owner who works at the school now.")


def _must_be_active(plan: Plan) -> None:
    if not plan.is_active:
        raise Refused("This plan has ended. Reopen it to change it.")


def _write_steps(plan: Plan, steps: Sequence[tuple[str, date | None]]) -> None:
    rows = enumerate(((text.strip(), due) for text, due in steps if text.strip()), start=1)
    PlanStep.objects.bulk_create(
        PlanStep(school=plan.school, plan=plan, order=order, text=text[:400], due_on=due)
        for order, (text, due) in rows
    )
