"""Reading what was said by name or in confidence: noted in the trail, and never who wrote it without a reason."""

from belong.ask.models import SignedSheet, Wave
from belong.ask.queries.said import named_sheets, readable_sheets
from belong.base.access import require
from belong.base.actions import action
from belong.base.audit import audit
from belong.base.errors import Refused
from belong.people.models import Person, User


@action
def note_texts_read(user: User, wave: Wave) -> None:
    """This reader has the texts of a wave in front of them."""
    require(user, "ask.read_texts", wave)
    sheets = list(readable_sheets(user, wave))
    mark_read(user, sheets, "texts_read_by")
    audit(user, "ask.read_texts", wave, sheets=len(sheets))


@action
def note_named_read(user: User, wave: Wave) -> None:
    """This reader has the answers that named them in front of them."""
    sheets = named_sheets(user, wave)
    mark_read(user, sheets, "named_read_by")
    if sheets:
        audit(user, "ask.read_named", wave, sheets=len(sheets))


def mark_read(user: User, sheets: list[SignedSheet], field: str) -> None:
    """Add this reader to `named_read_by` or `texts_read_by` of sheets they may read."""
    new = [sheet for sheet in sheets if user.person_id not in getattr(sheet, field)]
    for sheet in new:
        getattr(sheet, field).append(user.person_id)
    SignedSheet.objects.bulk_update(new, [field], batch_size=200)


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
