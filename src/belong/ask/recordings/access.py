"""Who may do what: questions read aloud by a voice the school recorded.

Survey leads and senior leaders record, listen, replace and delete. Whoever answers hears what stands on their page, by
the mark the page carries (`queries.wave_of_mark`), while the wave is open.
"""

from collections.abc import Mapping

import rules

from belong.ask.models import Recording
from belong.base.access import fetch
from belong.people.access import is_staff, is_survey_lead
from belong.people.models import User

PERMISSIONS: Mapping[str, rules.predicates.Predicate] = {
    "ask.manage_recordings": is_staff & is_survey_lead,
}


def access_recording(user: User, recording_id: int) -> Recording:
    """A recording of the user's school, for who looks after them; else 404."""
    return fetch(user, "ask.manage_recordings", Recording.objects.all(), pk=recording_id)
