"""On a pupil's own page: askings about places that are open for them."""

from django.utils.translation import gettext as _

from belong.ask.places.access import is_asked
from belong.ask.places.queries import open_for
from belong.notice.own_page import Piece
from belong.people.models import Person, User

ORDER = 33


def places(user: User, pupil: Person) -> Piece | None:
    """Open askings they have not answered; nothing where there is none."""
    found = [one for one in open_for(pupil.pk, pupil.year) if is_asked(one, pupil)]
    if not found:
        return None
    return Piece(_("Where do you belong?"), "flag", "notice/own_page/_places.html", {"askings": found}, ORDER)
