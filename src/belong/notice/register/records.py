"""The data map: what an adult means to do for a relationship, and what they handed on."""

from belong.base.registry import PUBLIC_TASK, Clock, Record, author, subject
from belong.notice.models import HandOver, Intention

RECORDS: tuple[Record, ...] = (
    Record(
        "notice.Intention",
        holds="One small thing an adult meant to do with a pupil by a day, and whether they did.",
        about=(subject("pupil"), author("adult")),
        why="so that a relationship is kept on purpose",
        basis=PUBLIC_TASK,
        seen_by="the adult who meant to do it, and nobody else",
        kept="intentions",
    ),
    Record(
        "notice.HandOver",
        holds="What helps a pupil, and a line from one adult to the next at the end of a year.",
        about=(subject("pupil"), author("adult")),
        why="so that a pupil need not begin again with every new adult",
        basis=PUBLIC_TASK,
        seen_by="who wrote it, the next tutor or teacher, the pupil’s tutor, the pastoral lead",
        kept="hand-overs",
        words=("what_helps", "line"),
    ),
)
CLOCKS: tuple[Clock, ...] = (
    Clock(
        "intentions",
        "What adults meant to do for a relationship",
        runs_from="the day it was due",
        usual=365,
        least=30,
        most=1095,
        due=lambda day: [Intention.objects.filter(due_on__lte=day)],
        began="due_on",
    ),
    Clock(
        "hand-overs",
        "What was handed on at the end of a year",
        runs_from="the day it was written",
        usual=730,
        least=365,
        most=1825,
        due=lambda day: [HandOver.objects.filter(written_on__lte=day)],
        began="written_on",
    ),
)
