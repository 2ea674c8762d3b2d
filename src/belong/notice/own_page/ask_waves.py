"""Questions that are open for whoever signed in: started with one tap from the own page."""

from django.utils.translation import gettext as _

from belong.ask.queries.waves import waiting_for
from belong.ask.questionnaire import minutes, questions_for
from belong.notice.own_page import Piece
from belong.people.models import Person, User

ORDER = 5
TEMPLATE = "notice/own_page/_questions.html"


def for_pupil(user: User, pupil: Person) -> Piece | None:
    """What the pupil is asked just now; nothing where nothing waits."""
    return _piece(pupil)


def for_family(user: User, pupil: Person) -> Piece | None:
    """What the carer who is signed in is asked just now, on the page about any of their children."""
    return _piece(user.person) if user.person is not None else None


def _piece(person: Person) -> Piece | None:
    waves = [
        (wave, minutes(questions_for(wave, person.year), adults=person.kind != Person.PUPIL))
        for wave in waiting_for(person)
    ]
    if not waves:
        return None
    return Piece(_("Questions for you"), "ask", TEMPLATE, {"waves": waves}, ORDER)
