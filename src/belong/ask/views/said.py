"""What was written in confidence, and answers to questions that named the reader. Reading is noted in the trail."""

from itertools import groupby

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from belong.ask import actions
from belong.ask.access import access_wave, access_wave_to_read
from belong.ask.models import Wave
from belong.ask.queries import named_by_question, written
from belong.base.errors import Refused
from belong.people.models import Person
from belong.people.request import SignedIn


@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def texts(request: SignedIn, wave_id: int) -> HttpResponse:
    """Free texts by question, without names; who wrote one is looked up with a reason."""
    wave = access_wave_to_read(request.user, wave_id)
    if request.method == "POST":
        return _reveal(request, wave)
    actions.note_texts_read(request.user, wave)
    return _texts_page(request, wave)


def _texts_page(
    request: SignedIn, wave: Wave, *, sheet_id: int = 0, writer: Person | None = None, problem: str = ""
) -> HttpResponse:
    by_question = [
        (question, list(said))
        for question, said in groupby(written(request.user, wave), key=lambda one: one.question)
    ]
    facts = {
        "wave": wave,
        "by_question": by_question,
        "sheet_id": sheet_id,
        "writer": writer,
        "problem": problem,
    }
    return render(request, "ask/texts.html", facts, status=422 if problem else 200)


def _reveal(request: SignedIn, wave: Wave) -> HttpResponse:
    given = request.POST.get("sheet", "")
    sheet_id = int(given) if given.isdigit() and len(given) < 18 else 0
    try:
        writer = actions.reveal_writer(request.user, wave, sheet_id, reason=request.POST.get("reason", ""))
    except Refused as no:
        return _texts_page(request, wave, sheet_id=sheet_id, problem=no.reason)
    return _texts_page(request, wave, sheet_id=sheet_id, writer=writer)


@never_cache
@login_required
@require_GET
def named(request: SignedIn, wave_id: int) -> HttpResponse:
    """Pupils' answers to questions that named this reader."""
    wave = access_wave(request.user, wave_id)
    actions.note_named_read(request.user, wave)
    facts = {"wave": wave, "questions": named_by_question(request.user, wave)}
    return render(request, "ask/named.html", facts)
