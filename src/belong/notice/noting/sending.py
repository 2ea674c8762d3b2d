"""Sending notes home: each letter at most once, one mail each, whatever the mail server or the machine does.

A letter is claimed (`waiting` → `sending`) in a statement of its own before the server is asked; nothing ever claims it
again. While the server cannot be reached nothing is claimed, and it is tried again for a day.
"""

import logging
from datetime import timedelta
from smtplib import SMTPException, SMTPRecipientsRefused

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.template.loader import render_to_string
from django_tasks_db.backend import DatabaseBackend

from belong.base.clock import now
from belong.notice.models import Letter, NoteHome
from belong.notice.noting.letter import compose, languages
from belong.people.models import CarerLink, Person

logger = logging.getLogger("belong.notice")
TRY_AGAIN = timedelta(minutes=5)
TRY_FOR = timedelta(days=1)
CUT_OFF_AFTER = timedelta(minutes=30)


def mail_is_set_up() -> bool:
    """Whether mails leave this machine; without a server they are written to its folder."""
    return "filebased" not in settings.EMAIL_BACKEND


def schedule(note: NoteHome) -> None:
    """Queue the sending for its time. A backend that runs jobs at once sends only what is due at once."""
    from belong.base.jobs import enqueue
    from belong.notice.noting.tasks import send_note_home

    ids = {"school_id": note.school_id, "note_id": note.pk}
    if isinstance(send_note_home.get_backend(), DatabaseBackend) and note.send_after > now():
        send_note_home.using(run_after=note.send_after).enqueue(**ids)
    else:
        enqueue(send_note_home, **ids)


def send(note_id: int) -> int:
    """Send what waits of one note, inside its school's scope; how many mails went. Too early or gone: none."""
    note = NoteHome.objects.filter(pk=note_id).select_related("moment__pupil", "moment__adult").first()
    if note is None or note.send_after > now():
        return 0
    waiting = list(note.letters.filter(state=Letter.WAITING).select_related("carer"))
    if not waiting:
        return 0
    connection = get_connection()
    try:
        connection.open()
    except (OSError, SMTPException) as error:
        _not_now(note, error)
        return 0
    try:
        return sum(_send_one(note, letter, connection) for letter in waiting)
    finally:
        connection.close()


def send_due() -> int:
    """Send every note of the school whose time has come, and say which letters were cut off. Safe to run often."""
    cut_off = Letter.objects.filter(state=Letter.SENDING, at__lt=now() - CUT_OFF_AFTER, trouble="")
    cut_off.update(trouble=Letter.CUT_OFF)
    due = NoteHome.objects.filter(letters__state=Letter.WAITING, send_after__lte=now()).distinct()
    return sum(send(pk) for pk in list(due.values_list("pk", flat=True)))


def _send_one(note: NoteHome, letter: Letter, connection: object) -> bool:
    claimed = Letter.objects.filter(pk=letter.pk, state=Letter.WAITING).update(state=Letter.SENDING, at=now())
    if not claimed:
        return False  # taken back, or another worker has it
    address = _address(note, letter)
    if not address:
        return _ended(letter, Letter.FAILED, Letter.NO_ADDRESS)
    try:
        _mail(note, letter, address, connection).send()
    except SMTPRecipientsRefused:
        return _ended(letter, Letter.FAILED, Letter.REFUSED)
    except (SMTPException, OSError) as error:
        # It may have gone before the line dropped: only the server knows. It is not sent a second time.
        logger.error("A note home was cut off (%s).", type(error).__name__)
        return _ended(letter, Letter.SENDING, Letter.CUT_OFF)
    _ended(letter, Letter.SENT)
    return True


def _ended(letter: Letter, state: str, trouble: str = "") -> bool:
    Letter.objects.filter(pk=letter.pk).update(state=state, trouble=trouble, at=now())
    return False


def _address(note: NoteHome, letter: Letter) -> str:
    """The carer's address today, if they may still see the child and the child is still here; else ""."""
    pupil = note.moment.pupil
    may = CarerLink.objects.filter(
        carer=letter.carer_id, pupil=pupil, may_see=True, carer__in=Person.objects.here()
    )
    return letter.carer.email.strip() if not pupil.is_leaver and may.exists() else ""


def _mail(note: NoteHome, letter: Letter, address: str, connection: object) -> EmailMultiAlternatives:
    moment = note.moment
    known = languages()
    text = compose(
        moment.note,
        pupil=moment.pupil,
        adult=moment.adult,
        language=known.get(letter.language, known["en"]),
        carer=letter.carer,
    )
    mail = EmailMultiAlternatives(
        subject=text.subject,
        body=text.plain,
        from_email=settings.DEFAULT_FROM_EMAIL,
        to=[address],
        headers={"Content-Language": text.language.code, "Auto-Submitted": "auto-generated"},
        connection=connection,
    )
    mail.attach_alternative(render_to_string("notice/noting/mail.html", {"letter": text}), "text/html")
    return mail


def _not_now(note: NoteHome, error: Exception) -> None:
    """The server cannot be reached: try again in five minutes, for a day; then the writer is told."""
    from belong.notice.noting.tasks import send_note_home

    logger.warning("The mail server did not answer (%s); notes home wait.", type(error).__name__)
    if now() > note.send_after + TRY_FOR:
        note.letters.filter(state=Letter.WAITING).update(
            state=Letter.FAILED, trouble=Letter.NO_SERVER, at=now()
        )
    elif isinstance(send_note_home.get_backend(), DatabaseBackend):
        again = now() + TRY_AGAIN
        send_note_home.using(run_after=again).enqueue(school_id=note.school_id, note_id=note.pk)
