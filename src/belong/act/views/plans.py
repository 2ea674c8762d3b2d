"""Plans: the list, making one, changing it, ending it."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from belong.act import actions, queries
from belong.act.access import access_plan
from belong.act.aims import aim_for
from belong.act.followups import followup_of
from belong.act.forms import EndForm, PlanForm, StepForm
from belong.act.gaps import ReleasedGap
from belong.act.models import Plan
from belong.act.practices import practice as find_practice
from belong.act.practices import practices_for
from belong.act.views.asked import asked_gap, carry, tabs
from belong.ask.queries import waves
from belong.base.access import allowed, require
from belong.base.errors import Refused
from belong.people.request import SignedIn
from belong.web.messages import noted

PAGE = 24
SUGGESTED = 4
FIELDS = ("title", "aim", "owner", "starts_on", "review_on")


@login_required
@require_safe
def plans(request: SignedIn) -> HttpResponse:
    """Every plan of the school; `show` narrows to mine, under way or ended, `q` to words of the title."""
    require(request.user, "act.view_practices")
    show, words = request.GET.get("show", "all"), request.GET.get("q", "").strip()
    found = queries.plans_shown(show, request.user.person, words)
    context = {
        "tabs": tabs("act:plans"),
        "page": Paginator(found, PAGE).get_page(request.GET.get("page")),
        "show": show,
        "q": words,
        "may_plan": allowed(request.user, "act.make_plan"),
    }
    return render(request, "act/plans.html", context)


@login_required
def new_plan(request: SignedIn) -> HttpResponse:
    """Make a plan, for a released gap or for none."""
    require(request.user, "act.make_plan")
    gap = asked_gap(request)
    chosen = find_practice(request.POST.get("practice") or request.GET.get("practice", ""))
    form = PlanForm(request.POST or None, practice=chosen, leader=request.user.person)
    if gap:
        form.fields["aim"].initial = aim_for(gap)
    if form.is_valid() and (made := _make(request, form, gap)):
        noted(request, f"Plan made: {made.title}")
        return redirect("act:plan", made.pk)
    phase = request.user.school.phase
    phase = phase if phase in ("primary", "secondary") else ""
    context = {
        "form": form,
        "gap": gap,
        "is_gap_unknown": "wave" in request.GET and gap is None,
        "suggestions": practices_for(part=gap.part, phase=phase)[:SUGGESTED] if gap else [],
        "carry": carry(gap, request),
        "chosen": chosen,
    }
    return render(request, "act/new_plan.html", context)


@login_required
@require_safe
def plan(request: SignedIn, plan_id: int) -> HttpResponse:
    """One plan: its gap then and now, its steps, how it ended."""
    return plan_page(request, access_plan(request.user, plan_id))


@login_required
def edit_plan(request: SignedIn, plan_id: int) -> HttpResponse:
    """Change words, owner and dates."""
    found = access_plan(request.user, plan_id, "act.change_plan")
    form = PlanForm(request.POST or None, initial={name: getattr(found, name) for name in FIELDS}, new=False)
    if form.is_valid():
        try:
            actions.change_plan(
                request.user, plan=found, **{name: form.cleaned_data[name] for name in FIELDS}
            )
        except Refused as refusal:
            form.add_error(None, refusal.reason)
        else:
            noted(request, "Plan changed")
            return redirect("act:plan", found.pk)
    return render(request, "act/edit_plan.html", {"form": form, "plan": found})


@login_required
@require_POST
def end_plan(request: SignedIn, plan_id: int) -> HttpResponse:
    """Finish or stop a plan."""
    found = access_plan(request.user, plan_id, "act.change_plan")
    form = EndForm(request.POST)
    if not form.is_valid():
        return plan_page(request, found, end_form=form)
    actions.end_plan(request.user, plan=found, **form.cleaned_data)
    undo = reverse("act:reopen-plan", args=[found.pk])
    noted(request, f"{found.title}: {found.get_state_display()}", undo_url=undo)
    return redirect("act:plan", found.pk)


@login_required
@require_POST
def reopen_plan(request: SignedIn, plan_id: int) -> HttpResponse:
    """Take an ending back."""
    found = access_plan(request.user, plan_id, "act.change_plan")
    actions.reopen_plan(request.user, plan=found)
    return redirect("act:plan", found.pk)


def plan_page(request: SignedIn, found: Plan, **forms: Any) -> HttpResponse:
    """The page of a plan; `step_form` or `end_form` come back from a POST with what was wrong."""
    context = {
        "plan": found,
        "steps": found.steps.select_related("done_by"),
        "practice": find_practice(found.practice_key),
        "may_change": allowed(request.user, "act.change_plan", found),
        "step_form": StepForm(),
        "end_form": EndForm(),
        "again": followup_of(request.user, found),
    }
    return render(request, "act/plan.html", context | forms)


def _make(request: SignedIn, form: PlanForm, gap: ReleasedGap | None) -> Plan | None:
    words = form.cleaned_data
    try:
        return actions.make_plan(
            request.user,
            **{name: words[name] for name in FIELDS},
            practice_key=words["practice"],
            steps=form.step_lines(),
            gap=gap.facts() if gap else None,
            wave=waves().get(pk=gap.wave_id) if gap else None,
        )
    except Refused as refusal:
        form.add_error(None, refusal.reason)
        return None
