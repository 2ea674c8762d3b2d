"""The governors' report, on screen and as a PDF."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.text import slugify
from django.views.decorators.http import require_safe

from belong.people.request import SignedIn
from belong.see.queries import read
from belong.tell.access import access_report
from belong.tell.report import Report, make_report, report_pdf


@login_required
@require_safe
def report(request: SignedIn, wave_id: int) -> HttpResponse:
    """The report to read on screen."""
    return render(request, "tell/report.html", {"report": _report(request, wave_id), "wave_id": wave_id})


@login_required
@require_safe
def governors_pdf(request: SignedIn, wave_id: int) -> HttpResponse:
    """The same as a tagged PDF."""
    found = _report(request, wave_id)
    answer = HttpResponse(report_pdf(found), content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="governors-{slugify(found.wave_title) or wave_id}.pdf"'
    return answer


def _report(request: SignedIn, wave_id: int) -> Report:
    reading = read(access_report(request.user, wave_id))
    if reading is None:
        raise Http404
    return make_report(reading)
