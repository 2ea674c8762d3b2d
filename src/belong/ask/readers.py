"""Who reads named and confidential answers: real people, by the names that those who answer know."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from belong.ask.models import Wave
from belong.base.briefly import briefly
from belong.base.clock import today
from belong.base.prepared import prepared
from belong.people import roles
from belong.people.models import Group, Membership, Person, Role
from belong.people.queries import holders, staff_in_post
from belong.web.lists import all_of

TUTOR = "tutor"
CHOICES = {
    TUTOR: "the pupil’s tutor",
    roles.PASTORAL_LEAD: "the pastoral lead",
    roles.SENCO: "the SENCO",
    roles.DSL: "the safeguarding lead",
}
USUAL = [TUTOR, roles.PASTORAL_LEAD]
CONFIDANTS = (roles.PASTORAL_LEAD, roles.DSL)
POSTS = gettext_noop("the pastoral lead and the safeguarding lead")


class Posts(dict[str, list[Person]]):
    """Post → who holds it for the pupils of some `groups`, by name."""

    groups: tuple[int, ...] = ()


def posts_for(pupil: Person) -> Posts:
    """Post → who holds it today for the whole school or for a group of this pupil, by name."""
    return posts_in(pupil.school_id, groups_of(pupil))


def groups_of(pupil: Person) -> tuple[int, ...]:
    """The groups that a pupil is in today."""
    return tuple(_groups(pupil.pk, today()))


def posts_in(school_id: int, groups: tuple[int, ...]) -> Posts:
    """The same for every pupil of these groups."""
    held = Posts()
    held.groups = groups
    for group, role, person in _posts(school_id):
        if group is None or group in held.groups:
            held.setdefault(role, []).append(person)
    return held


@prepared
def _groups(pupil_id: int, day: date) -> Any:
    inside = Membership.objects.current(day).filter(person=pupil_id, part=Membership.MEMBER)
    return inside.order_by("group").values_list("group_id", flat=True)


@briefly
def _posts(school_id: int) -> list[tuple[int | None, str, Person]]:
    """Every post of the school today: its group (None: all of it), its name, who holds it, by name."""
    rows = Role.objects.current().filter(
        role__in=[role for role in CHOICES if role != TUTOR], person__in=Person.objects.here().values("id")
    )
    by_name = rows.select_related("person").order_by("person__family_name", "person__given_name", "person_id")
    return [(row.group_id, row.role, row.person) for row in by_name]


@briefly
def _tutors(school_id: int) -> dict[int, list[Person]]:
    """Tutor group → who leads it today."""
    leading = Membership.objects.current().filter(
        group__kind=Group.TUTOR_GROUP, part=Membership.LEAD, person__in=staff_in_post().values("id")
    )
    found: dict[int, list[Person]] = {}
    for row in leading.select_related("person"):
        found.setdefault(row.group_id, []).append(row.person)
    return found


def _by_name(people: Iterable[Person]) -> list[Person]:
    """Each once, by name."""
    once = {person.pk: person for person in people}
    return sorted(once.values(), key=lambda person: (person.family_name, person.given_name, person.pk))


def _tutors_of(school_id: int, groups: Iterable[int]) -> list[Person]:
    leads = _tutors(school_id)
    return _by_name(person for group in groups for person in leads.get(group, ()))


def _holding(posts: Posts, *names: str) -> list[Person]:
    """Who holds any of the posts: each once, by name."""
    return _by_name(person for name in names for person in posts.get(name, ()))


def readers_for(wave: Wave, pupil: Person) -> list[Person]:
    """The people who will see this pupil's named answers, tutor first; the safeguarding lead where nobody else is."""
    return readers_in(wave, posts_for(pupil))


def readers_in(wave: Wave, held: Posts) -> list[Person]:
    """The same for every pupil of these groups."""
    found = _tutors_of(wave.school_id, held.groups) if TUTOR in wave.readers else []
    others = _holding(held, *(role for role in wave.readers if role != TUTOR))
    found += [person for person in others if person not in found]
    return found or _holding(held, roles.DSL)


def confidants_in(wave: Wave, held: Posts) -> list[Person]:
    """Pastoral lead and safeguarding lead, as they are named beside a confidential question.

    Confidence goes with the post (a new safeguarding lead must be able to read); a named answer with the person.
    """
    if wave.is_for_pupils:
        return _holding(held, *CONFIDANTS)
    return list(holders(*CONFIDANTS))


def names(people: Sequence[Person]) -> str:
    """`"Mrs Ahmed and Mr Cole"`; the posts where nobody holds them yet."""
    shown = [person.display_name for person in people]
    if not shown:
        return _(POSTS)
    return all_of(shown)


def contact() -> str:
    """Whom to ask about a wave: the survey lead by name, else the school office."""
    person = holders(roles.SURVEY_LEAD).first()
    return person.display_name if person else _("the school office")
