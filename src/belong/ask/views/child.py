"""What every page for answering shares: nothing is stored in the browser, and every "no" is a kind sentence."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt
from django_scopes import scope, scopes_disabled

from belong.ask.actions.sheets import ALREADY, CLOSED
from belong.ask.models import Device, Receipt, TalkCard, Ticket, Wave
from belong.ask.passes import DEVICE_COOKIE
from belong.ask.tokens import hash_of
from belong.base.clock import today
from belong.people.models import Person
from belong.people.signing_in import tries

View = Callable[..., HttpResponse]
WRONG_TRIES = 100
WITHIN = 60 * 10


class Kind(Exception):
    """A page that says kindly why this can't go on."""

    def __init__(self, title: str, text: str, status: int = 404) -> None:
        super().__init__(title)
        self.title, self.text, self.status = title, text, status


def quiet(view: View) -> View:
    """Serve a page for answering: never stored, and a `Kind` becomes a page (or JSON, for the answering script).

    No CSRF cookie is asked for. Each of these pages stands on its own proof (the token of a card, the device key
    with a number, the signed pass inside a questionnaire), none of which another site can send along, and the
    child before may just have cleared every cookie of this browser: an answered sheet must not be lost to that.
    """

    @wraps(view)
    def inner(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            response = view(request, *args, **kwargs)
        except Kind as kind:
            response = _kindly(request, kind)
        response["Cache-Control"] = "no-store"
        return response

    return csrf_exempt(inner)


def wants_json(request: HttpRequest) -> bool:
    return "application/json" in request.headers.get("Accept", "")


def _kindly(request: HttpRequest, kind: Kind) -> HttpResponse:
    if wants_json(request):
        return JsonResponse({"state": "refused", "text": f"{kind.title} {kind.text}"}, status=kind.status)
    return render(
        request, "ask/child/kind.html", {"title": kind.title, "text": kind.text}, status=kind.status
    )


@dataclass(frozen=True)
class Answering:
    """One wave in front of one person."""

    wave: Wave
    person: Person

    @property
    def is_young(self) -> bool:
        """Whether the page is for a child (staff and families get the same flow in calmer dress)."""
        return self.wave.is_for_pupils


def answering(wave_id: int, person_id: int) -> Answering:
    """The wave and the person of a pass; `Kind` if either is gone."""
    with scopes_disabled():
        wave = Wave.objects.select_related("school").filter(pk=wave_id).first()
        person = Person.objects.filter(pk=person_id).first()
    if wave is None or person is None or person.school_id != wave.school_id:
        raise Kind("We can't find these questions.", "Ask the adult who gave them to you.")
    return Answering(wave, person)


def require_open(found: Answering) -> None:
    """`Kind` unless this person may answer this wave now; call inside the school's scope."""
    wave = found.wave
    if wave.is_open and today() < wave.opens_on:
        raise Kind("These questions are not open yet.", "Please come back on the first day.", 403)
    if Receipt.objects.filter(wave=wave, person=found.person).exists():
        raise Kind("You have already answered.", ALREADY, 409)
    if not wave.takes_answers or found.person.is_leaver:
        raise Kind("These questions have closed.", CLOSED, 410)


def ticket_of(request: HttpRequest, token: str) -> Answering:
    """Whom a card or link is for. A card that was replaced, or of a closed wave, is as unknown as an invented one."""
    if tried_too_often(request, "card"):
        raise Kind("Let's wait a little.", "Too many cards did not work. Try again in ten minutes.", 429)
    with scopes_disabled():
        tickets = Ticket.objects.select_related("wave__school", "person")
        ticket = tickets.filter(token_hash=hash_of(token)).first()
    if ticket is None:
        count_wrong(request, "card")
        raise Kind(
            "This card doesn't work any more.",
            "There may be a newer one, or the questions may have closed. Ask the adult who gave it to you.",
        )
    return Answering(ticket.wave, ticket.person)


def talker_of(request: HttpRequest, token: str) -> Person:
    """Whose card to ask for an adult this is; a wave's card will do as long as it works."""
    if tried_too_often(request, "card"):
        raise Kind("Let's wait a little.", "Too many cards did not work. Try again in ten minutes.", 429)
    with scopes_disabled():
        mark = hash_of(token)
        card = TalkCard.objects.select_related("person__school").filter(token_hash=mark).first()
        card = card or Ticket.objects.select_related("person__school").filter(token_hash=mark).first()
    if card is None or card.person.kind != Person.PUPIL or card.person.is_leaver:
        count_wrong(request, "card")
        raise Kind(
            "This card doesn't work any more.",
            "There may be a newer one. You can go to any adult you trust, or ring Childline on 0800 1111.",
        )
    return card.person


def device_of(request: HttpRequest) -> Device | None:
    """This browser's device in a class session, or None."""
    key = request.COOKIES.get(DEVICE_COOKIE, "")
    return device_by_key(key) if key else None


def device_by_key(key: str) -> Device | None:
    """The device that holds a key, with its session, wave, school and group."""
    with scopes_disabled():
        devices = Device.objects.select_related("session__wave__school", "session__group")
        return devices.filter(key_hash=hash_of(key)).first()


def admitted_device(request: HttpRequest) -> Device:
    """This browser's device, let in to a class session that is still running; `Kind` otherwise."""
    device = device_of(request)
    if device is None or not device.session.is_live:
        raise Kind("This class session has ended.", "Ask your teacher for a new code.", 410)
    if not device.admitted:
        raise Kind("Not yet.", "Your teacher will let this device in.", 403)
    return device


def in_scope_of(wave: Wave) -> Any:
    """Queries see the wave's school, whoever is or is not signed in on this device."""
    return scope(school=wave.school)


def count_wrong(request: HttpRequest, what: str) -> None:
    """Count a wrong code or card of this address for ten minutes, right in every process; no address is kept."""
    tries.add(f"ask {what}", WITHIN, request.META.get("REMOTE_ADDR", ""))


def tried_too_often(request: HttpRequest, what: str) -> bool:
    """Whether this address has tried a hundred wrong codes or cards in ten minutes."""
    return tries.counted(f"ask {what}", WITHIN, request.META.get("REMOTE_ADDR", "")) >= WRONG_TRIES
