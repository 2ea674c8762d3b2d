"""The data map: questions read aloud by a voice the school recorded."""

from belong.base.registry import PUBLIC_TASK, Clock, Record, author

RECORDS: tuple[Record, ...] = (
    Record(
        "ask.Recording",
        holds="Questions and answers read aloud, as a sound (encrypted), who kept it and on which day.",
        about=(author("added_by"),),
        why="so that whoever reads little, or in a language that devices do not speak, can hear the questions",
        basis=PUBLIC_TASK,
        seen_by="survey leads and senior leaders; whoever answers hears it",
        kept="until it is deleted or recorded anew",
        note="A voice is about the person who speaks. Ask whoever reads aloud, and delete it when they say so.",
    ),
)
CLOCKS: tuple[Clock, ...] = ()
