"""Who may do what beyond noting a moment.

- What an adult promised to come back to, and their fair share: that adult alone.
- An observation is marked as seen by the pupil's pastoral lead; so is a prompt about a pupil's own usual.
- A note home: whoever may see its moment sees how it stands; only who wrote it sends, prints or takes it back.
- Prompts about a child's own usual are switched on and off by the safeguarding lead or a senior leader.
"""

from collections.abc import Mapping

import rules
from django.db.models import Q, QuerySet

from belong.base.access import allowed, fetch
from belong.base.clock import now
from belong.notice.access import (
    PERMISSIONS as NOTICE,
)
from belong.notice.access import (
    UNDO_WITHIN,
    is_here,
    is_mine,
    is_observation,
    is_pastoral_lead,
    led_pupils,
    visible_moments,
)
from belong.notice.models import CircleBack, Letter, Moment, NoteHome, UsualPrompt
from belong.people import roles
from belong.people.access import is_dsl, is_leader, is_staff
from belong.people.models import Person, User
from belong.people.queries import pupils_on_roll

is_any_pastoral_lead = rules.predicate(
    lambda user, row=None: user.has_role(roles.PASTORAL_LEAD), name="is_any_pastoral_lead"
)


@rules.predicate
def is_about_somebody_here(user: User, row: Moment | CircleBack | UsualPrompt) -> bool:
    """The row is about a pupil who has come and has not left."""
    return is_here(user, row.pupil)


@rules.predicate
def leads_pupil_of(user: User, row: Moment | UsualPrompt) -> bool:
    """A pastoral lead for the school, or for a group that the row's pupil is in."""
    return is_pastoral_lead(user, row.pupil)


@rules.predicate
def may_view_its_moment(user: User, note: NoteHome) -> bool:
    return allowed(user, "notice.view_moment", note.moment)


@rules.predicate
def wrote_note(user: User, note: NoteHome) -> bool:
    """The user wrote the note home, about a pupil who is here."""
    return is_mine(user, note.moment) and is_here(user, note.moment.pupil)


@rules.predicate
def was_made_just_now(user: User, promise: CircleBack) -> bool:
    """Made within the last ten minutes."""
    return bool(promise.made_at >= now() - UNDO_WITHIN)


_promise = is_staff & is_about_somebody_here & is_mine
_lead = is_staff & is_about_somebody_here & leads_pupil_of

PERMISSIONS: Mapping[str, rules.predicates.Predicate] = {
    "notice.owe_circle_back": NOTICE["notice.record_moment"],
    "notice.view_circle_backs": is_staff,
    "notice.view_circle_back": _promise,
    "notice.undo_circle_back": _promise & was_made_just_now,
    "notice.view_fair_share": is_staff,
    "notice.read_observations": is_any_pastoral_lead,
    "notice.mark_seen": _lead & is_observation,
    "notice.write_home": NOTICE["notice.record_moment"],
    "notice.view_notes_home": is_staff,
    "notice.view_note_home": is_staff & may_view_its_moment,
    "notice.manage_note_home": is_staff & wrote_note,
    "notice.sign_own_usual": is_dsl | is_leader,
    "notice.view_prompt": _lead,
}


def visible_circle_backs(user: User) -> QuerySet[CircleBack]:
    """Every promise for which `notice.view_circle_back` holds."""
    if not user.has_role(*roles.STAFF) or user.person_id is None:
        return CircleBack.objects.none()
    return CircleBack.objects.filter(adult=user.person_id, pupil__in=pupils_on_roll())


def visible_notes_home(user: User) -> QuerySet[NoteHome]:
    """Every note home for which `notice.view_note_home` holds."""
    return NoteHome.objects.filter(moment__in=visible_moments(user))


def visible_prompts(user: User) -> QuerySet[UsualPrompt]:
    """Every prompt for which `notice.view_prompt` holds."""
    if not user.has_role(*roles.STAFF):
        return UsualPrompt.objects.none()
    led: Q = led_pupils(user)
    return UsualPrompt.objects.filter(led, pupil__in=pupils_on_roll())


def access_writing_home(user: User, pupil_id: int) -> Person:
    """A pupil whose family the user may write to; else 404."""
    return fetch(user, "notice.write_home", Person.objects.pupils(), pk=pupil_id)


def access_promised(user: User, pupil_id: int) -> Person:
    """A pupil the user may promise to come back to; else 404."""
    return fetch(user, "notice.owe_circle_back", Person.objects.pupils(), pk=pupil_id)


def access_circle_back(user: User, promise_id: int) -> CircleBack:
    """One of the user's own promises; else 404."""
    return fetch(user, "notice.view_circle_back", CircleBack.objects.select_related("pupil"), pk=promise_id)


def access_observation(user: User, moment_id: int) -> Moment:
    """An observation the user reads as pastoral lead; else 404."""
    rows = Moment.objects.select_related("pupil", "adult")
    return fetch(user, "notice.mark_seen", rows, pk=moment_id)


def access_note_home(user: User, note_id: int) -> NoteHome:
    """A note home the user may see; else 404."""
    rows = visible_notes_home(user).select_related("moment__pupil", "moment__adult")
    return fetch(user, "notice.view_note_home", rows, pk=note_id)


def access_own_note_home(user: User, note_id: int) -> NoteHome:
    """A note home the user wrote; else 404."""
    rows = NoteHome.objects.select_related("moment__pupil", "moment__adult")
    return fetch(user, "notice.manage_note_home", rows, pk=note_id)


def access_letter(user: User, note: NoteHome, letter_id: int) -> Letter:
    """A letter of that note home, which the user wrote; else 404."""
    rows = Letter.objects.filter(note=note)
    return fetch(user, "notice.view_notes_home", rows, pk=letter_id)


def access_prompt(user: User, prompt_id: int) -> UsualPrompt:
    """A prompt about a pupil whose pastoral lead the user is; else 404."""
    return fetch(user, "notice.view_prompt", UsualPrompt.objects.select_related("pupil"), pk=prompt_id)
