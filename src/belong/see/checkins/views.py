"""The pages of figures from check-ins."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from belong.base.access import require
from belong.people.request import SignedIn
from belong.see.checkins.queries import charts_of, check_ins_with_figures, rounds_of


@login_required
@require_safe
def check_ins(request: SignedIn) -> HttpResponse:
    """The check-ins that have figures."""
    require(request.user, "see.view_check_ins")
    return render(request, "see/checkins/list.html", {"check_ins": check_ins_with_figures()})


@login_required
@require_safe
def check_in(request: SignedIn, check_in_id: int) -> HttpResponse:
    """One check-in, question by question over its rounds."""
    require(request.user, "see.view_check_ins")
    found = next((one for one in check_ins_with_figures() if one.pk == check_in_id), None)
    if found is None:
        raise Http404
    rounds = rounds_of(found)
    facts = {"check_in": found, "charts": charts_of(rounds), "rounds": rounds}
    return render(request, "see/checkins/check_in.html", facts)
