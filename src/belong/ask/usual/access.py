"""Who may do what: change against a child’s own usual in check-ins.

- Switching it on and off: the safeguarding lead or a senior leader.
- A prompt: a pastoral lead or safeguarding lead who works with the pupil and whose name stood beside every answer that
  it rests on. Nobody else, whatever their role, and never on the overlooked page.
"""

from collections.abc import Mapping

import rules
from django.db.models import QuerySet

from belong.ask.models import UsualNote
from belong.base.access import fetch
from belong.people import roles
from belong.people.access import is_dsl, is_leader, sees_pupil, visible_pupils
from belong.people.models import User

FEW = (roles.PASTORAL_LEAD, roles.DSL)


@rules.predicate
def is_one_of_few(user: User, note: UsualNote) -> bool:
    """A pastoral lead or safeguarding lead."""
    return bool(user.has_role(*FEW))


@rules.predicate
def was_named_each_time(user: User, note: UsualNote) -> bool:
    """The user's name stood beside every answer that the prompt rests on."""
    return user.person_id in note.readers


@rules.predicate
def still_works_with_pupil(user: User, note: UsualNote) -> bool:
    """The pupil is on roll, and the user teaches them or has a pastoral role for them."""
    return bool(sees_pupil(user, note.pupil))


PERMISSIONS: Mapping[str, rules.predicates.Predicate] = {
    "ask.sign_usual_check": is_dsl | is_leader,
    "ask.view_usual_note": is_one_of_few & was_named_each_time & still_works_with_pupil,
}


def visible_usual_notes(user: User) -> QuerySet[UsualNote]:
    """Every prompt for which `ask.view_usual_note` holds."""
    if user.person_id is None or not user.has_role(*FEW):
        return UsualNote.objects.none()
    rows = UsualNote.objects.filter(pupil__in=visible_pupils(user).values("id"))
    mine = [pk for pk, readers in rows.values_list("pk", "readers") if user.person_id in readers]
    return UsualNote.objects.filter(pk__in=mine)


def access_usual_note(user: User, note_id: int) -> UsualNote:
    """A prompt that is for this user; else 404."""
    rows = UsualNote.objects.select_related("pupil", "round")
    return fetch(user, "ask.view_usual_note", rows, pk=note_id)
