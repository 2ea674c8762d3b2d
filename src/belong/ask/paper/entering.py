"""Typing paper sheets in: find the sheet by its number, one key for each question, send once."""

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from belong.ask.access import access_wave
from belong.ask.actions import AlreadyAnswered, submit_sheet
from belong.ask.answers import Misfit
from belong.ask.digits import digits
from belong.ask.friends.choosing import choosing_in
from belong.ask.how import How, askable_with
from belong.ask.models import PaperSheet, Receipt, Wave
from belong.ask.paper.access import visible_sheets
from belong.ask.paper.typed import answers_typed, lines
from belong.ask.passes import SheetPass, read_sheet_pass
from belong.ask.questionnaire import questions_for
from belong.ask.who_sees import seers_for
from belong.base.access import fetch
from belong.people.request import SignedIn
from belong.web.messages import noted

UNKNOWN = (
    "There is no sheet with that number for you to type in. Only the adult who is named on a sheet can, "
    "and a sheet stops working when a newer one is printed or the wave closes."
)
ALREADY = "Sheet {number}: these answers are in already, on paper or on a screen. Nothing was changed."
TOO_OLD = "This page was too old to send. Type the sheet in once more, please; nothing had been kept."


@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def find(request: SignedIn, wave_id: int) -> HttpResponse:
    """Type the number of a sheet."""
    wave = access_wave(request.user, wave_id)
    typed = digits(request.POST.get("number", ""))[:9]
    problem = ""
    if request.method == "POST":
        found = visible_sheets(request.user).filter(wave=wave, number=int(typed or 0)).first()
        if found is not None and not _is_in(found):
            return redirect("ask:paper-sheet", wave.pk, found.number)
        problem = ALREADY.format(number=typed) if found is not None else UNKNOWN
    mine = visible_sheets(request.user).filter(wave=wave)
    done = Receipt.objects.filter(wave=wave, person__in=mine.values("person")).count()
    facts = {
        "wave": wave,
        "problem": problem,
        "typed": typed,
        "mine": mine.count(),
        "left": mine.count() - done,
    }
    return render(request, "ask/paper/find.html", facts, status=422 if problem else 200)


def _is_in(sheet: PaperSheet) -> bool:
    return Receipt.objects.filter(wave=sheet.wave_id, person=sheet.person_id).exists()


@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def enter(request: SignedIn, wave_id: int, number: int) -> HttpResponse:
    """The questions of one sheet, as on the paper; no name. Sent once: a second sending changes nothing."""
    wave = access_wave(request.user, wave_id)
    rows = PaperSheet.objects.select_related("person", "helper", "wave__school")
    sheet = fetch(request.user, "ask.type_in", rows, wave=wave, number=number)
    if request.method == "POST":
        return _send(request, wave, sheet)
    mine = SheetPass(
        wave.pk,
        sheet.person_id,
        readers=seers_for(wave, sheet.person).reader_ids,
        helper=sheet.helper.display_name,
    )
    return _page(request, wave, sheet, mine.sign())


def _page(
    request: SignedIn,
    wave: Wave,
    sheet: PaperSheet,
    sheet_pass: str,
    form: QueryDict | None = None,
    misfit: Misfit | None = None,
) -> HttpResponse:
    items = askable_with(wave, questions_for(wave, sheet.person.year), helper=True)
    problem = (misfit.item_id, misfit.reason) if misfit else ("", "")
    facts = {
        "wave": wave,
        "number": sheet.number,
        "sheet_pass": sheet_pass,
        "lines": lines(items, sheet.language, form or {}, choosing_in(wave, sheet.person), problem),
        "problem": misfit.reason if misfit else "",
    }
    return render(request, "ask/paper/enter.html", facts, status=422 if misfit else 200)


def _send(request: SignedIn, wave: Wave, sheet: PaperSheet) -> HttpResponse:
    mine = read_sheet_pass(request.POST.get("pass", ""))
    if mine is None or (mine.wave_id, mine.person_id) != (wave.pk, sheet.person_id):
        noted(request, TOO_OLD)
        return redirect("ask:paper-sheet", wave.pk, sheet.number)
    items = askable_with(wave, questions_for(wave, sheet.person.year), helper=True)
    try:
        given = answers_typed(items, request.POST, choosing_in(wave, sheet.person))
        _keep(wave, sheet, given, mine.submission_id, mine.readers)
    except Misfit as misfit:
        return _page(request, wave, sheet, request.POST["pass"], request.POST, misfit)
    except AlreadyAnswered:
        noted(request, ALREADY.format(number=sheet.number))
        return redirect("ask:paper-entry", wave.pk)
    noted(
        request, f"Sheet {sheet.number} is in. Destroy the paper as your school does with confidential paper."
    )
    return redirect("ask:paper-entry", wave.pk)


def _keep(wave: Wave, sheet: PaperSheet, given: dict, submission: UUID, readers: tuple[int, ...]) -> None:
    submit_sheet(wave, sheet.person, given, submission, readers, How(sheet.language, helper=True))
