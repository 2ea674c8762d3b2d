"""Boards themselves: making, changing, closing; the link of a display; a device for the class; who is left off."""

from collections.abc import Collection
from datetime import timedelta
from typing import Any

from belong.ask.tokens import hash_of, new_token
from belong.base.access import allowed, require
from belong.base.actions import action
from belong.base.audit import audit
from belong.base.clock import now, today
from belong.base.errors import Refused
from belong.notice.boards.access import groups_for_boards
from belong.notice.models import Board, BoardTurn, LeftOff
from belong.people.models import Group, Person, User

TURN_LASTS = timedelta(minutes=40)
NOTE_LENGTH = 280


@action
def make_board(
    actor: User,
    *,
    kind: str,
    title: str,
    group: Group | None = None,
    place: str = "",
    years: Collection[str] = (),
    pupils_post: bool = True,
    week_starts: int = 0,
    keeper: Person | None = None,
) -> Board:
    """Open a board for a class the actor may see, or for a place; the actor keeps it unless they name somebody."""
    require(actor, "notice.make_board")
    title, place = " ".join(title.split()), " ".join(place.split())
    if kind not in dict(Board.KINDS) or not title:
        raise Refused("Give the board a kind and a title.")
    if (group is None) == (not place):
        raise Refused("A board is for a class or for a place: choose one of the two.")
    if group is not None and not groups_for_boards(actor).filter(pk=group.pk).exists():
        raise Refused("That class is not one of yours.")
    board = Board.objects.create(
        school_id=actor.school_id,
        kind=kind,
        title=title,
        group=group,
        place=place,
        years=[] if group else sorted(years),
        pupils_post=pupils_post,
        week_starts=week_starts,
        keeper=keeper or actor.person,
        opened_on=today(),
    )
    audit(actor, "notice.make_board", board, kind=kind)
    return board


@action
def change_board(actor: User, board: Board, **changes: Any) -> Board:
    """Change title, whether pupils write, the years of a place, the first day of the week, or who keeps it."""
    require(actor, "notice.keep_board", board)
    for field in ("title", "pupils_post", "years", "week_starts", "keeper"):
        if field in changes:
            setattr(board, field, changes[field])
    if not board.title.strip():
        raise Refused("Give the board a title.")
    board.save()
    audit(actor, "notice.change_board", board)
    return board


@action
def close_board(actor: User, board: Board) -> Board:
    """Close a board: nothing more is written, its display link and its devices stop. What stood on it is kept."""
    require(actor, "notice.keep_board", board)
    board.closed_on, board.link_hash, board.link = today(), "", ""
    board.save()
    BoardTurn.objects.filter(board=board).update(ended=True)
    audit(actor, "notice.close_board", board)
    return board


@action
def reopen_board(actor: User, board: Board) -> Board:
    """Open a closed board again; a display needs a new link."""
    require(actor, "notice.keep_board", board)
    board.closed_on = None
    board.save()
    audit(actor, "notice.reopen_board", board)
    return board


@action
def give_link(actor: User, board: Board) -> str:
    """A display link, to be opened without signing in: 128 random bits. The one before stops working."""
    require(actor, "notice.keep_board", board)
    if not board.is_open:
        raise Refused("Open the board again first: a closed one shows nothing.")
    token = new_token()
    board.link_hash, board.link = hash_of(token), token
    board.save(update_fields=["link_hash", "link"])
    audit(actor, "notice.give_board_link", board)
    return token


@action
def end_link(actor: User, board: Board) -> None:
    """Switch the display link off; whatever screen shows it goes blank."""
    require(actor, "notice.keep_board", board)
    board.link_hash, board.link = "", ""
    board.save(update_fields=["link_hash", "link"])
    audit(actor, "notice.end_board_link", board)


@action
def hand_round(actor: User, board: Board) -> tuple[BoardTurn, str]:
    """Let a class write at the device in the actor's hands for 40 minutes: the turn, and the key this device keeps."""
    require(actor, "notice.keep_board", board)
    if not board.is_open or not board.pupils_post:
        raise Refused("Pupils do not write on this board. You can change that in its settings.")
    if board.group_id is None:
        raise Refused(
            "A device can be handed to a class. On this board, pupils write when they are signed in."
        )
    BoardTurn.objects.filter(board=board, expires_at__lte=now()).delete()
    key = new_token()
    turn = BoardTurn.objects.create(
        school_id=board.school_id,
        board=board,
        opened_by=actor.person,
        key_hash=hash_of(key),
        opened_at=now(),
        expires_at=now() + TURN_LASTS,
    )
    audit(actor, "notice.hand_round_board", board)
    return turn, key


@action
def end_turns(actor: User, board: Board) -> int:
    """End the turn of every device that was handed round for a board; how many."""
    require(actor, "notice.keep_board", board)
    ended = BoardTurn.objects.filter(board=board, ended=False, expires_at__gt=now()).update(ended=True)
    audit(actor, "notice.end_board_turns", board)
    return int(ended)


@action
def leave_off(actor: User, pupil: Person, *, why: str, note: str = "") -> LeftOff:
    """Name a pupil on no board from now on; what stands there with their name is hidden at once."""
    require(actor, "notice.leave_off", pupil)
    if why not in dict(LeftOff.WHY):
        raise Refused("Choose who asked for it.")
    if len(note.strip()) > NOTE_LENGTH:
        raise Refused(f"That is {len(note.strip())} characters; the most is {NOTE_LENGTH}.")
    if kept := left_row(pupil):
        return kept
    row = LeftOff.objects.create(
        school_id=pupil.school_id, pupil=pupil, why=why, note=note.strip(), since=today(), set_by=actor.person
    )
    audit(actor, "notice.leave_off", row)
    return row


@action
def end_leaving_off(actor: User, pupil: Person) -> None:
    """Let a pupil be named on boards again. What keeps a child safe is ended by pastoral staff only."""
    require(actor, "notice.leave_off", pupil)
    row = left_row(pupil)
    if row is None:
        raise Refused(f"{pupil.first_name} can be named on boards.")
    if row.why == LeftOff.SAFETY and not allowed(actor, "notice.read_why_left_off", row):
        raise Refused("Ask the pastoral lead: they know whether it can end.")
    row.until = today()
    row.save(update_fields=["until"])
    audit(actor, "notice.end_leave_off", row)


def left_row(pupil: Person) -> LeftOff | None:
    """That a pupil is left off now, or None."""
    found: LeftOff | None = LeftOff.objects.filter(pupil=pupil, until__isnull=True).first()
    return found
