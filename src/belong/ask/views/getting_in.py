"""Getting in: a class code, a name to tap and a number; or a card."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST
from django_scopes import scopes_disabled

from belong.ask.actions import check_pin, join_session
from belong.ask.actions.sessions import UNKNOWN_CODE
from belong.ask.models import ClassSession
from belong.ask.naming import short_names
from belong.ask.notices import notice_for
from belong.ask.passes import let_begin, remember_device, who_begins
from belong.ask.queries.progress import in_class
from belong.ask.views.child import (
    Answering,
    Kind,
    admitted_device,
    answering,
    count_wrong,
    device_by_key,
    device_of,
    in_scope_of,
    quiet,
    require_open,
    ticket_of,
    tried_too_often,
)
from belong.base.clock import now
from belong.base.errors import Refused
from belong.people.models import Person

WAIT_A_LITTLE = "Too many codes did not work. Wait a little, then ask your teacher."


@quiet
@require_http_methods(["GET", "POST"])
def code(request: HttpRequest) -> HttpResponse:
    """Type the class code from the board (or come here by its QR code, with the code filled in)."""
    if request.method == "POST":
        given = "".join(letter for letter in request.POST.get("code", "") if letter.isdigit())[:12]
        return _join(request, given)
    given = "".join(letter for letter in request.GET.get("code", "") if letter.isdigit())[:6]
    return render(request, "ask/child/code.html", {"code": given})


def _join(request: HttpRequest, given: str) -> HttpResponse:
    session = None if tried_too_often(request, "code") else _session(given)
    try:
        if session is None:
            raise Refused(WAIT_A_LITTLE if tried_too_often(request, "code") else UNKNOWN_CODE)
        device = device_of(request)
        if device is not None and device.session_id == session.pk:
            return redirect("ask:wait")
        with in_scope_of(session.wave):
            _, key = join_session(session)
    except Refused as no:
        count_wrong(request, "code")
        return render(request, "ask/child/code.html", {"code": given, "problem": no.reason}, status=422)
    response = redirect("ask:wait")
    remember_device(response, key)
    return response


def _session(given: str) -> ClassSession | None:
    with scopes_disabled():
        live = ClassSession.objects.select_related("wave__school", "group").filter(closed=False)
        return live.filter(code=given, expires_at__gt=now()).first()


@quiet
@require_GET
def wait(request: HttpRequest) -> HttpResponse:
    """Wait to be let in; the teacher sees this device's two words."""
    device = device_of(request)
    if device is None or not device.session.is_live:
        return redirect("ask:code")
    if device.admitted:
        return redirect("ask:names")
    return render(request, "ask/child/wait.html", {"device": device, "group": device.session.group})


@quiet
@require_GET
def wait_state(request: HttpRequest) -> HttpResponse:
    """For the waiting page: `waiting`, `in` (go to the names) or `gone` (back to the code)."""
    device = device_of(request)
    if device is None or not device.session.is_live:
        return JsonResponse({"state": "gone"})
    return JsonResponse({"state": "in" if device.admitted else "waiting"})


@quiet
@require_GET
def names(request: HttpRequest) -> HttpResponse:
    """Tap your name. All names of the class stand here: a shorter list would show who has answered."""
    session = admitted_device(request).session
    with in_scope_of(session.wave):
        people = short_names(in_class(session.wave, session.group))
        facts = {"people": people, "group": session.group, "talk": wants_to_talk(request)}
        return render(request, "ask/child/names.html", facts)


def wants_to_talk(request: HttpRequest) -> bool:
    """Whether this pupil is on the way to asking for an adult, and not to the questions."""
    return "talk" in request.GET


@quiet
@require_http_methods(["GET", "POST"])
def number(request: HttpRequest, person_id: int) -> HttpResponse:
    """Type your number; right, and the questions are yours."""
    session = admitted_device(request).session
    with in_scope_of(session.wave):
        person = next((one for one in in_class(session.wave, session.group) if one.pk == person_id), None)
        if person is None:
            raise Kind("That name is not in this class.", "Go back and find your own.")
        found = Answering(session.wave, person)
        if not wants_to_talk(request):
            require_open(found)
        if request.method == "GET":
            facts = {"person": person, "talk": wants_to_talk(request)}
            return render(request, "ask/child/number.html", facts)
        return _try_number(request, found)


def _try_number(request: HttpRequest, found: Answering) -> HttpResponse:
    try:
        check_pin(found.person, request.POST.get("number", "").strip())
    except Refused as no:
        facts = {"person": found.person, "problem": no.reason, "talk": wants_to_talk(request)}
        return render(request, "ask/child/number.html", facts, status=422)
    response = redirect("ask:talk" if wants_to_talk(request) else "ask:start")
    let_begin(response, found.wave.pk, found.person.pk)
    return response


@quiet
@require_http_methods(["GET", "POST"])
def card(request: HttpRequest, token: str) -> HttpResponse:
    """A scanned card or a mailed link: hello, the notice, and a button to start."""
    found = ticket_of(request, token)
    with in_scope_of(found.wave):
        require_open(found)
        if request.method == "GET":
            return _hello(request, found, by_card=True)
    response = redirect("ask:questions")
    let_begin(response, found.wave.pk, found.person.pk)
    return response


@quiet
@require_GET
def start(request: HttpRequest) -> HttpResponse:
    """Hello and the notice, for who came by name and number."""
    found = whose_turn(request)
    with in_scope_of(found.wave):
        require_open(found)
        return _hello(request, found, by_card=False)


def whose_turn(request: HttpRequest) -> Answering:
    """The wave and person of this browser's pass; `Kind` where there is none (the next child's turn, too long ago)."""
    begun = who_begins(request)
    if begun is None:
        raise Kind("Let's start at the beginning.", "Scan your card, or type the code from the board.", 403)
    return answering(*begun)


def _hello(request: HttpRequest, found: Answering, *, by_card: bool) -> HttpResponse:
    person: Person = found.person
    facts = {
        "found": found,
        "wave": found.wave,
        "person": person,
        "hello": person.first_name if found.is_young else person.display_name,
        "school": found.wave.school,
        "notice": notice_for(found.wave, person),
        "by_card": by_card,
    }
    return render(request, "ask/child/start.html", facts)


@quiet
@require_POST
def again(request: HttpRequest) -> HttpResponse:
    """The next child at a shared device that was let in: back to the names."""
    key = request.POST.get("device", "")
    device = device_by_key(key) if key else None
    if device is None or not device.session.is_live:
        return redirect("ask:code")
    response = redirect(reverse("ask:names") + ("?talk=1" if request.POST.get("talk") else ""))
    remember_device(response, key)
    return response
