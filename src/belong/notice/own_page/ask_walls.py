"""On a pupil's own page: walls that ask them, and what became of their own ideas."""

from django.utils.translation import gettext as _

from belong.ask.walls.queries import open_for, own_posts
from belong.notice.own_page import Piece
from belong.people.models import Person, User

ORDER = 34


def walls(user: User, pupil: Person) -> Piece | None:
    """Open walls and own ideas; nothing where there are neither."""
    found = {"walls": open_for(pupil), "posts": own_posts(pupil)}
    if not any(found.values()):
        return None
    return Piece(_("Ideas walls"), "voice", "notice/own_page/_walls.html", found, ORDER)
