"""Keeping and deleting recordings."""

from typing import IO, Any

from belong.ask.models import Recording
from belong.ask.recordings.script import script_of
from belong.base.access import require
from belong.base.actions import action
from belong.base.audit import audit
from belong.base.clock import today
from belong.base.errors import Refused
from belong.base.files import check_sound
from belong.people.models import User

ADVICE = "one question or one answer, read slowly"


@action
def keep_recording(
    user: User, *, instrument_key: str, language: str, spoken: str, upload: IO[bytes] | Any
) -> Recording:
    """Keep a sound as the voice for one question or answer, in place of the one before. Raises Refused.

    The words it stands for are those of today: if they change, it is not played until it is recorded again.
    """
    require(user, "ask.manage_recordings")
    words = {one.key: one.words for one in script_of(instrument_key, language, user.school)}.get(spoken)
    if not words:
        raise Refused("There are no such words in that language. Open the list again and choose from it.")
    sound = check_sound(upload, ADVICE)
    kept: Recording
    kept, _ = Recording.objects.update_or_create(
        school=user.school,
        instrument_key=instrument_key,
        language=language,
        spoken=spoken,
        defaults={
            "words": words,
            "sound": sound.data,
            "mime": sound.mime,
            "seconds": sound.seconds,
            "added_by": user.person,
            "added_on": today(),
        },
    )
    audit(user, "ask.keep_recording", kept, instrument=instrument_key, language=language, spoken=spoken)
    return kept


@action
def delete_recording(user: User, recording: Recording) -> None:
    """Delete a recording for good; the device's own voice reads again, where it has one."""
    require(user, "ask.manage_recordings", recording)
    Recording.objects.filter(pk=recording.pk).delete()
    audit(
        user,
        "ask.delete_recording",
        recording,
        instrument=recording.instrument_key,
        language=recording.language,
        spoken=recording.spoken,
    )
