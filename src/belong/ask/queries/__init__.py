"""Every read of the ask room; higher rooms import from here.

Rows of answers are apart, in `rows`: they are read to build a release and for nothing else; import-linter says by whom.
"""

from belong.ask.friends.queries import Tie, friend_ties
from belong.ask.queries.adults import (
    Felt,
    Turning,
    adults_named,
    adults_named_for_release,
    asking_waves_since,
    felt_about_adults,
    named_in,
    readers_of,
)
from belong.ask.queries.progress import ClassProgress, Progress, still_to_call, wave_progress
from belong.ask.queries.said import (
    AnsweredAlike,
    NamedAnswer,
    Written,
    answered_a_named_question,
    named_answers,
    named_by_question,
    named_count,
    named_sheets,
    unread,
    written,
)
from belong.ask.queries.waves import (
    audience_of,
    everyone_of,
    open_waves,
    overlap,
    previous_wave,
    shared_items,
    waves,
)
from belong.ask.questionnaire import instrument_of, questions_for

__all__ = [
    "AnsweredAlike",
    "ClassProgress",
    "Felt",
    "NamedAnswer",
    "Progress",
    "Tie",
    "Turning",
    "Written",
    "adults_named",
    "adults_named_for_release",
    "answered_a_named_question",
    "asking_waves_since",
    "audience_of",
    "everyone_of",
    "felt_about_adults",
    "friend_ties",
    "instrument_of",
    "named_answers",
    "named_by_question",
    "named_count",
    "named_in",
    "named_sheets",
    "open_waves",
    "overlap",
    "previous_wave",
    "questions_for",
    "readers_of",
    "shared_items",
    "still_to_call",
    "unread",
    "wave_progress",
    "waves",
    "written",
]
