"""Who may do what: recognition tied to the school's own values and traits, and each pupil's timeline.

- Recognising: adults their pupils, pupils those of their own groups (ambassadors of their year, too), families their
  own child.
- Reading one: once approved, the pupil and everyone who may see the pupil; the family as far as the pupil lets them.
  Before that whoever gave it and whoever looks it through: the pupil's tutor, pastoral lead, a senior leader.
- Nobody reads one whose words raised a concern about themselves.
"""

from collections.abc import Mapping

import rules
from django.db.models import Q, QuerySet

from belong.base.access import fetch
from belong.base.clock import now, today
from belong.guard.concerns.routes import hidden_sources
from belong.notice.access import (
    UNDO_WITHIN,
    is_here,
    is_pastoral_lead,
    is_teacher,
    of_its_pupil,
    taught_leaver,
    tutors_pupil,
)
from belong.notice.models import Ambassador, HouseEvent, Recognition
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
from belong.people.models import CarerLink, Group, Membership, Person, User
from belong.people.queries import pupils_on_roll

SOURCE = "notice.recognition"
TOGETHER = (Group.TUTOR_GROUP, Group.CLASS, Group.CLUB, Group.CUSTOM)


@rules.predicate
def is_pupil_here(user: User, row: object = None) -> bool:
    """The sign-in is of a pupil who is at the school today."""
    person = user.person
    return person is not None and person.kind == Person.PUPIL and is_here(user, person)


@rules.predicate
def is_me(user: User, pupil: Person) -> bool:
    return user.person_id is not None and pupil.pk == user.person_id


@rules.predicate
def is_my_child(user: User, pupil: Person) -> bool:
    """The school lets this carer see this pupil."""
    return user.person_id is not None and bool(children_of(user.person_id).filter(pk=pupil.pk).exists())


@rules.predicate
def is_with_me(user: User, pupil: Person) -> bool:
    """A pupil of one of one's own groups; for an ambassador of their year and house, too."""
    if user.person is None:
        return False
    return bool(fellows(user.person).filter(pk=pupil.pk).exists())


@rules.predicate
def was_with_me(user: User, pupil: Person) -> bool:
    """The pupil has left, and was in a group with the user: told so by name, and nothing more."""
    if not pupil.is_leaver or user.person is None:
        return False
    mine = Membership.objects.filter(person=user.person_id, part=Membership.MEMBER).values("group")
    return bool(Membership.objects.filter(person=pupil, group__in=mine, part=Membership.MEMBER).exists())


@rules.predicate
def has_no_sign_in(user: User, pupil: Person) -> bool:
    """Nobody can choose for this pupil but with them: they have no sign-in of their own."""
    return not User.objects.filter(person=pupil, is_active=True).exists()


@rules.predicate
def is_by_me(user: User, row: Recognition) -> bool:
    return user.person_id is not None and row.by_id == user.person_id


@rules.predicate
def is_approved(user: User, row: Recognition) -> bool:
    return bool(row.state == Recognition.APPROVED)


@rules.predicate
def is_just_given(user: User, row: Recognition) -> bool:
    """Given within the last ten minutes."""
    return bool(row.recorded_at >= now() - UNDO_WITHIN)


@rules.predicate
def is_by_staff(user: User, row: Recognition) -> bool:
    return bool(row.source == Recognition.STAFF)


@rules.predicate
def is_kept_from_me(user: User, row: Recognition) -> bool:
    """Its words raised a concern about this adult (or about somebody who was not named)."""
    return f"{SOURCE}:{row.pk}" in hidden_sources(user)


@rules.predicate
def is_shown_to_family(user: User, row: Recognition) -> bool:
    shown = to_family(user.school, Recognition._meta.model_name or "")
    return bool(Recognition.objects.filter(shown, pk=row.pk).exists())


@rules.predicate
def is_on(user: User, event: HouseEvent) -> bool:
    """The event is on today."""
    return event.starts_on <= today() <= event.ends_on


_their_pupil = (is_pastoral | teaches_pupil) & is_a_pupil & is_here
_about_here = of_its_pupil("is_here", is_here)
_looks_through = (
    of_its_pupil("tutors_pupil", tutors_pupil)
    | of_its_pupil("is_pastoral_lead", is_pastoral_lead)
    | is_leader
) & ~is_kept_from_me

PERMISSIONS: Mapping[str, rules.predicates.Predicate] = {
    "notice.view_own_page": is_pupil & is_pupil_here,
    "notice.view_family": is_carer,
    "notice.view_child": is_carer & is_my_child,
    "notice.manage_traits": is_leader,
    "notice.recognise": (is_staff & _their_pupil)
    | (is_pupil & is_pupil_here & is_with_me)
    | (is_carer & is_my_child),
    "notice.try_to_recognise": (is_staff & (_their_pupil | taught_leaver))
    | (is_pupil & is_pupil_here & (is_me | is_with_me | was_with_me))
    | (is_carer & is_my_child),
    "notice.view_recognition": _about_here
    & (
        (
            is_staff
            & (
                is_by_me
                | _looks_through
                | (of_its_pupil("view_pupil", _their_pupil) & ~is_kept_from_me & is_approved)
            )
        )
        | (is_pupil & is_pupil_here & (is_by_me | (of_its_pupil("is_me", is_me) & is_approved)))
        | (
            is_carer
            & of_its_pupil("is_my_child", is_my_child)
            & (is_by_me | (is_shown_to_family & is_approved))
        )
    ),
    "notice.look_through": is_staff & _about_here & _looks_through,
    "notice.view_recognition_queue": is_any_pastoral | is_teacher,
    "notice.undo_recognition": is_staff & is_by_me & is_by_staff & is_just_given,
    "notice.choose_shown": (is_pupil & is_pupil_here & is_me)
    | (is_staff & is_here & (tutors_pupil | is_pastoral_lead) & has_no_sign_in),
    "notice.hold_house_events": is_leader,
    "notice.view_houses": is_staff & is_on,
}


def children_of(carer_id: int) -> QuerySet[Person]:
    """The pupils on roll whom the school lets this carer see."""
    links = CarerLink.objects.filter(carer=carer_id, may_see=True)
    return pupils_on_roll().filter(pk__in=links.values("pupil"))


def is_ambassador(pupil: Person) -> bool:
    """Whether a leader gave this pupil the part, and it holds today."""
    return bool(Ambassador.objects.current().filter(pupil=pupil).exists())


def fellows(pupil: Person) -> QuerySet[Person]:
    """Whom a pupil may recognise: those of their groups and clubs; as an ambassador their year and house, too."""
    kinds: tuple[str, ...] = TOGETHER
    wider = Q()
    if is_ambassador(pupil):
        kinds = (*TOGETHER, Group.HOUSE)
        wider = Q(year=pupil.year) if pupil.year else Q()
    current = Membership.objects.current().filter(part=Membership.MEMBER)
    mine = current.filter(person=pupil, group__kind__in=kinds).values("group")
    beside = Q(pk__in=current.filter(group__in=mine).values("person"))
    return pupils_on_roll().filter(beside | wider if wider else beside).exclude(pk=pupil.pk)


def _kept_from(user: User) -> list[int]:
    """Recognitions whose words raised a concern that this user must not know of."""
    mark = f"{SOURCE}:"
    return [int(one.removeprefix(mark)) for one in hidden_sources(user) if one.startswith(mark)]


def _looked_through_by(user: User) -> Q:
    """A filter on rows about pupils whose recognitions this member of staff looks through."""
    leads = {role.group_id for role in user.current_roles if role.role == roles.PASTORAL_LEAD}
    whole = {role.role for role in user.current_roles if role.group_id is None}
    if None in leads or roles.SENIOR_LEADER in whole:
        return ~Q(pk__in=[])
    inside = Membership.objects.current().filter(part=Membership.MEMBER)
    tutored = inside.filter(group__in=user.led_group_ids, group__kind=Group.TUTOR_GROUP)
    return Q(pupil__in=inside.filter(group__in=leads).values("person")) | Q(
        pupil__in=tutored.values("person")
    )


def to_look_through(user: User) -> QuerySet[Recognition]:
    """Every recognition for which `notice.look_through` holds, whatever its state."""
    if not user.has_role(*roles.STAFF):
        return Recognition.objects.none()
    here = Recognition.objects.filter(pupil__in=pupils_on_roll())
    return here.filter(_looked_through_by(user)).exclude(pk__in=_kept_from(user))


def visible_recognitions(user: User) -> QuerySet[Recognition]:
    """Every recognition for which `notice.view_recognition` holds."""
    if user.person is None:
        return Recognition.objects.none()
    approved, mine, may = Q(state=Recognition.APPROVED), Q(by=user.person_id), Q(pk__in=[])
    if user.has_role(*roles.STAFF):
        theirs = _looked_through_by(user) | (approved & Q(pupil__in=visible_pupils(user)))
        may |= mine | (theirs & ~Q(pk__in=_kept_from(user)))
    if user.has_role(roles.PUPIL) and is_pupil_here(user):
        may |= mine | (approved & Q(pupil=user.person_id))
    if user.has_role(roles.CARER):
        shown = approved & to_family(user.school, Recognition._meta.model_name or "")
        may |= Q(pupil__in=children_of(user.person.pk)) & (mine | shown)
    return Recognition.objects.filter(may, pupil__in=pupils_on_roll())


def access_recognition(user: User, recognition_id: int) -> Recognition:
    """A recognition the user may read; else 404."""
    rows = Recognition.objects.select_related("pupil", "trait", "by")
    return fetch(user, "notice.view_recognition", rows, pk=recognition_id)


def access_to_look_through(user: User, recognition_id: int) -> Recognition:
    """A recognition the user looks through; else 404."""
    rows = Recognition.objects.select_related("pupil", "trait", "by", "decided_by")
    return fetch(user, "notice.look_through", rows, pk=recognition_id)


def access_recipient(user: User, pupil_id: int) -> Person:
    """A pupil the user may try to recognise: an action says so where they have left, or are themselves; else 404."""
    return fetch(user, "notice.try_to_recognise", Person.objects.pupils(), pk=pupil_id)


def access_child(user: User, pupil_id: int) -> Person:
    """A carer's own child; else 404."""
    return fetch(user, "notice.view_child", Person.objects.pupils(), pk=pupil_id)


def access_event(user: User, event_id: int) -> HouseEvent:
    """An event that is on today; else 404."""
    return fetch(user, "notice.view_houses", HouseEvent.objects.all(), pk=event_id)


def access_shower(user: User, pupil_id: int) -> Person:
    """The pupil for whose timeline the user may say what else sees it: themselves, or their tutor; else 404."""
    return fetch(user, "notice.choose_shown", Person.objects.pupils(), pk=pupil_id)
