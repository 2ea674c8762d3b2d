"""Every write about recognitions: each checks who asks, is one transaction, and leaves an audit line."""

import logging
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import IO
from uuid import UUID, uuid4

from django.db import transaction
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from belong.base.access import allowed, require
from belong.base.actions import action
from belong.base.audit import audit
from belong.base.clock import now, today
from belong.base.errors import Refused
from belong.base.files import PHOTO_MIME, clean_photo
from belong.guard.concerns.raising import look_through, raise_words
from belong.guard.concerns.rota import next_reading
from belong.notice.actions import BACKDATE_WITHIN, TOO_LATE
from belong.notice.models import NOTE_LENGTH, Recognition, RecognitionPhoto, Shown, TakenBack, Trait
from belong.notice.recognition.access import SOURCE, is_ambassador
from belong.notice.recognition.names import Name, other_names, without
from belong.notice.recognition.queries import same_again
from belong.people.models import Person, School, User
from belong.web.templatetags.belong import day

logger = logging.getLogger("belong.notice")
A_DAY = 5
SHORTEST = 3
SAME_WITHIN = timedelta(days=7)
LEAVE_OUT, NOT_A_NAME = "leave-out", "not-a-name"
AT_SCHOOL, AT_HOME = "school", "home"
ASKED = "What did you see?"


class NamesFound(Refused):
    """The words seem to name other pupils: the writer says whether to leave the names out, or that they are none."""

    def __init__(self, names: Iterable[Name]) -> None:
        self.names = sorted({name.text for name in names})
        super().__init__(
            _("This seems to name another pupil: %(names)s. Choose what to do; your words are kept.")
            % {"names": ", ".join(self.names)}
        )


@dataclass(frozen=True)
class Photo:
    """A picture as evidence, and whether the giver said that no other child is in it."""

    upload: IO[bytes]
    nobody_else: bool


@action
def recognise(
    actor: User,
    *,
    pupil: Person,
    trait: Trait,
    words: str,
    names: str = "",
    signed: bool = True,
    on: date | None = None,
    submission: UUID | None = None,
    photo: Photo | None = None,
    seen: str = AT_SCHOOL,
) -> Recognition:
    """Say what good thing was seen in a pupil. Staff's own show at once; everyone else's wait to be looked through.

    `names` is LEAVE_OUT or NOT_A_NAME where the words seem to name other pupils; without it `NamesFound` is raised.
    `seen` is AT_HOME where a member of staff writes as a parent. The same `submission` again is the same recognition.
    Raises `Refused` in words for a pupil who left, oneself, one who is not theirs, a retired trait, no words or too
    many, the same again, and for pupils where nobody is there to read.
    """
    sent = submission or uuid4()
    if TakenBack.objects.filter(adult=actor.person_id, submission=sent).exists():
        raise Refused("You took this one back. If you meant to keep it, send it again.")
    if kept := Recognition.objects.filter(by=actor.person_id, submission=sent).first():
        return kept
    giver = _giver(actor)
    _check_pupil(actor, giver, pupil)
    source = _source(actor, giver, pupil, seen)
    words = _checked_words(words, pupil, giver, names)
    _check_when(source, on or today())
    _check_sending(giver, source, pupil, trait, words)
    row = Recognition.objects.create(
        school_id=actor.school_id,
        pupil=pupil,
        trait=trait,
        by=giver,
        source=source,
        is_signed=signed,
        words=words,
        on=on or today(),
        recorded_at=now(),
        state=Recognition.APPROVED if source == Recognition.STAFF else Recognition.WAITING,
        submission=sent,
    )
    if photo is not None:
        _keep_photo(row, photo)
    if source != Recognition.STAFF:
        _flag(actor.school, giver, row)
    audit(actor, "notice.recognise", row, source=source, pupils=[pupil.pk], trait=trait.pk)
    return row


@action
def undo_recognition(actor: User, *, recognition: Recognition) -> None:
    """Take back one's own recognition of one's own pupil within ten minutes."""
    if not allowed(actor, "notice.undo_recognition", recognition):
        raise Refused(TOO_LATE.format("A pastoral lead can take it off the timeline."))
    TakenBack.objects.get_or_create(
        school_id=actor.school_id, adult_id=actor.person_id, submission=recognition.submission
    )
    Recognition.objects.filter(pk=recognition.pk).delete()  # the object keeps its number, for the trail
    audit(actor, "notice.undo_recognition", recognition, pupils=[recognition.pupil_id])


@action
def choose_shown(
    actor: User, *, pupil: Person, entry: str, number: int, on_wall: bool, to_family: bool
) -> Shown:
    """What else a pupil lets see one entry of their timeline; a tutor notes it for one without a sign-in."""
    require(actor, "notice.choose_shown", pupil)
    noted_by = None if actor.person_id == pupil.pk else actor.person
    facts = {"on_wall": on_wall, "to_family": to_family, "noted_by": noted_by, "chosen_on": today()}
    row, _ = Shown.objects.update_or_create(
        school_id=actor.school_id, pupil=pupil, entry=entry, number=number, defaults=facts
    )
    audit(actor, "notice.choose_shown", row, entry=entry, on_wall=on_wall, to_family=to_family)
    return row


def words_are_closed(school: School) -> bool:
    """Whether nobody is there to read what pupils write, so that they should not be asked to."""
    return not next_reading(school).is_rostered


def _giver(actor: User) -> Person:
    if actor.person is None:
        raise Refused("This sign-in belongs to nobody at school, so it cannot recognise anybody.")
    return actor.person


def _source(actor: User, giver: Person, pupil: Person, seen: str) -> str:
    """Who it comes from. An adult at school is family where they write as such, or do not work with the child."""
    if giver.kind == Person.PUPIL:
        return Recognition.AMBASSADOR if is_ambassador(giver) else Recognition.PUPIL
    is_family = allowed(actor, "notice.view_child", pupil)
    if is_family and (seen == AT_HOME or not allowed(actor, "notice.record_moment", pupil)):
        return Recognition.FAMILY
    return Recognition.STAFF


def _check_pupil(actor: User, giver: Person, pupil: Person) -> None:
    if pupil.pk == giver.pk:
        raise Refused(
            _(
                "That is you! Tell your tutor about it, they will be glad to hear. Here you can name somebody else."
            )
        )
    if allowed(actor, "notice.recognise", pupil):
        return
    if pupil.left_on and pupil.is_leaver and allowed(actor, "notice.try_to_recognise", pupil):
        left = date_format(pupil.left_on, "D j F Y")
        name = pupil.first_name if giver.kind == Person.PUPIL else pupil.display_name
        raise Refused(
            _("%(name)s left the school on %(day)s. Nothing was sent.") % {"name": name, "day": left}
        )
    raise Refused(_("That pupil is not one of yours here. Nothing was sent; your words are kept."))


def _checked_words(words: str, pupil: Person, giver: Person, names: str) -> str:
    """The words as they are kept: long and short enough, and without other pupils' names."""
    words = words.replace("\x00", "").strip()
    if len(words) < SHORTEST:
        raise Refused(_("Write in a line what you saw, so that they know what they did well."))
    found = [] if names == NOT_A_NAME else other_names(words, besides=(pupil, giver))
    if found and names != LEAVE_OUT:
        raise NamesFound(found)
    words = without(words, found)
    if len(words) > NOTE_LENGTH:
        raise Refused(
            _("It is %(n)s letters long; the most is %(most)s. Make it a little shorter.")
            % {"n": len(words), "most": NOTE_LENGTH}
        )
    return words


def _check_when(source: str, seen_on: date) -> None:
    if seen_on > today():
        raise Refused(_("That day has not come yet. Nothing was sent; your words are kept."))
    if seen_on < today() - BACKDATE_WITHIN:
        raise Refused(_("It can be told up to four weeks later. Nothing was sent; your words are kept."))


def _check_sending(giver: Person, source: str, pupil: Person, trait: Trait, words: str) -> None:
    if trait.retired_on is not None:
        raise Refused(
            _("“%(trait)s” is no longer one of the school’s. Choose another; your words are kept.")
            % {"trait": trait.name}
        )
    if same := same_again(giver, pupil, trait, words, today() - SAME_WITHIN):
        raise Refused(_("You told us this: %(day)s. It is kept, once.") % {"day": day(same.on)})
    if source == Recognition.STAFF:
        return
    if source in (Recognition.PUPIL, Recognition.AMBASSADOR) and words_are_closed(giver.school):
        raise Refused(_("No adult is there to read just now, so it cannot be sent. Please tell your tutor."))
    if Recognition.objects.filter(by=giver, recorded_at__date=today()).count() >= A_DAY:
        raise Refused(_("You have sent five today. Thank you! Keep this one for tomorrow."))


def _keep_photo(row: Recognition, photo: Photo) -> None:
    if row.source not in (Recognition.STAFF, Recognition.FAMILY):
        raise Refused("Pictures can be added by adults only.")
    if not photo.nobody_else:
        raise Refused(_("Say that no other child is in the picture, or leave the picture out."))
    data = clean_photo(photo.upload)
    RecognitionPhoto.objects.create(school_id=row.school_id, recognition=row, data=data, kind=PHOTO_MIME)


def _flag(school: School, giver: Person, row: Recognition) -> None:
    """Look through what a pupil or a family wrote; whatever happens, it is kept and waits for an adult."""
    try:
        if flagged := look_through([(ASKED, row.words)]):
            with transaction.atomic():
                raise_words(school, giver, flagged, f"{SOURCE}:{row.pk}")
    except Exception as error:
        logger.error("A recognition was kept, but could not be looked through (%s).", type(error).__name__)
