"""Who may write and publish responses, and who may read them."""

from typing import Any

import rules
from django.db.models import QuerySet

from belong.ask.models import Wave
from belong.base.access import fetch
from belong.people import roles
from belong.people.access import is_governor, is_leader, is_pupil, is_staff, is_survey_lead
from belong.people.models import User
from belong.tell.models import Response

AUDIENCE_ROLES = {Wave.PUPILS: (roles.PUPIL, roles.CARER), Wave.FAMILIES: (roles.CARER,), Wave.STAFF: roles.STAFF}


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
    "tell.view_told": is_pupil | is_staff,
}


def access_response(user: Any, wave_id: int) -> Response:
    """The response to a wave, if the user may see it; else the same 404 as for one that does not exist."""
    return fetch(user, "tell.view_response", Response.objects.select_related("wave"), wave_id=wave_id)


def visible_responses(user: User) -> QuerySet[Response]:
    """Every response for which `tell.view_response` holds."""
    rows = Response.objects.select_related("wave")
    if user.has_role(*roles.STAFF):
        return rows
    published = rows.filter(published_at__isnull=False)
    if user.has_role(roles.GOVERNOR):
        return published
    audiences = [audience for audience, wanted in AUDIENCE_ROLES.items() if user.has_role(*wanted)]
    return published.filter(wave__audience__in=audiences)
