"""One class in one wave: cards, numbers and class sessions."""

from hashlib import sha256
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from belong.ask import actions
from belong.ask.access import access_class, access_session, access_wave
from belong.ask.mailing import link
from belong.ask.models import ClassSession, Device, Pin, Ticket, Wave
from belong.ask.qr import qr
from belong.ask.queries import still_to_call, wave_progress
from belong.ask.queries.progress import in_class
from belong.people.models import Group
from belong.people.request import SignedIn

STOP_POLLING = 286  # htmx's own status: show this, and ask no more


@login_required
@require_GET
def class_(request: SignedIn, wave_id: int, group_id: int) -> HttpResponse:
    """Ways in for one class: a session now, cards, numbers; and one pupil's new card or number."""
    wave, group = access_wave(request.user, wave_id), access_class(request.user, group_id)
    pupils = in_class(wave, group)
    pins = Pin.objects.filter(person__in=pupils)
    facts = {
        "wave": wave,
        "group": group,
        "pupils": pupils,
        "progress": next(iter(wave_progress(wave, [group]).classes), None) if wave.is_open else None,
        "without_number": len(pupils) - pins.count(),
        "have_cards": Ticket.objects.filter(wave=wave, person__in=pupils).exists(),
        "session": ClassSession.objects.filter(wave=wave, group=group, closed=False).order_by("-pk").first(),
    }
    return render(request, "ask/class.html", facts)


@never_cache
@login_required
@require_POST
def cards(request: SignedIn, wave_id: int, group_id: int) -> HttpResponse:
    """Print new cards for the class; the cards printed before stop working."""
    wave, group = access_wave(request.user, wave_id), access_class(request.user, group_id)
    return _print_cards(request, wave, group, actions.issue_cards(request.user, wave, group))


@never_cache
@login_required
@require_POST
def card(request: SignedIn, wave_id: int, group_id: int, person_id: int) -> HttpResponse:
    """Print one pupil's new card."""
    wave, group = access_wave(request.user, wave_id), access_class(request.user, group_id)
    return _print_cards(request, wave, group, [actions.issue_card(request.user, wave, group, person_id)])


def _print_cards(request: SignedIn, wave: Wave, group: Group, made: list[actions.Card]) -> HttpResponse:
    base = request.build_absolute_uri("/")
    printed = [(card.person, qr(link(base, card.token))) for card in made]
    facts = {"wave": wave, "group": group, "cards": printed, "host": request.get_host()}
    return render(request, "ask/cards.html", facts)


@never_cache
@login_required
@require_POST
def numbers(request: SignedIn, group_id: int) -> HttpResponse:
    """Print new numbers for the class, or only for those who have none."""
    group = access_class(request.user, group_id)
    made = actions.make_pins(request.user, group, only_missing="missing" in request.POST)
    return render(request, "ask/numbers.html", {"group": group, "made": made})


@never_cache
@login_required
@require_POST
def number(request: SignedIn, group_id: int, person_id: int) -> HttpResponse:
    """One pupil's new number: inside a running session as a line, else as a page."""
    group = access_class(request.user, group_id)
    person, made = actions.make_pin(request.user, group, person_id)
    template = "ask/_number_made.html" if request.htmx else "ask/numbers.html"
    return render(
        request, template, {"group": group, "made": [(person, made)], "person": person, "number": made}
    )


@login_required
@require_POST
def open_session(request: SignedIn, wave_id: int, group_id: int) -> HttpResponse:
    """Open a class session, or go to the one that is running."""
    wave, group = access_wave(request.user, wave_id), access_class(request.user, group_id)
    return redirect("ask:session", actions.open_class_session(request.user, wave, group).pk)


@never_cache
@login_required
@require_GET
def session(request: SignedIn, session_id: int) -> HttpResponse:
    """The teacher's page of a class session; its live part is fetched every few seconds."""
    try:
        found = access_session(request.user, session_id)
    except Http404:
        if not request.htmx:
            raise
        # Gone with its wave, or never this teacher's: the same words, and an open page stops asking.
        return render(request, "ask/session.html#gone", status=STOP_POLLING)
    facts = _session_facts(request, found)
    if not request.htmx:
        return render(request, "ask/session.html", facts)
    if request.GET.get("seen") == facts["stamp"]:
        return HttpResponse(status=204)
    return render(request, "ask/session.html#live", facts)


def _session_facts(request: SignedIn, session: ClassSession) -> dict[str, Any]:
    """What the page shows. `stamp` changes when that does: while it is the same, the page is left as it stands,
    so that nobody's keyboard focus jumps every three seconds."""
    devices = list(Device.objects.filter(session=session).order_by("pk"))
    to_call = still_to_call(session)
    known = f"{session.is_live} {[(d.pk, d.admitted) for d in devices]} {[pupil.pk for pupil in to_call]}"
    return {
        "stamp": sha256(known.encode()).hexdigest()[:16],
        "session": session,
        "wave": session.wave,
        "group": session.group,
        "at_door": [device for device in devices if not device.admitted],
        "inside": sum(1 for device in devices if device.admitted),
        "to_call": to_call,
        "progress": next(iter(wave_progress(session.wave, [session.group]).classes), None),
        "host": request.get_host(),
        "join_url": request.build_absolute_uri(reverse("ask:code")),
    }


@login_required
@require_POST
def let_in(request: SignedIn, session_id: int) -> HttpResponse:
    """Let one device in, or all that wait."""
    found = access_session(request.user, session_id)
    device = request.POST.get("device", "")
    actions.let_in(request.user, found, int(device) if device.isdigit() else None)
    return _back_to(request, found)


@login_required
@require_POST
def turn_away(request: SignedIn, session_id: int) -> HttpResponse:
    """Send a device back to the code."""
    found = access_session(request.user, session_id)
    device = request.POST.get("device", "")
    if device.isdigit():
        actions.turn_away(request.user, found, int(device))
    return _back_to(request, found)


def _back_to(request: SignedIn, session: ClassSession) -> HttpResponse:
    if request.htmx:
        return render(request, "ask/session.html#live", _session_facts(request, session))
    return redirect("ask:session", session.pk)


@login_required
@require_POST
def end_session(request: SignedIn, session_id: int) -> HttpResponse:
    """End a class session."""
    found = access_session(request.user, session_id)
    actions.close_class_session(request.user, found)
    return redirect("ask:class", found.wave_id, found.group_id)


@never_cache
@login_required
@require_GET
def board(request: SignedIn, session_id: int) -> HttpResponse:
    """For the projector: the code, its QR code and how many have answered; no names."""
    found = access_session(request.user, session_id)
    address = request.build_absolute_uri(reverse("ask:code"))
    facts = _session_facts(request, found) | {"qr": qr(f"{address}?{urlencode({'code': found.code})}")}
    return render(request, "ask/board.html", facts)
