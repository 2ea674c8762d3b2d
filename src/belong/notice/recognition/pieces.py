"""What recognition puts on a pupil's own page and on a family's: the newest good things, and telling of others."""

from django.utils.translation import gettext as _

from belong.notice.models import Recognition
from belong.notice.own_page import Piece
from belong.notice.recognition.access import is_ambassador
from belong.notice.recognition.queries import given_by, traits
from belong.notice.recognition.timeline import family_timeline, timeline
from belong.people.models import Person, User

GOOD_THINGS, TELLING = 20, 30
NEWEST = 4


def good_things(user: User, pupil: Person) -> Piece:
    """The newest of a pupil's timeline."""
    context = {"entries": timeline(pupil)[:NEWEST], "pupil": pupil}
    return Piece(_("Good things about me"), "star", "notice/recognition/_own.html", context, GOOD_THINGS)


def telling(user: User, pupil: Person) -> Piece | None:
    """Telling of something good in somebody else; with an answer where an adult wrote one. None without traits."""
    if not traits():
        return None
    answered = given_by(pupil).exclude(state=Recognition.WAITING).order_by("-decided_at").first()
    context = {"is_ambassador": is_ambassador(pupil), "answered": answered}
    return Piece(
        _("Somebody did something good?"), "heart", "notice/recognition/_telling.html", context, TELLING
    )


def family_good_things(user: User, pupil: Person) -> Piece:
    """What the pupil lets their family see, and telling of something good seen at home."""
    mine = [row for row in given_by(user.person) if row.pupil_id == pupil.pk][:3] if user.person else []
    context = {
        "entries": family_timeline(pupil)[:NEWEST],
        "pupil": pupil,
        "can_tell": bool(traits()),
        "mine": mine,
    }
    return Piece(_("Good things seen"), "star", "notice/recognition/_family.html", context, GOOD_THINGS)
