"""The sentences of the notice room, in one place so that they stay plain and alike."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from belong.base.clock import today
from belong.notice.models import Kind, Moment, RelationshipChange, State, WillNotice

if TYPE_CHECKING:
    from belong.notice.greeting.queries import Greeting
    from belong.notice.queries.cards import Card

NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
KIND_HELP = {
    Kind.GREETING: "By name, at the door",
    Kind.CHECK_IN: "How was the weekend? And I listened",
    Kind.PRAISE: "I notice you are someone who…",
    Kind.GESTURE: "A card, a seat, a wait",
    Kind.WORK: "On the wall, or read out",
    Kind.NOTE_HOME: "What you wrote to the family",
    Kind.OBSERVATION: "A change you saw. Only you and the pastoral lead see it",
}
IN_WORDS_HELP = KIND_HELP | {Kind.PRAISE: "Finish a sentence that begins well"}
WORDS_LABEL = KIND_HELP | {Kind.PRAISE: "What did you see?", Kind.OBSERVATION: "What did you see or hear?"}
KIND_ICONS = {
    Kind.GREETING: "wave",
    Kind.CHECK_IN: "calendar",
    Kind.PRAISE: "star",
    Kind.GESTURE: "heart",
    Kind.WORK: "flag",
    Kind.NOTE_HOME: "mail",
    Kind.OBSERVATION: "eye",
}
STATE_HELP = {
    State.ESTABLISH: "We are still getting to know each other.",
    State.MAINTAIN: "It is good, and I keep it so.",
    State.RESTORE: "Something went wrong, and I start again.",
}


def number(n: int) -> str:
    """Small numbers in words, as one would write them: `3` → `"three"`, `12` → `"12"`."""
    return NUMBERS[n] if 0 <= n < len(NUMBERS) else str(n)


def day(on: date) -> str:
    """`"today"`, `"yesterday"`, else `"Tue 3 March"`, with the year where it is not this one."""
    if on == today():
        return _("today")
    if on == today() - timedelta(days=1):
        return _("yesterday")
    return date_format(on, "D j E" if on.year == today().year else "D j E Y", use_l10n=False)


def upper_first(text: str) -> str:
    """The text with a capital letter, the rest as it was."""
    return text[:1].upper() + text[1:]


def noted_moments(moments: Sequence[Moment]) -> str:
    """What the toast says: `"Noted: praise for Ben Carter."`"""
    kind = Kind(moments[0].kind).label.lower()
    whom = moments[0].pupil.display_name if len(moments) == 1 else f"{len(moments)} pupils"
    return f"Noted: {kind} for {whom}."


def set_state(change: RelationshipChange, name: str) -> str:
    """`"Ben Carter: Restore. Look again on Tue 10 March."`"""
    return f"{name}: {State(change.state).label}. Look again {_on(change.review_on)}."


def contact(card: Card) -> str:
    """The one line under a pupil's name: what matters most today, and otherwise the day of the last moment."""
    if card.state == State.RESTORE and card.review_on:
        was = "was due" if card.review_on < card.day else "due"
        return f"Conversation {was} {day(card.review_on)}"
    if card.has_drifted:
        return f"Look again: nothing noted by you since {day(card.set_on or card.day)}"
    if card.is_due:
        return "Look again today"
    if card.is_new:
        return f"New, {day(card.pupil.joined_on or card.day)}"
    if card.last_noticed is None:
        return "Nothing noted yet"
    if card.is_quiet:
        return f"Nothing noted for {card.weeks_quiet} weeks"
    return upper_first(day(card.last_noticed))


def greeting(card: Greeting) -> str:
    """`"Birthday today. Back today. Mrs Cole: “Ask him about the match.” Say oh-KAH-for."`"""
    said = [
        f"Birthday {day(card.birthday)}." if card.birthday else "",
        f"New {since(card.pupil.joined_on)}." if card.is_new else "",
        "Back today." if card.is_back else "",
        f"{card.line.by.display_name}: “{card.line.line}”" if card.line else "",
        f"Say {card.pupil.said_like}." if card.pupil.said_like else "",
    ]
    return " ".join(part for part in said if part)


def will_notice(row: WillNotice, name: str) -> str:
    """`"You will notice Ben Carter, by Fri 13 March."`"""
    return f"You will notice {name}, by {day(row.due_on)}."


def weeks_without(last: date | None) -> str:
    """`"No moment for six weeks"`, or `"No moment yet"`."""
    if last is None:
        return "No moment yet"
    weeks = (today() - last).days // 7
    return f"No moment for {number(weeks)} weeks"


def since(on: date | None) -> str:
    """`"today"`, `"since Mon 2 March"`, or "" where the day is not known."""
    if on is None:
        return ""
    return "today" if on == today() else f"since {day(on)}"


def _on(on: date) -> str:
    return "today" if on == today() else f"on {day(on)}"
