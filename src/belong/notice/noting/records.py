"""The data map: moments in depth: notes home, observations, circle-backs owed, a child's own usual."""

from belong.base.registry import CLEAR, PUBLIC_TASK, SAFEGUARDING, Clock, Record, author, subject
from belong.notice.models import CircleBack, UsualPrompt

RECORDS: tuple[Record, ...] = (
    Record(
        "notice.ObservationSeen",
        holds="That the pastoral lead read an observation, with the next step they wrote.",
        about=(subject("moment__pupil"), author("by")),
        why="so that what an adult saw reaches somebody, and they know it did",
        basis=PUBLIC_TASK,
        seen_by="the pupil’s pastoral lead and the adult who wrote the observation",
        kept="moments",
        words=("next_step",),
    ),
    Record(
        "notice.CircleBack",
        holds="What an adult told a pupil they would come back to, and by when.",
        about=(subject("pupil"), author("adult")),
        why="so that a promise to a child is kept",
        basis=PUBLIC_TASK,
        seen_by="the adult who made the promise",
        kept="circle backs",
        words=("about",),
        secret=("submission",),
    ),
    Record(
        "notice.NoteHome",
        holds="That a note home goes by mail or on paper, and when; its words are the moment’s.",
        about=(subject("moment__pupil"), author("moment__adult")),
        why="so that good news reaches the family once",
        basis=PUBLIC_TASK,
        seen_by="whoever may see the moment",
        kept="moments",
    ),
    Record(
        "notice.Letter",
        holds="That a carer was sent a note home, in which language, and whether it went. No address.",
        about=(subject("carer"), subject("note__moment__pupil")),
        why="so that no family gets a note twice, and a note that did not arrive is noticed",
        basis=PUBLIC_TASK,
        seen_by="whoever may see the moment",
        kept="moments",
    ),
    Record(
        "notice.UsualSignOff",
        holds="Who switched prompts about a child’s own usual on and off, and when.",
        about=(author("by", erase=CLEAR), author("ended_by", erase=CLEAR)),
        why="so that somebody answers for it",
        basis=SAFEGUARDING,
        seen_by="safeguarding leads and senior leaders",
        kept="for as long as the school uses belong",
    ),
    Record(
        "notice.UsualPrompt",
        holds="That several adults noted more about a pupil in two weeks than was usual for them: counts of days.",
        about=(subject("pupil"), author("looked_by", erase=CLEAR)),
        why="so that a person looks how the child is",
        basis=SAFEGUARDING,
        seen_by="the pupil’s pastoral lead",
        kept="own usual",
    ),
)
CLOCKS: tuple[Clock, ...] = (
    Clock(
        "circle backs",
        "Promises to come back to a pupil",
        runs_from="the day it was due",
        usual=365,
        least=30,
        most=1095,
        due=lambda day: [CircleBack.objects.filter(due_on__lte=day)],
        began="due_on",
    ),
    Clock(
        "own usual",
        "Prompts about a child’s own usual",
        runs_from="the day of the prompt",
        usual=365,
        least=90,
        most=730,
        due=lambda day: [UsualPrompt.objects.filter(made_on__lte=day)],
        began="made_on",
    ),
)
