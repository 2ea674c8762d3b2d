"""The data map: greeting well: how to say a name, who is back, what colleagues talk up."""

from belong.base.registry import PUBLIC_TASK, Clock, Record, author, subject
from belong.notice.models import BackToday, NameSound, TalkUp

BY_NAME = "so that every pupil is greeted by name, said right"
THEIR_ADULTS = "the pupil’s tutor and teachers, pastoral staff, senior leaders"
RECORDS: tuple[Record, ...] = (
    Record(
        "notice.NameSound",
        holds="The pupil’s name, said aloud by the pupil or the family: a sound of a few seconds.",
        about=(subject("pupil"), author("by")),
        why=BY_NAME,
        basis=PUBLIC_TASK,
        seen_by=f"{THEIR_ADULTS}; the pupil and the family, who can delete it at any time",
        kept="name sounds",
        note="A voice; it is played and never compared or recognised.",
        show=lambda row: {
            "Recorded": row.made_on,
            "Length in seconds": row.seconds,
            "Recording": "in the folder files",
        },
        files=lambda row: [(row.mime, bytes(row.sound))],
    ),
    Record(
        "notice.BackToday",
        holds="That a pupil is back on a day. Never why they were away.",
        about=(subject("pupil"), author("by")),
        why="so that somebody who was away is greeted as somebody who was missed",
        basis=PUBLIC_TASK,
        seen_by=THEIR_ADULTS,
        kept="back today",
    ),
    Record(
        "notice.TalkUp",
        holds="One good line about a pupil that an adult leaves for another to use, and who used it.",
        about=(subject("pupil"), author("by"), author("used_by")),
        why="so that good things an adult saw reach the next one",
        basis=PUBLIC_TASK,
        seen_by=THEIR_ADULTS,
        kept="talk-ups",
        words=("line",),
        secret=("used_in",),
    ),
    Record(
        "notice.NoBirthday",
        holds="That a pupil or family does not want the birthday mentioned. Never why.",
        about=(subject("pupil"), author("by")),
        why="so that a family’s wish is kept",
        basis=PUBLIC_TASK,
        seen_by="the pupil and the family; adults only see that no birthday is mentioned",
        kept="until the pupil or the family changes it, or the pupil’s record goes",
    ),
)
CLOCKS: tuple[Clock, ...] = (
    Clock(
        "name sounds",
        "Names said aloud",
        runs_from="the day the pupil left",
        usual=30,
        least=1,
        most=90,
        due=lambda day: [NameSound.objects.filter(pupil__left_on__lte=day)],
        began="pupil__left_on",
    ),
    Clock(
        "back today",
        "Who was back on a day",
        runs_from="that day",
        usual=7,
        least=1,
        most=30,
        due=lambda day: [BackToday.objects.filter(on__lte=day)],
        began="on",
    ),
    Clock(
        "talk-ups",
        "Lines for a colleague",
        runs_from="the day the line was left",
        usual=90,
        least=30,
        most=365,
        due=lambda day: [TalkUp.objects.filter(made_on__lte=day)],
        began="made_on",
    ),
)
