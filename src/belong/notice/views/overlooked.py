"""The pupils nobody has noticed yet."""

from dataclasses import replace
from urllib.parse import urlencode

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from belong.base.access import require
from belong.base.errors import Refused
from belong.notice import taking_on, words
from belong.notice.access import access_pupil
from belong.notice.forms import OverlookedForm
from belong.notice.over_time import over_time
from belong.notice.queries.overlooked import counts_by_empty, with_details
from belong.notice.queries.overlooked import overlooked as find_overlooked
from belong.notice.queries.taken_on import promises
from belong.people.models import Person
from belong.people.request import SignedIn, back_to
from belong.web.messages import noted

A_PAGE = 40
LEAST = {1: "Any", 2: "Two or more", 3: "Three or more", 4: "Four or more", 5: "Five or more", 6: "All six"}


@login_required
@require_safe
def overlooked(request: SignedIn) -> HttpResponse:
    """Absence of attention only: which of the six places are empty, most first, then by name."""
    require(request.user, "notice.view_overlooked")
    form = OverlookedForm(request.GET, user=request.user)
    filters = form.filters()
    found = find_overlooked(request.user, replace(filters, empty=1))
    shown = [row for row in found if row.empty >= filters.empty]
    whole = "all" in request.GET
    pages = Paginator(shown, max(len(shown), 1) if whole else A_PAGE).get_page(request.GET.get("page"))
    page = {
        "form": form,
        "filters": filters,
        "page": pages,
        "rows": with_details(list(pages.object_list)),
        "total": len(shown),
        "whole": whole,
        "all_query": _query(request, all="1"),
        "tabs": _tabs(request, counts_by_empty(found), filters.empty),
        "weeks_word": words.number(filters.weeks),
        "over_time": over_time(request.user),
        "filtered": bool(filters.year or filters.group or filters.place or filters.search),
    }
    return render(request, "notice/overlooked.html", page)


@login_required
@require_POST
def will_notice(request: SignedIn, pupil_id: int) -> HttpResponse:
    """One click: the adult takes on noticing this pupil; the row says so to colleagues."""
    pupil = access_pupil(request.user, pupil_id)
    row = taking_on.will_notice(request.user, pupil=pupil)
    return _said(request, pupil, words.will_notice(row, pupil.display_name), undo=True)


@login_required
@require_POST
def undo_will_notice(request: SignedIn, pupil_id: int) -> HttpResponse:
    """Take it back."""
    pupil = access_pupil(request.user, pupil_id)
    try:
        taking_on.undo_will_notice(request.user, pupil=pupil)
    except Refused as refused:
        return _said(request, pupil, refused.reason, undo=False)
    return _said(request, pupil, "Taken back.", undo=False)


def _said(request: SignedIn, pupil: Person, text: str, *, undo: bool) -> HttpResponse:
    """The piece of the row anew, with Undo in the corner; without scripts the page it came from."""
    undo_url = reverse("notice:undo-will-notice", args=[pupil.pk]) if undo else ""
    if not request.htmx:
        noted(request, text, undo_url=undo_url)
        return redirect(back_to(request, reverse("notice:overlooked")))
    page = {
        "pupil": pupil,
        "promises": promises([pupil.pk]).get(pupil.pk, []),
        "text": text,
        "undo_url": undo_url,
        "undo_target": f"#will-{pupil.pk}",
        "oob": True,
    }
    return render(request, "notice/_will_said.html", page)


def _tabs(request: SignedIn, counts: dict[int, int], current: int) -> list[dict[str, object]]:
    return [
        {
            "label": label,
            "url": _query(request, empty=str(least)),
            "current": least == current,
            "count": counts[least],
        }
        for least, label in LEAST.items()
    ]


def _query(request: SignedIn, **more: str) -> str:
    asked = {key: value for key, value in request.GET.items() if value and key not in ("page", "all")}
    return "?" + urlencode({**asked, **more})
