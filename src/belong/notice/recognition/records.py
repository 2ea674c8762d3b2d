"""The data map: recognition tied to the school's own values and traits, and each pupil's timeline."""

from django.db.models import Q

from belong.base.registry import NO_PERSON, PUBLIC_TASK, Clock, Record, author, subject
from belong.notice.models import Ambassador, HouseEvent, Recognition, Shown

RECOGNISED = "so that good things are seen, in every pupil, in the school’s own words"
READERS = "the pupil, adults who work with the pupil; the family as far as the pupil shows it"

RECORDS: tuple[Record, ...] = (
    Record(
        "notice.Trait",
        holds="The school’s own values and traits.",
        why=RECOGNISED,
        basis=NO_PERSON,
        seen_by="everyone who signs in",
        kept="as long as the school keeps them",
    ),
    Record(
        "notice.Recognition",
        holds="A good thing somebody saw in a pupil, under one of the school’s words; what a moderator changed or "
        "wrote back; whether it was shown.",
        about=(subject("pupil"), author("by"), author("decided_by")),
        why=RECOGNISED,
        basis=PUBLIC_TASK,
        seen_by=f"once approved: {READERS}; before that the pupil’s tutor, pastoral lead, senior leaders",
        kept="recognition",
        words=("words", "first_words", "reply"),
        secret=("submission",),
    ),
    Record(
        "notice.RecognitionPhoto",
        holds="A picture beside a recognition, made anew without place or time; no other child is in it.",
        about=(subject("recognition__pupil"), author("recognition__by")),
        why=RECOGNISED,
        basis=PUBLIC_TASK,
        seen_by=READERS,
        kept="recognition",
        show=lambda row: {"Picture of": row.recognition.on, "Picture": "in the folder files"},
        files=lambda row: (
            [(row.kind, bytes(row.data))] if row.recognition.state == Recognition.APPROVED else []
        ),
    ),
    Record(
        "notice.Ambassador",
        holds="That a pupil has the part of noticing good things in others.",
        about=(subject("pupil"),),
        why=RECOGNISED,
        basis=PUBLIC_TASK,
        seen_by="the pupil, senior leaders",
        kept="ambassadors",
    ),
    Record(
        "notice.Shown",
        holds="What a pupil lets their family and their tutor’s wall show of their timeline.",
        about=(subject("pupil"), author("noted_by")),
        why="so that the pupil decides who sees it",
        basis=PUBLIC_TASK,
        seen_by="the pupil, the adult who noted it for them",
        kept="timeline choices",
    ),
    Record(
        "notice.HouseEvent",
        holds="Days on which houses gather recognitions together.",
        why="events of houses, where the school opted in",
        basis=NO_PERSON,
        seen_by="staff, on those days",
        kept="house events",
    ),
    Record(
        "notice.HouseThanks",
        holds="Thanks from one adult at school to another during an event of houses.",
        about=(subject("adult"), author("by")),
        why="so that adults, too, are seen",
        basis=PUBLIC_TASK,
        seen_by="staff, on the days of the event",
        kept="house events",
        words=("words",),
        secret=("submission",),
    ),
)
CLOCKS: tuple[Clock, ...] = (
    Clock(
        "recognition",
        "Recognitions, with their pictures",
        usual=2555,
        least=365,
        most=4380,
        runs_from="the day it was seen",
        due=lambda day: [Recognition.objects.filter(on__lte=day)],
        began="on",
        why="A timeline is the pupil’s own; it may last as long as their time at the school.",
    ),
    Clock(
        "timeline choices",
        "What pupils let others see of their timelines",
        usual=2555,
        least=365,
        most=4380,
        runs_from="the day it was chosen",
        due=lambda day: [Shown.objects.filter(chosen_on__lte=day)],
        began="chosen_on",
        why="As long as what it is about.",
    ),
    Clock(
        "ambassadors",
        "Who was an ambassador",
        usual=1095,
        least=180,
        most=2555,
        runs_from="the day the part ended",
        due=lambda day: [Ambassador.objects.filter(Q(until__isnull=False) & Q(until__lte=day))],
        began="until",
    ),
    Clock(
        "house events",
        "Events of houses, with thanks among staff",
        usual=365,
        least=30,
        most=1095,
        runs_from="the last day of the event",
        due=lambda day: [HouseEvent.objects.filter(ends_on__lte=day)],
        began="ends_on",
    ),
)
