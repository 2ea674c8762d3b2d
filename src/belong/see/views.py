"""Screens of the see room: thin; what a page holds is put together in `pages`, from a frozen release."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe
from django_htmx.http import HttpResponseClientRefresh

from belong.ask.models import Wave
from belong.base.access import allowed, require
from belong.people.access import is_analyst, is_staff
from belong.people.models import User
from belong.people.request import SignedIn
from belong.release import SYMBOLS, Policy
from belong.see import actions, pages, queries, xlsx
from belong.see.access import access_release
from belong.see.listing import listing
from belong.see.models import ReleaseRecord
from belong.see.queries import Reading
from belong.see.returning import came_from
from belong.see.table import as_csv
from belong.see.words import symbol_in_words
from belong.see.workbook import book_of


@login_required
@require_safe
def waves(request: SignedIn) -> HttpResponse:
    """Every wave this reader may see results of, and how far the others are."""
    require(request.user, "see.list_releases")
    facts = {
        "entries": listing(request.user),
        "waits_for": _waits_for(request.user),
        "may_ask": allowed(request.user, "ask.manage_waves", Wave()),
        "sees_check_ins": allowed(request.user, "see.view_check_ins"),
        "sees_places": allowed(request.user, "see.list_places"),
    }
    return render(request, "see/waves.html", facts)


@login_required
@require_safe
def overview(request: SignedIn, wave_id: int) -> HttpResponse:
    """The first page of a release; while it is built its progress, after a refusal the reason."""
    record = access_release(request.user, wave_id)
    reading = queries.read(record)
    if reading is None:
        return _not_ready(request, record)
    context = pages.overview(reading, request.user, request.GET.get("measure", ""))
    if request.headers.get("HX-Target") == "gaps":
        return render(request, "see/overview.html#gap-card", context)
    return render(request, "see/overview.html", context)


@login_required
@require_safe
def progress(request: SignedIn, wave_id: int) -> HttpResponse:
    """How far the build is; the page asks for it until there is something to read."""
    record = access_release(request.user, wave_id)
    if record.state != ReleaseRecord.BUILDING:
        return HttpResponseClientRefresh()
    return render(request, "see/building.html#progress", _waiting(request, record))


@login_required
@require_POST
def again(request: SignedIn, wave_id: int) -> HttpResponse:
    """Try to build once more."""
    actions.build_again(request.user, access_release(request.user, wave_id))
    return redirect("see:overview", wave_id)


@login_required
@require_safe
def part(request: SignedIn, wave_id: int, part: str) -> HttpResponse:
    """One part of belonging."""
    return render(request, "see/part.html", pages.part(_reading(request, wave_id), request.user, part))


@login_required
@require_safe
def groups(request: SignedIn, wave_id: int, cut: str) -> HttpResponse:
    """One way to divide people into groups."""
    reading = _reading(request, wave_id)
    return render(request, "see/groups.html", pages.groups(reading, cut, request.GET.get("measure", "")))


@login_required
@require_safe
def gap(request: SignedIn, wave_id: int) -> HttpResponse:
    """One gap between two groups."""
    asked = [request.GET.get(name, "") for name in ("measure", "cut", "group")]
    return render(request, "see/gap.html", pages.gap(_reading(request, wave_id), request.user, *asked))


@login_required
@require_safe
def missing(request: SignedIn) -> HttpResponse:
    """What it means that a figure is missing, for every kind of figure."""
    require(request.user, "see.list_releases")
    threshold = int(request.user.school.settings.get("threshold", Policy.threshold))
    context = pages.missing(threshold) | {"back": came_from(request, reverse("see:waves"))}
    return render(request, "see/missing.html", context)


@login_required
@require_safe
def why(request: SignedIn, wave_id: int) -> HttpResponse:
    """Why one figure is missing, and what would show it."""
    asked = [request.GET.get(name, "") for name in ("figure", "measure", "cut", "group")]
    reading = _reading(request, wave_id)
    context = pages.why(reading, *asked)
    back = came_from(request, context["overview_url"])
    return render(request, "see/why.html", context | {"back": back})


@login_required
@require_safe
def items(request: SignedIn, wave_id: int) -> HttpResponse:
    """Every question."""
    return render(request, "see/items.html", pages.items(_reading(request, wave_id)))


@login_required
@require_safe
def method(request: SignedIn, wave_id: int) -> HttpResponse:
    """How it was made, and what protects people."""
    return render(request, "see/method.html", pages.method(_reading(request, wave_id)))


@login_required
@require_safe
def table(request: SignedIn, wave_id: int) -> HttpResponse:
    """The whole release as a CSV file."""
    reading = _reading(request, wave_id)
    answer = HttpResponse(as_csv(reading.release), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="release-{reading.wave.pk}.csv"'
    return answer


@login_required
@require_safe
def workbook(request: SignedIn, wave_id: int) -> HttpResponse:
    """The same as an Excel workbook, with words to read first."""
    reading = _reading(request, wave_id)
    return xlsx.answer_with(book_of(reading), f"release-{reading.wave.pk}.xlsx")


@login_required
@require_safe
def everything(request: SignedIn, wave_id: int) -> HttpResponse:
    """The whole release with its seal, as data: for an officer who wants to try to break it."""
    reading = _reading(request, wave_id)
    said = {
        "symbols": {sign: symbol_in_words(sign) for sign in SYMBOLS}
    }  # beside the release, not under its seal
    answer = JsonResponse(reading.release.to_json() | said, json_dumps_params={"ensure_ascii": False})
    answer["Content-Disposition"] = f'attachment; filename="release-{reading.wave.pk}.json"'
    return answer


def _waits_for(user: User) -> str:
    """What has to happen before there are results on the list: governors read what the school has answered."""
    if is_staff(user):
        return "closing"
    return "counting" if is_analyst(user) else "answer"


def _reading(request: SignedIn, wave_id: int) -> Reading:
    """The release of a wave this reader may see; 404 while there is none."""
    reading = queries.read(access_release(request.user, wave_id))
    if reading is None:
        raise Http404
    return reading


def _not_ready(request: SignedIn, record: ReleaseRecord) -> HttpResponse:
    name = "building" if record.state == ReleaseRecord.BUILDING else "refused"
    return render(request, f"see/{name}.html", _waiting(request, record))


def _waiting(request: SignedIn, record: ReleaseRecord) -> dict[str, Any]:
    return {
        "record": record,
        "wave": record.wave,
        "is_slow": actions.is_slow(record),
        "is_broken": actions.is_broken(record),
        "may_try": allowed(request.user, "see.build_again"),
    }
