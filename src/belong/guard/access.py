"""Who may do what in the guard room."""

from collections.abc import Mapping
from typing import Any

import rules

from belong.base.access import fetch
from belong.people.access import is_a_pupil, is_dsl, is_leader
from belong.people.models import Person

PERMISSIONS: Mapping[str, rules.predicates.Predicate] = {
    "guard.read_trail": is_leader | is_dsl,
    "guard.read_about": is_a_pupil & (is_leader | is_dsl),
}


def access_pupil_of_trail(user: Any, pupil_id: int) -> Person:
    """A pupil, here or gone, for whoever may look up what happened about them; else a 404."""
    return fetch(user, "guard.read_about", Person.objects.pupils(), pk=pupil_id)
