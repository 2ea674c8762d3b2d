"""What the pupil's own page (`/me/`) and the family's page show of it."""

from django.utils.translation import gettext as _

from belong.notice.models import Audience
from belong.notice.own_page import Piece
from belong.notice.profiles.queries import current_page, parts_of, waiting_for
from belong.people.models import Person, User


def for_pupil(user: User, pupil: Person) -> Piece | None:
    """The pupil's way to their own page, and what waits for their yes."""
    context = {"current": current_page(pupil), "to_answer": waiting_for(pupil)}
    return Piece(_("What I want adults to know"), "person", "notice/profiles/_piece.html", context, order=20)


def for_family(user: User, pupil: Person) -> Piece | None:
    """What the pupil means for all staff, for the family to agree to; nothing where there is nothing of it."""
    page = current_page(pupil)
    parts = [part for part in parts_of(page) if part.audience == Audience.STAFF] if page else []
    if page is None or not parts:
        return None
    context = {"page": page, "parts": parts, "pupil": pupil}
    return Piece(
        _("For all staff to know"), "person", "notice/profiles/_family_piece.html", context, order=40
    )
