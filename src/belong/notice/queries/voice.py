"""Whose voice was heard by name: only by routes on which the pupil knew that their name goes with it.

An answer to a question that named its readers, a post of their own on a board or a wall, and asking for an adult once
one has taken it on. That somebody answered a pooled or unlinked question is nobody's business, and no receipt is looked
at.
"""

from datetime import date
from typing import Any

from belong.ask.queries import answered_a_named_question
from belong.ask.walls.queries import posted_on_a_wall
from belong.guard.concerns.voice import asked_and_heard
from belong.notice.boards.queries import posted_since


def heard_by_name(pupils: Any, since: date, until: date | None = None) -> set[int]:
    """Ids of those of the pupils who were heard since a day (and by `until`), one query a route.

    `pupils` are ids, a query for ids, or None for all. Words on a board count from `since` on, whatever `until` says.
    """
    return (
        answered_a_named_question(pupils, since, until)
        | asked_and_heard(pupils, since, until)
        | posted_since(pupils, since)
        | posted_on_a_wall(pupils, since, until)
    )
