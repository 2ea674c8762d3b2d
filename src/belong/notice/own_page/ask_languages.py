"""The language of questions and requests for whoever signed in: chosen on the own page, kept with the person."""

from django.utils.translation import gettext as _

from belong.ask.languages.choosing import language_for
from belong.notice.own_page import Piece
from belong.people.models import Person, User
from belong.web.languages import LANGUAGES

ORDER = 90
TEMPLATE = "notice/own_page/_language.html"


def for_reader(user: User, pupil: Person) -> Piece | None:
    """Every language with a button, for the pupil or the carer who is signed in."""
    if user.person_id is None:
        return None
    now = language_for(user.person_id)
    choices = [(one, one.code == now) for one in LANGUAGES]
    return Piece(_("Your language"), "globe", TEMPLATE, {"choices": choices}, ORDER)
