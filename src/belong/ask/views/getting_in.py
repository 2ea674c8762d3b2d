"""Getting in: a class code and the wait at the door, or a card; then hello and the notice."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST
from django_scopes import scopes_disabled

from belong.ask.actions import join_session
from belong.ask.bands import BANDS, FAMILY, band_of, text
from belong.ask.digits import digits
from belong.ask.helping import helper_named, helpers_near
from belong.ask.logs import note_reason
from belong.ask.looks.choices import on_page
from belong.ask.looks.queries import look_of
from belong.ask.models import ClassSession
from belong.ask.notices import notice_for
from belong.ask.passes import forget_person, how_begun, let_begin, remember_device, turn_begun, who_begins
from belong.ask.tokens import CODE_DIGITS
from belong.ask.views.child import (
    Answering,
    answering,
    count_wrong,
    device_by_key,
    device_of,
    in_scope_of,
    kindly,
    quiet,
    require_open,
    shared_device,
    ticket_of,
    tried_too_often,
)
from belong.base.clock import now
from belong.base.errors import Refused
from belong.people.models import Person
from belong.web.languages import english_address


@quiet
@require_http_methods(["GET", "POST"])
def code(request: HttpRequest) -> HttpResponse:
    """Type the class code from the board (or come here by its QR code, with the code filled in)."""
    if request.method == "POST":
        return _join(request, digits(request.POST.get("code", ""))[:12])
    return render(request, "ask/child/code.html", {"code": digits(request.GET.get("code", ""))[:CODE_DIGITS]})


def _join(request: HttpRequest, given: str) -> HttpResponse:
    if tried_too_often(request, "code"):
        return _no(request, given, "code-wait", "too many wrong codes from one address")
    if len(given) != CODE_DIGITS:
        return _no(request, given, "code-short", "a class code that is not six digits")
    session = _session(given)
    if session is None:
        count_wrong(request, "code")
        return _no(request, given, "code-unknown", "a class code that is not known")
    device = device_of(request)
    if device is not None and device.session_id == session.pk:
        return redirect("ask:wait")
    try:
        with in_scope_of(session):
            _, key = join_session(session)
    except Refused as no:
        return _no(request, given, no.reason, "too many devices wait")
    response = redirect("ask:wait")
    remember_device(response, key)
    return response


def _no(request: HttpRequest, given: str, words: str, reason: str) -> HttpResponse:
    """The same page with a kind sentence (a key of `getting-in`, or the sentence itself), and what was typed."""
    note_reason(request, reason)
    said = text("getting-in", words) if words.startswith("code-") else words
    return render(request, "ask/child/code.html", {"code": given, "problem": said}, status=422)


def _session(given: str) -> ClassSession | None:
    with scopes_disabled():
        live = ClassSession.objects.select_related("school", "wave", "group").filter(closed=False)
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
@require_http_methods(["GET", "POST"])
def card(request: HttpRequest, token: str) -> HttpResponse:
    """A scanned card or a mailed link: hello, the notice, and a button to start."""
    found = ticket_of(request, token)
    with in_scope_of(found.wave):
        require_open(found)
        if request.method == "GET":
            return _hello(request, found, by_card=True)
    response = redirect("ask:questions")
    let_begin(
        response, found.wave.pk, found.person.pk, helper=helper_named(request), own=True, turn=found.turn
    )
    return response


@quiet
@require_http_methods(["GET", "POST"])
def start(request: HttpRequest) -> HttpResponse:
    """Hello and the notice, for who came by name and number; by POST with the name of an adult who helps."""
    found = whose_turn(request)
    with in_scope_of(found.wave):
        require_open(found)
        if request.method == "GET":
            return _hello(request, found, by_card=False)
    response = redirect("ask:questions")
    let_begin(
        response,
        found.wave.pk,
        found.person.pk,
        helper=helper_named(request),
        own=how_begun(request)[1],
        turn=turn_begun(request),
    )
    return response


def whose_turn(request: HttpRequest) -> Answering:
    """The wave and person of this browser's pass; `Kind` where there is none (the next child's turn, too long ago)."""
    begun = who_begins(request)
    if begun is None:
        raise kindly("begin-again", 403, "nobody has come in on this device, or too long ago")
    return answering(*begun, turn_begun(request))


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
        "band": band_of(found.wave, person),
        "helpers": helpers_near(request),
        "look": on_page(look_of(person)),
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
    response = redirect(english_address("ask:names") + ("?talk=1" if request.POST.get("talk") else ""))
    remember_device(response, key)
    return response


@quiet
@require_POST
def not_me(request: HttpRequest) -> HttpResponse:
    """This card or name is somebody else's: nothing was sent, and this browser forgets who was about to answer."""
    if shared_device(request):
        response: HttpResponse = redirect("ask:names")
    else:
        band = request.POST.get("band", "")
        kind = kindly("not-me", 200, "", band if band in BANDS else FAMILY)
        response = render(request, "ask/child/kind.html", {"title": kind.title, "text": kind.text})
    forget_person(response)
    return response
