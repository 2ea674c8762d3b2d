"""What check-ins put on a pupil's own page: a round that waits for them, and what they told over time."""

from django.utils.translation import gettext as _

from belong.ask.bands import band_of_pupil, text
from belong.ask.checkins.own import over_time, own_sheets
from belong.ask.checkins.queries import rounds_for_pupil
from belong.notice.own_page import Piece
from belong.people.models import Person, User

WAITING, ANSWERS = 5, 40
SHOWN = 6


def waiting(user: User, pupil: Person) -> Piece | None:
    """Check-ins that ask this pupil today, first of all; nothing where there is none."""
    rounds, band = rounds_for_pupil(pupil), band_of_pupil(pupil)
    if not rounds:
        return None
    context = {
        "rounds": rounds,
        "words": text("check-ins", f"waiting-{band}"),
        "begin": text("check-ins", f"begin-{band}"),
    }
    return Piece(_("Check-in"), "heart", "notice/own_page/_check_ins.html", context, WAITING)


def my_answers(user: User, pupil: Person) -> Piece | None:
    """The newest faces of each question, and the way to all answers; nothing where nothing was told by name."""
    sheets, band = own_sheets(pupil, most=24), band_of_pupil(pupil)
    if not sheets:
        return None
    lines = over_time(sheets, most=SHOWN)[:1]
    context = {"lines": lines, "what": text("check-ins", f"mine-{band}")}
    return Piece(
        text("check-ins", f"mine-{band}-title"), "eye", "notice/own_page/_my_answers.html", context, ANSWERS
    )
