"""Badges on the pages of others: a pupil's own page, a family's page about their child."""

from django.utils.translation import gettext as _

from belong.notice.badges.access import visible_awards
from belong.notice.own_page import Piece
from belong.people.models import Person, User

ORDER = 45


def own_badges(user: User, pupil: Person) -> Piece | None:
    """The pupil's badges; nothing where there is none."""
    rows = list(visible_awards(user).filter(pupil=pupil, revoked_on__isnull=True).select_related("badge"))
    if not rows:
        return None
    heading = _("My badges") if pupil.pk == user.person_id else _("Badges")
    return Piece(heading, "star", "notice/badges/_own.html", {"awards": rows}, ORDER)
