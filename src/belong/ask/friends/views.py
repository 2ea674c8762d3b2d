"""Asking whom pupils like to be with: telling families first, who is left out, and the two lists for the few."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from belong.ask.friends import actions
from belong.ask.friends.access import (
    access_friends_wave,
    access_left_out,
    access_pupil_to_leave_out,
    access_wave_to_tell,
    visible_left_out,
)
from belong.ask.friends.forms import ToldForm
from belong.ask.friends.queries import friends_waves, looking_at
from belong.ask.models import FamiliesTold, OptOut, Wave
from belong.ask.questionnaire import friends_items
from belong.ask.readers import contact
from belong.base.access import allowed, require
from belong.base.audit import audit
from belong.base.errors import Refused
from belong.measure.instrument import say
from belong.people.access import visible_pupils
from belong.people.models import Person
from belong.people.request import SignedIn

KEY = "friends"
MOST_SHOWN = 20


@never_cache
@login_required
@require_GET
def friends(request: SignedIn) -> HttpResponse:
    """Every asking about friends, what it still needs, and what may be read."""
    user = request.user
    require(user, "ask.see_friends")
    told = {one.wave_id: one for one in FamiliesTold.objects.all()}
    entries = [
        {"wave": wave, "told": told.get(wave.pk), "reads": allowed(user, "ask.read_friends_of", wave)}
        for wave in friends_waves(user)
    ]
    facts = {
        "entries": entries,
        "left": visible_left_out(user).count(),
        "may_plan": allowed(user, "ask.manage_waves"),
        "reads": allowed(user, "ask.read_friends"),
    }
    return render(request, "ask/friends/list.html", facts)


@never_cache
@login_required
@require_GET
def looking(request: SignedIn, wave_id: int) -> HttpResponse:
    """Whom nobody named and who named nobody. That it was read is noted."""
    wave = access_friends_wave(request.user, wave_id)
    found = looking_at(request.user, wave)
    if wave.is_closed:
        audit(request.user, "ask.read_friends", wave)
    return render(request, "ask/friends/looking.html", {"wave": wave, "found": found})


@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def families(request: SignedIn, wave_id: int) -> HttpResponse:
    """Note that families were told, and on which day."""
    wave = access_wave_to_tell(request.user, wave_id)
    may_note = allowed(request.user, "ask.tell_families", wave)
    form = ToldForm(request.POST or None)
    if request.method == "POST":
        require(request.user, "ask.tell_families", wave)
        if form.is_valid():
            try:
                actions.note_families_told(request.user, wave, **form.cleaned_data)
            except Refused as no:
                form.add_error(None, no.reason)
            else:
                messages.success(request, _("Noted: families were told."))
                return redirect("ask:friends")
    facts = {
        "wave": wave,
        "form": form,
        "may_note": may_note and wave.is_draft,
        "told": FamiliesTold.objects.filter(wave=wave).select_related("noted_by__person").first(),
    }
    return render(request, "ask/friends/families.html", facts, status=422 if form.errors else 200)


@never_cache
@login_required
@require_GET
def letter(request: SignedIn, wave_id: int) -> HttpResponse:
    """The letter to families, to print or to paste into a mail."""
    wave = access_wave_to_tell(request.user, wave_id)
    questions = [say(item.text) for item in friends_items(wave)]
    facts = {"wave": wave, "questions": questions, "contact": contact(), "school": wave.school}
    return render(request, "ask/friends/letter.html", facts)


@never_cache
@login_required
@require_GET
def left_out(request: SignedIn) -> HttpResponse:
    """Who is left out now, and finding a pupil who shall be."""
    require(request.user, "ask.see_friends")
    name = request.GET.get("name", "").strip()[:80]
    left = list(visible_left_out(request.user).select_related("pupil", "noted_by__person"))
    out = {one.pupil_id for one in left}
    people = (
        Person.objects.pupils().here()
        if allowed(request.user, "ask.manage_waves", Wave())
        else visible_pupils(request.user)
    )
    for word in name.split():
        people = people.filter(
            Q(given_name__icontains=word) | Q(family_name__icontains=word) | Q(preferred_name__icontains=word)
        )
    found = [(one, one.pk in out) for one in people[:MOST_SHOWN]] if name else []
    return render(request, "ask/friends/left_out.html", {"left": left, "name": name, "found": found})


@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def leave_out(request: SignedIn, pupil_id: int) -> HttpResponse:
    """Note that a pupil is left out from today."""
    pupil = access_pupil_to_leave_out(request.user, pupil_id)
    if request.method == "POST":
        actions.leave_out(request.user, pupil, asked_by=request.POST.get("asked_by", ""))
        messages.success(request, _("%(name)s is left out from today.") % {"name": pupil.display_name})
        return redirect("ask:left-out-of-friends")
    askers = [(OptOut.SELF, _("They said so themselves")), (OptOut.CARER, _("A carer said so for them"))]
    return render(request, "ask/friends/leave_out.html", {"pupil": pupil, "askers": askers})


@login_required
@require_POST
def end_left_out(request: SignedIn, left_id: int) -> HttpResponse:
    """A pupil is asked, and can be chosen, again."""
    left = access_left_out(request.user, left_id)
    actions.end_left_out(request.user, left)
    messages.success(request, _("%(name)s is asked again from today.") % {"name": left.pupil.display_name})
    return redirect("ask:left-out-of-friends")
