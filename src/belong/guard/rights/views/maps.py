"""The data map and the impact assessment on screen."""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from belong.base.access import require
from belong.guard import signing_off
from belong.guard.rights import dpia
from belong.guard.rights.datamap import rooms
from belong.guard.rights.retention import terms
from belong.people.request import SignedIn


@login_required
@require_GET
def data_map(request: SignedIn) -> HttpResponse:
    """Every table: about whom, why, who sees it, how long; nothing of what is in them."""
    require(request.user, "guard.read_data_map")
    kept = {term.clock.key: term.words for term in terms(request.user.school)}
    return render(request, "guard/rights/data_map.html", {"rooms": rooms(kept)})


@login_required
@require_GET
def assessment(request: SignedIn) -> HttpResponse:
    """The impact assessment, to be printed and finished by the school."""
    require(request.user, "guard.read_data_map")
    facts = {"parts": dpia.parts(), "school": request.user.school, "signed": signing_off.standing()}
    return render(request, "guard/rights/dpia.html", facts)
