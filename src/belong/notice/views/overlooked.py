"""The pupils nobody has noticed yet."""

from dataclasses import replace
from urllib.parse import urlencode

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from belong.base.access import require
from belong.notice import words
from belong.notice.forms import OverlookedForm
from belong.notice.queries.overlooked import counts_by_empty, with_details
from belong.notice.queries.overlooked import overlooked as find_overlooked
from belong.people.request import SignedIn

A_PAGE = 40
LEAST = {1: "Any empty place", 2: "Two or more", 3: "Three or more", 4: "All four"}


@login_required
@require_safe
def overlooked(request: SignedIn) -> HttpResponse:
    """Absence of attention only: which of the four places are empty, most first, then by name."""
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
        "filtered": bool(filters.year or filters.group or filters.place or filters.search),
    }
    return render(request, "notice/overlooked.html", page)


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
