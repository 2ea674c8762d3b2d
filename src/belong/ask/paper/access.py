"""Who may do what: answers on paper."""

from collections.abc import Mapping

import rules
from django.db.models import QuerySet

from belong.ask.models import PaperSheet
from belong.people.access import is_staff
from belong.people.models import User


@rules.predicate
def was_promised(user: User, sheet: PaperSheet) -> bool:
    """The paper names this adult as the one who types it in."""
    return user.person_id is not None and sheet.helper_id == user.person_id


PERMISSIONS: Mapping[str, rules.predicates.Predicate] = {"ask.type_in": is_staff & was_promised}


def visible_sheets(user: User) -> QuerySet[PaperSheet]:
    """Every paper sheet for which `ask.type_in` holds."""
    if not is_staff(user):
        return PaperSheet.objects.none()
    return PaperSheet.objects.filter(helper=user.person_id)
