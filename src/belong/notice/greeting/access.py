"""Who may do what: greeting well: how to say a name, who is back, what colleagues talk up.

- A name said aloud: heard by the pupil, their family and the adults who may see the pupil; made, changed and deleted
  by the pupil or the family (with the tutor, where the pupil has no sign-in). An adult may take one away, not make one.
- "Back today" and a line for a colleague: the adults who may see the pupil.
"""

from collections.abc import Mapping

import rules
from django.db.models import QuerySet

from belong.base.access import fetch
from belong.base.clock import today
from belong.notice.access import is_here, tutors_pupil
from belong.notice.models import BackToday, TalkUp
from belong.notice.recognition.access import has_no_sign_in, is_me, is_my_child
from belong.people import roles
from belong.people.access import (
    is_a_pupil,
    is_carer,
    is_leader,
    is_pastoral,
    is_pupil,
    is_staff,
    teaches_pupil,
    visible_pupils,
)
from belong.people.models import Person, User


@rules.predicate
def left_the_line(user: User, line: TalkUp) -> bool:
    """The user left this line for a colleague."""
    return user.person_id is not None and line.by_id == user.person_id


@rules.predicate
def is_not_used(user: User, line: TalkUp) -> bool:
    """Nobody has greeted the pupil with it yet."""
    return line.used_on is None


_pupil_here = is_a_pupil & is_here
_theirs = (teaches_pupil | is_pastoral) & _pupil_here
_own = (is_pupil & is_me) | (is_carer & is_my_child)
_with_tutor = is_staff & tutors_pupil & has_no_sign_in
_of_line = rules.predicate(lambda user, line: _theirs(user, line.pupil), name="view_pupil")

PERMISSIONS: Mapping[str, rules.predicates.Predicate] = {
    "notice.hear_name": _pupil_here & ((is_staff & _theirs) | _own),
    "notice.say_name": _pupil_here & (_own | _with_tutor),
    "notice.take_away_sound": is_staff & _theirs,
    "notice.mark_back": is_staff & _theirs,
    "notice.talk_up": is_staff & _theirs,
    "notice.read_talk_up": is_staff & _of_line,
    "notice.take_back_talk_up": is_staff & left_the_line & is_not_used,
    "notice.choose_greeting": is_leader,
}


def visible_talk_ups(user: User) -> QuerySet[TalkUp]:
    """Every line for which `notice.read_talk_up` holds."""
    if not user.has_role(*roles.STAFF):
        return TalkUp.objects.none()
    return TalkUp.objects.filter(pupil__in=visible_pupils(user))


def visible_backs(user: User) -> QuerySet[BackToday]:
    """Who is back today, of those the user may see."""
    if not user.has_role(*roles.STAFF):
        return BackToday.objects.none()
    return BackToday.objects.filter(pupil__in=visible_pupils(user), on=today())


def access_heard(user: User, pupil_id: int) -> Person:
    """A pupil whose name the user may hear; else 404."""
    return fetch(user, "notice.hear_name", Person.objects.pupils(), pk=pupil_id)


def access_own_name(user: User, pupil_id: int) -> Person:
    """The user themselves, their child, or their tutee without a sign-in; else 404."""
    return fetch(user, "notice.say_name", Person.objects.pupils(), pk=pupil_id)


def access_to_greet(user: User, verb: str, pupil_id: int) -> Person:
    """A pupil to whom the user may do `verb`; else 404."""
    return fetch(user, verb, Person.objects.pupils(), pk=pupil_id)


def access_line(user: User, line_id: int) -> TalkUp:
    """A line the user may take back; else 404."""
    lines = TalkUp.objects.select_related("pupil")
    return fetch(user, "notice.take_back_talk_up", lines, pk=line_id)
