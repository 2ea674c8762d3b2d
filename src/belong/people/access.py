"""Who may see whom. Predicates here are the words other rooms build their rules from."""

from collections.abc import Collection

import rules
from django.db.models import Q, QuerySet

from belong.base.access import allowed, fetch
from belong.base.clock import today
from belong.people import roles
from belong.people.models import Group, Membership, Person, User
from belong.people.queries import is_in_any, members, pupils_on_roll


def _holds(name: str, *wanted: str) -> rules.predicates.Predicate:
    return rules.predicate(lambda user, row=None: user.has_role(*wanted), name=name)


def _holds_for_school(name: str, *wanted: str) -> rules.predicates.Predicate:
    """A role given for one group opens nothing that is the whole school's."""
    return rules.predicate(
        lambda user, row=None: any(one.role in wanted and one.group_id is None for one in user.current_roles),
        name=name,
    )


is_staff = _holds("is_staff", *roles.STAFF)
is_leader = _holds_for_school("is_leader", roles.SENIOR_LEADER)
is_survey_lead = _holds_for_school("is_survey_lead", roles.SURVEY_LEAD, roles.SENIOR_LEADER)
is_dsl = _holds_for_school("is_dsl", roles.DSL)
is_governor = _holds_for_school("is_governor", roles.GOVERNOR)
is_analyst = _holds_for_school("is_analyst", roles.ANALYST)
is_technician = _holds_for_school("is_technician", roles.TECHNICIAN)
is_pupil = _holds("is_pupil", roles.PUPIL)
is_carer = _holds("is_carer", roles.CARER)
is_any_pastoral = _holds("is_any_pastoral", *roles.PASTORAL)


@rules.predicate
def is_pastoral(user: User, pupil: Person | None = None) -> bool:
    """A pastoral role for the whole school, or for a group this pupil is in."""
    groups = _pastoral_groups(user)
    if not groups:
        return False
    if pupil is None or None in groups:
        return True
    return is_in_any(pupil, groups)


@rules.predicate
def is_pastoral_of_group(user: User, group: Group) -> bool:
    """A pastoral role for the whole school, for this group, or for one that shares pupils with it."""
    groups = _pastoral_groups(user)
    if None in groups or group.pk in groups:
        return True
    return bool(_inside([group.pk]).filter(person__in=_inside(groups).values("person")).exists())


def _pastoral_groups(user: User) -> set[int | None]:
    """The groups of the person's pastoral roles; None stands for the whole school."""
    return {role.group_id for role in user.current_roles if role.role in roles.PASTORAL}


def _inside(groups: Collection[int | None]) -> QuerySet[Membership]:
    """Who is a member of any of some groups today."""
    return Membership.objects.current().filter(group__in=groups, part=Membership.MEMBER)


@rules.predicate
def leads_group(user: User, group: Group) -> bool:
    """The person leads or assists the group today."""
    return group.pk in user.led_group_ids


@rules.predicate
def teaches_pupil(user: User, pupil: Person) -> bool:
    """The pupil is today in a group that the person leads or assists."""
    return is_in_any(pupil, user.led_group_ids)


@rules.predicate
def is_on_roll(user: User, person: Person) -> bool:
    """At the school today: has come, and has not left."""
    return not person.is_leaver and (person.joined_on is None or person.joined_on <= today())


@rules.predicate
def is_a_pupil(user: User, person: Person) -> bool:
    return bool(person.kind == Person.PUPIL)


@rules.predicate
def is_member_of_staff(user: User, row: object = None) -> bool:
    """The sign-in belongs to an adult at school, whatever their role: governors and technicians too."""
    return user.person is not None and user.person.kind == Person.STAFF


is_roster_reader = is_technician | is_survey_lead
# What asks the database comes first: adults, leavers and numbers that are nobody's then cost a stranger the same time.
sees_pupil = (is_pastoral | teaches_pupil) & is_a_pupil & is_on_roll
PERMISSIONS = {
    "people.view_pupil": sees_pupil,
    "people.view_person": (is_roster_reader & is_on_roll) | sees_pupil,
    "people.view_group": is_pastoral_of_group | leads_group,
    "people.view_list": is_any_pastoral | is_survey_lead | is_technician,
    "people.view_roster": is_roster_reader,
    "people.import_roster": is_roster_reader,
    "people.map_sensitive": is_survey_lead,
    "people.view_staff": is_technician | is_leader,
    "people.give_role": is_leader,
    "people.make_sign_in": is_technician | is_leader,
    "people.see_sign_in_link": is_leader,
    "people.reset_second_factor": is_leader,
    "people.end_sessions": is_leader,
    "people.link_account": is_member_of_staff,
    "people.unlink_account": is_technician | is_leader,
    "people.set_up_sign_in": is_technician | is_leader,
}


def access_pupil(user: User, pupil_id: int) -> Person:
    """The pupil, if the user may see them; else the same 404 as for a pupil who does not exist."""
    return fetch(user, "people.view_pupil", Person.objects.pupils(), pk=pupil_id)


def access_group(user: User, group_id: int) -> Group:
    """The group, if the user may see it; else the same 404 as for a group that does not exist."""
    return fetch(user, "people.view_group", Group.objects.current(), pk=group_id)


def visible_pupils(user: User) -> QuerySet[Person]:
    """Every pupil for whom `people.view_pupil` holds."""
    groups = user.led_group_ids | _pastoral_groups(user)
    if None in groups:
        return pupils_on_roll()
    return pupils_on_roll().filter(id__in=_inside(groups).values("person"))


def access_person(user: User, person_id: int) -> Person:
    """Name, groups and roles of a person, for whoever keeps the roster or may see the pupil; else a 404."""
    return fetch(user, "people.view_person", Person.objects.all(), pk=person_id)


def visible_people(user: User) -> QuerySet[Person]:
    """Everyone for whom `people.view_person` holds."""
    if allowed(user, "people.view_roster"):
        return Person.objects.here()
    return visible_pupils(user)


def visible_groups(user: User) -> QuerySet[Group]:
    """Every current group for which `people.view_group` holds."""
    groups, pastoral = Group.objects.current(), _pastoral_groups(user)
    if None in pastoral:
        return groups
    shared = _inside(groups.values("id")).filter(person__in=_inside(pastoral).values("person"))
    mine = Q(id__in=user.led_group_ids | pastoral)
    return groups.filter(mine | Q(id__in=shared.values("group")) if pastoral else mine)


def may_see_members(user: User, group: Group) -> QuerySet[Person]:
    """The group's pupils, for someone who may see the group; nobody otherwise."""
    return members(group) if allowed(user, "people.view_group", group) else Person.objects.none()
