"""Check-ins for pupils: taking part by account or in class, my answers over time, taking answers out."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST, require_safe

from belong.ask.activities import CHECKIN
from belong.ask.bands import band_of_pupil, text
from belong.ask.checkins import actions
from belong.ask.checkins.own import may_take_back, over_time, own_sheets
from belong.ask.checkins.queries import rounds_for_pupil
from belong.ask.languages.choosing import in_own_language
from belong.ask.models import SignedSheet
from belong.ask.passes import activity_of, let_begin
from belong.ask.questionnaire import instrument_of
from belong.ask.views.child import kindly, quiet
from belong.base.access import require
from belong.base.errors import Refused
from belong.measure.instrument import say
from belong.people.models import Person
from belong.people.request import SignedIn
from belong.web.messages import noted


@never_cache
@login_required
@in_own_language
@require_POST
def begin(request: SignedIn, wave_id: int) -> HttpResponse:
    """A pupil who is signed in begins a round that asks them; else back to their own page, which says why."""
    pupil = _own(request, "ask.take_part")
    if not any(wave.pk == wave_id for wave in rounds_for_pupil(pupil)):
        noted(request, _("That check-in is not open for you now, or you have answered it already."))
        return redirect("home")
    response = redirect("ask:questions")
    let_begin(response, wave_id, pupil.pk, own=True)
    return response


@quiet
@require_GET
def answer(request: HttpRequest) -> HttpResponse:
    """From the class session: the questions of the round for whoever tapped their name."""
    mine = activity_of(request, CHECKIN)
    if mine is None:
        raise kindly("begin-again", 403, "no pass for a check-in")
    response = redirect("ask:questions")
    let_begin(response, mine.object_id, mine.person_id, turn=mine.turn or 0)
    return response


@never_cache
@login_required
@in_own_language
@require_safe
def my_answers(request: SignedIn) -> HttpResponse:
    """My named answers over time, who sees them, and how to take them out."""
    pupil = _own(request, "ask.view_own_answers")
    sheets, band = own_sheets(pupil), band_of_pupil(pupil)
    facts = {
        "sheets": sheets,
        "lines": over_time(sheets),
        "title": text("check-ins", f"mine-{band}-title"),
        "what": text("check-ins", f"mine-{band}"),
        "never": text("check-ins", f"mine-never-{band}"),
        "back": text("check-ins", "back-one"),
        "out": text("check-ins", f"out-{band}"),
        "nothing": text("check-ins", f"mine-none-{band}"),
    }
    return render(request, "ask/checkins/my_answers.html", facts)


@never_cache
@login_required
@in_own_language
@require_http_methods(["GET", "POST"])
def take_out(request: SignedIn, wave_id: int) -> HttpResponse:
    """Ask once more, then take the pupil's own answers out of a wave or a round."""
    pupil = _own(request, "ask.view_own_answers")
    held = SignedSheet.objects.filter(person=pupil, wave=wave_id).select_related("wave__school").first()
    if held is None:
        return redirect("ask:my-answers")
    band = band_of_pupil(pupil)
    if request.method == "POST":
        try:
            actions.take_own_out(request.user, held.wave)
        except Refused as no:
            noted(request, no.reason)
        else:
            noted(request, text("check-ins", f"taken-out-{band}"))
        return redirect("ask:my-answers")
    facts = {
        "wave": held.wave,
        "title": text("check-ins", f"take-out-{band}-title"),
        "what": text("check-ins", f"take-out-{band}"),
        "stays": text("check-ins", f"take-out-stays-{band}"),
        "yes": text("check-ins", f"take-out-yes-{band}"),
    }
    return render(request, "ask/checkins/take_out.html", facts)


@never_cache
@login_required
@in_own_language
@require_http_methods(["GET", "POST"])
def take_back(request: SignedIn, wave_id: int, item_id: str) -> HttpResponse:
    """Ask once more, then take one named answer back; the others stay."""
    pupil = _own(request, "ask.view_own_answers")
    held = SignedSheet.objects.filter(person=pupil, wave=wave_id).select_related("wave__school").first()
    if held is None or not may_take_back(held, item_id):
        return redirect("ask:my-answers")
    if request.method == "POST":
        try:
            actions.take_one_back(request.user, held.wave, item_id)
        except Refused as no:
            noted(request, no.reason)
        else:
            noted(request, text("check-ins", "back-done"))
        return redirect("ask:my-answers")
    facts = {
        "wave": held.wave,
        "question": say(instrument_of(held.wave).item(item_id).text),
        "title": text("check-ins", "back-title"),
        "what": text("check-ins", "back"),
        "stays": text("check-ins", f"take-out-stays-{band_of_pupil(pupil)}"),
        "yes": text("check-ins", "back-yes"),
    }
    return render(request, "ask/checkins/take_out.html", facts)


def _own(request: SignedIn, verb: str) -> Person:
    """The pupil who is signed in."""
    require(request.user, verb)
    assert request.user.person is not None  # a role belongs to a person
    return request.user.person
