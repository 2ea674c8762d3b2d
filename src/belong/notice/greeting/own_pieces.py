"""What the pupil's own page and the family's page show of the name."""

from django.utils.translation import gettext as _

from belong.base.access import allowed
from belong.notice.greeting.queries import name_facts
from belong.notice.own_page import Piece
from belong.people.models import Person, User


def for_pupil(user: User, pupil: Person) -> Piece | None:
    """How my name is said, and a way to change it."""
    return _piece(user, pupil, _("My name"), 60)


def for_family(user: User, pupil: Person) -> Piece | None:
    """How the child's name is said, and a way to change it."""
    return _piece(user, pupil, _("The name"), 60)


def _piece(user: User, pupil: Person, heading: str, order: int) -> Piece | None:
    if not allowed(user, "notice.say_name", pupil):
        return None
    facts = name_facts(user, pupil)
    context = {"facts": facts, "pupil": pupil}
    return Piece(heading, "voice", "notice/greeting/_piece.html", context, order)
