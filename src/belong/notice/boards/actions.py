"""What stands on a board: writing, reading first, putting up, declining, taking down, the wins of a week.

What an adult writes goes up at once, unless its words are marked: then another adult reads it first. What a pupil
writes always waits. The same `submission` again is the same post, whatever became of it.
"""

import logging
from collections.abc import Sequence
from typing import Any
from uuid import UUID, uuid4

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from belong.base.access import allowed, require
from belong.base.actions import action
from belong.base.audit import audit
from belong.base.clock import now, today
from belong.base.errors import Refused
from belong.guard.concerns.noticing import Look
from belong.guard.concerns.raising import raise_words
from belong.notice.boards.access import SOURCE
from belong.notice.boards.marking import marks
from belong.notice.boards.queries import (
    is_here,
    left_off,
    must_hide,
    nameable_by,
    nameable_by_pupil,
    names_off,
    pupils_of_board,
)
from belong.notice.boards.weeks import week_of
from belong.notice.models import Board, BoardName, BoardPost, BoardTurn, TakenBack
from belong.people.models import Person, User

logger = logging.getLogger("belong.notice")
LONGEST = 240
MOST_NAMED = 30
MOST_WAITING = 5
CLOSED = gettext_lazy("This board is closed. Nothing was put up.")
CANNOT_SHOW = gettext_lazy(
    "It names somebody who is not named on boards, so it stays down. You can say it to them."
)


@action
def write(
    actor: User, board: Board, *, pupils: Sequence[Person] = (), words: str, submission: UUID | None = None
) -> BoardPost:
    """An adult writes for some pupils, or for nobody in particular; it is up at once unless its words are marked.

    Raises `Refused` for a closed board, no words or too many, pupils who are not theirs or not of this board, a pupil
    who is left off, and a submission that was taken back.
    """
    require(actor, "notice.view_board", board)
    sent = submission or uuid4()
    if kept := _kept(actor.person, sent):
        return kept
    words = _checked(board, words)
    _check_named(pupils, list(nameable_by(actor, board).filter(pk__in=[one.pk for one in pupils])))
    post = _post(board, actor.person, actor.person, BoardPost.ADULTS, words, sent)
    post.marked = marks(words).any
    _refuse_left_off(words, pupils)
    if not post.marked:
        _show(post, actor)
    post = _keep(post, pupils)
    audit(actor, "notice.write_on_board", post, pupils=[pupil.pk for pupil in pupils])
    return post


@action
def write_for(
    actor: User,
    board: Board,
    *,
    author: Person,
    pupils: Sequence[Person] = (),
    words: str,
    submission: UUID | None = None,
) -> BoardPost:
    """An adult who keeps the board writes down what a pupil said; it is up, having been read, unless it is marked."""
    require(actor, "notice.keep_board", board)
    sent = submission or uuid4()
    if kept := _kept(actor.person, sent):
        return kept
    words = _checked(board, words)
    _check_named([author, *pupils], list(nameable_by(actor, board)))
    post = _post(board, author, actor.person, BoardPost.PUPILS, words, sent)
    _refuse_left_off(words, pupils)
    post = _keep(post, pupils, looked=True)
    if not post.marked and post.state == BoardPost.WAITING:
        _show(post, actor)
        post.save()
    audit(actor, "notice.write_on_board", post, pupils=[pupil.pk for pupil in pupils], person=author.pk)
    return post


@action
def write_as_pupil(
    author: Person,
    board: Board,
    *,
    pupils: Sequence[Person] = (),
    words: str,
    submission: UUID,
    turn: BoardTurn | None = None,
) -> BoardPost:
    """A pupil writes, signed in or at a class's device (`turn`); an adult reads it before anybody sees it.

    The caller has checked that it is this pupil, or that this device was handed to their class. What a pupil sends
    leaves no entry in the trail. Words the detector marks go to the safeguarding queue in the same transaction.
    """
    if kept := _kept(author, submission):
        return kept
    words = _checked(board, words)
    if not board.pupils_post or not pupils_of_board(board).filter(pk=author.pk).exists():
        raise Refused(_("Only adults write on this board. You can tell your teacher."))
    _check_named(pupils, list(nameable_by_pupil(author, board)))
    waiting = BoardPost.objects.filter(author=author, board=board, state=BoardPost.WAITING).count()
    if waiting >= MOST_WAITING:
        raise Refused(_("Your teacher has some of yours to read first. Come back a little later."))
    post = _post(board, author, author, BoardPost.PUPILS, words, submission)
    post.on_class_device = turn is not None
    return _keep(post, pupils, looked=True)


@action
def undo_post(actor: User, post: BoardPost) -> None:
    """Take back one's own post within ten minutes; a late resend does not bring it back."""
    if not allowed(actor, "notice.undo_post", post):
        raise Refused(
            "That was more than ten minutes ago. You can take it down instead; it is kept for the record."
        )
    if post.side == BoardPost.PUPILS and post.marked:
        raise Refused("Its words were marked, so it is kept. It is not on the board.")
    TakenBack.objects.get_or_create(
        school_id=post.school_id, adult_id=actor.person_id, submission=post.submission
    )
    BoardPost.objects.filter(pk=post.pk).delete()  # the object keeps its number, for the trail
    audit(actor, "notice.undo_board_post", post)


@action
def put_up(actor: User, post: BoardPost) -> BoardPost:
    """Put up what waits, or was declined or taken down. Whoever wrote marked words cannot be the one to read them."""
    require(actor, "notice.read_post", post)
    if post.state == BoardPost.SHOWN:
        return post
    if not post.board.is_open:
        raise Refused(str(CLOSED))
    if post.marked and post.sent_by_id == actor.person_id:
        raise Refused("You wrote this one. Because of its words, another adult reads it first.")
    if post.author is not None and not is_here(post.author):
        raise Refused("Whoever wrote it has left the school, so it stays down.")
    if must_hide(post, left_off()):
        raise Refused(str(CANNOT_SHOW))
    _show(post, actor)
    post.answer = ""
    post.save()
    audit(actor, "notice.put_up_post", post, person=post.author_id)
    return post


@action
def decline(actor: User, post: BoardPost, *, answer: str = "") -> BoardPost:
    """Do not put up what waits, with a kind line for whoever wrote it."""
    require(actor, "notice.read_post", post)
    if post.state != BoardPost.WAITING:
        raise Refused("Somebody has decided about this one already.")
    if len(answer.strip()) > LONGEST:
        raise Refused(f"That is {len(answer.strip())} characters; the most is {LONGEST}.")
    post.state, post.answer = BoardPost.DECLINED, answer.strip()
    _decide(post, actor)
    post.save()
    audit(actor, "notice.decline_post", post, person=post.author_id)
    return post


@action
def take_down(actor: User, post: BoardPost) -> BoardPost:
    """Take a post off every display at once; it is kept for the record, and can be put up again."""
    require(actor, "notice.read_post", post)
    if post.state != BoardPost.SHOWN:
        raise Refused("That one is not up any more.")
    post.state, post.win_of = BoardPost.TAKEN_DOWN, None
    _decide(post, actor)
    post.save()
    audit(actor, "notice.take_down_post", post, person=post.author_id)
    return post


@action
def choose_win(actor: User, post: BoardPost, *, chosen: bool = True) -> BoardPost:
    """Mark a post that is up as a win of the week in which it went up, or take that back."""
    require(actor, "notice.read_post", post)
    if post.state != BoardPost.SHOWN or post.shown_on is None:
        raise Refused("Only what is up can be a win of the week.")
    post.win_of = week_of(post.board, post.shown_on) if chosen else None
    post.save(update_fields=["win_of"])
    audit(actor, "notice.choose_win" if chosen else "notice.unchoose_win", post)
    return post


def _kept(sender: Person | None, submission: UUID) -> BoardPost | None:
    """What this submission made the first time. Raises Refused where it was taken back."""
    if sender is None:
        raise Refused("Only somebody who is at the school can write. Nothing was put up.")
    if TakenBack.objects.filter(adult=sender, submission=submission).exists():
        raise Refused(_("You took this one back. If you meant to keep it, write it again."))
    found: BoardPost | None = BoardPost.objects.filter(sent_by=sender, submission=submission).first()
    return found


def _checked(board: Board, words: str) -> str:
    words = " ".join(words.replace("\x00", "").split())
    if not board.is_open:
        raise Refused(str(CLOSED))
    if len(words) < 3:
        raise Refused(_("Write a few words first. Nothing was put up."))
    if len(words) > LONGEST:
        raise Refused(
            _("It is %(n)s letters long; the most is %(most)s. Nothing was put up.")
            % {"n": len(words), "most": LONGEST}
        )
    return words


def _check_named(pupils: Sequence[Person], may: Sequence[Person]) -> None:
    ids = {person.pk for person in may}
    if any(pupil.pk not in ids for pupil in pupils):
        raise Refused(_("Somebody you chose is not on this board. Nothing was put up."))
    if len(pupils) > MOST_NAMED:
        raise Refused(
            _("Choose %(most)s at most, or nobody: then it is for everyone. Nothing was put up.")
            % {"most": MOST_NAMED}
        )


def _refuse_left_off(words: str, pupils: Sequence[Person]) -> None:
    """An adult is told at once whom boards do not name, and never why."""
    off = left_off()
    ids = {person.pk for person in off}
    for pupil in pupils:
        if pupil.pk in ids:
            raise Refused(
                _("%(name)s is not named on boards. Your words were not put up; you can say it to them.")
                % {"name": pupil.first_name}
            )
    if names_off(words, pupils, off):
        raise Refused(str(CANNOT_SHOW))


def _post(board: Board, author: Any, sender: Any, side: str, words: str, submission: UUID) -> BoardPost:
    facts = {"author": author, "sent_by": sender, "side": side, "words": words, "submission": submission}
    return BoardPost(school_id=board.school_id, board=board, written_at=now(), **facts)


def _keep(post: BoardPost, pupils: Sequence[Person], *, looked: bool = False) -> BoardPost:
    """Store a post with whom it is for. `looked`: a pupil's words, looked through for the safeguarding lead."""
    found = marks(post.words) if looked else None
    post.marked = post.marked or (found is not None and found.any)
    try:
        with transaction.atomic():
            post.save(force_insert=True)
    except IntegrityError:  # another tab sent the same form just now
        return BoardPost.objects.get(sent_by=post.sent_by, submission=post.submission)
    ids = list(dict.fromkeys(pupil.pk for pupil in pupils))
    BoardName.objects.bulk_create(BoardName(school_id=post.school_id, post=post, pupil_id=one) for one in ids)
    if found is not None and found.look.is_flagged:
        _hand_on(post, found.look)
    return post


def _hand_on(post: BoardPost, found: Look) -> None:
    """Give marked words of a pupil to the safeguarding lead; the post is kept and marked whatever happens."""
    if post.author is None:
        return
    try:
        with transaction.atomic():
            flagged = [(f"On the board “{post.board.title}”", post.words, found)]
            raise_words(post.board.school, post.author, flagged, f"{SOURCE}:{post.pk}")
    except Exception as error:
        # The kind of the error and nothing of the words: this line goes to a log.
        logger.error("A post was kept, but could not be handed on (%s).", type(error).__name__)


def _show(post: BoardPost, actor: User) -> None:
    """Up from today; what was taken down by mistake keeps its day of this week."""
    kept = post.shown_on is not None and week_of(post.board, post.shown_on) == week_of(post.board, today())
    post.state, post.shown_on = BoardPost.SHOWN, post.shown_on if kept else today()
    _decide(post, actor)


def _decide(post: BoardPost, actor: User) -> None:
    post.decided_by, post.decided_at = actor.person, now()
