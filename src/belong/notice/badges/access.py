"""Who may do what: badges with criteria, issued as Open Badges 3.0.

- Badges are made, changed and put away by senior leaders, who also look after the school's keys.
- A badge is given by adults to their own pupils; one kept for pastoral staff by them alone.
- An award is seen by the pupil, by everyone who may see the pupil, and by the family as far as the pupil lets them.
- It is taken along by the pupil or the family, and by nobody else.
"""

from collections.abc import Mapping

import rules
from django.db.models import Q, QuerySet

from belong.base.access import fetch
from belong.notice.access import is_here, is_pastoral_lead, of_its_pupil
from belong.notice.models import Award, Badge, Givers
from belong.notice.models.recognition import Shown
from belong.notice.recognition.access import children_of, is_me, is_my_child, is_pupil_here
from belong.notice.recognition.showing import to_family
from belong.people import roles
from belong.people.access import (
    is_a_pupil,
    is_any_pastoral,
    is_carer,
    is_leader,
    is_pastoral,
    is_pupil,
    is_staff,
    teaches_pupil,
    visible_pupils,
)
from belong.people.models import User
from belong.people.queries import pupils_on_roll


@rules.predicate
def is_for_any_adult(user: User, badge: Badge) -> bool:
    """The school lets any adult give this badge to their own pupils."""
    return bool(badge.given_by == Givers.STAFF)


@rules.predicate
def is_of_any_adult(user: User, award: Award) -> bool:
    """The same, of an award of the badge."""
    return bool(award.badge.given_by == Givers.STAFF)


@rules.predicate
def is_given_by_me(user: User, award: Award) -> bool:
    return user.person_id is not None and award.by_id == user.person_id


@rules.predicate
def stands(user: User, award: Award) -> bool:
    """It has not been withdrawn."""
    return bool(award.revoked_on is None)


@rules.predicate
def award_is_shown_to_family(user: User, award: Award) -> bool:
    shown = to_family(award.school, Shown.AWARD)
    return bool(Award.objects.filter(shown, pk=award.pk).exists())


_about_here = of_its_pupil("is_here", is_here) & of_its_pupil("is_a_pupil", is_a_pupil)
_their_pupil = of_its_pupil("is_pastoral", is_pastoral) | of_its_pupil("teaches_pupil", teaches_pupil)
_own = is_pupil & is_pupil_here & of_its_pupil("is_me", is_me)
_family = is_carer & of_its_pupil("is_my_child", is_my_child) & award_is_shown_to_family

PERMISSIONS: Mapping[str, rules.predicates.Predicate] = {
    "notice.view_badges": is_staff,
    "notice.view_badge": is_staff | is_pupil_here | is_carer,
    "notice.manage_badges": is_leader,
    "notice.check_badge": is_staff | is_pupil_here | is_carer,
    "notice.give_badge": is_staff & (is_any_pastoral | is_for_any_adult),
    "notice.award_badge": is_staff
    & _about_here
    & (
        of_its_pupil("is_pastoral", is_pastoral)
        | (is_of_any_adult & of_its_pupil("teaches_pupil", teaches_pupil))
    ),
    "notice.view_award": _about_here & ((is_staff & _their_pupil) | (stands & (_own | _family))),
    "notice.withdraw_award": is_staff
    & _about_here
    & _their_pupil
    & (is_given_by_me | of_its_pupil("is_pastoral_lead", is_pastoral_lead) | is_leader),
    "notice.take_badge": _about_here & stands & (_own | _family),
}


def visible_awards(user: User) -> QuerySet[Award]:
    """Every award for which `notice.view_award` holds."""
    if user.person is None:
        return Award.objects.none()
    may, standing = Q(pk__in=[]), Q(revoked_on__isnull=True)
    if user.has_role(*roles.STAFF):
        may |= Q(pupil__in=visible_pupils(user))
    if user.has_role(roles.PUPIL) and is_pupil_here(user):
        may |= standing & Q(pupil=user.person_id)
    if user.has_role(roles.CARER):
        shown = to_family(user.school, Shown.AWARD)
        may |= standing & shown & Q(pupil__in=children_of(user.person.pk))
    return Award.objects.filter(may, pupil__in=pupils_on_roll())


def access_badge(user: User, badge_id: int) -> Badge:
    """A badge whose page the user may see; else 404."""
    return fetch(user, "notice.view_badge", Badge.objects.select_related("trait"), pk=badge_id)


def access_giving(user: User, badge_id: int) -> Badge:
    """A badge the user may give to somebody; else 404."""
    return fetch(user, "notice.give_badge", Badge.objects.select_related("trait"), pk=badge_id)


def access_managed(user: User, badge_id: int) -> Badge:
    """A badge the user may change; else 404."""
    return fetch(user, "notice.manage_badges", Badge.objects.all(), pk=badge_id)


def access_award(user: User, award_id: int) -> Award:
    """An award the user may see; else 404."""
    return fetch(user, "notice.view_award", _awards(), pk=award_id)


def access_withdrawing(user: User, award_id: int) -> Award:
    """An award the user may withdraw; else 404."""
    return fetch(user, "notice.withdraw_award", _awards(), pk=award_id)


def access_taking(user: User, award_id: int) -> Award:
    """An award the user may take along; else 404."""
    return fetch(user, "notice.take_badge", _awards(), pk=award_id)


def _awards() -> QuerySet[Award]:
    return Award.objects.select_related("badge", "pupil", "by", "school")
