"""The audit trail on screen: who did what when, who saw what about one pupil. Reading it is noted, too."""

import csv
import json
from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from belong.base.access import require
from belong.base.audit import audit
from belong.base.models import AuditEntry
from belong.base.spreadsheet import harmless
from belong.guard.access import access_pupil_of_trail
from belong.guard.forms import TrailFilter
from belong.guard.trail import Line, doers, entries, entries_about, lines, looks_at_many
from belong.people.models import Person

PAGE = 50
FOUND = 30
SPANS = {3: "72 hours", 14: "Two weeks", 90: "90 days"}
COLUMNS = ("Number", "When", "Who", "What", "Verb", "About", "Row", "Details", "Why", "Facts", "Hash")


@never_cache
@login_required
@require_GET
def trail(request: HttpRequest) -> HttpResponse:
    """Who did what when, newest first."""
    require(request.user, "guard.read_trail")
    form = TrailFilter(request.GET, request.user)
    asked = form.asked()
    found = entries(**asked) if asked else AuditEntry.objects.none()
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    shown = lines(page.object_list)
    context = {
        "form": form,
        "page": page,
        "lines": shown,
        "csv": f"{reverse('guard:trail-csv')}?{_query(form)}",
    }
    answer = render(request, "guard/trail.html", context, status=200 if asked else 422)
    if asked:
        audit(request.user, "guard.read_trail", page=page.number, **_noted(asked))
    return answer


@never_cache
@login_required
@require_GET
def trail_csv(request: HttpRequest) -> HttpResponse:
    """The same for a spreadsheet, whole."""
    require(request.user, "guard.read_trail")
    form = TrailFilter(request.GET, request.user)
    asked = form.asked()
    if asked is None:
        return HttpResponse(
            "Please look at the days again.\n", status=422, content_type="text/plain; charset=utf-8"
        )
    found = lines(entries(**asked).iterator(chunk_size=2000))
    audit(request.user, "guard.export_trail", entries=len(found), **_noted(asked))
    return _csv(found, "audit-trail.csv")


@never_cache
@login_required
@require_GET
def find_pupil(request: HttpRequest) -> HttpResponse:
    """Choose the pupil of the breach view, by name; those who left are found too."""
    require(request.user, "guard.read_trail")
    words = request.GET.get("q", "").split()
    found = Person.objects.pupils() if words else Person.objects.none()
    for word in words:
        given = Q(given_name__icontains=word) | Q(preferred_name__icontains=word)
        found = found.filter(given | Q(family_name__icontains=word))
    pupils = list(found[: FOUND + 1])
    context = {"q": " ".join(words), "pupils": pupils[:FOUND], "many": len(pupils) > FOUND}
    return render(request, "guard/find_pupil.html", context)


@never_cache
@login_required
@require_GET
def about_pupil(request: HttpRequest, pupil_id: int) -> HttpResponse:
    """Who saw or changed what about one pupil in the last 72 hours (or two weeks, or 90 days)."""
    pupil = access_pupil_of_trail(request.user, pupil_id)
    days = _days(request)
    found = lines(entries_about(pupil, timedelta(days=days)))
    many = lines(looks_at_many(timedelta(days=days)))
    here = reverse("guard:about-pupil", args=[pupil.pk])
    context = {
        "pupil": pupil,
        "span": SPANS[days].lower(),
        "tabs": [
            {"label": word, "url": f"{here}?days={n}", "current": n == days} for n, word in SPANS.items()
        ],
        "lines": found,
        "doers": doers(found),
        "many": many,
        "csv": f"{reverse('guard:about-pupil-csv', args=[pupil.pk])}?days={days}",
    }
    answer = render(request, "guard/about_pupil.html", context)
    audit(request.user, "guard.read_about", pupil, days=days)
    return answer


@never_cache
@login_required
@require_GET
def about_pupil_csv(request: HttpRequest, pupil_id: int) -> HttpResponse:
    """The breach view for a spreadsheet: first what names the pupil, then looks at many people at once."""
    pupil = access_pupil_of_trail(request.user, pupil_id)
    days = _days(request)
    within = timedelta(days=days)
    found = lines(entries_about(pupil, within)) + lines(looks_at_many(within))
    audit(request.user, "guard.export_trail", pupil, days=days, entries=len(found))
    return _csv(found, f"audit-trail-pupil-{pupil.pk}.csv")


def _days(request: HttpRequest) -> int:
    asked = request.GET.get("days", "")
    return int(asked) if asked.isascii() and asked.isdigit() and int(asked[:3]) in SPANS else 3


def _noted(asked: dict[str, Any]) -> dict[str, Any]:
    """What was asked for, as facts of the entry about the reading."""
    days = {name: asked[name].isoformat() for name in ("since", "until") if asked[name]}
    who = {"whose": asked["actor_id"]} if asked["actor_id"] is not None else {}
    what = {"what": asked["verb"]} if asked["verb"] else {}
    return days | who | what


def _query(form: TrailFilter) -> str:
    return urlencode({name: form.data.get(name, "") for name in form.fields})


def _csv(found: Iterable[Line], name: str) -> HttpResponse:
    answer = HttpResponse("\ufeff", content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    writer = csv.writer(answer)
    writer.writerow(COLUMNS)
    for line in found:
        entry = line.entry
        at = timezone.localtime(entry.at).isoformat(timespec="seconds")
        facts = json.dumps(entry.facts, sort_keys=True, ensure_ascii=False)
        row = (
            entry.number,
            at,
            line.who,
            line.did,
            entry.verb,
            "; ".join(line.about),
            line.row,
            line.facts,
            entry.why,
        )
        writer.writerow([harmless(cell) for cell in (*row, facts, entry.hash)])
    return answer
