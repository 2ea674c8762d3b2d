"""Who may do what in the guard room."""

from collections.abc import Mapping
from typing import Any

import rules

from belong.base.access import fetch
from belong.guard.concerns.chosen import is_asked_of
from belong.guard.concerns.routes import reads_concerns as in_the_line
from belong.guard.concerns.routes import visible_concerns
from belong.guard.models import Concern
from belong.people.access import is_a_pupil, is_dsl, is_leader, is_staff, sees_pupil
from belong.people.models import Person, User


@rules.predicate
def reads_concerns(user: User, row: Any = None) -> bool:
    """A safeguarding lead, a deputy, the head, the chair of governors: whoever stands in the line of some concern."""
    return in_the_line(user)


@rules.predicate
def goes_to_user(user: User, concern: Concern) -> bool:
    """The user stands in the line of this concern, and it is not about the user."""
    return bool(visible_concerns(user).filter(pk=concern.pk).exists())


@rules.predicate
def was_asked_for(user: User, concern: Concern) -> bool:
    """The pupil asked for this adult by name, and nothing says that it may be about them."""
    return is_asked_of(user, concern)


PERMISSIONS: Mapping[str, rules.predicates.Predicate] = {
    "guard.read_trail": is_leader | is_dsl,
    "guard.read_about": is_a_pupil & (is_leader | is_dsl),
    "guard.view_queue": reads_concerns,
    "guard.view_concern": goes_to_user,
    "guard.act_on_concern": goes_to_user,
    "guard.view_asked": is_staff,
    "guard.answer_asked": was_asked_for,
    "guard.raise_concern": sees_pupil,
    "guard.manage_rota": is_leader | is_dsl,
    "guard.name_head_and_chair": is_leader,
}


def access_pupil_of_trail(user: Any, pupil_id: int) -> Person:
    """A pupil, here or gone, for whoever may look up what happened about them; else a 404."""
    return fetch(user, "guard.read_about", Person.objects.pupils(), pk=pupil_id)


def access_concern(user: Any, reference: str) -> Concern:
    """The concern, if it goes to the user; else the same 404 as for one that does not exist."""
    rows = Concern.objects.select_related("person", "raised_by__person")
    return fetch(user, "guard.view_concern", rows, reference=reference)


def access_asked(user: Any, reference: str) -> Concern:
    """The request, if the pupil asked for this user; else the same 404 as for one that does not exist."""
    rows = Concern.objects.select_related("person", "school")
    return fetch(user, "guard.answer_asked", rows, reference=reference)


def access_pupil_to_raise(user: Any, pupil_id: int) -> Person:
    """A pupil whom the user may see, to raise a concern about; else a 404."""
    return fetch(user, "guard.raise_concern", Person.objects.pupils(), pk=pupil_id)
