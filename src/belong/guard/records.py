"""The data map of the guard room: backups, and what the rights of people leave behind."""

from datetime import date

from belong.base.registry import CLEAR, LEGAL, NO_PERSON, SECURITY, Clock, Record, Rows, author, subject
from belong.guard.models import AccessRequest, Tombstone
from belong.guard.rights.retention import forget_leavers
from belong.people.models import Person


def _leavers(day: date) -> list[Rows]:
    """People who left on the day or before and have not been erased; some of those keep their name by law."""
    erased = Tombstone.objects.filter(kind="person").values("row")
    left = Person.objects.filter(left_on__lte=day).exclude(given_name="", family_name="")
    return [left.exclude(pk__in=erased)]


def _over(day: date) -> list[Rows]:
    return [AccessRequest.objects.filter(asked_on__lte=day)]


RIGHTS = "so that a person’s rights are kept, and the school can show that they were"
RECORDS = (
    Record(
        "guard.AccessRequest",
        holds="Who asked what is held about whom, when, how we knew them, what the pupil said about it.",
        about=(
            subject("person"),
            subject("carer", erase=CLEAR),
            author("opened_by__person"),
            author("made_by__person"),
        ),
        why=RIGHTS,
        basis=LEGAL,
        seen_by="DSL and senior leaders",
        kept="requests",
        secret=("stored",),
    ),
    Record(
        "guard.RequestItem",
        holds="What was given or held back in such a request, and why.",
        about=(subject("request__person"), author("decided_by__person")),
        why=RIGHTS,
        basis=LEGAL,
        seen_by="DSL and senior leaders",
        kept="requests",
        secret=("reason",),
    ),
    Record(
        "guard.LegalHold",
        holds="What must not be erased, since when, and why.",
        about=(subject("person"), author("placed_by__person"), author("lifted_by__person")),
        why=RIGHTS,
        basis=LEGAL,
        seen_by="DSL and senior leaders",
        kept="as long as it stands; a lifted one goes with the person",
        words=("reason",),
    ),
    Record(
        "guard.Tombstone",
        holds="That something was erased: a table, a number, a day. No name.",
        why="so that a backup restored later does not bring it back",
        basis=NO_PERSON,
        seen_by="nobody",
        kept="as long as there may be a backup from before",
    ),
    Record(
        "file:erased.jsonl",
        holds="The same, outside the database.",
        why="so that a backup restored later does not bring it back",
        basis=NO_PERSON,
        seen_by="whoever looks after the machine",
        kept="as long as there may be a backup from before",
    ),
    Record(
        "file:requests",
        holds="The files made for people who asked what is held about them; encrypted.",
        why=RIGHTS,
        basis=LEGAL,
        seen_by="DSL and senior leaders, who hand them over",
        kept="request files",
    ),
    Record(
        "file:backups",
        holds="Encrypted copies of the whole database.",
        why="so that nothing is lost with a machine",
        basis=SECURITY,
        seen_by="whoever has backup.key; words also need text.key",
        kept="backups of an open wave",
        note="Whoever was erased is erased again when an older backup is restored.",
    ),
)
CLOCKS: tuple[Clock, ...] = (
    Clock(
        "requests",
        "Requests for access, and what was decided",
        runs_from="the day it was asked",
        usual=1095,
        least=365,
        most=2555,
        due=_over,
        began="asked_on",
    ),
    Clock(
        "request files",
        "Files made for a request",
        runs_from="the day it was made",
        usual=7,
        least=7,
        most=7,
        outside=True,
    ),
    Clock(
        "leavers",
        "People who have left, with everything held about them",
        runs_from="the day they left",
        usual=365,
        least=30,
        most=2555,
        due=_leavers,
        began="left_on",
        forget=forget_leavers,
        why="a year lets a leaver’s last answers be asked about; child protection has a clock of its own",
    ),
    Clock(
        "backups of an open wave",
        "Backups made while a wave was open",
        runs_from="the backup",
        usual=7,
        least=7,
        most=7,
        outside=True,
        why="two of them, compared, could say who answered in between; others stay until the school deletes them",
    ),
)
