"""The data map of the notice room: moments, relationships kept on purpose, who knows whom."""

from datetime import date
from functools import partial

from django.db.models import F

from belong.base.registry import PUBLIC_TASK, Clock, Record, Rows, author, subject
from belong.notice.models import KnownBy, Moment, Relationship, RelationshipChange, WillNotice

UNNOTICED = "so that no child goes unnoticed"
three_years = partial(Clock, usual=1095, least=180, most=2555)
"""Three years; the school sets between half a year and seven."""


def _relationships(day: date) -> list[Rows]:
    """Those nobody has touched since, and earlier states of the others."""
    earlier = RelationshipChange.objects.filter(set_on__lte=day, set_on__lt=F("relationship__set_on"))
    untouched = Relationship.objects.filter(set_on__lte=day)
    return [earlier.exclude(relationship__in=untouched.values("pk")), untouched]


RECORDS = (
    Record(
        "notice.Moment",
        holds="A greeting, praise or other small thing an adult did for a pupil or saw, with a short note.",
        about=(subject("pupil"), author("adult")),
        why=UNNOTICED,
        basis=PUBLIC_TASK,
        seen_by="the pupil’s tutor, pastoral staff, senior leaders; an observation: pastoral staff and who noted it",
        kept="moments",
        words=("note",),
        secret=("submission",),
    ),
    Record(
        "notice.Relationship",
        holds="How one adult sees their relationship with one pupil (establish, maintain, restore), and why.",
        about=(subject("pupil"), author("adult")),
        why="so that every pupil has an adult who knows them",
        basis=PUBLIC_TASK,
        seen_by="the adult who set it, the pupil’s tutor, the pastoral lead",
        kept="relationships",
        words=("reason",),
    ),
    Record(
        "notice.RelationshipChange",
        holds="Earlier states of a relationship, with their reasons.",
        about=(subject("relationship__pupil"), author("relationship__adult")),
        why="so that an adult can look back",
        basis=PUBLIC_TASK,
        seen_by="the adult who set it, the pupil’s tutor, the pastoral lead",
        kept="relationships",
        words=("reason",),
    ),
    Record(
        "notice.KnownBy",
        holds="That an adult knows a pupil well, with a line about what they enjoy or what helps.",
        about=(subject("pupil"), author("adult")),
        why=UNNOTICED,
        basis=PUBLIC_TASK,
        seen_by="the pupil’s tutor, pastoral staff and senior leaders",
        kept="knowing",
        words=("line",),
    ),
    Record(
        "notice.WillNotice",
        holds="That an adult said they would notice a pupil, and by when.",
        about=(subject("pupil"), author("adult")),
        why=UNNOTICED,
        basis=PUBLIC_TASK,
        seen_by="the pupil’s tutor, pastoral staff and senior leaders",
        kept="will-notice",
    ),
    Record(
        "notice.TakenBack",
        holds="The number of a form whose moments were undone.",
        about=(author("adult"),),
        why="so that a late resend does not bring back what was undone",
        basis=PUBLIC_TASK,
        seen_by="nobody",
        kept="knowing",
        secret=("submission",),
    ),
)
CLOCKS = (
    three_years(
        "moments",
        "Moments and their notes",
        runs_from="the day of the moment",
        due=lambda day: [Moment.objects.filter(on__lte=day)],
        began="on",
    ),
    three_years(
        "relationships",
        "How relationships stand and stood",
        runs_from="the day it was set",
        due=_relationships,
        began="set_on",
    ),
    three_years(
        "knowing",
        "Who knows whom well",
        runs_from="the day it was noted",
        due=lambda day: [KnownBy.objects.filter(noted_on__lte=day)],
        began="noted_on",
    ),
    Clock(
        "will-notice",
        "Who said they would notice whom",
        runs_from="the day by which they would",
        usual=90,
        least=14,
        most=365,
        due=lambda day: [WillNotice.objects.filter(due_on__lte=day)],
        began="due_on",
    ),
)
