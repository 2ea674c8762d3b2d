"""Who may do what: languages, and the words in them."""

from collections.abc import Mapping

import rules

from belong.people import roles
from belong.people.access import is_survey_lead
from belong.people.models import User


@rules.predicate
def reads_as_pupil_or_family(user: User, row: object = None) -> bool:
    """A pupil or a carer with a sign-in of their own: staff pages are in English."""
    return user.person_id is not None and user.has_role(roles.PUPIL, roles.CARER)


PERMISSIONS: Mapping[str, rules.predicates.Predicate] = {
    "ask.manage_languages": is_survey_lead,
    "ask.choose_language": reads_as_pupil_or_family,
}
