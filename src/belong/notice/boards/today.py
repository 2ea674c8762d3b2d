"""What the boards put on the Today page: posts to be read, and on Friday the wins of the week."""

from datetime import timedelta

from django.db.models import Min, Q, QuerySet
from django.urls import reverse

from belong.base.clock import now, today
from belong.base.today import TodayItem
from belong.notice.boards.access import kept_boards, readable_posts
from belong.notice.boards.weeks import WEEK, is_choosing_day, week_of
from belong.notice.models import Board, BoardPost
from belong.people import roles
from belong.people.models import User

BOARD = "board"
ORDER = 25
WAITED_LONG = timedelta(hours=24)


def to_read(user: User) -> list[TodayItem]:
    """A line for each board with posts that wait: for who keeps it or leads its class at once, and for other pastoral
    staff once one has waited a day."""
    if user.person_id is None or not user.has_role(*roles.STAFF):
        return []
    boards = {board.pk: board for board in kept_boards(user).filter(closed_on__isnull=True)}
    if not boards:
        return []
    posts = readable_posts(user).filter(board__in=boards, state=BoardPost.WAITING)
    found = posts.order_by().values("board").annotate(since=Min("written_at")).values_list("board", "since")
    return [
        _reading(boards[pk])
        for pk, since in found
        if _is_first(user, boards[pk]) or since <= now() - WAITED_LONG
    ]


def wins_to_choose(user: User) -> list[TodayItem]:
    """On a Friday, for who keeps a board or leads its class: choose the wins, while none of the week is chosen."""
    if user.person_id is None or not is_choosing_day(today()) or not user.has_role(*roles.STAFF):
        return []
    boards = [board for board in _first_hand(user) if board.is_open]
    ids = [board.pk for board in boards]
    recent = BoardPost.objects.filter(board__in=ids, state=BoardPost.SHOWN, shown_on__gt=today() - WEEK)
    rows = list(recent.values_list("board", "shown_on", "win_of"))
    return [_wins(board) for board in boards if _lacks_wins(board, rows)]


def _lacks_wins(board: Board, rows: list[tuple]) -> bool:
    week = week_of(board, today())
    mine = [win for pk, shown, win in rows if pk == board.pk and shown >= week]
    return bool(mine) and week not in mine


def _is_first(user: User, board: Board) -> bool:
    return board.keeper_id == user.person_id or board.group_id in user.led_group_ids


def _first_hand(user: User) -> QuerySet[Board]:
    return Board.objects.filter(Q(keeper=user.person_id) | Q(group__in=user.led_group_ids))


def _reading(board: Board) -> TodayItem:
    url = reverse("notice:board-reading", args=[board.pk])
    return TodayItem(BOARD, board.title, url, "A post waits to be read", order=ORDER, action_label="Read")


def _wins(board: Board) -> TodayItem:
    url = reverse("notice:board", args=[board.pk])
    return TodayItem(
        BOARD, board.title, url, "Choose the wins of the week", order=ORDER, action_label="Choose"
    )
