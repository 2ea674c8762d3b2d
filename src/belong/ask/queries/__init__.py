"""Every read of the ask room; higher rooms import from here."""

from belong.ask.queries.progress import ClassProgress, Progress, still_to_call, wave_progress
from belong.ask.queries.rows import pooled_rows, scrambles, unlinked_rows
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
    "NamedAnswer",
    "Progress",
    "Written",
    "answered_a_named_question",
    "audience_of",
    "everyone_of",
    "instrument_of",
    "named_answers",
    "named_by_question",
    "named_count",
    "named_sheets",
    "open_waves",
    "overlap",
    "pooled_rows",
    "previous_wave",
    "questions_for",
    "scrambles",
    "shared_items",
    "still_to_call",
    "unlinked_rows",
    "unread",
    "wave_progress",
    "waves",
    "written",
]
