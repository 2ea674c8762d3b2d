"""The data map of the tell room: what the school tells those it asked."""

from belong.base.registry import NO_PERSON, PUBLIC_TASK, Record, author

RECORDS = (
    Record(
        "tell.Response",
        holds="The school’s answer to those it asked in one wave: you asked, we heard, we did.",
        about=(author("published_by__person"),),
        why="nobody is asked without an answer",
        basis=PUBLIC_TASK,
        seen_by="staff; everybody once it is published",
        kept="as long as the school uses belong; it names no pupil",
        secret=("share_code",),
        wave="wave",
    ),
    Record(
        "tell.ResponseItem",
        holds="One thing heard and what became of it.",
        why="nobody is asked without an answer",
        basis=NO_PERSON,
        seen_by="staff; everybody once it is published",
        kept="as long as the school uses belong; it names no pupil",
        wave="response__wave",
    ),
)
