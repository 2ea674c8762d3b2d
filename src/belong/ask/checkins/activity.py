"""A check-in in class: teachers open it as they open a wave, pupils come in the same way."""

from django.urls import reverse

from belong.ask.activities import CHECKIN, Activity
from belong.ask.checkins.queries import answered_in, asked_in, title_while_open
from belong.ask.models import Wave


def _home(wave_id: int) -> str:
    wave = Wave.askings.filter(pk=wave_id).first()
    return reverse("ask:check-in", args=[wave.check_in_id]) if wave else reverse("ask:check-ins")


ACTIVITY = Activity(
    CHECKIN, "ask:checkin-answer", find=title_while_open, people=asked_in, done=answered_in, home=_home
)
