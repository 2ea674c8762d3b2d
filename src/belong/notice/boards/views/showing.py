"""What everybody may see: the projector, the corridor's display without a sign-in, and the sheet of paper."""

from datetime import date
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from django_scopes import scope

from belong.notice.boards.access import access_board, board_of_link
from belong.notice.boards.paper import sheet
from belong.notice.boards.queries import showing
from belong.notice.boards.weeks import WEEK, week_of
from belong.notice.models import Board
from belong.people.request import SignedIn

STOP_POLLING = 286  # htmx's own status: show this, and ask no more


@never_cache
@login_required
@require_safe
def show(request: SignedIn, board_id: int) -> HttpResponse:
    """For the projector in the room: large and calm, one note of each side at a time."""
    board = access_board(request.user, board_id)
    return _show(request, board, reverse("notice:board-show", args=[board.pk]), home=True)


@require_safe
def wall(request: HttpRequest, link: str) -> HttpResponse:
    """The same for a screen in a corridor that nobody is signed in at: first names and words, and no way further.

    A display whose link was replaced or ended is told to go blank and to ask no more.
    """
    try:
        board = board_of_link(link)
    except Http404:
        if request.headers.get("HX-Request"):
            return _bare(render(request, "notice/boards/show.html#gone", status=STOP_POLLING))
        raise
    with scope(school=board.school):
        return _bare(_show(request, board, reverse("notice:board-wall", args=[link]), home=False))


def _show(request: HttpRequest, board: Board, address: str, *, home: bool) -> HttpResponse:
    found = showing(board)
    page = {"board": board, "showing": found, "address": address, "home": home, "school": board.school}
    if request.headers.get("HX-Request"):
        if request.GET.get("seen") == found.stamp:
            return HttpResponse(status=204)
        return render(request, "notice/boards/show.html#notes", page)
    return render(request, "notice/boards/show.html", page | {"is_demo": board.school.is_demo})


def _bare(answer: HttpResponse) -> HttpResponse:
    """Kept by no browser, found by no search engine, told to no other site."""
    answer["Cache-Control"] = "no-store"
    answer["X-Robots-Tag"] = "noindex, nofollow"
    answer["Referrer-Policy"] = "no-referrer"
    return answer


@login_required
@require_safe
def paper(request: SignedIn, board_id: int) -> HttpResponse:
    """The week on A3, lying; `?week=2026-11-16` an earlier one. Who is left off is on no paper either."""
    board = access_board(request.user, board_id)
    day = _day(request.GET.get("week", ""))
    found = showing(board, day)
    this = week_of(board, showing(board).week)
    page: dict[str, Any] = {
        "board": board,
        "showing": found,
        "sheet": sheet(found),
        "school": board.school,
        "before": found.week - WEEK,
        "after": found.week + WEEK if found.week < this else None,
    }
    return render(request, "notice/boards/paper.html", page)


def _day(asked: str) -> date | None:
    try:
        return date.fromisoformat(asked) if asked else None
    except ValueError:
        raise Http404 from None
