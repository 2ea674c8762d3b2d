"""A closed wave that asked whom pupils like to be with, what Ben said, and a pupil who is left out."""

from datetime import timedelta
from typing import Any

from belong.ask.actions import draft_wave, sheets_of
from belong.ask.friends.actions import leave_out
from belong.ask.models import Wave
from belong.base.clock import now, today
from tests.conftest import Cast


def friends(cast: Cast) -> dict[str, dict[str, Any]]:
    """`friends`: the wave, and who is left out."""
    wave = draft_wave(
        cast.survey_lead,
        title="People you like to be with",
        audience=Wave.PUPILS,
        instrument_key="friends",
        opens_on=today() - timedelta(days=9),
        closes_on=today() - timedelta(days=2),
        years=["8"],
    )
    Wave.objects.filter(pk=wave.pk).update(state=Wave.CLOSED, closed_at=now(), rewritten=True)
    said = sheets_of(wave, cast.pupils[1], {"be-with": (cast.pupils[2].pk,)})
    assert said.signed is not None
    said.signed.save()
    left = leave_out(cast.pastoral, cast.pupils[6], asked_by="carer")
    return {"friends": {"wave_id": wave.pk, "left_id": left.pk}}
