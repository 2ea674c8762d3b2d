"""The sentences of this part: they say what to do and never what a pupil answered."""

from belong.notice.both_sides.thresholds import (
    LOW_FROM,
    OVERDUE_BY,
    RESTORE_TIMES,
    RESTORE_WITHIN,
    VERY_MANY,
)
from belong.notice.models import CareTask, Seen, Step
from belong.notice.words import day, number

NEVER = (
    "For looking after pupils. Never used to appraise an adult, never counted per adult for anybody else, and no "
    "state changes by itself."
)
STEP_HELP = {
    Step.EFFORT: "An adult makes time on purpose: a greeting each day, a short talk, something they both like.",
    Step.WELLBEING: "Somebody asks how the pupil is and keeps an eye; any worry goes to the safeguarding lead.",
    Step.SUPPORT: "Help is found that lasts: another adult to turn to, a mentor, a club, a talk between the two.",
}
THRESHOLDS = (
    f"A pupil answered at least {number(LOW_FROM)} questions about adults by name, and half of them or more with one "
    "of the lower half of the answers. The task goes to one of those whose names stood beside the questions.",
    f"An adult set Restore for the same pupil on {number(RESTORE_TIMES)} days or more within "
    f"{RESTORE_WITHIN.days // 7} weeks, and it stands at Restore.",
    f"The day to look again at a Restore passed {number(OVERDUE_BY.days // 7)} weeks ago.",
)
MANY = f"You are told from {VERY_MANY} on, and nobody else is told at all."


def seen(task: CareTask) -> str:
    """What was seen, in plain words."""
    name = task.pupil.display_name
    if task.adult is None:
        return (
            f"The way {name} answered the questions about adults suggests that something between {name} and adults "
            "here needs care. What was answered stands on the page of answers for you, and nowhere here."
        )
    if task.seen == Seen.AGAIN:
        return f"{task.adult.display_name} set Restore for {name} more than once in the last weeks."
    return (
        f"{task.adult.display_name} set Restore for {name}, and the conversation has been due for more than "
        f"{number(OVERDUE_BY.days // 7)} weeks."
    )


def opened(task: CareTask) -> str:
    """`"Opened Tue 3 March"`"""
    return f"Opened {day(task.opened_on)}"


def named_by(count: int) -> str:
    """What an adult whom very many named reads."""
    return (
        f"{count} pupils said they could turn to you. That is a lot of trust, and a lot to carry: you may ask for "
        "somebody to share it."
    )
