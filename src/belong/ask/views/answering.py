"""Answering: the questions, the sheet that comes back, and the kind end."""

from dataclasses import replace
from functools import partial
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from belong.ask.actions import AlreadyAnswered, submit_sheet
from belong.ask.answers import LONGEST_TEXT, Misfit, from_form, kept
from belong.ask.bands import BANDS, FAMILY, STAFF, YOUNGEST, band_of, text
from belong.ask.frame import framed
from belong.ask.friends.choosing import choosing_in
from belong.ask.how import How, askable_with
from belong.ask.logs import note_reason
from belong.ask.looks.actions import keep_look
from belong.ask.looks.choices import chosen_in, menu, on_page
from belong.ask.looks.queries import look_of
from belong.ask.notices import ending
from belong.ask.passes import (
    DEVICE_COOKIE,
    SheetPass,
    forget,
    how_begun,
    read_sheet_pass,
    turn_begun,
    who_begins,
)
from belong.ask.questionnaire import asks_for_people, instrument_of, language_of_questions, questions_for
from belong.ask.recordings.queries import sounds_for
from belong.ask.safeguarding import words_closed
from belong.ask.sheet import drawn, questions_on_page
from belong.ask.views.child import (
    Answering,
    Kind,
    answering,
    device_of,
    in_scope_of,
    kindly,
    quiet,
    require_open,
    wants_json,
)
from belong.ask.views.getting_in import whose_turn
from belong.ask.who_sees import seers_for
from belong.base.errors import Refused
from belong.base.secrets import Unreadable
from belong.measure.instrument import Item, say

TALKING = frozenset(BANDS) - {STAFF, FAMILY}


@quiet
@require_http_methods(["GET", "POST"])
def questions(request: HttpRequest) -> HttpResponse:
    """All questions in one form; the script shows one at a time. By POST the same form once more, drawn anew."""
    if request.method == "POST":
        return _drawn_anew(request)
    found = whose_turn(request)
    helper, _own = how_begun(request)
    with in_scope_of(found.wave):
        require_open(found)
        seers = seers_for(found.wave, found.person, helper)
        mine = SheetPass(
            found.wave.pk,
            found.person.pk,
            readers=seers.reader_ids,
            language=language_of_questions(found.wave),
            helper=helper,
            turn=turn_begun(request),
        )
        page = _page(found, mine, look_of(found.person))
        draw = questions_on_page if helper else drawn  # a name that was typed is kept in no process
        page["questions" if helper else "drawn"] = draw(
            found.wave,
            _asked(found, mine),
            seers,
            words_closed=words_closed(found.wave, found.person),
            choosing=choosing_in(found.wave, found.person),
            sounds=sounds_for(found.wave, mine.language),
        )
        return framed(request, page)


def _page(found: Answering, mine: SheetPass, look: dict[str, str]) -> dict[str, Any]:
    instrument = instrument_of(found.wave)
    return {
        "found": found,
        "wave": found.wave,
        "title": say(instrument.title, mine.language),
        "school": found.wave.school,
        "sheet_pass": mine.sign(),
        "action": reverse("ask:answers"),
        "longest": LONGEST_TEXT,
        "asks_adults": asks_for_people(found.wave),
        "look": on_page(look),
        "look_menu": partial(menu, look),  # called only where the page is drawn
        "is_youngest": band_of(found.wave, found.person) == YOUNGEST,
        "at": 0,
    }


def _asked(found: Answering, mine: SheetPass) -> tuple[Item, ...]:
    """The questions of this sheet."""
    asked = questions_for(found.wave, found.person.year)
    return askable_with(found.wave, asked, helper=bool(mine.helper))


def _whose_sheet(request: HttpRequest) -> SheetPass:
    mine = read_sheet_pass(request.POST.get("pass", ""))
    if mine is None:
        raise kindly("begin-again", 403, "the pass of the page is too old or altered")
    return mine


def _drawn_anew(request: HttpRequest) -> HttpResponse:
    """The same sheet in another language or another look, with every answer and the place in it; nothing is kept of it.

    Only the look itself is.
    """
    mine = _whose_sheet(request)
    found = answering(mine.wave_id, mine.person_id, mine.turn)
    look = chosen_in(request.POST)
    with in_scope_of(found.wave):
        keep_look(found.person, look)
        return render(request, "ask/child/questions.html", _filled_page(request, found, mine, look))


def _filled_page(
    request: HttpRequest,
    found: Answering,
    mine: SheetPass,
    look: dict[str, str],
    problem: tuple[str, str] = ("", ""),
) -> dict[str, Any]:
    """The page for a sheet on its way, with what stands in it; the readers are those whose names stand there now."""
    seers = seers_for(found.wave, found.person, mine.helper)
    now = replace(mine, language=language_of_questions(found.wave), readers=seers.reader_ids)
    items = _asked(found, now)
    page = _page(found, now, look)
    page["questions"] = questions_on_page(
        found.wave,
        items,
        seers,
        given=kept(items, request.POST),
        problem=problem,
        words_closed=words_closed(found.wave, found.person),
        choosing=choosing_in(found.wave, found.person),
        sounds=sounds_for(found.wave, now.language),
    )
    page["at"] = _place(request.POST.get("at", ""), len(items))
    return page


def _place(given: str, last: int) -> int:
    """At which question the page was, from 0; the end is `last`."""
    return min(int(given), last) if given.isascii() and given.isdigit() and len(given) <= 3 else 0


@quiet
@require_POST
def answers(request: HttpRequest) -> HttpResponse:
    """Take in a sheet: 201 for the script, the end page for a plain form; the same again for a resend."""
    mine = _whose_sheet(request)
    found = answering(mine.wave_id, mine.person_id, mine.turn)
    with in_scope_of(found.wave):
        try:
            given = from_form(_asked(found, mine), request.POST)
            how = How(mine.language, helper=bool(mine.helper))
            submit_sheet(found.wave, found.person, given, mine.submission_id, mine.readers, how)
        except Misfit as misfit:
            return _put_right(request, found, mine, misfit)
        except AlreadyAnswered as already:
            raise Kind(_("You have already answered."), already.reason, 409, "answered already") from already
        except Unreadable as no:
            raise Kind(
                _("We can’t keep your answers just now."),
                _("Keep this page open and tell your teacher. You can send it again later."),
                503,
                "no key to keep words in confidence",
            ) from no
        except Refused as no:
            raise Kind(_("These questions have closed."), no.reason, 410, "closed or not asked") from no
    end = reverse("ask:done", args=[band_of(found.wave, found.person)])
    if wants_json(request):
        return JsonResponse({"state": "kept", "next": end}, status=201)
    return redirect(end)


def _put_right(request: HttpRequest, found: Answering, mine: SheetPass, misfit: Misfit) -> HttpResponse:
    """The same sheet once more, with everything that was answered and a sentence where something does not fit."""
    note_reason(request, "the answers do not fit the questions")
    if wants_json(request):
        return JsonResponse({"state": "misfit", "text": misfit.reason, "item": misfit.item_id}, status=422)
    problem = (misfit.item_id, misfit.reason)
    page = _filled_page(request, found, mine, chosen_in(request.POST), problem)
    return render(request, "ask/child/questions.html", page | {"problem": misfit.reason}, status=422)


def is_own_sign_in(request: HttpRequest) -> bool:
    """Whether the person who answered is the one who is signed in here, by an account of their own."""
    begun, user = who_begins(request), getattr(request, "user", None)
    if begun is None or user is None or not user.is_authenticated:
        return False
    return bool(how_begun(request)[1] and user.person_id == begun[1])


@quiet
@require_GET
def done(request: HttpRequest, band: str) -> HttpResponse:
    """The end: the same page for everyone of an age, and nothing of this person is left in the browser.

    Who came by their own sign-in stays signed in: their page is one tap away, and holds no answer without a name.
    """
    if band not in BANDS:
        raise Kind(_("There is nothing here."), _("Ask the adult who gave you the questions."))
    device = device_of(request)
    shared = device is not None and device.admitted and device.session.is_live
    facts = {
        "end": ending(band),
        "may_talk": band in TALKING,
        "hand_on": text("endings", "end-shared-device") if shared else "",
        "device_key": request.COOKIES.get(DEVICE_COOKIE, "") if shared else "",
        "home": reverse("home") if (own := is_own_sign_in(request)) else "",
    }
    response = render(request, "ask/child/done.html", facts)
    if not own:
        response["Clear-Site-Data"] = '"cookies", "storage"'
    forget(response)
    return response
