"""The steps of a plan: add, tick, take away, bring back."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from belong.act import actions
from belong.act.access import access_plan
from belong.act.forms import StepForm
from belong.act.models import Plan, PlanStep
from belong.act.views.plans import plan_page
from belong.base.errors import Refused
from belong.people.request import SignedIn
from belong.web.messages import noted

REMOVED = "act.removed_step"


@login_required
@require_POST
def add_step(request: SignedIn, plan_id: int) -> HttpResponse:
    """Add a step at the end."""
    found = access_plan(request.user, plan_id, "act.change_plan")
    form = StepForm(request.POST)
    if not form.is_valid():
        return plan_page(request, found, step_form=form)
    actions.add_step(request.user, plan=found, **form.cleaned_data)
    return _back(found)


@login_required
@require_POST
def mark_step(request: SignedIn, plan_id: int, step_id: int) -> HttpResponse:
    """Tick a step, or take the tick back."""
    found = access_plan(request.user, plan_id, "act.change_plan")
    actions.mark_step(request.user, step=_step(found, step_id), done=request.POST.get("done") == "yes")
    return _back(found)


@login_required
@require_POST
def remove_step(request: SignedIn, plan_id: int, step_id: int) -> HttpResponse:
    """Take a step away. What it said is kept in the session until the next one goes, for Undo."""
    found = access_plan(request.user, plan_id, "act.change_plan")
    kept = actions.remove_step(request.user, step=_step(found, step_id))
    request.session[REMOVED] = kept | {"plan": found.pk}
    noted(request, "Step removed", undo_url=reverse("act:restore-step", args=[found.pk]))
    return _back(found)


@login_required
@require_POST
def restore_step(request: SignedIn, plan_id: int) -> HttpResponse:
    """Bring back the step that was removed last."""
    found = access_plan(request.user, plan_id, "act.change_plan")
    kept = request.session.get(REMOVED)
    if not kept or kept["plan"] != found.pk:
        raise Refused("There is no removed step to bring back. Add it again below.")
    actions.restore_step(request.user, plan=found, kept=kept)
    del request.session[REMOVED]
    return _back(found)


def _step(plan: Plan, step_id: int) -> PlanStep:
    step = PlanStep.objects.filter(plan=plan, pk=step_id).select_related("plan").first()
    if step is None:
        raise Http404
    return step


def _back(plan: Plan) -> HttpResponse:
    return redirect(f"{reverse('act:plan', args=[plan.pk])}#steps")
