"""On a device that was let in: tap your name, then press your three pictures or type your number."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from belong.ask.actions import check_pin
from belong.ask.activities import activity
from belong.ask.bands import band_of_pupil
from belong.ask.entrance import with_pictures
from belong.ask.models import ClassSession, Pin
from belong.ask.naming import short_names
from belong.ask.passes import ActivityPass, let_begin, let_take_part
from belong.ask.pictures import LENGTH, all_pictures, pictures_in
from belong.ask.queries.progress import asked_in
from belong.ask.turns import turn, wave_of
from belong.ask.views.child import (
    Answering,
    admitted_device,
    in_scope_of,
    kindly,
    quiet,
    require_open,
    turn_of,
)
from belong.base.errors import Refused
from belong.people.models import Person


@quiet
@require_GET
def names(request: HttpRequest) -> HttpResponse:
    """Tap your name. All names of the class stand here: a shorter list would show who has answered."""
    session = admitted_device(request).session
    with in_scope_of(session):
        people = short_names(asked_in(session))
        facts = {"people": people, "group": session.group, "talk": wants_to_talk(request)}
        return render(request, "ask/child/names.html", facts)


def wants_to_talk(request: HttpRequest) -> bool:
    """Whether this pupil is on the way to asking for an adult, and not to the questions."""
    return "talk" in request.GET


@quiet
@require_http_methods(["GET", "POST"])
def number(request: HttpRequest, person_id: int) -> HttpResponse:
    """Show that it is you; right, and the questions are yours.

    Three pictures may come one by one: then each tap sends those before it along, and the third is tried.
    """
    session = admitted_device(request).session
    with in_scope_of(session):
        person = next((one for one in asked_in(session) if one.pk == person_id), None)
        if person is None:
            raise kindly("name-unknown", 404, "a name that is not in this class")
        if not wants_to_talk(request):
            _require_running(session, person)
        facts: dict[str, Any] = {"person": person, "talk": wants_to_talk(request)}
        if _comes_with_pictures(session, person):
            return _pictures(request, session, facts)
        if request.method == "GET":
            return render(request, "ask/child/number.html", facts)
        return _try(request, session, facts, "number.html", request.POST.get("number", "").strip())


def _require_running(session: ClassSession, person: Person) -> None:
    if session.wave is not None:
        require_open(Answering(session.wave, person))
        return
    found = activity(session.kind)
    if found is None or found.find(session.object_id or 0) is None:
        raise kindly("closed", 410, "the activity is not open", band_of_pupil(person))


def _comes_with_pictures(session: ClassSession, person: Person) -> bool:
    kept = Pin.objects.filter(person=person).values_list("pictures", flat=True).first()
    return bool(with_pictures(session.group, [person])) if kept is None else kept


def _pictures(request: HttpRequest, session: ClassSession, facts: dict[str, Any]) -> HttpResponse:
    tapped = "-".join(one for one in (request.POST.get("before", ""), request.POST.get("picture", "")) if one)
    chosen = pictures_in(tapped)
    if len(chosen) >= LENGTH:
        return _try(request, session, facts, "pictures.html", tapped)
    return render(request, "ask/child/pictures.html", facts | _grid(chosen, tapped if chosen else ""))


def _grid(chosen: list[Any], before: str) -> dict[str, Any]:
    return {"grid": all_pictures(), "chosen": chosen, "empty": range(LENGTH - len(chosen)), "before": before}


def _try(
    request: HttpRequest, session: ClassSession, facts: dict[str, Any], page: str, given: str
) -> HttpResponse:
    person = facts["person"]
    try:
        check_pin(person, given, pictures=page == "pictures.html")
    except Refused as no:
        again = facts | {"problem": no.reason} | (_grid([], "") if page == "pictures.html" else {})
        return render(request, f"ask/child/{page}", again, status=422)
    if wants_to_talk(request):
        response = redirect("ask:talk")
        wave_id = wave_of(session)
        let_begin(response, wave_id, person.pk, turn=turn(wave_id, person.pk))
        return response
    if session.wave is None:
        return _take_part(session, person)
    response = redirect("ask:start")
    let_begin(response, session.wave.pk, person.pk, turn=turn_of(session.wave, person))
    return response


def _take_part(session: ClassSession, person: Person) -> HttpResponse:
    found = activity(session.kind)
    assert found is not None  # _require_running has looked
    began = turn(wave_of(session), person.pk)
    mine = ActivityPass(session.kind, session.object_id or 0, person.pk, turn=began)
    response = redirect(found.page)
    let_take_part(response, mine)
    return response
