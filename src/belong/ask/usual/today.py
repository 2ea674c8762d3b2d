"""Prompts on the Today page of the few allowed: please ask how this child is."""

from django.urls import reverse

from belong.ask.checkins.form import label
from belong.ask.usual.access import FEW
from belong.ask.usual.looking import open_notes
from belong.base.today import TodayItem
from belong.people.models import User

ORDER = 6


def due(user: User) -> list[TodayItem]:
    """A line for each prompt nobody has looked at."""
    if user.person_id is None or not user.has_role(*FEW):
        return []
    return [
        TodayItem(
            kind="ask.usual",
            title=note.pupil.display_name,
            detail=f"{label(note.topic)}: {note.get_reason_display()}. Please ask how they are.",
            url=reverse("ask:usual-note", args=[note.pk]),
            due=note.made_on,
            order=ORDER,
            action_label="Look",
        )
        for note in open_notes(user)
    ]
