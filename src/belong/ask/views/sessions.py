"""A class session as the teacher runs it: who waits at the door, who is still to call, and what goes wrong."""

from datetime import timedelta
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
from belong.ask.activities import activity
from belong.ask.entrance import with_pictures
from belong.ask.models import ClassSession, Device, Pin
from belong.ask.pictures import pictures_in
from belong.ask.qr import qr
from belong.ask.queries import wave_progress
from belong.ask.queries.progress import ToCall, to_call
from belong.ask.views.classes import print_cards
from belong.base.clock import now
from belong.base.errors import Refused
from belong.people.models import Person
from belong.people.request import SignedIn

STOP_POLLING = 286  # htmx's own status: show this, and ask no more
SOON = timedelta(minutes=5)


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
    facts = _facts(request, found)
    if not request.htmx:
        return render(request, "ask/session.html", facts)
    if request.GET.get("seen") == facts["stamp"]:
        return HttpResponse(status=204)
    return render(request, "ask/session.html#live", facts)


def _facts(request: SignedIn, session: ClassSession) -> dict[str, Any]:
    """What the page shows. `stamp` changes when that does: while it is the same, the page is left as it stands,
    so that nobody's keyboard focus jumps every three seconds."""
    devices = list(Device.objects.filter(session=session).order_by("pk"))
    calling = to_call(session)
    soon = session.is_live and session.expires_at - now() < SOON
    seen = (
        session.is_live,
        str(session.expires_at),
        soon,
        [(device.pk, device.admitted) for device in devices],
        [[person.pk for person in people] for people in (calling.here, calling.away)],
    )
    return _about(session) | {
        "stamp": sha256(str(seen).encode()).hexdigest()[:16],
        "session": session,
        "group": session.group,
        "soon": soon,
        "may_prolong": not session.closed
        and session.expires_at < session.opened_at + actions.sessions.LONGEST,
        "at_door": [device for device in devices if not device.admitted],
        "inside": sum(1 for device in devices if device.admitted),
        "to_call": _called(session, calling),
        "away": calling.away,
        "host": request.get_host(),
        "join_url": request.build_absolute_uri(reverse("ask:code")),
    }


def _about(session: ClassSession) -> dict[str, Any]:
    """What the session is for: a wave with its counts, or an activity."""
    if session.wave is not None:
        counts = next(iter(wave_progress(session.wave, [session.group]).classes), None)
        return {"wave": session.wave, "title": session.wave.title, "progress": counts}
    found = activity(session.kind)
    title = found.find(session.object_id or 0) if found else None
    home = found.home(session.object_id or 0) if found and found.home else reverse("ask:waves")
    return {"wave": None, "title": title or "", "home": home}


def _called(session: ClassSession, calling: ToCall) -> list[tuple[Person, bool]]:
    """Each name still to call, and whether that pupil comes in with pictures."""
    kinds = dict(Pin.objects.filter(person__in=calling.here).values_list("person_id", "pictures"))
    usual = with_pictures(session.group, calling.here)
    return [(person, kinds.get(person.pk, person.pk in usual)) for person in calling.here]


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


@login_required
@require_POST
def more_time(request: SignedIn, session_id: int) -> HttpResponse:
    """Twenty more minutes for the same code."""
    found = access_session(request.user, session_id)
    actions.prolong(request.user, found)
    return _back_to(request, found)


@login_required
@require_POST
def away(request: SignedIn, session_id: int, person_id: int) -> HttpResponse:
    """Somebody is not here for this session; with `here`, is after all."""
    found = access_session(request.user, session_id)
    person = actions.mark_away(request.user, found, person_id, away="here" not in request.POST)
    said = "" if "here" in request.POST else f"{person.display_name} is not here today."
    return _back_to(request, found, said)


@login_required
@require_POST
def free(request: SignedIn, session_id: int, person_id: int) -> HttpResponse:
    """Somebody else tapped this name: what was begun under it ends."""
    found = access_session(request.user, session_id)
    try:
        person = actions.free_name(request.user, found, person_id)
    except Refused as no:
        if not request.htmx:
            raise
        return _back_to(request, found, no.reason)
    said = (
        f"{person.display_name} can start now. What was begun under this name by somebody else can’t be sent."
    )
    return _back_to(request, found, said)


@never_cache
@login_required
@require_POST
def show(request: SignedIn, session_id: int, person_id: int) -> HttpResponse:
    """What a pupil who forgot needs: their pictures once more, or a new number; as a line above the list."""
    found = access_session(request.user, session_id)
    person, secret = actions.show_pin(request.user, found.group, person_id)
    facts = {"person": person, "number": secret, "pictures": pictures_in(secret)}
    if request.htmx:
        return render(request, "ask/_number_made.html", facts)
    return render(request, "ask/session.html", _facts(request, found) | {"shown": facts} | facts)


def _back_to(request: SignedIn, session: ClassSession, said: str = "") -> HttpResponse:
    if request.htmx:
        return render(request, "ask/session.html#live", _facts(request, session) | {"said": said})
    return redirect("ask:session", session.pk)


@never_cache
@login_required
@require_POST
def away_cards(request: SignedIn, session_id: int) -> HttpResponse:
    """Print cards for those who are not here today, for when they are back."""
    found = access_session(request.user, session_id)
    if found.wave is None:
        raise Refused("Cards are for waves.")
    missing = {person.pk for person in to_call(found).away}
    made = actions.issue_cards(request.user, found.wave, found.group, missing)
    return print_cards(request, found.wave, found.group, made)


@login_required
@require_POST
def end_session(request: SignedIn, session_id: int) -> HttpResponse:
    """End a class session."""
    found = access_session(request.user, session_id)
    actions.close_class_session(request.user, found)
    if found.wave_id is None:
        return redirect(_about(found)["home"])
    return redirect("ask:class", found.wave_id, found.group_id)


@never_cache
@login_required
@require_GET
def board(request: SignedIn, session_id: int) -> HttpResponse:
    """For the projector: the code, its QR code and how many have answered; no names."""
    found = access_session(request.user, session_id)
    address = request.build_absolute_uri(reverse("ask:code"))
    facts = _facts(request, found) | {"qr": qr(f"{address}?{urlencode({'code': found.code})}")}
    return render(request, "ask/board.html", facts)
