"""Who may do what: what adults know about the place the school is in: every adult who works with pupils reads and
writes it, as colleagues tell each other.
"""

from collections.abc import Mapping

import rules
from django.db.models import QuerySet

from belong.base.access import fetch
from belong.notice.models import LocalPage
from belong.people import roles
from belong.people.access import is_staff
from belong.people.models import User

PERMISSIONS: Mapping[str, rules.predicates.Predicate] = {
    "notice.view_local": is_staff,
    "notice.write_local": is_staff,
}


def visible_local(user: User) -> QuerySet[LocalPage]:
    """Every local page for which `notice.view_local` holds, without its photo; retired ones too."""
    if not user.has_role(*roles.STAFF):
        return LocalPage.objects.none()
    return LocalPage.objects.defer("photo")


def access_local(user: User, verb: str, local_id: int) -> LocalPage:
    """A local page to which the user may do `verb`, without its photo; else 404."""
    return fetch(user, verb, LocalPage.objects.defer("photo"), pk=local_id)
