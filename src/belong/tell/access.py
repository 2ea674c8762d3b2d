"""Who may write and publish responses, and who may read them."""

from typing import Any

import rules
from django.db.models import QuerySet
from django.http import Http404
from django_scopes import scopes_disabled

from belong.ask.models import Wave
from belong.ask.queries import waves
from belong.base.access import fetch, require
from belong.people import roles
from belong.people.access import is_carer, is_governor, is_leader, is_pupil, is_staff, is_survey_lead
from belong.people.models import User
from belong.see.access import access_release
from belong.see.models import ReleaseRecord
from belong.tell.models import Response

AUDIENCE_ROLES = {
    Wave.PUPILS: (roles.PUPIL, roles.CARER),
    Wave.FAMILIES: (roles.CARER,),
    Wave.STAFF: roles.STAFF,
}


@rules.predicate
def was_asked(user: User, response: Response) -> bool:
    """The response is published and was written for people like this one."""
    return response.is_published and user.has_role(*AUDIENCE_ROLES[response.wave.audience])


@rules.predicate
def is_published(user: User, response: Response) -> bool:
    return response.is_published


PERMISSIONS = {
    "tell.view_responses": is_staff | is_governor,
    "tell.view_response": is_staff | (is_governor & is_published) | was_asked,
    "tell.write_response": is_survey_lead,
    "tell.publish_response": is_leader,
    "tell.view_governors_report": is_leader | is_survey_lead | is_governor,
    "tell.view_told": is_pupil | is_carer | is_staff | is_governor,
}


def access_response(user: Any, wave_id: int) -> Response:
    """The response to a wave, if the user may see it; else the same 404 as for one that does not exist."""
    return fetch(user, "tell.view_response", Response.objects.select_related("wave"), wave_id=wave_id)


def access_wave_to_answer(user: Any, wave_id: int, verb: str = "tell.write_response") -> Wave:
    """The closed wave, if the user may write (or publish) its response; else 404."""
    return fetch(user, verb, waves().filter(state=Wave.CLOSED), pk=wave_id)


def access_report(user: Any, wave_id: int) -> ReleaseRecord:
    """The release behind a governors' report; governors get it once the response is published. 404 otherwise."""
    record = access_release(user, wave_id)
    require(user, "tell.view_governors_report", record)
    if not record.is_ready:
        raise Http404
    return record


def access_shared(code: str) -> Response:
    """The published response behind a public address, whoever asks; 404 for a draft or a wrong code.

    The code is the key and names no school, so this one look-up runs outside any; all that follows runs in
    `scope(school=response.school)`.
    """
    with scopes_disabled():
        rows = Response.objects.filter(published_at__isnull=False).select_related("school", "wave")
        found = rows.filter(share_code=code).first()
    if found is None:
        raise Http404
    return found


def visible_responses(user: User) -> QuerySet[Response]:
    """Every response for which `tell.view_response` holds."""
    rows = Response.objects.select_related("wave")
    if user.has_role(*roles.STAFF):
        return rows
    published = rows.filter(published_at__isnull=False)
    if is_governor(user):
        return published
    audiences = [audience for audience, wanted in AUDIENCE_ROLES.items() if user.has_role(*wanted)]
    return published.filter(wave__audience__in=audiences)
