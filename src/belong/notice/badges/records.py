"""The data map: badges with criteria, issued as Open Badges 3.0."""

from functools import partial

from belong.base.registry import NO_PERSON, PUBLIC_TASK, SECURITY, Clock, Record, author, subject
from belong.notice.models import Award

SEEN = "the pupil; the pupil’s tutor, pastoral staff and senior leaders; the family as far as the pupil lets them"
years = partial(Clock, usual=1825, least=180, most=2555)

RECORDS: tuple[Record, ...] = (
    Record(
        "notice.Badge",
        holds="A badge of the school: its name, what it is given for, its picture, and which adult made it.",
        about=(author("made_by"),),
        why="so that good things are seen and named",
        basis=PUBLIC_TASK,
        seen_by="everybody at the school",
        kept="until the school deletes it",
    ),
    Record(
        "notice.Award",
        holds="That a pupil was given a badge, by whom, for what in a line of words, and whether it was withdrawn.",
        about=(subject("pupil"), author("by"), author("revoked_by")),
        why="so that good things are seen and named",
        basis=PUBLIC_TASK,
        seen_by=SEEN,
        kept="badges given",
        words=("evidence", "revoked_why"),
        secret=("recipient", "uid", "status_place"),
    ),
    Record(
        "notice.StatusList",
        holds="Numbers of places in a public list that says which badges were withdrawn; no names.",
        why="so that a withdrawn badge can be told from a good one",
        basis=NO_PERSON,
        seen_by="everybody",
        kept="as long as the school issues badges",
    ),
    Record(
        "notice.IssuerKey",
        holds="The public halves of the keys with which the school signs badges.",
        why="so that old badges still verify",
        basis=SECURITY,
        seen_by="everybody",
        kept="as long as the school issues badges",
    ),
)
CLOCKS: tuple[Clock, ...] = (
    years(
        "badges given",
        "Badges given to pupils, with their words",
        runs_from="the day it was given",
        due=lambda day: [Award.objects.filter(on__lte=day)],
        began="on",
    ),
)
