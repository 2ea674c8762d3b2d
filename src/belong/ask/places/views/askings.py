"""Asking about places: the list, planning one, opening and closing it, getting a class in, words for the few."""

from datetime import timedelta

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from belong.ask.access import access_class, classes_to_run
from belong.ask.actions import open_activity_session
from belong.ask.activities import PLACE
from belong.ask.budget import sum_with
from belong.ask.models import PlacePlan
from belong.ask.places import actions
from belong.ask.places.access import access_asking, access_asking_to_manage, access_asking_to_read
from belong.ask.places.drawing import plan_of
from belong.ask.places.forms import AskingForm
from belong.ask.places.queries import askings, class_counts, words_for
from belong.base.access import allowed, require
from belong.base.audit import audit
from belong.base.clock import today
from belong.base.errors import Refused
from belong.people.queries import year_label
from belong.people.request import SignedIn
from belong.web.messages import noted


@login_required
@require_GET
def places(request: SignedIn) -> HttpResponse:
    """Every asking, and the school's plans."""
    require(request.user, "ask.view_places")
    manages = allowed(request.user, "ask.manage_places")
    found = list(PlacePlan.objects.defer("picture").prefetch_related("areas")) if manages else []
    facts = {"askings": askings(request.user), "plans": found, "manages": manages}
    return render(request, "ask/places/list.html", facts)


@login_required
@require_http_methods(["GET", "POST"])
def new(request: SignedIn) -> HttpResponse:
    """Plan an asking."""
    require(request.user, "ask.manage_places")
    plans = list(PlacePlan.objects.defer("picture"))
    if not plans:
        return redirect("ask:new-place-plan")
    days = {"opens_on": today(), "closes_on": today() + timedelta(days=13)}
    form = AskingForm(request.POST or None, plans=plans, initial=days)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        plan = next(one for one in plans if str(one.pk) == given.pop("plan"))
        made = actions.draft_asking(request.user, plan, **given)
        return redirect("ask:place-asking", made.pk)
    return render(request, "ask/places/new.html", {"form": form}, status=422 if form.errors else 200)


@never_cache
@login_required
@require_GET
def asking(request: SignedIn, asking_id: int) -> HttpResponse:
    """One asking: what stands in the way, how classes stand, what was released."""
    user = request.user
    found = access_asking(user, asking_id)
    manages = allowed(user, "ask.manage_places", found)
    mine = set(classes_to_run(user, found.years).values_list("pk", flat=True))
    counts = class_counts(found) if found.takes_answers else []
    budget = sum_with(found) if manages and found.is_draft else None
    facts = {
        "asking": found,
        "drawn": plan_of(found.plan, None if found.is_draft else found.places),
        "years": ", ".join(year_label(year) for year in found.years),
        "manages": manages,
        "reasons": actions.what_stands_in_the_way(found) if manages and found.is_draft else [],
        "budget": budget,
        "may_go_over": budget is not None and allowed(user, "ask.go_over_budget"),
        "classes": [one for one in counts if one.group_id in mine],
        "reads": allowed(user, "ask.read_place_words", found) and not found.is_draft and found.with_words,
    }
    return render(request, "ask/places/asking.html", facts)


@login_required
@require_POST
def open_(request: SignedIn, asking_id: int) -> HttpResponse:
    """Open it."""
    found = access_asking_to_manage(request.user, asking_id)
    try:
        actions.open_asking(request.user, found, override_reason=request.POST.get("reason", "")[:400])
    except Refused:
        return redirect("ask:place-asking", found.pk)  # its page says what stands in the way
    noted(request, _("It is open. Pupils can answer."))
    return redirect("ask:place-asking", found.pk)


@login_required
@require_POST
def close(request: SignedIn, asking_id: int) -> HttpResponse:
    """Close it, and release what can be shown."""
    found = access_asking_to_manage(request.user, asking_id)
    actions.close_asking(request.user, found)
    noted(request, _("It is closed."))
    return redirect("ask:place-asking", found.pk)


@login_required
@require_POST
def discard(request: SignedIn, asking_id: int) -> HttpResponse:
    """Throw a draft away."""
    found = access_asking_to_manage(request.user, asking_id)
    actions.discard_asking(request.user, found)
    noted(request, _("The draft is gone."))
    return redirect("ask:places")


@login_required
@require_POST
def session(request: SignedIn, asking_id: int, group_id: int) -> HttpResponse:
    """Get a class in and answering."""
    found, group = access_asking(request.user, asking_id), access_class(request.user, group_id)
    return redirect("ask:session", open_activity_session(request.user, group, PLACE, found.pk).pk)


@never_cache
@login_required
@require_GET
def words(request: SignedIn, asking_id: int) -> HttpResponse:
    """What pupils wrote, for those who read in confidence. Read on purpose, and noted."""
    found = access_asking_to_read(request.user, asking_id)
    said = words_for(request.user, found)
    new_ones = [one for one in said if request.user.person_id not in one.read_by]
    facts = {"asking": found, "said": said, "new": {one.pk for one in new_ones}}
    page = render(request, "ask/places/words.html", facts)
    for one in new_ones:
        one.read_by = [*one.read_by, request.user.person_id]
        one.save(update_fields=["read_by"])
    audit(request.user, "ask.read_place_words", found)
    return page
