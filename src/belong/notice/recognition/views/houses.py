"""Events of houses: planned by leaders, shown to staff on their days."""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from belong.base.access import require
from belong.base.clock import today
from belong.base.errors import Refused
from belong.notice.models import HouseEvent
from belong.notice.recognition import houses
from belong.notice.recognition.access import access_event
from belong.notice.recognition.forms import EventForm, ThanksForm
from belong.people.request import SignedIn
from belong.web.messages import noted


@login_required
@require_http_methods(["GET", "POST"])
def events(request: SignedIn) -> HttpResponse:
    """Opt in or out, plan an event."""
    require(request.user, "notice.hold_house_events")
    if request.method == "POST" and "opt" in request.POST:
        yes = request.POST["opt"] == "in"
        houses.set_opted_in(request.user, yes)
        noted(request, "Events of houses are on." if yes else "Events of houses are off.")
        return redirect("notice:house-events")
    form = EventForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            event = houses.plan_event(request.user, **form.cleaned_data)
        except Refused as refused:
            form.add_error(None, refused.reason)
        else:
            noted(request, f"Planned: {event.title}.")
            return redirect("notice:house-events")
    facts = {
        "opted_in": houses.opted_in(request.user.school),
        "houses": list(houses.houses()),
        "events": HouseEvent.objects.all()[:20],
        "today": today(),
        "form": form,
    }
    return render(request, "notice/recognition/house_events.html", facts, status=422 if form.errors else 200)


@login_required
@require_POST
def drop_event(request: SignedIn, event_id: int) -> HttpResponse:
    """Take an event out."""
    require(request.user, "notice.hold_house_events")
    event = get_object_or_404(HouseEvent.objects.all(), pk=event_id)
    houses.drop_event(request.user, event)
    noted(request, f"Taken out: {event.title}.")
    return redirect("notice:house-events")


@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def event(request: SignedIn, event_id: int) -> HttpResponse:
    """The houses by name with what was recognised in these days; thanks to a colleague."""
    found = access_event(request.user, event_id)
    if request.user.person is None or not houses.opted_in(request.user.school):
        raise Refused("The school does not hold events of houses now.")
    adults = houses.colleagues(request.user.person)
    form = ThanksForm(request.POST or None, event=found, adults=adults)
    if request.method == "POST" and form.is_valid():
        try:
            row = houses.thank(request.user, found, **form.cleaned_data)
        except Refused as refused:
            form.add_error(None, refused.reason)
        else:
            noted(request, f"Thanked: {row.adult.display_name}.")
            return redirect("notice:house-event", found.pk)
    facts = {
        "event": found,
        "totals": houses.totals(found),
        "form": form,
        "can_thank": adults.exists(),
        "thanks": found.thanks.select_related("adult", "by", "house")[:12],
    }
    return render(request, "notice/recognition/house_event.html", facts, status=422 if form.errors else 200)
