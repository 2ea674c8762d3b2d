"""Who may do what with check-ins.

- A tutor sets one up for a group they lead; pastoral and survey leads for any group or for year groups.
- Whoever may set one up for its group (or years) may stop it; the adults of its classes get them in and answering.
- Named answers: those whose names stood beside the question and who still work with the pupil (`ask.read_named`); the
  line: the pastoral lead and the safeguarding lead (`ask.read_texts`).
- A pupil takes part, sees their own named answers and takes them out.
"""

from collections.abc import Mapping

import rules
from django.db.models import Q, QuerySet

from belong.ask.models import CheckIn, Wave
from belong.base.access import fetch
from belong.people import roles
from belong.people.access import (
    is_any_pastoral,
    is_pupil,
    is_staff,
    leads_group,
)
from belong.people.models import Group, User

KINDS = (Group.TUTOR_GROUP, Group.CLASS, Group.CLUB, Group.CUSTOM)
WHOLE_SCHOOL = (roles.PASTORAL_LEAD, roles.SURVEY_LEAD, roles.SENIOR_LEADER)


def _for_school(user: User) -> bool:
    """A post of the whole school that may ask anybody."""
    return any(one.role in WHOLE_SCHOOL and one.group_id is None for one in user.current_roles)


@rules.predicate
def asks_whole_school(user: User, row: object = None) -> bool:
    """A pastoral lead, survey lead or senior leader of the whole school."""
    return _for_school(user)


@rules.predicate
def set_it_up(user: User, check_in: CheckIn) -> bool:
    """The user chose what it asks."""
    return check_in.set_up_by_id == user.pk


@rules.predicate
def leads_group_asked(user: User, check_in: CheckIn) -> bool:
    """The user leads or assists the group it asks."""
    return check_in.group_id is not None and check_in.group_id in user.led_group_ids


@rules.predicate
def leads_one_of_its_classes(user: User, check_in: CheckIn) -> bool:
    """The user leads a tutor group of the years it asks."""
    if check_in.group_id is not None:
        return False
    led = Group.objects.current().filter(pk__in=user.led_group_ids, kind=Group.TUTOR_GROUP)
    return bool(led.filter(year__in=check_in.years).exists())


@rules.predicate
def is_group_to_ask(user: User, group: Group) -> bool:
    """A class, club or group of the school's own: not a house."""
    return group.kind in KINDS


PERMISSIONS: Mapping[str, rules.predicates.Predicate] = {
    "ask.view_check_ins": is_staff,
    "ask.set_up_check_in": is_staff & is_group_to_ask & (leads_group | asks_whole_school),
    "ask.set_up_for_years": asks_whole_school,
    "ask.view_check_in": is_staff
    & (set_it_up | leads_group_asked | leads_one_of_its_classes | asks_whole_school | is_any_pastoral),
    "ask.manage_check_in": is_staff & (set_it_up | leads_group_asked | asks_whole_school),
    "ask.take_part": is_pupil,
    "ask.view_own_answers": is_pupil,
}


def visible_check_ins(user: User) -> QuerySet[CheckIn]:
    """Every check-in for which `ask.view_check_in` holds."""
    rows = CheckIn.objects.all()
    if not user.has_role(*roles.STAFF):
        return rows.none()
    if _for_school(user) or user.has_role(*roles.PASTORAL):
        return rows
    years = Group.objects.current().filter(pk__in=user.led_group_ids, kind=Group.TUTOR_GROUP)
    mine = Q(set_up_by=user) | Q(group__in=user.led_group_ids)
    led = list(years.values_list("year", flat=True))
    asked = [row.pk for row in rows.filter(group=None) if set(row.years) & set(led)]
    return rows.filter(mine | Q(pk__in=asked))


def groups_to_ask(user: User) -> QuerySet[Group]:
    """The groups for which the user may set a check-in up."""
    groups = Group.objects.current().filter(kind__in=KINDS)
    if _for_school(user):
        return groups
    return groups.filter(pk__in=user.led_group_ids)


def access_check_in(user: User, check_in_id: int) -> CheckIn:
    """The check-in, if the user has to do with it; else 404."""
    rows = CheckIn.objects.select_related("group", "set_up_by__person")
    return fetch(user, "ask.view_check_in", rows, pk=check_in_id)


def access_check_in_to_manage(user: User, check_in_id: int) -> CheckIn:
    """The check-in, if the user may stop it; else 404."""
    return fetch(user, "ask.manage_check_in", CheckIn.objects.select_related("group"), pk=check_in_id)


def rounds_of(check_in: CheckIn) -> QuerySet[Wave]:
    """The rounds of a check-in, newest first."""
    return Wave.askings.filter(check_in=check_in).order_by("-opens_on", "-pk")
