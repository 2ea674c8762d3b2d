"""The data map: change against a child’s own usual in check-ins."""

from belong.ask.models import UsualNote
from belong.base.registry import CLEAR, SAFEGUARDING, Clock, Record, author, subject

RECORDS: tuple[Record, ...] = (
    Record(
        "ask.UsualCheck",
        holds="Who switched the look for change against a child’s own usual on and off, and when.",
        about=(author("by", erase=CLEAR), author("ended_by", erase=CLEAR)),
        why="so that somebody answers for it",
        basis=SAFEGUARDING,
        seen_by="safeguarding leads and senior leaders",
        kept="for as long as the school uses belong",
    ),
    Record(
        "ask.UsualNote",
        holds="That a pupil’s face in a check-in was far below their own usual, or low three times running. No answer.",
        about=(subject("pupil"), author("looked_by", erase=CLEAR)),
        why="so that a person asks how the child is",
        basis=SAFEGUARDING,
        seen_by="the pastoral lead and safeguarding lead whose names stood beside the answers",
        kept="usual notes",
        secret=("readers",),
    ),
)
CLOCKS: tuple[Clock, ...] = (
    Clock(
        "usual notes",
        "Prompts about a child’s own usual in check-ins",
        runs_from="the day of the prompt",
        usual=365,
        least=90,
        most=730,
        due=lambda day: [UsualNote.objects.filter(made_on__lte=day)],
        began="made_on",
    ),
)
