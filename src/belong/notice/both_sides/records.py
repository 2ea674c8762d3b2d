"""The data map: what pupils said of adults beside what adults say they know; matches offered and accepted."""

from datetime import date

from belong.base.registry import PUBLIC_TASK, Clock, Record, Rows, author, subject
from belong.notice.models import CareTask, Match, MatchOffer, NamedByMany

TURNED = "so that every pupil has an adult they can turn to"
CARED = "so that somebody sees to it where it is not well between a pupil and an adult"


def _offers(day: date) -> list[Rows]:
    """Those that do not stand any more."""
    ended = MatchOffer.objects.exclude(state__in=[Match.OFFERED, Match.ACCEPTED])
    return [ended.filter(offered_on__lte=day)]


RECORDS: tuple[Record, ...] = (
    Record(
        "notice.MatchOffer",
        holds="That an adult was asked to look out for a pupil, with a line, and how they answered; never a reason.",
        about=(subject("pupil"), author("adult"), author("offered_by")),
        why=TURNED,
        basis=PUBLIC_TASK,
        seen_by="the adult who was asked and who asked; unless declined, the pupil’s tutor and the pastoral lead",
        kept="matches",
        words=("line",),
    ),
    Record(
        "notice.CareTask",
        holds="That something between a pupil and an adult needs care, who sees to it, and why it was closed.",
        about=(subject("pupil"), author("adult"), author("owner"), author("closed_by")),
        why=CARED,
        basis=PUBLIC_TASK,
        seen_by="its owner; where an adult’s own state opened it, the pupil’s tutor and the pastoral lead",
        kept="care",
        words=("reason",),
        wave="wave",
    ),
    Record(
        "notice.CareStep",
        holds="What was done for a pupil: extra effort, wellbeing followed, support found.",
        about=(subject("task__pupil"), author("done_by")),
        why=CARED,
        basis=PUBLIC_TASK,
        seen_by="whoever sees the task",
        kept="care",
        words=("line",),
    ),
    Record(
        "notice.NamedByMany",
        holds="How many pupils said they could turn to an adult, where it is very many; not which.",
        about=(subject("adult"),),
        why="so that an adult who carries much can ask for somebody to share it",
        basis=PUBLIC_TASK,
        seen_by="that adult, and nobody else",
        kept="named by many",
        wave="wave",
    ),
)
CLOCKS: tuple[Clock, ...] = (
    Clock(
        "matches",
        "Matches that were declined, taken back or ended",
        runs_from="the day of the offer",
        usual=365,
        least=30,
        most=1095,
        due=_offers,
        began="offered_on",
    ),
    Clock(
        "care",
        "Tasks of extra care that are closed",
        runs_from="the day it was closed",
        usual=1095,
        least=180,
        most=2555,
        due=lambda day: [CareTask.objects.filter(closed_on__lte=day)],
        began="closed_on",
    ),
    Clock(
        "named by many",
        "How many pupils named an adult",
        runs_from="the day the adult was told",
        usual=180,
        least=30,
        most=365,
        due=lambda day: [NamedByMany.objects.filter(told_on__lte=day)],
        began="told_on",
    ),
)
