"""How long things are kept, and holds."""

from django.apps import apps
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from belong.base.access import allowed, require
from belong.base.errors import Refused
from belong.guard.models import LegalHold
from belong.guard.rights import holds, retention
from belong.guard.rights.access import access_hold, access_person_to
from belong.guard.rights.forms import HoldForm, WhyForm
from belong.people.request import SignedIn


@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def kept(request: SignedIn) -> HttpResponse:
    """Every clock with the school's term, and what is overdue today; POST sets one term."""
    user = request.user
    require(user, "guard.set_retention" if request.method == "POST" else "guard.read_retention")
    if request.method == "POST":
        given = request.POST.get("days", "").strip()
        if not given.isascii() or not given.isdigit() or len(given) > 5:
            raise Refused("How many days? A whole number, please.")
        retention.set_term(user, request.POST.get("key", ""), int(given))
        messages.success(request, "Kept from now on for that long.")
        return redirect("guard:retention")
    overdue = {one.term.clock.key: one for one in retention.look(user.school)}
    rows = [(term, overdue.get(term.clock.key)) for term in retention.terms(user.school)]
    context = {"rows": rows, "may_set": allowed(user, "guard.set_retention")}
    return render(request, "guard/rights/retention.html", context)


@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def held(request: SignedIn) -> HttpResponse:
    """The holds, standing and lifted; POST places one on a wave."""
    require(request.user, "guard.place_hold")
    titles = dict(_waves())
    form = HoldForm(list(titles.items()), request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            holds.place_hold(request.user, wave=form.cleaned_data["wave"], reason=form.cleaned_data["reason"])
        except Refused as no:
            form.add_error(None, no.reason)
        else:
            messages.success(request, "Nothing of this wave goes now.")
            return redirect("guard:holds")
    rows = LegalHold.objects.select_related("person", "placed_by__person", "lifted_by__person")
    named = [(row, row.person or titles.get(row.wave_number, f"wave {row.wave_number}")) for row in rows]
    context = {"form": form, "rows": named, "has_waves": bool(titles)}
    return render(request, "guard/rights/holds.html", context, status=422 if form.errors else 200)


@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def hold_person(request: SignedIn, person_id: int) -> HttpResponse:
    """Place a hold on a person."""
    person = access_person_to(request.user, "guard.place_hold", person_id)
    form = WhyForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            holds.place_hold(request.user, person=person, reason=form.cleaned_data["why"])
        except Refused as no:
            form.add_error(None, no.reason)
        else:
            messages.success(request, f"Nothing about {person.display_name} goes now.")
            return redirect("guard:holds")
    context = {"form": form, "person": person}
    return render(request, "guard/rights/hold_person.html", context, status=422 if form.errors else 200)


@login_required
@require_POST
def lift(request: SignedIn, hold_id: int) -> HttpResponse:
    """Lift a hold."""
    holds.lift_hold(request.user, access_hold(request.user, hold_id))
    messages.success(request, "The hold is lifted.")
    return redirect("guard:holds")


def _waves() -> list[tuple[int, str]]:
    """Waves by number and title; they live in a room above, so they are asked for by name."""
    waves = apps.get_model("ask.Wave").objects.exclude(state="draft")
    return [(wave.pk, f"{wave.title} ({wave.opens_on:%B %Y})") for wave in waves]
