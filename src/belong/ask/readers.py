"""Who reads named and confidential answers: real people, by the names that those who answer know."""

from collections.abc import Sequence

from django.db.models import Q

from belong.ask.models import Wave
from belong.people import roles
from belong.people.models import Membership, Person, Role
from belong.people.queries import holders, tutors_of

TUTOR = "tutor"
CHOICES = {
    TUTOR: "the pupil’s tutor",
    roles.PASTORAL_LEAD: "the pastoral lead",
    roles.SENCO: "the SENCO",
    roles.DSL: "the safeguarding lead",
}
USUAL = [TUTOR, roles.PASTORAL_LEAD]
CONFIDANTS = (roles.PASTORAL_LEAD, roles.DSL)
POSTS = "the pastoral lead and the safeguarding lead"


Posts = dict[str, list[Person]]


def posts_for(pupil: Person) -> Posts:
    """Post → who holds it today for the whole school or for a group of this pupil, by name; one query for all."""
    groups = Membership.objects.current().filter(person=pupil, part=Membership.MEMBER)
    rows = Role.objects.current().filter(
        Q(group=None) | Q(group__in=groups.values("group")),
        role__in=[role for role in CHOICES if role != TUTOR],
        person__in=Person.objects.here().values("id"),
    )
    held: Posts = {}
    by_name = rows.select_related("person").order_by("person__family_name", "person__given_name", "person_id")
    for row in by_name:
        held.setdefault(row.role, []).append(row.person)
    return held


def _holding(posts: Posts, *names: str) -> list[Person]:
    """Who holds any of the posts: each once, by name."""
    people = {person.pk: person for name in names for person in posts.get(name, ())}
    return sorted(people.values(), key=lambda person: (person.family_name, person.given_name, person.pk))


def readers_for(wave: Wave, pupil: Person, posts: Posts | None = None) -> list[Person]:
    """The people who will see this pupil's named answers, tutor first; the safeguarding lead where nobody else is."""
    held = posts_for(pupil) if posts is None else posts
    found = list(tutors_of(pupil)) if TUTOR in wave.readers else []
    others = _holding(held, *(role for role in wave.readers if role != TUTOR))
    found += [person for person in others if person not in found]
    return found or _holding(held, roles.DSL)


def confidants_for(wave: Wave, person: Person, posts: Posts | None = None) -> list[Person]:
    """Pastoral lead and safeguarding lead, as they are named beside a confidential question.

    Confidence goes with the post (a new safeguarding lead must be able to read); a named answer with the person.
    """
    if wave.is_for_pupils:
        return _holding(posts_for(person) if posts is None else posts, *CONFIDANTS)
    return list(holders(*CONFIDANTS))


def names(people: Sequence[Person]) -> str:
    """`"Mrs Ahmed and Mr Cole"`; the posts where nobody holds them yet."""
    shown = [person.display_name for person in people]
    if not shown:
        return POSTS
    return shown[0] if len(shown) == 1 else " and ".join([", ".join(shown[:-1]), shown[-1]])


def contact() -> str:
    """Whom to ask about a wave: the survey lead by name, else the school office."""
    person = holders(roles.SURVEY_LEAD).first()
    return person.display_name if person else "the school office"
