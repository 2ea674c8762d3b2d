"""The practice library."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from belong.act import queries
from belong.act.forms import PracticeFilter
from belong.act.practices import practice as find_practice
from belong.act.practices import practices_for
from belong.act.views.asked import asked_gap, carry, tabs
from belong.base.access import allowed, require
from belong.people.request import SignedIn


@login_required
@require_safe
def practices(request: SignedIn) -> HttpResponse:
    """The library, filtered and in an order of the reader's choice; a part chosen puts what serves it most first."""
    require(request.user, "act.view_practices")
    form = PracticeFilter(request.GET)
    wanted = form.cleaned_data if form.is_valid() else {}
    found = practices_for(
        part=wanted.get("part", ""),
        phase=wanted.get("phase", ""),
        cost=wanted.get("cost", ""),
        words=wanted.get("q", ""),
        audience=wanted.get("audience", ""),
        sort=wanted.get("sort", ""),
    )
    gap = asked_gap(request)
    context = {
        "tabs": tabs("act:practices"),
        "form": form,
        "found": found,
        "gap": gap,
        "carry": carry(gap, request),
    }
    return render(request, "act/practices.html", context)


@login_required
@require_safe
def practice(request: SignedIn, key: str) -> HttpResponse:
    """One practice: steps, what to say, evidence with its limits, how to see whether it helped."""
    require(request.user, "act.view_practices")
    found = find_practice(key)
    if found is None:
        raise Http404
    gap = asked_gap(request)
    context = {
        "practice": found,
        "related": [other for key in found.data["related"] if (other := find_practice(key))],
        "plans": queries.plans_with(found.key),
        "may_plan": allowed(request.user, "act.make_plan"),
        "gap": gap,
        "carry": carry(gap, request),
    }
    return render(request, "act/practice.html", context)
