"""Who may do what in the register of relationships kept on purpose.

- An intention ("I'll do this"): the adult whose it is, and nobody else. It is no record of work and nobody counts it.
- What was handed over: who wrote it, the pupil's tutor, the pastoral lead, and whoever leads a group of the same kind
  that the pupil is in now: the next adult.
- Weeks until the next look: senior leaders set them.
"""

from collections.abc import Mapping

import rules
from django.db.models import Exists, OuterRef, Q, QuerySet

from belong.base.access import fetch
from belong.notice.access import (
    close_pupils,
    is_here,
    is_mine,
    is_pastoral_lead,
    is_pastoral_lead_of_group,
    of_its_pupil,
    tutors_pupil,
)
from belong.notice.models import HandOver, Intention
from belong.people import roles
from belong.people.access import is_leader, is_pastoral, is_staff, leads_group, teaches_pupil, visible_pupils
from belong.people.models import Group, Membership, Person, User
from belong.people.queries import pupils_on_roll


@rules.predicate
def takes_over(user: User, row: HandOver) -> bool:
    """The user leads or assists a group of the kind it was written for, and the pupil is in it today."""
    inside = Membership.objects.current().filter(
        person=row.pupil_id, part=Membership.MEMBER, group__in=user.led_group_ids
    )
    return bool(inside.filter(group__kind=row.group.kind).exists())


_about_pupil = of_its_pupil("is_here", is_here)
_close = of_its_pupil("tutors_pupil", tutors_pupil) | of_its_pupil("is_pastoral_lead", is_pastoral_lead)

PERMISSIONS: Mapping[str, rules.predicates.Predicate] = {
    "notice.set_weeks": is_leader,
    "notice.own_intention": is_staff
    & is_mine
    & _about_pupil
    & of_its_pupil("view_pupil", is_pastoral | teaches_pupil),
    "notice.hand_over": is_staff & leads_group,
    "notice.view_handed_over": is_staff & (leads_group | is_pastoral_lead_of_group),
    "notice.read_hand_over": is_staff & _about_pupil & (is_mine | takes_over | _close),
}


def visible_intentions(user: User) -> QuerySet[Intention]:
    """Every intention for which `notice.own_intention` holds."""
    if user.person_id is None or not user.has_role(*roles.STAFF):
        return Intention.objects.none()
    return Intention.objects.filter(adult=user.person_id, pupil__in=visible_pupils(user))


def visible_hand_overs(user: User) -> QuerySet[HandOver]:
    """Every hand-over for which `notice.read_hand_over` holds."""
    if not user.has_role(*roles.STAFF):
        return HandOver.objects.none()
    led = Membership.objects.current().filter(
        person=OuterRef("pupil"),
        part=Membership.MEMBER,
        group__in=user.led_group_ids,
        group__kind=OuterRef("group__kind"),
    )
    rows = HandOver.objects.filter(pupil__in=pupils_on_roll())
    return rows.filter(Q(adult=user.person_id) | Q(Exists(led)) | close_pupils(user))


def access_intention(user: User, intention_id: int) -> Intention:
    """One of the user's own intentions; else 404."""
    return fetch(user, "notice.own_intention", Intention.objects.select_related("pupil"), pk=intention_id)


def access_group_to_hand_over(user: User, group_id: int) -> Group:
    """A current group that the user leads; else 404."""
    return fetch(user, "notice.hand_over", Group.objects.current(), pk=group_id)


def access_group_handed_over(user: User, group_id: int) -> Group:
    """A current group of which the user may read what earlier adults handed over; else 404."""
    return fetch(user, "notice.view_handed_over", Group.objects.current(), pk=group_id)


def pupil_to_hand_over(group: Group, pupil_id: int) -> Person | None:
    """The pupil of the group with this id, while they are on roll."""
    inside = Membership.objects.current().filter(group=group, person=pupil_id, part=Membership.MEMBER)
    return pupils_on_roll().filter(pk__in=inside.values("person")).first()
