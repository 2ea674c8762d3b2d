"""Who may do what: what pupils said of adults beside what adults say they know; matches offered and accepted.

- What a pupil said: whoever stood beside the question, asked of `ask.queries.adults_named` and nowhere else.
- Both sides of a pupil: their tutor, their pastoral lead, and SENCO or DSL for those whose questions named them.
- An offer: the adult who was asked and who asked; one that was not declined also the tutor and the pastoral lead.
- A task opened by a pupil's answers: its owner, who was named beside them. One opened by what an adult set: its owner,
  the pupil's tutor and the pastoral lead.
- How many pupils named an adult: that adult.
"""

from collections.abc import Mapping

import rules
from django.db.models import Q, QuerySet

from belong.base.access import fetch
from belong.notice.access import (
    close_pupils,
    is_here,
    is_pastoral_lead,
    lead_scopes,
    members_in,
    of_its_pupil,
    seen_pupils,
    sees_their_pupil,
    tutors_pupil,
)
from belong.notice.models import CareTask, Match, MatchOffer, NamedByMany
from belong.people import roles
from belong.people.access import is_a_pupil, is_staff
from belong.people.models import Group, Person, User
from belong.people.queries import pupils_on_roll

READERS = (roles.TEACHER, roles.PASTORAL_LEAD, roles.SENCO, roles.DSL)


@rules.predicate
def may_be_named(user: User, row: object = None) -> bool:
    """A post whose holder can be named beside a question, or who is some pupil's tutor."""
    return user.has_role(*READERS)


@rules.predicate
def was_asked(user: User, offer: MatchOffer) -> bool:
    """The user is the adult who was asked."""
    return user.person_id is not None and offer.adult_id == user.person_id


@rules.predicate
def was_named_by_many(user: User, naming: NamedByMany) -> bool:
    """The number is about the user."""
    return user.person_id is not None and naming.adult_id == user.person_id


@rules.predicate
def was_turned_down(user: User, offer: MatchOffer) -> bool:
    """The adult said "not this time"."""
    return bool(offer.state == Match.DECLINED)


@rules.predicate
def offered_it(user: User, offer: MatchOffer) -> bool:
    """The user made the offer."""
    return user.person_id is not None and offer.offered_by_id == user.person_id


@rules.predicate
def owns_task(user: User, task: CareTask) -> bool:
    """The task is in the user's hands."""
    return user.person_id is not None and task.owner_id == user.person_id


@rules.predicate
def is_about_an_adult(user: User, task: CareTask) -> bool:
    """What an adult set opened the task, not what a pupil answered."""
    return task.adult_id is not None


_about_pupil = of_its_pupil("is_here", is_here)
_close = of_its_pupil("tutors_pupil", tutors_pupil) | of_its_pupil("is_pastoral_lead", is_pastoral_lead)
_sees_pupil = of_its_pupil("view_pupil", sees_their_pupil)

PERMISSIONS: Mapping[str, rules.predicates.Predicate] = {
    "notice.view_both_sides": may_be_named,
    "notice.offer_match": is_staff & is_a_pupil & is_here & (tutors_pupil | is_pastoral_lead),
    "notice.view_match": is_staff & _about_pupil & (was_asked | offered_it | (~was_turned_down & _close)),
    "notice.answer_match": is_staff & _about_pupil & was_asked,
    "notice.end_match": is_staff & _about_pupil & (was_asked | offered_it | (~was_turned_down & _close)),
    "notice.view_care": is_staff & _about_pupil & ((owns_task & _sees_pupil) | (is_about_an_adult & _close)),
    "notice.keep_care": is_staff
    & _about_pupil
    & ((owns_task & _sees_pupil) | (is_about_an_adult & of_its_pupil("is_pastoral_lead", is_pastoral_lead))),
    "notice.own_naming": is_staff & was_named_by_many,
}


def close_to(user: User) -> QuerySet[Person]:
    """Pupils on roll whose tutor or pastoral lead the user is: those for whom `notice.offer_match` holds."""
    if not user.has_role(*roles.STAFF):
        return Person.objects.none()
    scopes = lead_scopes(user)
    if None in scopes:
        return pupils_on_roll()
    tutored = members_in(user.led_group_ids, group__kind=Group.TUTOR_GROUP)
    return pupils_on_roll().filter(Q(pk__in=members_in(scopes)) | Q(pk__in=tutored))


def visible_matches(user: User) -> QuerySet[MatchOffer]:
    """Every offer for which `notice.view_match` holds."""
    if user.person_id is None or not user.has_role(*roles.STAFF):
        return MatchOffer.objects.none()
    mine = Q(adult=user.person_id) | Q(offered_by=user.person_id)
    others = ~Q(state=Match.DECLINED) & close_pupils(user)
    return MatchOffer.objects.filter(mine | others, pupil__in=pupils_on_roll())


def visible_care(user: User) -> QuerySet[CareTask]:
    """Every task for which `notice.view_care` holds."""
    if user.person_id is None or not user.has_role(*roles.STAFF):
        return CareTask.objects.none()
    mine = Q(owner=user.person_id) & seen_pupils(user)
    about = Q(adult__isnull=False) & close_pupils(user)
    return CareTask.objects.filter(mine | about, pupil__in=pupils_on_roll())


def visible_namings(user: User) -> QuerySet[NamedByMany]:
    """Every row for which `notice.own_naming` holds."""
    if user.person_id is None or not user.has_role(*roles.STAFF):
        return NamedByMany.objects.none()
    return NamedByMany.objects.filter(adult=user.person_id)


def access_match(user: User, offer_id: int) -> MatchOffer:
    """An offer the user may see; else 404."""
    offers = MatchOffer.objects.select_related("pupil", "adult", "offered_by")
    return fetch(user, "notice.view_match", offers, pk=offer_id)


def access_pupil_to_match(user: User, pupil_id: int) -> Person:
    """A pupil for whom the user may ask an adult; else 404."""
    return fetch(user, "notice.offer_match", Person.objects.pupils(), pk=pupil_id)


def access_care(user: User, task_id: int) -> CareTask:
    """A task the user may see; else 404."""
    return fetch(
        user, "notice.view_care", visible_care(user).select_related("pupil", "adult", "owner"), pk=task_id
    )


def access_naming(user: User, naming_id: int) -> NamedByMany:
    """How many named the user; else 404."""
    return fetch(user, "notice.own_naming", NamedByMany.objects.all(), pk=naming_id)
