"""Who does not take part: the list, finding somebody, noting it, ending it."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from belong.ask.access import access_opt_out, access_person_to_opt_out, visible_opt_outs
from belong.ask.actions.optout import opt_back_in, opt_out
from belong.ask.models import OptOut, Wave
from belong.base.access import allowed, require
from belong.people.access import visible_pupils
from belong.people.models import Person, User
from belong.people.request import SignedIn

MOST_SHOWN = 20


@never_cache
@login_required
@require_GET
def opt_outs(request: SignedIn) -> HttpResponse:
    """Who does not take part now, and finding somebody who will not."""
    require(request.user, "ask.note_opt_outs")
    name = request.GET.get("name", "").strip()[:80]
    opted = list(visible_opt_outs(request.user).select_related("person", "noted_by__person"))
    out = {one.person_id for one in opted}
    found = [(person, person.pk in out) for person in _named(request.user, name)[:MOST_SHOWN]] if name else []
    return render(request, "ask/opt_outs.html", {"opted": opted, "name": name, "found": found})


@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def new_opt_out(request: SignedIn, person_id: int) -> HttpResponse:
    """Note that one person does not take part from today."""
    person = access_person_to_opt_out(request.user, person_id)
    if request.method == "POST":
        opt_out(request.user, person=person, asked_by=request.POST.get("asked_by", ""))
        messages.success(request, f"{person.display_name} is not asked from today.")
        return redirect("ask:opt-outs")
    may_withdraw = allowed(request.user, "people.view_roster") and allowed(
        request.user, "ask.manage_waves", Wave()
    )
    waves = Wave.objects.exclude(state=Wave.DRAFT)[:6] if may_withdraw else []
    return render(request, "ask/opt_out.html", {"person": person, "askers": _askers(person), "waves": waves})


@login_required
@require_POST
def end_opt_out(request: SignedIn, opt_out_id: int) -> HttpResponse:
    """Somebody takes part again."""
    opted = access_opt_out(request.user, opt_out_id)
    opt_back_in(request.user, opted)
    messages.success(request, f"{opted.person.display_name} is asked again from today.")
    return redirect("ask:opt-outs")


def _named(user: User, name: str) -> QuerySet[Person]:
    """People here whose name has every word, among those the viewer may note it for."""
    found = Person.objects.here() if allowed(user, "ask.manage_waves", Wave()) else visible_pupils(user)
    for word in name.split():
        found = found.filter(
            Q(given_name__icontains=word) | Q(family_name__icontains=word) | Q(preferred_name__icontains=word)
        )
    return found


def _askers(person: Person) -> list[tuple[str, str]]:
    first = "They said so themselves"
    if person.kind != Person.PUPIL:
        return [(OptOut.SELF, first)]
    return [(OptOut.SELF, first), (OptOut.CARER, "A carer said so for them")]
