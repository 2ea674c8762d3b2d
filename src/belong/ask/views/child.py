"""What every page for answering shares: nothing is stored in the browser, and every "no" is a kind sentence."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any

from django.db.models import OuterRef, Subquery
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt
from django_scopes import scope, scopes_disabled

from belong.ask.bands import band_of, text, voice
from belong.ask.families import family_of
from belong.ask.logs import note_reason
from belong.ask.models import ClassSession, Device, FreedName, Receipt, TalkCard, Ticket, Wave
from belong.ask.passes import DEVICE_COOKIE
from belong.ask.tokens import hash_of
from belong.ask.turns import turn as turn_under
from belong.base.briefly import briefly
from belong.base.clock import today
from belong.base.prepared import prepared
from belong.people.models import Person
from belong.people.signing_in import tries

View = Callable[..., HttpResponse]
# One address is a whole school: a thousand pupils mistype. What is guessed opens nothing by itself: a code only makes a
# device wait at the door, and a card has 128 random bits.
WRONG_TRIES = 1000
WITHIN = 60 * 10


class Kind(Exception):
    """A page that says kindly why this can't go on. `reason` is for the technician's log: a few fixed words."""

    def __init__(self, title: str, text: str, status: int = 404, reason: str = "") -> None:
        super().__init__(title)
        self.title, self.text, self.status, self.reason = title, text, status, reason


def kindly(key: str, status: int, reason: str, band: str = "") -> Kind:
    """The page of `content/texts/getting-in.yaml` under `key`, in the words of a band where there is one."""
    name = f"{key}-{voice(band)}" if band else key
    return Kind(text("getting-in", f"{name}-title"), text("getting-in", name), status, reason)


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
            note_reason(request, kind.reason)
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
    """One wave in front of one person; `turn` counts how often the name was freed (`belong.ask.passes`)."""

    wave: Wave
    person: Person
    turn: int = 0

    @property
    def is_young(self) -> bool:
        """Whether the page is for a child (staff and families get the same flow in calmer dress)."""
        return self.wave.is_for_pupils


def answering(wave_id: int, person_id: int, turn: int | None = None) -> Answering:
    """The wave and the person of a pass; `Kind` if either is gone, or if the name was freed since `turn`."""
    wave = _wave(wave_id)
    with scopes_disabled():
        person = next(iter(_person(wave_id, person_id)), None)
    if wave is None or person is None or person.school_id != wave.school_id:
        raise kindly("gone", 404, "the wave or the person is gone")
    found = Answering(wave, person, person.freed or 0)
    if turn is not None and turn != found.turn:
        raise kindly("freed", 409, "the name was freed by the teacher", band_of(wave, person))
    return found


@prepared
def _person(wave_id: int, person_id: int) -> Any:
    freed = FreedName.objects.filter(wave=wave_id, person=OuterRef("pk")).values("times")
    return Person.objects.filter(pk=person_id).annotate(freed=Subquery(freed)).order_by()


@briefly
def _wave(wave_id: int) -> Wave | None:
    """A wave with its questions and its school: a large row, the same for everybody who answers."""
    with scopes_disabled():
        return Wave.askings.select_related("school").filter(pk=wave_id).first()


def turn_of(wave: Wave, person: Person) -> int:
    """How often a teacher freed this name in this wave; call inside the school's scope."""
    return turn_under(wave.pk, person.pk)


def require_open(found: Answering) -> None:
    """`Kind` unless this person may answer this wave now; call inside the school's scope."""
    wave, person = found.wave, found.person
    band = band_of(wave, person)
    if wave.is_open and today() < wave.opens_on:
        raise kindly("not-yet", 403, "the wave is not open yet", band)
    family = family_of(wave, person)
    if _receipt(wave.pk, person.pk) or (family and _family_receipt(wave.pk, family)):
        raise kindly("family-already" if family else "already", 409, "answered already", band)
    if not wave.takes_answers or person.is_leaver:
        raise kindly("closed", 410, "the wave has closed", band)


@prepared
def _receipt(wave_id: int, person_id: int) -> Any:
    return Receipt.objects.filter(wave=wave_id, person=person_id).values_list("pk", flat=True)


@prepared
def _family_receipt(wave_id: int, family: int) -> Any:
    return Receipt.objects.filter(wave=wave_id, family=family).values_list("pk", flat=True)


def ticket_of(request: HttpRequest, token: str) -> Answering:
    """Whom a card or link is for. A card that was replaced, or of a closed wave, is as unknown as an invented one."""
    _wait_with_cards(request)
    with scopes_disabled():
        tickets = Ticket.objects.select_related("wave__school", "person")
        ticket = tickets.filter(token_hash=hash_of(token)).first()
    if ticket is None:
        count_wrong(request, "card")
        raise kindly("card-unknown", 404, "a card or link that is not known: replaced, closed or mistyped")
    with in_scope_of(ticket.wave):
        return Answering(ticket.wave, ticket.person, turn_of(ticket.wave, ticket.person))


def _wait_with_cards(request: HttpRequest) -> None:
    if tried_too_often(request, "card"):
        raise kindly("cards-wait", 429, "too many unknown cards from one address")


def talker_of(request: HttpRequest, token: str) -> Person:
    """Whose card to ask for an adult this is; a wave's card will do as long as it works."""
    _wait_with_cards(request)
    with scopes_disabled():
        mark = hash_of(token)
        card = TalkCard.objects.select_related("person__school").filter(token_hash=mark).first()
        card = card or Ticket.objects.select_related("person__school").filter(token_hash=mark).first()
    if card is None or card.person.kind != Person.PUPIL or card.person.is_leaver:
        count_wrong(request, "card")
        raise kindly("talk-card-unknown", 404, "a card to ask for an adult that is not known")
    return card.person


def device_of(request: HttpRequest) -> Device | None:
    """This browser's device in a class session, or None."""
    key = request.COOKIES.get(DEVICE_COOKIE, "")
    return device_by_key(key) if key else None


def device_by_key(key: str) -> Device | None:
    """The device that holds a key, with its session, wave, school and group."""
    with scopes_disabled():
        devices = Device.objects.select_related("session__wave", "session__school", "session__group")
        return devices.filter(key_hash=hash_of(key)).first()


def admitted_device(request: HttpRequest) -> Device:
    """This browser's device, let in to a class session that is still running; `Kind` otherwise."""
    device = device_of(request)
    if device is None or not device.session.is_live:
        raise kindly("session-over", 410, "no class session is running for this device")
    if not device.admitted:
        raise kindly("not-in-yet", 403, "the device was not let in yet")
    return device


def in_scope_of(row: Wave | ClassSession) -> Any:
    """Queries see the school of a wave or a class session, whoever is or is not signed in on this device."""
    return scope(school=row.school)


def shared_device(request: HttpRequest) -> str:
    """The key of this device while it is let in to a running class session, else "": for the next child's button."""
    device = device_of(request)
    shared = device is not None and device.admitted and device.session.is_live
    return request.COOKIES.get(DEVICE_COOKIE, "") if shared else ""


def count_wrong(request: HttpRequest, what: str) -> None:
    """Count a wrong code or card of this address for ten minutes, right in every process; no address is kept."""
    tries.add(f"ask {what}", WITHIN, request.META.get("REMOTE_ADDR", ""))


def tried_too_often(request: HttpRequest, what: str) -> bool:
    """Whether this address has tried a thousand wrong codes or cards in ten minutes."""
    return tries.counted(f"ask {what}", WITHIN, request.META.get("REMOTE_ADDR", "")) >= WRONG_TRIES
