"""Answering: the questions, the sheet that comes back, and the kind end."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from belong.ask.actions import AlreadyAnswered, submit_sheet
from belong.ask.adults import Choosing, choosing_for
from belong.ask.answers import LONGEST_TEXT, Misfit, from_form, kept
from belong.ask.bands import BANDS, FAMILY, STAFF, band_of, text
from belong.ask.notices import ending
from belong.ask.passes import DEVICE_COOKIE, SheetPass, forget, read_sheet_pass
from belong.ask.questionnaire import adults_items, instrument_of, questions_for
from belong.ask.safeguarding import words_closed
from belong.ask.sheet import drawn, questions_on_page
from belong.ask.views.child import (
    Answering,
    Kind,
    answering,
    device_of,
    in_scope_of,
    quiet,
    require_open,
    wants_json,
)
from belong.ask.views.getting_in import whose_turn
from belong.ask.who_sees import seers_for
from belong.base.errors import Refused
from belong.base.secrets import Unreadable
from belong.measure.instrument import say

NOT_NOW = "Keep this page open and tell your teacher. You can send it again later."

TALKING = frozenset(BANDS) - {STAFF, FAMILY}


@quiet
@require_GET
def questions(request: HttpRequest) -> HttpResponse:
    """All questions in one form; the script shows one at a time."""
    found = whose_turn(request)
    with in_scope_of(found.wave):
        require_open(found)
        seers = seers_for(found.wave, found.person)
        mine = SheetPass(found.wave.pk, found.person.pk, readers=seers.reader_ids)
        page = _page(found, mine.sign())
        items = questions_for(found.wave, found.person.year)
        choosing = _choosing(found)
        closed = words_closed(found.wave, found.person)
        page["drawn"] = drawn(found.wave, items, seers, closed, choosing)
        return render(request, "ask/child/questions.html", page)


def _page(found: Answering, sheet_pass: str) -> dict[str, object]:
    return {
        "found": found,
        "wave": found.wave,
        "title": say(instrument_of(found.wave).title),
        "school": found.wave.school,
        "sheet_pass": sheet_pass,
        "action": reverse("ask:answers"),
        "longest": LONGEST_TEXT,
        "asks_adults": bool(adults_items(found.wave)),
    }


def _choosing(found: Answering) -> Choosing | None:
    return choosing_for(found.person) if adults_items(found.wave) else None


@quiet
@require_POST
def answers(request: HttpRequest) -> HttpResponse:
    """Take in a sheet: 201 for the script, the end page for a plain form; the same again for a resend."""
    mine = read_sheet_pass(request.POST.get("pass", ""))
    if mine is None:
        raise Kind(
            "This page is too old to send.", "Scan your card or type the code, and have another go.", 403
        )
    found = answering(mine.wave_id, mine.person_id)
    with in_scope_of(found.wave):
        try:
            given = from_form(questions_for(found.wave, found.person.year), request.POST)
            submit_sheet(found.wave, found.person, given, mine.submission_id, mine.readers)
        except Misfit as misfit:
            return _put_right(request, found, misfit)
        except AlreadyAnswered as already:
            raise Kind("You have already answered.", already.reason, 409) from already
        except Unreadable as no:
            raise Kind("We can’t keep your answers just now.", NOT_NOW, 503) from no
        except Refused as no:
            raise Kind("These questions have closed.", no.reason, 410) from no
    end = reverse("ask:done", args=[band_of(found.wave, found.person)])
    if wants_json(request):
        return JsonResponse({"state": "kept", "next": end}, status=201)
    return redirect(end)


def _put_right(request: HttpRequest, found: Answering, misfit: Misfit) -> HttpResponse:
    """The same sheet once more, with everything that was answered and a sentence where something does not fit."""
    if wants_json(request):
        return JsonResponse({"state": "misfit", "text": misfit.reason, "item": misfit.item_id}, status=422)
    items = questions_for(found.wave, found.person.year)
    page = _page(found, request.POST["pass"])
    page["questions"] = questions_on_page(
        found.wave,
        items,
        seers_for(found.wave, found.person),
        given=kept(items, request.POST),
        problem=(misfit.item_id, misfit.reason),
        words_closed=words_closed(found.wave, found.person),
        choosing=_choosing(found),
    )
    return render(request, "ask/child/questions.html", page | {"problem": misfit.reason}, status=422)


@quiet
@require_GET
def done(request: HttpRequest, band: str) -> HttpResponse:
    """The end: the same page for everyone of an age, and nothing of this person is left in the browser."""
    if band not in BANDS:
        raise Kind("There is nothing here.", "Ask the adult who gave you the questions.")
    device = device_of(request)
    shared = device is not None and device.admitted and device.session.is_live
    facts = {
        "end": ending(band),
        "may_talk": band in TALKING,
        "hand_on": text("endings", "end-shared-device") if shared else "",
        "device_key": request.COOKIES.get(DEVICE_COOKIE, "") if shared else "",
    }
    response = render(request, "ask/child/done.html", facts)
    response["Clear-Site-Data"] = '"cookies", "storage"'
    forget(response)
    return response
