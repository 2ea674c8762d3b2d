"""Who may do what in the notice room.

- A moment other than an observation: the adult who noted it and everyone who may see the pupil.
- An observation: the adult who wrote it and the pupil's pastoral lead.
- A relationship's state and reason, and what an adult wrote about knowing a child: that adult, the pupil's tutor and
  the pupil's pastoral lead.
- That an adult knows a child (without the line): everyone who may see the pupil.
- An adult who was asked to look out for a pupil, and accepted, may see the pupil in this room as their teachers do.
Rows about a pupil who has left are shown to nobody here; `guard` keeps and releases them.
"""

from collections.abc import Mapping
from datetime import timedelta

import rules
from django.db.models import Q, QuerySet

from belong.base.access import fetch
from belong.base.clock import now, today
from belong.notice.models import Kind, KnownBy, Match, MatchOffer, Moment, Relationship, RelationshipChange
from belong.people import roles
from belong.people.access import (
    is_a_pupil,
    is_any_pastoral,
    is_pastoral,
    is_pastoral_of_group,
    is_staff,
    leads_group,
    teaches_pupil,
    visible_pupils,
)
from belong.people.models import Group, Membership, Person, User
from belong.people.queries import is_in_any, pupils_on_roll

UNDO_WITHIN = timedelta(minutes=10)

EVERY_ROW = ~Q(pk__in=[])  # an empty Q() would vanish in an "or"

is_teacher = rules.predicate(lambda user, row=None: user.has_role(roles.TEACHER), name="is_teacher")


@rules.predicate
def is_here(user: User, pupil: Person) -> bool:
    """The pupil has joined and not left."""
    return not pupil.is_leaver and (pupil.joined_on is None or pupil.joined_on <= today())


@rules.predicate
def is_pastoral_lead(user: User, pupil: Person) -> bool:
    """A pastoral lead for the whole school or for a group this pupil is in."""
    groups = lead_scopes(user)
    if None in groups:
        return True
    return is_in_any(pupil, groups)


@rules.predicate
def is_pastoral_lead_of_group(user: User, group: Group) -> bool:
    """A pastoral lead for the whole school or for this group."""
    groups = lead_scopes(user)
    return None in groups or group.pk in groups


@rules.predicate
def tutors_pupil(user: User, pupil: Person) -> bool:
    """The user leads or assists the pupil's tutor group today."""
    return is_in_any(pupil, user.led_group_ids, Group.TUTOR_GROUP)


@rules.predicate
def looks_out_for(user: User, pupil: Person) -> bool:
    """The user was asked to be an adult this pupil can turn to, and accepted."""
    return bool(_accepted(user).filter(pupil=pupil).exists())


@rules.predicate
def taught_leaver(user: User, pupil: Person) -> bool:
    """The pupil has left, and was in a group the user leads: told so by name, and nothing more."""
    if not pupil.is_leaver or pupil.kind != Person.PUPIL:
        return False
    inside = Membership.objects.filter(person=pupil, part=Membership.MEMBER, group__in=user.led_group_ids)
    return user.has_role(*roles.PASTORAL) or bool(inside.exists())


def of_its_pupil(name: str, test: rules.predicates.Predicate) -> rules.predicates.Predicate:
    """A predicate about a pupil, asked of a row that is about one."""
    return rules.predicate(lambda user, row: test(user, row.pupil), name=name)


@rules.predicate
def is_mine(user: User, row: Moment | Relationship | KnownBy) -> bool:
    """The user is the adult of the row."""
    return user.person_id is not None and row.adult_id == user.person_id


@rules.predicate
def is_observation(user: User, moment: Moment) -> bool:
    return bool(moment.kind == Kind.OBSERVATION)


@rules.predicate
def is_recent(user: User, moment: Moment) -> bool:
    """Noted within the last ten minutes."""
    return bool(moment.recorded_at >= now() - UNDO_WITHIN)


@rules.predicate
def is_my_change(user: User, change: RelationshipChange) -> bool:
    """The user is the adult whose relationship changed."""
    return user.person_id is not None and change.relationship.adult_id == user.person_id


@rules.predicate
def is_recent_change(user: User, change: RelationshipChange) -> bool:
    """Set within the last ten minutes."""
    return bool(change.at >= now() - UNDO_WITHIN)


sees_their_pupil = (is_pastoral | teaches_pupil | looks_out_for) & is_a_pupil & is_here
_close = of_its_pupil("tutors_pupil", tutors_pupil) | of_its_pupil("is_pastoral_lead", is_pastoral_lead)
_about_pupil = of_its_pupil("is_here", is_here)

PERMISSIONS: Mapping[str, rules.predicates.Predicate] = {
    "notice.view_pupil": is_staff & sees_their_pupil,
    "notice.note_about": is_staff & (sees_their_pupil | taught_leaver),
    "notice.record_moment": is_staff & sees_their_pupil,
    "notice.record_knowing": is_staff & sees_their_pupil,
    "notice.set_state": is_staff & is_a_pupil & is_here & (teaches_pupil | looks_out_for | is_pastoral_lead),
    "notice.view_moment": is_staff
    & _about_pupil
    & (
        is_mine
        | (is_observation & of_its_pupil("is_pastoral_lead", is_pastoral_lead))
        | (~is_observation & of_its_pupil("view_pupil", sees_their_pupil))
    ),
    "notice.undo_moment": is_staff & is_mine & is_recent,
    "notice.own_change": is_staff & is_my_change,
    "notice.undo_state": is_staff & is_my_change & is_recent_change,
    "notice.view_state": is_staff & _about_pupil & (is_mine | _close),
    "notice.view_knowing": is_staff & _about_pupil & (is_mine | of_its_pupil("view_pupil", sees_their_pupil)),
    "notice.read_knowing": is_staff & _about_pupil & (is_mine | _close),
    "notice.view_own_groups": is_staff,
    "notice.view_group": is_staff & (is_pastoral_of_group | leads_group),
    "notice.sort_group": is_staff & (leads_group | is_pastoral_lead_of_group),
    "notice.will_notice": is_staff & sees_their_pupil,
    "notice.view_overlooked": is_any_pastoral | is_teacher,
}


def lead_scopes(user: User) -> set[int | None]:
    """The groups a user is pastoral lead of; None stands for the whole school."""
    return {role.group_id for role in user.current_roles if role.role == roles.PASTORAL_LEAD}


def members_in(groups: frozenset[int] | set[int | None], **more: str) -> QuerySet:
    """Ids of the pupils who are in any of the groups today."""
    inside = Membership.objects.current().filter(group__in=groups, part=Membership.MEMBER, **more)
    return inside.values("person")


def _accepted(user: User) -> QuerySet[MatchOffer]:
    """The pupils the user looks out for."""
    return MatchOffer.objects.filter(adult=user.person_id, state=Match.ACCEPTED)


def seen_pupils(user: User) -> Q:
    """A filter on rows about pupils whom the user may see in this room."""
    return Q(pupil__in=visible_pupils(user)) | Q(pupil__in=_accepted(user).values("pupil"))


def led_pupils(user: User) -> Q:
    """A filter on rows about pupils whose pastoral lead the user is."""
    groups = lead_scopes(user)
    return EVERY_ROW if None in groups else Q(pupil__in=members_in(groups))


def close_pupils(user: User) -> Q:
    """A filter on rows about pupils whose tutor or pastoral lead the user is."""
    groups = lead_scopes(user)
    if None in groups:
        return EVERY_ROW
    return Q(pupil__in=members_in(groups)) | Q(
        pupil__in=members_in(user.led_group_ids, group__kind=Group.TUTOR_GROUP)
    )


def _rows(user: User, model: type[Moment] | type[Relationship] | type[KnownBy]) -> QuerySet:
    """Rows of a table about pupils on roll, for staff; nothing for everyone else."""
    if not user.has_role(*roles.STAFF):
        return model.objects.none()
    return model.objects.filter(pupil__in=pupils_on_roll())


def visible_moments(user: User) -> QuerySet[Moment]:
    """Every moment for which `notice.view_moment` holds."""
    good = ~Q(kind=Kind.OBSERVATION) & seen_pupils(user)
    seen = Q(kind=Kind.OBSERVATION) & led_pupils(user)
    return _rows(user, Moment).filter(Q(adult=user.person_id) | good | seen)


def observations_for(user: User) -> QuerySet[Moment]:
    """Observations of pupils on roll whose pastoral lead the user is."""
    return _rows(user, Moment).filter(led_pupils(user), kind=Kind.OBSERVATION)


def visible_relationships(user: User) -> QuerySet[Relationship]:
    """Every relationship for which `notice.view_state` holds."""
    return _rows(user, Relationship).filter(Q(adult=user.person_id) | close_pupils(user))


def visible_knowings(user: User) -> QuerySet[KnownBy]:
    """Every record of an adult knowing a pupil for which `notice.view_knowing` holds."""
    return _rows(user, KnownBy).filter(Q(adult=user.person_id) | seen_pupils(user))


def readable_knowings(user: User) -> QuerySet[KnownBy]:
    """Those of which the user may read the line as well."""
    return _rows(user, KnownBy).filter(Q(adult=user.person_id) | close_pupils(user))


def access_pupil(user: User, pupil_id: int) -> Person:
    """A pupil the user may see in this room; else the same 404 as for a pupil who does not exist."""
    return fetch(user, "notice.view_pupil", Person.objects.pupils(), pk=pupil_id)


def access_addressee(user: User, pupil_id: int) -> Person:
    """A pupil the user may try to note something about: theirs, or one of theirs who left (an action then says so)."""
    return fetch(user, "notice.note_about", Person.objects.pupils(), pk=pupil_id)


def access_sorting(user: User, group_id: int) -> Group:
    """A current group of which the user may set their own states; else 404."""
    return fetch(user, "notice.sort_group", Group.objects.current(), pk=group_id)


def access_group(user: User, group_id: int) -> Group:
    """A current group whose pupils the user may see; else 404."""
    return fetch(user, "notice.view_group", Group.objects.current(), pk=group_id)


def access_change(user: User, change_id: int) -> RelationshipChange:
    """A change of one of the user's own relationships; else 404."""
    mine = RelationshipChange.objects.filter(relationship__adult=user.person_id).select_related(
        "relationship"
    )
    return fetch(user, "notice.own_change", mine, pk=change_id)
