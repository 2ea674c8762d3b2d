"""The data map of concerns and of the rota."""

from datetime import date
from typing import Any

from belong.base.registry import (
    CLEAR,
    KEEP_NAMED,
    NO_PERSON,
    PUBLIC_TASK,
    SAFEGUARDING,
    Clock,
    Record,
    Rows,
    author,
    subject,
)
from belong.guard.concerns.acting import erase_words
from belong.guard.concerns.routes import abouts, visible_concerns
from belong.guard.models import Concern

YEARS_25 = 9131
LINE = "the safeguarding lead, deputies, head; about one of them, only those it goes to instead"


def _about_adults(concern_id: int) -> list[int] | None:
    """Ids of the adults here it is about; None where it is about one who was not named."""
    found = abouts([concern_id])[concern_id]
    return None if 0 in found else sorted(found)


def _may_review(user: Any, concern_id: int) -> bool:
    return bool(visible_concerns(user).filter(pk=concern_id).exists())


def _shown(entry: Any) -> dict[str, Any]:
    """An entry as a person can read it: what was said, without its salt."""
    held = entry.words or {}
    said = [piece["text"] for piece in held.get("pieces", [])] + [held.get("text", "")]
    return {
        "When": entry.at,
        "What": entry.get_kind_display(),
        "Outcome": entry.get_outcome_display(),
        "Words": "\n\n".join(part for part in said if part),
    }


def _grown_up(day: date) -> list[Rows]:
    return [Concern.objects.filter(person__born__lte=day, entries__words__isnull=False).distinct()]


def _forget(rows: Rows) -> int:
    return sum(bool(erase_words(concern)) for concern in rows)


RECORDS = (
    Record(
        "guard.Concern",
        holds="That something about a pupil had to be read: how it came in, when, and from which sheet of answers.",
        about=(subject("person", erase=KEEP_NAMED), author("raised_by__person")),
        why="so that a child who may not be safe is seen in time, and the school can show what it did",
        basis=SAFEGUARDING,
        seen_by=LINE,
        kept="child protection",
        special=True,
        concern=True,
        about_adults=lambda row: _about_adults(row.pk),
        may_review=lambda user, row: _may_review(user, row.pk),
        note="It can only grow. Taking back answers does not take back a concern that came from them.",
    ),
    Record(
        "guard.ConcernEntry",
        holds="What was said, who read it, what was decided and why; encrypted.",
        about=(subject("concern__person", erase=KEEP_NAMED), author("actor__person")),
        why="so that a child who may not be safe is seen in time, and the school can show what it did",
        basis=SAFEGUARDING,
        seen_by=LINE,
        kept="child protection",
        special=True,
        words=("words",),
        secret=("seal", "hash"),
        concern=True,
        about_adults=lambda row: _about_adults(row.concern_id),
        may_review=lambda user, row: _may_review(user, row.concern_id),
        show=_shown,
    ),
    Record(
        "guard.Rota",
        holds="Who is head, chair of governors and out-of-hours contact; school hours; how long things may wait.",
        about=(
            subject("head", erase=CLEAR),
            subject("chair", erase=CLEAR),
            subject("out_of_hours", erase=CLEAR),
        ),
        why="so that somebody always reads what pupils ask and write",
        basis=PUBLIC_TASK,
        seen_by="senior leaders and the DSL",
        kept="until changed",
    ),
    Record(
        "guard.Deputy",
        holds="Who is deputy safeguarding lead.",
        about=(subject("person"),),
        why="so that somebody always reads what pupils ask and write",
        basis=PUBLIC_TASK,
        seen_by="senior leaders and the DSL",
        kept="until changed",
    ),
    Record(
        "guard.Shift",
        holds="Who reads what pupils write, on which weekday from when to when.",
        about=(subject("person"),),
        why="so that somebody always reads what pupils ask and write",
        basis=PUBLIC_TASK,
        seen_by="senior leaders and the DSL",
        kept="until changed",
    ),
    *(
        Record(model, holds, why="so that reminders go out in time", basis=NO_PERSON, seen_by=seen, kept=kept)
        for model, holds, seen, kept in (
            (
                "guard.Holiday",
                "Days on which the school is shut.",
                "senior leaders and the DSL",
                "until changed",
            ),
            (
                "guard.Heartbeat",
                "When the reminders last ran.",
                "senior leaders and the DSL",
                "one row a school",
            ),
            (
                "guard.Outage",
                "From when to when belong did not run.",
                "the safeguarding lead",
                "as long as the school",
            ),
        )
    ),
)
CLOCKS = (
    Clock(
        "child protection",
        "The words of concerns and of what was done about them",
        runs_from="the day the pupil was born",
        usual=YEARS_25,
        least=YEARS_25,
        most=YEARS_25 * 3,
        due=_grown_up,
        began="person__born",
        forget=_forget,
        why="until the 25th birthday, as schools keep child-protection files; the entries stay without their words",
    ),
)
