"""Writing a note home: kept with a moment, taken back within ten minutes, sent now, printed, come back."""

from datetime import timedelta
from uuid import UUID

from django.db.models import Q

from belong.base.access import require
from belong.base.actions import action
from belong.base.audit import audit
from belong.base.clock import now
from belong.base.errors import Refused
from belong.notice.access import UNDO_WITHIN
from belong.notice.actions import record_moment
from belong.notice.models import Kind, Letter, NoteHome
from belong.notice.noting.letter import name_at_home, recipients, school_name_in
from belong.notice.noting.sending import schedule
from belong.people.models import Person, User

SHOWN = timedelta(days=183)
TROUBLES = (Letter.FAILED, Letter.CAME_BACK)


@action
def write_home(
    actor: User,
    *,
    pupil: Person,
    words: str,
    submission: UUID,
    name_is_right: bool = False,
) -> NoteHome:
    """Keep a note home as a moment, with a mail for each carer who may see the child and has an address.

    Nothing is sent for ten minutes. The same `submission` again is the same note. Raises `Refused` as `record_moment`
    does, and where the words hold the name used at school although another is used at home: with `name_is_right` the
    writer says that it is not the child's name there.
    """
    require(actor, "notice.write_home", pupil)
    if not name_is_right and (name := school_name_in(words, pupil)):
        raise Refused(
            f"Your words hold “{name}”. Messages home use “{name_at_home(pupil)}”. Change the words, or say below "
            "that they are right. Nothing was sent."
        )
    moment = record_moment(actor, pupils=[pupil], kind=Kind.NOTE_HOME, note=words, submission=submission)[0]
    if moment.kind != Kind.NOTE_HOME:
        raise Refused("That form has been used already. Open the page again to write home.")
    of = {"school_id": actor.school_id}
    note, made = NoteHome.objects.get_or_create(
        moment=moment, defaults=of | {"send_after": now() + UNDO_WITHIN}
    )
    if made:
        letters = [
            Letter(**of, note=note, carer=one.carer, language=one.language.code)
            for one in recipients(pupil)
            if one.has_mail
        ]
        Letter.objects.bulk_create(letters)
        if letters:
            schedule(note)
        audit(actor, "notice.write_home", moment, pupil=pupil.pk, letters=len(letters))
    return note


@action
def send_now(actor: User, *, note: NoteHome) -> NoteHome:
    """Wait no longer; from now on it cannot be taken back. Again: nothing more is sent."""
    require(actor, "notice.manage_note_home", note)
    if not note.letters.exists():
        raise Refused("There is no address to send it to. Print it instead.")
    if note.send_after > now():
        note.send_after = now()
        note.save(update_fields=["send_after"])
        schedule(note)
        audit(actor, "notice.send_home", note.moment, pupil=note.moment.pupil_id)
    return note


@action
def note_printed(actor: User, *, note: NoteHome) -> NoteHome:
    """It goes on paper: given to the child or sent by post."""
    require(actor, "notice.manage_note_home", note)
    if note.printed_at is None:
        note.printed_at = now()
        note.save(update_fields=["printed_at"])
        audit(actor, "notice.print_home", note.moment, pupil=note.moment.pupil_id)
    return note


@action
def note_came_back(actor: User, *, note: NoteHome, letter: Letter) -> None:
    """The school's mailbox got it back: it did not arrive."""
    require(actor, "notice.manage_note_home", note)
    changed = Letter.objects.filter(pk=letter.pk, note=note, state=Letter.SENT).update(
        state=Letter.CAME_BACK, at=now()
    )
    if not changed:
        raise Refused("Only a mail that was sent can come back.")
    audit(actor, "notice.note_came_back", note.moment, pupil=note.moment.pupil_id)


def my_notes_home(user: User) -> list[NoteHome]:
    """What the user wrote home in the last half year, newest first, with letters; three queries."""
    recent = NoteHome.objects.filter(moment__adult=user.person_id, moment__recorded_at__gte=now() - SHOWN)
    rows = recent.select_related("moment__pupil", "moment__adult").prefetch_related("letters__carer")
    return list(rows.order_by("-moment__recorded_at", "-id"))


def not_arrived(user: User) -> list[NoteHome]:
    """The user's own notes that did not reach somebody and are not on paper either; one query, opens no words."""
    stuck = Q(letters__state__in=TROUBLES) | Q(
        letters__state=Letter.SENDING, letters__at__lt=now() - timedelta(minutes=30)
    )
    mine = NoteHome.objects.filter(stuck, moment__adult=user.person_id, printed_at=None)
    recent = mine.filter(moment__recorded_at__gte=now() - timedelta(days=28)).distinct()
    return list(recent.select_related("moment__pupil").defer("moment__note"))
