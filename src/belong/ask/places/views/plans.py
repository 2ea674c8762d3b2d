"""Keeping plans: a picture or squared paper, and the places on it."""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from belong.ask.models import PlaceArea, PlacePlan
from belong.ask.places import plans
from belong.ask.places.access import access_plan
from belong.ask.places.drawing import plan_of
from belong.ask.places.forms import AreaForm, PlanForm
from belong.base.access import require
from belong.base.errors import Refused
from belong.people.request import SignedIn
from belong.web.messages import noted


@login_required
@require_http_methods(["GET", "POST"])
def new(request: SignedIn) -> HttpResponse:
    """A new plan."""
    require(request.user, "ask.manage_places")
    form = PlanForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = plans.make_plan(request.user, **form.cleaned_data)
        except Refused as no:
            form.add_error("picture", no.reason)
        else:
            return redirect("ask:place-plan", made.pk)
    return render(request, "ask/places/new_plan.html", {"form": form}, status=422 if form.errors else 200)


@login_required
@require_http_methods(["GET", "POST"])
def plan(request: SignedIn, plan_id: int) -> HttpResponse:
    """The plan with its places; by POST another place."""
    found = access_plan(request.user, plan_id)
    form = AreaForm(request.POST or None, plan=found)
    if request.method == "POST" and form.is_valid():
        try:
            made = plans.add_area(request.user, found, name=form.cleaned_data["name"], box=form.box)
        except Refused as no:
            form.add_error(None, no.reason)
        else:
            noted(request, _("Added: %(name)s.") % {"name": made.name})
            return redirect("ask:place-plan", found.pk)
    return _plan_page(request, found, form)


@login_required
@require_http_methods(["GET", "POST"])
def change(request: SignedIn, plan_id: int) -> HttpResponse:
    """Another name or picture."""
    found = access_plan(request.user, plan_id)
    form = PlanForm(request.POST or None, request.FILES or None, initial={"title": found.title})
    if request.method == "POST" and form.is_valid():
        try:
            plans.change_plan(request.user, found, **form.cleaned_data)
        except Refused as no:
            form.add_error("picture", no.reason)
        else:
            noted(request, _("Changed."))
            return redirect("ask:place-plan", found.pk)
    facts = {"form": form, "plan": found}
    return render(request, "ask/places/change_plan.html", facts, status=422 if form.errors else 200)


@login_required
@require_http_methods(["GET", "POST"])
def area(request: SignedIn, plan_id: int, area_id: int) -> HttpResponse:
    """Another name or spot for one place."""
    found = access_plan(request.user, plan_id)
    one = get_object_or_404(PlaceArea.objects.filter(plan=found), pk=area_id)
    form = AreaForm(request.POST or None, plan=found, initial=AreaForm.given(found, one))
    if request.method == "POST" and form.is_valid():
        box = form.box or (one.left, one.top, one.width, one.height)
        try:
            plans.change_area(request.user, one, name=form.cleaned_data["name"], box=box)
        except Refused as no:
            form.add_error(None, no.reason)
        else:
            noted(request, _("Changed: %(name)s.") % {"name": one.name})
            return redirect("ask:place-plan", found.pk)
    return _plan_page(request, found, form, one)


@login_required
@require_POST
def remove(request: SignedIn, plan_id: int, area_id: int) -> HttpResponse:
    """Take a place off the plan."""
    found = access_plan(request.user, plan_id)
    one = get_object_or_404(PlaceArea.objects.filter(plan=found), pk=area_id)
    plans.remove_area(request.user, one)
    noted(request, _("Taken off: %(name)s.") % {"name": one.name})
    return redirect("ask:place-plan", found.pk)


def _plan_page(
    request: SignedIn, found: PlacePlan, form: AreaForm, one: PlaceArea | None = None
) -> HttpResponse:
    facts = {
        "plan": found,
        "drawn": plan_of(found),
        "areas": list(found.areas.all()),
        "form": form,
        "area": one,
    }
    return render(request, "ask/places/plan.html", facts, status=422 if form.errors else 200)
