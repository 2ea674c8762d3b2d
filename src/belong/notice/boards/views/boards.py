"""Boards for adults: the list, one board with what stands on it this week, its settings and its display link."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from belong.base.access import allowed, require
from belong.base.audit import audit
from belong.base.clock import today
from belong.base.errors import Refused
from belong.notice.boards import queries, setting, words
from belong.notice.boards.access import (
    access_board,
    access_kept_board,
    kept_boards,
    readable_posts,
    visible_boards,
)
from belong.notice.boards.forms import BoardForm, SettingsForm
from belong.notice.boards.weeks import is_choosing_day, week_of
from belong.notice.models import Board, BoardPost, BoardTurn
from belong.people.request import SignedIn
from belong.web.messages import noted


@login_required
@require_safe
def boards(request: SignedIn) -> HttpResponse:
    """Every board this adult may see: those they look after first, closed ones last."""
    require(request.user, "notice.view_boards")
    kept = set(kept_boards(request.user).values_list("pk", flat=True))
    found = sorted(
        visible_boards(request.user).select_related("group"),
        key=lambda board: (not board.is_open, board.pk not in kept, board.title.casefold()),
    )
    waiting = readable_posts(request.user).filter(state=BoardPost.WAITING, board__in=found)
    page = {
        "boards": found,
        "kept": kept,
        "to_read": set(waiting.order_by().values_list("board_id", flat=True)),
        "about": words.ABOUT,
        "icons": words.ICONS,
        "may_make": allowed(request.user, "notice.make_board"),
    }
    return render(request, "notice/boards/list.html", page)


@login_required
@require_http_methods(["GET", "POST"])
def new_board(request: SignedIn) -> HttpResponse:
    """Open a board for a class or a place."""
    require(request.user, "notice.make_board")
    form = BoardForm(request.POST or None, user=request.user)
    if request.method == "POST" and form.is_valid():
        try:
            board = setting.make_board(request.user, **form.cleaned_data)
        except Refused as refused:
            form.add_error(None, refused.reason)
        else:
            noted(request, f"{board.title} is open.")
            return redirect("notice:board", board.pk)
    return render(request, "notice/boards/new.html", {"form": form}, status=422 if form.errors else 200)


@login_required
@require_safe
def board(request: SignedIn, board_id: int) -> HttpResponse:
    """This week on a board, by side; what waits, for those who keep it; who is missing, for the teacher alone."""
    found = access_board(request.user, board_id)
    user = request.user
    keeps = allowed(user, "notice.keep_board", found)
    page: dict[str, Any] = {
        "board": found,
        "about": words.ABOUT[found.kind],
        "showing": queries.showing(found),
        "keeps": keeps,
        "wins": queries.wins(found, weeks=6),
        "friday": is_choosing_day(today()),
    }
    if keeps:
        page |= _for_keeper(request, found)
    if found.group_id is not None and allowed(user, "notice.see_unnamed", found):
        page["unnamed"] = queries.unnamed(found)
        audit(user, "notice.view_unnamed", found)
    return render(request, "notice/boards/board.html", page)


def _for_keeper(request: SignedIn, board: Board) -> dict[str, Any]:
    posts = list(queries.chosen_posts(board))
    off = queries.left_off()
    week = week_of(board, today())
    readable = set(readable_posts(request.user).filter(board=board).values_list("pk", flat=True))
    return {
        "to_read": readable_posts(request.user).filter(board=board, state=BoardPost.WAITING).count(),
        "posts": {post.pk: post for post in posts if post.pk in readable},
        "hidden": [post for post in posts if post.state == BoardPost.SHOWN and queries.must_hide(post, off)],
        "down": [post for post in posts if post.state == BoardPost.TAKEN_DOWN and post.pk in readable],
        "has_wins": any(post.win_of == week for post in posts),
        "link": request.build_absolute_uri(reverse("notice:board-wall", args=[board.link]))
        if board.link
        else "",
        "turns": [turn for turn in BoardTurn.objects.filter(board=board) if turn.is_live],
    }


@login_required
@require_http_methods(["GET", "POST"])
def settings(request: SignedIn, board_id: int) -> HttpResponse:
    """Title, who keeps it, whether pupils write, the first day of the week."""
    found = access_kept_board(request.user, board_id)
    form = SettingsForm(request.POST or None, board=found)
    if request.method == "POST" and form.is_valid():
        try:
            setting.change_board(request.user, found, **form.cleaned_data)
        except Refused as refused:
            form.add_error(None, refused.reason)
        else:
            noted(request, "Kept.")
            return redirect("notice:board", found.pk)
    page = {"board": found, "form": form}
    return render(request, "notice/boards/settings.html", page, status=422 if form.errors else 200)


@login_required
@require_POST
def close(request: SignedIn, board_id: int) -> HttpResponse:
    """Close a board, or open it again (`open`)."""
    found = access_kept_board(request.user, board_id)
    if "open" in request.POST:
        setting.reopen_board(request.user, found)
        noted(request, f"{found.title} is open again.")
    else:
        setting.close_board(request.user, found)
        noted(request, f"{found.title} is closed. What stood on it is kept.")
    return redirect("notice:board", found.pk)


@never_cache
@login_required
@require_POST
def link(request: SignedIn, board_id: int) -> HttpResponse:
    """A display link, or a new one in its place; `end` switches it off."""
    found = access_kept_board(request.user, board_id)
    if "end" in request.POST:
        setting.end_link(request.user, found)
        noted(
            request, "The display link is switched off. Screens that showed it go blank within half a minute."
        )
    else:
        had = bool(found.link)
        setting.give_link(request.user, found)
        noted(
            request,
            "Here is a new link. The one before has stopped." if had else "The display link is ready.",
        )
    return redirect(reverse("notice:board", args=[found.pk]) + "#display")
