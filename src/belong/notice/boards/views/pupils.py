"""Pupils write: signed in on their own page, or by tapping their name at a device their teacher handed to the class."""

from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from django_scopes import scope

from belong.ask.languages.choosing import in_own_language
from belong.ask.naming import short_names
from belong.base.errors import Refused
from belong.notice.boards import actions, queries, setting, words
from belong.notice.boards.access import access_joined_board, access_kept_board, turn_of_key
from belong.notice.boards.forms import PostForm
from belong.notice.boards.turns import COOKIE, TurnPass, forget, remember
from belong.notice.models import Board, BoardTurn
from belong.people.models import Person
from belong.people.request import SignedIn
from belong.people.signing_in.trail import note_own
from belong.web.messages import noted


@never_cache
@login_required
@in_own_language
@require_http_methods(["GET", "POST"])
def my_board(request: SignedIn, board_id: int) -> HttpResponse:
    """A pupil's page of a board: what stands there this week, a form, and what became of their own."""
    board = access_joined_board(request.user, board_id)
    pupil = request.user.person
    assert pupil is not None  # a role belongs to a person
    form = _form(request, board, pupil)
    if request.method == "POST" and form.is_valid():
        try:
            _send(request, board, pupil, form)
        except Refused as refused:
            form.add_error(None, refused.reason)
        else:
            noted(request, str(words.SENT))
            return redirect("notice:my-board", board.pk)
    page = _page(request, board, pupil, form) | {
        "showing": queries.showing(board),
        "mine": [(post, words.became(post)) for post in queries.my_posts(pupil) if post.board_id == board.pk],
    }
    return render(request, "notice/boards/mine.html", page, status=422 if form.errors else 200)


def _form(request: HttpRequest, board: Board, pupil: Person) -> PostForm:
    return PostForm(request.POST or None, board=board, young=words.is_young(pupil.year))


def _send(
    request: HttpRequest, board: Board, pupil: Person, form: PostForm, turn: BoardTurn | None = None
) -> None:
    asked = request.POST.getlist("pupils")
    chosen = [one for one in queries.nameable_by_pupil(pupil, board) if str(one.pk) in asked]
    given = {"words": form.sentence, "submission": form.cleaned_data["submission"]}
    actions.write_as_pupil(pupil, board, pupils=chosen, turn=turn, **given)


def _page(request: HttpRequest, board: Board, pupil: Person, form: PostForm) -> dict[str, object]:
    return {
        "board": board,
        "pupil": pupil,
        "form": form,
        "people": short_names(list(queries.nameable_by_pupil(pupil, board))),
        "chosen": set(request.POST.getlist("pupils")),
    }


@never_cache
@login_required
@require_POST
def hand_round(request: SignedIn, board_id: int) -> HttpResponse:
    """Hand this device to the class: the teacher is signed out of it, and it can do nothing but write on this board."""
    board = access_kept_board(request.user, board_id)
    _, key = setting.hand_round(request.user, board)
    note_own("sign_out", request.user)
    logout(request)
    answer = redirect("notice:our-turn")
    remember(answer, key)
    return answer


@login_required
@require_POST
def end_turns(request: SignedIn, board_id: int) -> HttpResponse:
    """End the turn of every device that was handed round."""
    board = access_kept_board(request.user, board_id)
    setting.end_turns(request.user, board)
    noted(request, "No device is with the class any more.")
    return redirect("notice:board", board.pk)


@never_cache
@require_safe
def our_turn(request: HttpRequest) -> HttpResponse:
    """At the class's device: tap your name."""
    turn = turn_of_key(request.COOKIES.get(COOKIE, ""))
    if turn is None:
        return _over(request)
    with scope(school=turn.school):
        people = short_names(list(queries.pupils_of_board(turn.board)))
        facts = {"board": turn.board, "people": people, "sent": "sent" in request.GET}
        return render(request, "notice/boards/turn_names.html", facts)


@csrf_exempt  # the pass in the form proves it; the cookies of a shared device may have been cleared
@never_cache
@require_http_methods(["GET", "POST"])
def our_turn_write(request: HttpRequest, person_id: int) -> HttpResponse:
    """Write, as the one whose name was tapped; the teacher is told that it came from a class's device."""
    turn = turn_of_key(request.COOKIES.get(COOKIE, ""))
    if turn is None:
        return _over(request)
    with scope(school=turn.school):
        board = turn.board
        pupil = queries.pupils_of_board(board).filter(pk=person_id).first() if person_id < 2**63 else None
        if pupil is None:
            return redirect("notice:our-turn")
        form = _form(request, board, pupil)
        if request.method == "POST" and form.is_valid():
            if not TurnPass(turn.pk, pupil.pk).is_signed(request.POST.get("pass", "")):
                return _over(request)
            try:
                _send(request, board, pupil, form, turn)
            except Refused as refused:
                form.add_error(None, refused.reason)
            else:
                return redirect(reverse("notice:our-turn") + "?sent")
        facts = _page(request, board, pupil, form) | {"turn_pass": TurnPass(turn.pk, pupil.pk).sign()}
        return render(request, "notice/boards/turn_write.html", facts, status=422 if form.errors else 200)


def _over(request: HttpRequest) -> HttpResponse:
    """The turn is over, or there was none: nothing is left in this browser."""
    answer = render(request, "notice/boards/turn_over.html", status=410)
    forget(answer)
    return answer
