"""Who may do what in the ask room.

Survey leads and senior leaders run waves; a teacher gets the own groups in and answering; free text is for the
pastoral lead and the safeguarding lead alone; named answers for those whose names stood beside the question.
"""

from collections.abc import Mapping

import rules
from django.db.models import QuerySet

from belong.ask.models import ClassSession, OptOut, SignedSheet, Wave
from belong.ask.queries.waves import audience_of
from belong.base.access import allowed, fetch
from belong.people import roles
from belong.people.access import (
    is_a_pupil,
    is_any_pastoral,
    is_leader,
    is_pastoral,
    is_pupil,
    is_staff,
    is_survey_lead,
    leads_group,
    sees_pupil,
    visible_pupils,
)
from belong.people.models import Group, Person, User
from belong.people.queries import tutor_groups

CLASS_KINDS = (Group.TUTOR_GROUP, Group.CLASS)


@rules.predicate
def is_planned_in_private(user: User, wave: Wave) -> bool:
    """A draft: nobody is asked anything yet."""
    return wave.is_draft


@rules.predicate
def is_class_group(user: User, group: Group) -> bool:
    return group.kind in CLASS_KINDS


@rules.predicate
def opened_it(user: User, session: ClassSession) -> bool:
    return session.opened_by_id == user.pk


@rules.predicate
def leads_its_group(user: User, session: ClassSession) -> bool:
    return session.group_id in user.led_group_ids


@rules.predicate
def reads_texts(user: User, wave: Wave | None = None) -> bool:
    """A pastoral lead or the safeguarding lead; leadership alone does not open what was said in confidence."""
    return user.has_role(roles.PASTORAL_LEAD, roles.DSL)


@rules.predicate
def was_named(user: User, sheet: SignedSheet) -> bool:
    """The person's name stood beside the named questions when this sheet was answered."""
    return user.person_id in sheet.readers


@rules.predicate
def may_note_for(user: User, opted: OptOut) -> bool:
    """The user may note it for this person."""
    return bool((is_survey_lead | (is_a_pupil & is_pastoral)).test(user, opted.person))


@rules.predicate
def still_works_with_pupil(user: User, sheet: SignedSheet) -> bool:
    """The pupil is on roll, and the user teaches them or has a pastoral role for them."""
    return bool(sees_pupil(user, sheet.person))


@rules.predicate
def is_asked(user: User, wave: Wave) -> bool:
    """The wave takes answers today, and this person is one of those it asks."""
    return wave.takes_answers and audience_of(wave).filter(pk=user.person_id or 0).exists()


PERMISSIONS: Mapping[str, rules.predicates.Predicate] = {
    "ask.answer": is_asked,
    "ask.ask_for_an_adult": is_pupil,
    "ask.view_waves": is_staff,
    "ask.view_wave": is_survey_lead | (is_staff & ~is_planned_in_private),
    "ask.manage_waves": is_survey_lead,
    "ask.override_response": is_leader,
    "ask.go_over_budget": is_leader,
    "ask.run_group": is_class_group & (is_survey_lead | leads_group),
    "ask.run_session": is_survey_lead | opened_it | leads_its_group,
    "ask.note_opt_outs": is_survey_lead | is_any_pastoral,
    "ask.note_opt_out": is_survey_lead | (is_a_pupil & is_pastoral),
    "ask.end_opt_out": may_note_for,
    "ask.read_texts": reads_texts,
    "ask.read_named": was_named & still_works_with_pupil,
}


def access_wave(user: User, wave_id: int) -> Wave:
    """The wave, if the user may see it; else the same 404 as for one that does not exist."""
    return fetch(user, "ask.view_wave", Wave.objects.all(), pk=wave_id)


def access_wave_to_manage(user: User, wave_id: int) -> Wave:
    """The wave, if the user may change, open or close it; else 404."""
    return fetch(user, "ask.manage_waves", Wave.objects.all(), pk=wave_id)


def access_wave_to_read(user: User, wave_id: int) -> Wave:
    """The wave, if the user may read what was written in it; else 404."""
    return fetch(user, "ask.read_texts", Wave.objects.exclude(state=Wave.DRAFT), pk=wave_id)


def access_wave_to_answer(user: User, wave_id: int) -> Wave:
    """The wave, if it asks the user today; else the same 404, and the same statements, as for one that is not there."""
    asking = [wave.pk for wave in Wave.objects.filter(state=Wave.OPEN) if is_asked(user, wave)]
    return fetch(user, "ask.answer", Wave.objects.filter(pk__in=asking), pk=wave_id)


def access_class(user: User, group_id: int) -> Group:
    """The class, if the user may get it in and answering; else 404."""
    return fetch(user, "ask.run_group", Group.objects.current(), pk=group_id)


def access_session(user: User, session_id: int) -> ClassSession:
    """The class session, if the user may run it; else 404."""
    rows = ClassSession.objects.select_related("wave", "group")
    return fetch(user, "ask.run_session", rows, pk=session_id)


def access_person_to_opt_out(user: User, person_id: int) -> Person:
    """Somebody here for whom the user may note that they do not take part; else 404."""
    return fetch(user, "ask.note_opt_out", Person.objects.here(), pk=person_id)


def access_opt_out(user: User, opt_out_id: int) -> OptOut:
    """A standing opt-out that the user may end; else 404."""
    return fetch(
        user, "ask.end_opt_out", OptOut.objects.filter(ended_on=None).select_related("person"), pk=opt_out_id
    )


def visible_opt_outs(user: User) -> QuerySet[OptOut]:
    """Every standing opt-out for which `ask.end_opt_out` holds."""
    standing = OptOut.objects.filter(ended_on=None)
    if allowed(user, "ask.manage_waves", Wave()):
        return standing
    return standing.filter(person__in=visible_pupils(user).values("id"))


def visible_waves(user: User) -> QuerySet[Wave]:
    """Every wave for which `ask.view_wave` holds."""
    if allowed(user, "ask.manage_waves"):
        return Wave.objects.all()
    if allowed(user, "ask.view_waves"):
        return Wave.objects.exclude(state=Wave.DRAFT)
    return Wave.objects.none()


def classes_to_run(user: User, years: list[str]) -> QuerySet[Group]:
    """The classes (of some year groups, or of all) that the user may get in and answering."""
    if allowed(user, "ask.manage_waves"):
        return tutor_groups(years)
    mine = Group.objects.current().filter(id__in=user.led_group_ids, kind__in=CLASS_KINDS)
    return mine.filter(year__in=[*years, ""]) if years else mine
