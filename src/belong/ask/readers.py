"""Who reads named and confidential answers: real people, by the names that those who answer know."""

from collections.abc import Sequence

from belong.ask.models import Wave
from belong.people import roles
from belong.people.models import Person
from belong.people.queries import holders, holders_for, tutors_of

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


def readers_for(wave: Wave, pupil: Person) -> list[Person]:
    """The people who will see this pupil's named answers, tutor first; the safeguarding lead where nobody else is."""
    found = list(tutors_of(pupil)) if TUTOR in wave.readers else []
    posts = [role for role in wave.readers if role != TUTOR]
    if posts:
        found += [person for person in holders_for(pupil, *posts) if person not in found]
    return found or list(holders_for(pupil, roles.DSL))


def confidants_for(wave: Wave, person: Person) -> list[Person]:
    """Pastoral lead and safeguarding lead, as they are named beside a confidential question.

    Confidence goes with the post (a new safeguarding lead must be able to read); a named answer with the person.
    """
    if wave.is_for_pupils:
        return list(holders_for(person, *CONFIDANTS))
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
