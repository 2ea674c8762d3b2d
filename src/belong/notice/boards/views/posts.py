"""Writing on a board, reading what pupils wrote before anybody else does, and what becomes of a post."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from belong.base.access import allowed
from belong.base.audit import audit
from belong.base.errors import Refused
from belong.notice.boards import actions, queries, words
from belong.notice.boards.access import (
    access_board,
    access_kept_board,
    access_own_post,
    access_post,
    readable_posts,
)
from belong.notice.boards.forms import DeclineForm, PostForm
from belong.notice.boards.marking import marks
from belong.notice.boards.names import names_in
from belong.notice.models import Board, BoardPost
from belong.people.access import visible_groups
from belong.people.models import Group, Person
from belong.people.queries import members
from belong.people.request import SignedIn, back_to
from belong.web.messages import noted


@login_required
@require_http_methods(["GET", "POST"])
def write(request: SignedIn, board_id: int) -> HttpResponse:
    """Choose for whom (or nobody), a beginning, and a few words. `?for=12` begins with that pupil chosen."""
    board = access_board(request.user, board_id)
    asked = request.POST.getlist("pupils") if request.method == "POST" else request.GET.getlist("for")
    groups, group, pupils = _choice(request, board, asked)
    form = PostForm(request.POST or None, board=board)
    chosen = [pupil for pupil in pupils if str(pupil.pk) in asked]
    if request.method == "POST" and form.is_valid():
        try:
            post = _written(request, board, form, chosen, pupils)
        except Refused as refused:
            form.add_error(None, refused.reason)
        else:
            undo = reverse("notice:board-undo", args=[post.pk])
            noted(request, words.written(post), undo_url=undo)
            return redirect("notice:board", board.pk)
    off = {person.pk for person in queries.left_off()}
    page = {
        "board": board,
        "form": form,
        "groups": groups,
        "group": group,
        "pupils": pupils,
        "chosen": {pupil.pk for pupil in chosen} - off,
        "off": off,
        "keeps": allowed(request.user, "notice.keep_board", board),
        "whose": request.POST.get("whose", ""),
    }
    return render(request, "notice/boards/write.html", page, status=422 if form.errors else 200)


def _choice(
    request: SignedIn, board: Board, asked: list[str]
) -> tuple[list[Group], Group | None, list[Person]]:
    """Whom one can write for: the class's pupils; on a place's board one group at a time, the adult's own first."""
    may = queries.nameable_by(request.user, board)
    if board.group_id is not None:
        return [], None, list(may.order_by("given_name", "family_name", "pk"))
    own = request.user.led_group_ids
    groups = sorted(
        visible_groups(request.user).filter(kind=Group.TUTOR_GROUP),
        key=lambda one: (one.pk not in own, one.name),
    )
    wanted = request.POST.get("group") or request.GET.get("group", "")
    group = next((one for one in groups if str(one.pk) == wanted), groups[0] if groups else None)
    if group is None:
        return [], None, []
    if not wanted and asked:  # somebody chosen from elsewhere brings their group along
        group = next((one for one in groups if members(one).filter(pk__in=_numbers(asked)).exists()), group)
    inside = members(group).values("pk")
    return groups, group, list(may.filter(pk__in=inside).order_by("given_name", "family_name", "pk"))


def _numbers(asked: list[str]) -> list[int]:
    return [int(one) for one in asked if one.isdecimal() and len(one) < 12]


def _written(
    request: SignedIn, board: Board, form: PostForm, chosen: list[Person], pupils: list[Person]
) -> BoardPost:
    given: dict[str, Any] = {"words": form.sentence, "submission": form.cleaned_data["submission"]}
    whose = form.cleaned_data["whose"]
    if not whose:
        return actions.write(request.user, board, pupils=chosen, **given)
    author = next((pupil for pupil in pupils if pupil.pk == whose), None)
    if author is None:
        raise Refused("Choose whose words they are. Nothing was put up.")
    return actions.write_for(request.user, board, author=author, pupils=chosen, **given)


@login_required
@require_safe
def reading(request: SignedIn, board_id: int) -> HttpResponse:
    """What waits to be read, the oldest first: words, whose, for whom, other names in them, what was marked and why."""
    board = access_kept_board(request.user, board_id)
    posts = list(queries.waiting_posts(readable_posts(request.user).filter(board=board)))
    page = {"board": board, "rows": _rows(board, posts), "answers": words.answers()}
    if posts:
        audit(request.user, "notice.read_board_posts", board, posts=[post.pk for post in posts])
    return render(request, "notice/boards/reading.html", page)


def _rows(board: Board, posts: list[BoardPost]) -> list[dict[str, Any]]:
    off = queries.left_off()
    around = list(queries.pupils_of_board(board)) if posts else []
    return [_row(post, around, off) for post in posts]


def _row(post: BoardPost, around: list[Person], off: list[Person]) -> dict[str, Any]:
    whom = [name.pupil for name in post.names.all()]
    known = {pupil.pk for pupil in whom}
    others = [person for person in names_in(post.words, around) if person.pk not in known]
    firsts = {pupil.first_name for pupil in whom}
    return {
        "post": post,
        "on": timezone.localtime(post.written_at).date(),
        "whom": whom,
        "others": [person for person in others if person.first_name not in firsts],
        "marks": marks(post.words).said if post.marked else [],
        "left_off": queries.must_hide(post, off),
    }


@login_required
@require_POST
def put_up(request: SignedIn, post_id: int) -> HttpResponse:
    """Put a post up."""
    post = actions.put_up(request.user, access_post(request.user, post_id))
    noted(request, "It is up.", undo_url=reverse("notice:board-down", args=[post.pk]))
    return _back(request, post)


@login_required
@require_POST
def decline(request: SignedIn, post_id: int) -> HttpResponse:
    """Do not put a post up, with a kind line back."""
    post = access_post(request.user, post_id)
    form = DeclineForm(request.POST)
    if not form.is_valid():
        raise Refused("That line is too long to keep. Nothing was decided.")
    actions.decline(request.user, post, answer=form.chosen)
    noted(request, "It stays down." + (" Your line is on their page." if form.chosen else ""))
    return _back(request, post)


@login_required
@require_POST
def take_down(request: SignedIn, post_id: int) -> HttpResponse:
    """Take a post off every display."""
    post = actions.take_down(request.user, access_post(request.user, post_id))
    noted(
        request, "Taken down. It is kept for the record.", undo_url=reverse("notice:board-up", args=[post.pk])
    )
    return redirect("notice:board", post.board_id)


@login_required
@require_POST
def win(request: SignedIn, post_id: int) -> HttpResponse:
    """A win of the week; `no` takes that back."""
    post = access_post(request.user, post_id)
    chosen = "no" not in request.POST
    actions.choose_win(request.user, post, chosen=chosen)
    noted(request, "A win of the week." if chosen else "Not a win any more.")
    return redirect(reverse("notice:board", args=[post.board_id]) + f"#post-{post.pk}")


@login_required
@require_POST
def undo(request: SignedIn, post_id: int) -> HttpResponse:
    """Take back what one wrote a moment ago."""
    post = access_own_post(request.user, post_id)
    actions.undo_post(request.user, post)
    noted(request, "Taken back.")
    return redirect("notice:board", post.board_id)


def _back(request: SignedIn, post: BoardPost) -> HttpResponse:
    """To the page it came from: the reading, or the board."""
    return redirect(back_to(request, reverse("notice:board-reading", args=[post.board_id])))
