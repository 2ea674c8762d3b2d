"""Boards on a pupil's own page: where they can write, what became of it, and what others wrote for them."""

from django.utils.translation import gettext as _

from belong.notice.boards import queries, words
from belong.notice.boards.access import joined_boards
from belong.notice.own_page import Piece
from belong.people.models import Person, User


def for_pupil(user: User, pupil: Person) -> Piece | None:
    """The boards a pupil is on, or None where there is none."""
    boards = list(joined_boards(user).filter(closed_on__isnull=True))
    notes = queries.for_me(pupil)[:4]
    if not boards and not notes:
        return None
    mine = [(post, words.became(post)) for post in queries.my_posts(pupil)[:3]]
    context = {"boards": boards, "notes": notes, "posts": mine}
    return Piece(_("Boards"), "heart", "notice/boards/_own.html", context, order=40)
