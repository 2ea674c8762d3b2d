"""Looking up who wrote a free text: possible for the few who read in confidence, never without a reason."""

from belong.ask.models import SignedSheet, Wave
from belong.ask.queries.said import readable_sheets
from belong.base.access import require
from belong.base.actions import action
from belong.base.audit import audit
from belong.base.errors import Refused
from belong.people.models import Person, User


@action
def reveal_writer(user: User, wave: Wave, sheet_id: int, *, reason: str) -> Person:
    """The pupil who wrote a text; the reason goes into the trail."""
    require(user, "ask.read_texts", wave)
    if len(reason.strip()) < 5:
        raise Refused("Say in a few words why you need to know who wrote this. It is kept in the record.")
    sheet: SignedSheet | None = (
        readable_sheets(user, wave).filter(pk=sheet_id).select_related("person").first()
    )
    if sheet is None:
        raise Refused("That text is not here any more.")
    audit(user, "ask.reveal_writer", sheet, why=reason.strip()[:400], wave=wave.pk)
    return sheet.person
