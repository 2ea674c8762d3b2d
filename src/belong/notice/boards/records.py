"""The data map: hype and gratitude boards for a class or a corridor."""

from datetime import date
from functools import partial
from typing import Any

from belong.base.registry import KEEP, PUBLIC_TASK, Clock, Record, Rows, author, subject
from belong.notice.models import BoardName, BoardPost, BoardTurn, LeftOff

GOOD_THINGS = "so that good things about people are said out loud"
READERS = "everyone who passes the board, by first name, once an adult put it up; before that the adults who keep it"


def _about(person: Any) -> Rows:
    """Posts for a pupil: their name stands in the words, so a post goes with them."""
    return BoardPost.objects.filter(pk__in=BoardName.objects.filter(pupil=person.pk).values("post"))


def _posts(day: date) -> list[Rows]:
    return [BoardPost.objects.filter(written_at__date__lte=day)]


def _ended(day: date) -> list[Rows]:
    return [LeftOff.objects.filter(until__lte=day)]


one_year = partial(Clock, usual=365, least=90, most=1095)
RECORDS: tuple[Record, ...] = (
    Record(
        "notice.Board",
        holds="A board of a class or a place, who looks after it, and the sealed link of its display.",
        about=(author("keeper"),),
        why=GOOD_THINGS,
        basis=PUBLIC_TASK,
        seen_by="the adults of the class, pastoral staff; a place’s board: all staff",
        kept="as long as its class",
        secret=("link_hash", "link"),
    ),
    Record(
        "notice.BoardPost",
        holds="What somebody wrote on a board, who read it first, and what they wrote back.",
        about=(
            subject("author"),
            subject(find=_about),
            author("sent_by", erase=KEEP),
            author("decided_by", erase=KEEP),
        ),
        why=GOOD_THINGS,
        basis=PUBLIC_TASK,
        seen_by=READERS,
        kept="boards",
        words=("words", "answer"),
        secret=("submission",),
    ),
    Record(
        "notice.BoardName",
        holds="For whom a post is.",
        about=(subject("pupil"),),
        why=GOOD_THINGS,
        basis=PUBLIC_TASK,
        seen_by=READERS,
        kept="boards",
    ),
    Record(
        "notice.LeftOff",
        holds="That a pupil is named on no board, who asked for it, and a line about it.",
        about=(subject("pupil"), author("set_by", erase=KEEP)),
        why="so that nobody’s name is shown against their wish, their family’s or their safety",
        basis=PUBLIC_TASK,
        seen_by="that it is so: the adults of the class; why: pastoral staff and who noted it",
        kept="left off boards",
        words=("note",),
    ),
    Record(
        "notice.BoardTurn",
        holds="That a device was handed to a class, and until when; never who wrote at it.",
        about=(author("opened_by", erase=KEEP),),
        why="so that pupils without a sign-in can write",
        basis=PUBLIC_TASK,
        seen_by="the adults who keep the board",
        kept="device turns",
        secret=("key_hash",),
    ),
)
CLOCKS: tuple[Clock, ...] = (
    one_year(
        "boards",
        "What was written on boards",
        runs_from="the day it was written",
        due=_posts,
        began="written_at__date",
    ),
    one_year(
        "left off boards",
        "Who was left off boards, and why",
        runs_from="the day on which it ended",
        due=_ended,
        began="until",
    ),
    Clock(
        "device turns",
        "Devices handed to a class",
        runs_from="the end of the turn",
        usual=1,
        least=1,
        most=1,
        due=lambda day: [BoardTurn.objects.filter(expires_at__date__lte=day)],
        began="expires_at__date",
    ),
)
