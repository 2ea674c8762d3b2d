"""The data map: ideas walls."""

from datetime import date
from typing import Any

from belong.ask.models import WallPost
from belong.base.registry import KEEP, PUBLIC_TASK, Clock, Record, Rows, author, subject

WHY = "so that pupils say what belonging means to them, and are heard"


def _files(row: Any) -> list[tuple[str, bytes]]:
    """The drawing, photo or sound of an idea."""
    return [(row.mime, bytes(data)) for data in (row.picture, row.sound) if data]


def _posts(day: date) -> list[Rows]:
    return [WallPost.objects.filter(written_on__lte=day)]


RECORDS: tuple[Record, ...] = (
    Record(
        "ask.Wall",
        holds="A question of the school, for whom and how long, and who keeps the wall.",
        about=(author("made_by__person"),),
        why=WHY,
        basis=PUBLIC_TASK,
        seen_by="staff; the pupils it asks",
        kept="as long as the school uses belong",
    ),
    Record(
        "ask.WallPost",
        holds="What a pupil wrote, drew, photographed or said for a wall (encrypted), and what an adult decided.",
        about=(subject("author"), author("decided_by__person", erase=KEEP)),
        special=True,
        why=WHY,
        basis=PUBLIC_TASK,
        seen_by="the adults who keep the wall; once it is up, everyone who passes it, without a name unless the writer "
        "wants the first name on it",
        kept="ideas on walls",
        words=("words",),
        secret=("submission", "picture", "sound"),
        files=_files,
    ),
)
CLOCKS: tuple[Clock, ...] = (
    Clock(
        "ideas on walls",
        "What pupils put on ideas walls",
        runs_from="the day it was written",
        usual=365,
        least=30,
        most=1095,
        due=_posts,
        began="written_on",
    ),
)
