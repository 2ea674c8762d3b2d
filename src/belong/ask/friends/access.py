"""Who may do what: whom pupils like to be with.

Who named whom, and who was named by nobody, is for the pastoral lead and the safeguarding lead, each for the pupils of
their post: no tutor, no other leader, no pupil. A leader says that families were told; a survey lead or pastoral staff
note whom a family wants left out.
"""

from collections.abc import Mapping

import rules
from django.db.models import QuerySet
from django.http import Http404

from belong.ask.access import access_wave, is_planned_in_private
from belong.ask.models import LeftOutOfFriends, Wave
from belong.ask.questionnaire import friends_items
from belong.base.access import allowed, fetch, require
from belong.people import roles
from belong.people.access import (
    is_a_pupil,
    is_any_pastoral,
    is_leader,
    is_pastoral,
    is_survey_lead,
    visible_pupils,
)
from belong.people.models import Person, User


@rules.predicate
def reads_friends(user: User, wave: Wave | None = None) -> bool:
    """A pastoral lead or the safeguarding lead, as printed beside the question."""
    return user.has_role(roles.PASTORAL_LEAD, roles.DSL)


@rules.predicate
def asks_for_friends(user: User, wave: Wave) -> bool:
    """A wave for pupils with a question about friends."""
    return bool(friends_items(wave))


@rules.predicate
def may_note_for(user: User, left: LeftOutOfFriends) -> bool:
    """The user may note it for this pupil."""
    return bool((is_survey_lead | is_pastoral).test(user, left.pupil))


PERMISSIONS: Mapping[str, rules.predicates.Predicate] = {
    "ask.see_friends": is_survey_lead | is_any_pastoral,
    "ask.read_friends": reads_friends,
    "ask.read_friends_of": reads_friends & asks_for_friends & ~is_planned_in_private,
    "ask.tell_families": is_leader & asks_for_friends,
    "ask.leave_out_of_friends": is_a_pupil & (is_survey_lead | is_pastoral),
    "ask.end_left_out": may_note_for,
}


def access_friends_wave(user: User, wave_id: int) -> Wave:
    """A wave whose answers about friends the user may read; else the same 404 as for none."""
    return fetch(user, "ask.read_friends_of", Wave.objects.all(), pk=wave_id)


def access_wave_to_tell(user: User, wave_id: int) -> Wave:
    """A wave that asks for friends and that the user may see; else 404."""
    require(user, "ask.see_friends")
    wave = access_wave(user, wave_id)
    if not friends_items(wave):
        raise Http404
    return wave


def access_pupil_to_leave_out(user: User, pupil_id: int) -> Person:
    """A pupil here for whom the user may note it; else 404."""
    return fetch(user, "ask.leave_out_of_friends", Person.objects.pupils().here(), pk=pupil_id)


def access_left_out(user: User, left_id: int) -> LeftOutOfFriends:
    """A note that stands and that the user may end; else 404."""
    rows = LeftOutOfFriends.objects.filter(ended_on=None).select_related("pupil")
    return fetch(user, "ask.end_left_out", rows, pk=left_id)


def visible_left_out(user: User) -> QuerySet[LeftOutOfFriends]:
    """Every standing note for which `ask.end_left_out` holds."""
    standing = LeftOutOfFriends.objects.filter(ended_on=None)
    if allowed(user, "ask.manage_waves"):
        return standing
    if not allowed(user, "ask.see_friends"):
        return standing.none()
    return standing.filter(pupil__in=visible_pupils(user).values("id"))
