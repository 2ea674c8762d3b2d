"""A recording of one question of the open wave, and where a page for answering finds it."""

from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from belong.ask.models import Wave
from belong.ask.recordings.actions import keep_recording
from belong.ask.recordings.queries import sounds_for
from tests.base.files.making import wav
from tests.conftest import Cast


def recordings(cast: Cast, wave: Wave) -> dict[str, dict[str, Any]]:
    """`voice`: a recording, by number and with the mark of the open wave; `no-voice`: the same with a mark made up."""
    kept = keep_recording(
        cast.survey_lead,
        instrument_key=wave.instrument_key,
        language="en",
        spoken="item:adults-1",
        upload=SimpleUploadedFile("read.wav", wav()),
    )
    address = sounds_for(wave, "en")["item:adults-1"]
    place = {"key": wave.instrument_key, "language": "en", "spoken": "item:adults-1"}
    voice = {"recording_id": kept.pk, "mark": address.split("/")[3]}
    return {"voice": place | voice, "no-voice": place | voice | {"mark": "1:made-up", "spoken": "item:none"}}
