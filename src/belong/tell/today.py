"""What tell puts on the Today page: people who were asked and wait for an answer."""

from typing import Any

from django.urls import reverse

from belong.ask.models import Wave
from belong.base.access import allowed
from belong.base.today import TodayItem
from belong.tell.queries import unanswered


def answers_owed(user: Any) -> list[TodayItem]:
    """Closed waves with a release and no published response, for those who write responses."""
    if not allowed(user, "tell.write_response"):
        return []
    return [_item(wave) for wave in unanswered()]


def _item(wave: Wave) -> TodayItem:
    people = {Wave.PUPILS: "pupils", Wave.STAFF: "staff", Wave.FAMILIES: "families"}[wave.audience]
    return TodayItem(
        "tell",
        f"Answer the {people} you asked: {wave.title}",
        reverse("tell:edit", args=[wave.pk]),
        "Say what you heard and what you did. The next wave waits for it.",
        order=32,
        action_label="Write the answer",
    )
