"""The data map of the act room: plans are about gaps between groups, never about one pupil."""

from belong.base.registry import CLEAR, PUBLIC_TASK, Record, author

RECORDS = (
    Record(
        "act.Plan",
        holds="What the school will do about a gap between groups, who leads it, and what came of it.",
        about=(author("owner"),),
        why="so that what was heard changes something",
        basis=PUBLIC_TASK,
        seen_by="staff",
        kept="as long as the school uses belong; it names no pupil",
        words=("aim", "learned"),
        wave="wave",
    ),
    Record(
        "act.PlanStep",
        holds="One thing to do in a plan, and who did it.",
        about=(author("done_by", erase=CLEAR),),
        why="so that what was heard changes something",
        basis=PUBLIC_TASK,
        seen_by="staff",
        kept="as long as the school uses belong; it names no pupil",
        words=("text",),
        wave="plan__wave",
    ),
)
