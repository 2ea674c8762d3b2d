"""Who may do what: where pupils feel they belong, on the school’s own plan.

Survey leads and senior leaders keep plans and ask; a teacher gets a class of theirs in. What a pupil chose is nobody's
to see; what they wrote beside it is for the pastoral lead and the safeguarding lead, each for the pupils of their post.
"""

from collections.abc import Mapping

import rules
from django.db.models import QuerySet

from belong.ask.access import reads_texts
from belong.ask.models import OptOut, PlaceAsking, PlacePlan, PlaceWords
from belong.base.access import allowed, fetch
from belong.guard.concerns.routes import hidden_sources
from belong.people import roles
from belong.people.access import is_on_roll, is_pupil, is_staff, is_survey_lead
from belong.people.models import Membership, Person, User

SOURCE = PlaceWords._meta.label_lower


@rules.predicate
def is_asked_about_places(user: User, asking: PlaceAsking) -> bool:
    """A pupil on roll of the years asked, while it takes answers."""
    pupil = user.person
    if pupil is None or pupil.kind != Person.PUPIL or not is_on_roll(user, pupil):
        return False
    return asking.takes_answers and is_asked(asking, pupil)


@rules.predicate
def is_planned_in_private(user: User, asking: PlaceAsking) -> bool:
    """A draft: nobody is asked anything yet."""
    return asking.is_draft


def is_asked(asking: PlaceAsking, pupil: Person) -> bool:
    """Whether an asking is for this pupil, who has not opted out."""
    if asking.years and pupil.year not in asking.years:
        return False
    return not OptOut.objects.current().filter(person=pupil).exists()


PERMISSIONS: Mapping[str, rules.predicates.Predicate] = {
    "ask.view_places": is_staff,
    "ask.view_place_asking": is_survey_lead | (is_staff & ~is_planned_in_private),
    "ask.manage_places": is_survey_lead,
    "ask.answer_places": is_pupil & is_asked_about_places,
    "ask.read_place_words": reads_texts,
}


def access_plan(user: User, plan_id: int) -> PlacePlan:
    """A plan the user may change; else the same 404 as for none."""
    return fetch(user, "ask.manage_places", PlacePlan.objects.all(), pk=plan_id)


def access_asking(user: User, asking_id: int) -> PlaceAsking:
    """An asking the user may see; else 404."""
    return fetch(user, "ask.view_place_asking", PlaceAsking.objects.select_related("plan"), pk=asking_id)


def access_asking_to_manage(user: User, asking_id: int) -> PlaceAsking:
    """An asking the user may open, close or throw away; else 404."""
    return fetch(user, "ask.manage_places", PlaceAsking.objects.select_related("plan"), pk=asking_id)


def access_asking_to_answer(user: User, asking_id: int) -> PlaceAsking:
    """An asking that is for this pupil and open; else 404."""
    return fetch(user, "ask.answer_places", PlaceAsking.objects.select_related("plan"), pk=asking_id)


def access_asking_to_read(user: User, asking_id: int) -> PlaceAsking:
    """An asking whose words the user may read; else 404."""
    rows = PlaceAsking.objects.exclude(state=PlaceAsking.DRAFT)
    return fetch(user, "ask.read_place_words", rows, pk=asking_id)


def visible_askings(user: User) -> QuerySet[PlaceAsking]:
    """Every asking for which `ask.view_place_asking` holds."""
    if allowed(user, "ask.manage_places"):
        return PlaceAsking.objects.all()
    if allowed(user, "ask.view_places"):
        return PlaceAsking.objects.exclude(state=PlaceAsking.DRAFT)
    return PlaceAsking.objects.none()


def readable_words(user: User) -> QuerySet[PlaceWords]:
    """What pupils of the user's post wrote, without what a concern about the user may have come from."""
    posts = [role for role in user.current_roles if role.role in (roles.PASTORAL_LEAD, roles.DSL)]
    if not posts:
        return PlaceWords.objects.none()
    hidden = [int(one.rpartition(":")[2]) for one in hidden_sources(user) if one.startswith(f"{SOURCE}:")]
    rows = PlaceWords.objects.exclude(pk__in=hidden)
    if any(role.group_id is None for role in posts):
        return rows
    inside = Membership.objects.current().filter(
        group__in=[role.group_id for role in posts], part=Membership.MEMBER
    )
    return rows.filter(person__in=inside.values("person"))
