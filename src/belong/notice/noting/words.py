"""The sentences of this part, in one place so that they stay plain and alike."""

from collections.abc import Sequence
from datetime import timedelta

from django.utils import timezone
from django.utils.formats import date_format

from belong.base.clock import now
from belong.notice.models import Aspect, CircleBack, Letter, NoteHome, UsualPrompt
from belong.notice.words import day, number

TROUBLES = {
    Letter.REFUSED: "the mail server did not take the address",
    Letter.NO_SERVER: "the mail server could not be reached for a day",
    Letter.NO_ADDRESS: "there is no address any more, or they may no longer be written to",
    Letter.CUT_OFF: "the line was cut while it was being sent: it may have arrived or not",
}


def promised(promise: CircleBack) -> str:
    """`"You will come back to Ben Carter by tomorrow."`"""
    return f"On Today for {day(promise.due_on)}: come back to {promise.pupil.display_name}."


def letter_state(letter: Letter) -> str:
    """How one mail stands, after the carer's name."""
    if letter.state == Letter.FAILED:
        return f"not sent: {TROUBLES.get(letter.trouble, 'something went wrong')}"
    if letter.state == Letter.SENDING:
        is_cut = letter.trouble == Letter.CUT_OFF
        return TROUBLES[Letter.CUT_OFF] if is_cut else "on its way"
    if letter.state == Letter.CAME_BACK:
        return "came back: it did not arrive"
    if letter.state == Letter.SENT and letter.at:
        return f"sent {at_time(letter)}"
    return "waiting"


def at_time(letter: Letter) -> str:
    """`"today at 14:32"`."""
    at = timezone.localtime(letter.at or now())
    return f"{day(at.date())} at {date_format(at, 'H:i')}"


def home_state(note: NoteHome, letters: Sequence[Letter]) -> str:
    """How a note home stands as a whole, in a few words."""
    states = {letter.state for letter in letters}
    if states & {Letter.FAILED, Letter.CAME_BACK}:
        return "did not arrive everywhere"
    if Letter.WAITING in states:
        return "goes out soon" if note.send_after <= now() else f"goes out at {clock(note)}"
    if Letter.SENDING in states:
        return "on its way"
    if states:
        return "sent home"
    return "on paper" if note.printed_at else "to be printed"


def clock(note: NoteHome) -> str:
    """When it goes out: `"14:32"`."""
    return str(date_format(timezone.localtime(note.send_after + timedelta(seconds=59)), "H:i"))


def prompt(found: UsualPrompt) -> str:
    """What a prompt says: what was counted, beside the child's own usual, and nothing more."""
    times = "day" if found.recent == 1 else "days"
    recent = f"In two weeks, {number(found.adults)} adults noted something on {number(found.recent)} {times}"
    abouts = [f"{Aspect(key).label.lower()} ({number(n)})" for key, n in sorted(found.aspects.items())]
    about = f", about {', '.join(abouts)}" if abouts else ""
    weeks = "week" if found.weeks_before == 1 else f"{number(found.weeks_before)} school weeks"
    usual = (
        f"In the {weeks} before there was none."
        if not found.before
        else f"In the {weeks} before it was {number(found.before)} in all."
    )
    return f"{recent}{about}. {usual}"
