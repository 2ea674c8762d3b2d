"""Erasing a person: what would go, then the doing."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from belong.base.audit import audit
from belong.base.errors import Refused
from belong.guard.rights.access import access_person_to
from belong.guard.rights.erasure import erase, plan
from belong.guard.rights.forms import WhyForm
from belong.people.confirming import password_again
from belong.people.request import SignedIn


@never_cache
@login_required
@password_again
@require_http_methods(["GET", "POST"])
def erase_person(request: SignedIn, person_id: int) -> HttpResponse:
    """What would go and what stays; with a reason, it goes."""
    person = access_person_to(request.user, "guard.erase", person_id)
    form = WhyForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        name = person.display_name
        try:
            rows = erase(request.user, person, why=form.cleaned_data["why"])
        except Refused as no:
            form.add_error(None, no.reason)
        else:
            messages.success(request, f"{name} is erased: {rows} records went.")
            return redirect("guard:home")
    found = plan(person)
    answer = render(
        request,
        "guard/rights/erase.html",
        {"plan": found, "person": person, "form": form},
        status=422 if form.errors else 200,
    )
    if request.method == "GET":
        audit(request.user, "guard.look_erase", person)
    return answer
