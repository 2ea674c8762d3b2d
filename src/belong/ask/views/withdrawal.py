"""Taking one person's answers out."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from belong.ask import actions
from belong.ask.access import access_wave_to_manage
from belong.ask.queries import everyone_of
from belong.people.request import SignedIn

MOST_SHOWN = 20


@login_required
@require_http_methods(["GET", "POST"])
def withdraw(request: SignedIn, wave_id: int) -> HttpResponse:
    """Find a person by name and delete what is held with their name or code."""
    wave = access_wave_to_manage(request.user, wave_id)
    people = everyone_of(wave)
    if request.method == "POST":
        given = request.POST.get("person", "")
        person = get_object_or_404(people, pk=int(given) if given.isdigit() and len(given) < 18 else 0)
        actions.withdraw_answers(request.user, wave, person)
        messages.success(
            request, f"Whatever was held with the name or code of {person.display_name} is deleted."
        )
        return redirect("ask:wave", wave.pk)
    name = request.GET.get("name", "").strip()[:80]
    for word in name.split():
        people = people.filter(
            Q(given_name__icontains=word) | Q(family_name__icontains=word) | Q(preferred_name__icontains=word)
        )
    found = list(people[:MOST_SHOWN]) if name else []
    return render(request, "ask/withdraw.html", {"wave": wave, "name": name, "found": found})
