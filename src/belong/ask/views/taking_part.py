"""What places and walls share where a pupil takes part: who it is, with nothing but the pass, and the end of it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django_scopes import scope, scopes_disabled

from belong.ask.bands import band_of_pupil, text, voice
from belong.ask.passes import (
    DEVICE_COOKIE,
    ActivityPass,
    activity_of,
    forget,
    read_activity_pass,
)
from belong.ask.turns import NO_WAVE, is_over
from belong.ask.views.child import Kind, device_of, kindly
from belong.guard.concerns.rota import next_reading
from belong.people.models import Person


def pass_in(request: HttpRequest, kind: str) -> ActivityPass:
    """The pass in this browser, or, by POST, in the page that was sent; `Kind` where there is none."""
    found = (
        read_activity_pass(request.POST.get("pass", ""), kind)
        if request.method == "POST"
        else activity_of(request, kind)
    )
    if found is None:
        raise Kind(
            _("Let’s start at the beginning."),
            _("Sign in, or type the code from the board."),
            403,
            "no pass for this activity",
        )
    return found


def pupil_of(found: ActivityPass) -> Person:
    """The pupil of a pass; `Kind` if they are not here any more, or if a teacher freed the name it was begun under."""
    with scopes_disabled():
        pupil = Person.objects.select_related("school").filter(pk=found.person_id).first()
    if pupil is None or pupil.is_leaver:
        raise Kind(
            _("This is not here any more."), _("Ask the adult who opened it."), 410, "not here any more"
        )
    with scope(school=pupil.school):
        if is_over(NO_WAVE, pupil.pk, found.turn):
            raise kindly("freed", 409, "the name was freed by the teacher", band_of_pupil(pupil))
    return pupil


def words_closed(pupil: Person) -> str:
    """Why own words can't be written just now, kindly; "" where somebody reads them soon."""
    if next_reading(pupil.school).is_rostered:
        return ""
    return text("talk", f"words-closed-{voice(band_of_pupil(pupil))}")


def the_end(request: HttpRequest, *, title: str, words: str) -> HttpResponse:
    """The kind end. On a class device nothing of this pupil is left in the browser and the next can come in; whoever
    is signed in stays so."""
    device = device_of(request)
    shared = device is not None and device.admitted and device.session.is_live
    facts = {
        "title": title,
        "words": words,
        "hand_on": text("endings", "end-shared-device") if shared else "",
        "device_key": request.COOKIES.get(DEVICE_COOKIE, "") if shared else "",
        "signed_in": request.user.is_authenticated,
    }
    response = render(request, "ask/child/taken_part.html", facts)
    if not request.user.is_authenticated:
        response["Clear-Site-Data"] = '"cookies", "storage"'
    forget(response)
    return response
