"""Every write of greeting well: a name said aloud, back today, a line for a colleague, a greeting at the door."""

from datetime import timedelta
from typing import IO
from uuid import UUID

from django.utils.translation import gettext as _

from belong.base.access import allowed, require
from belong.base.actions import action
from belong.base.audit import audit
from belong.base.clock import today
from belong.base.errors import Refused
from belong.base.files import check_sound
from belong.guard.concerns.raising import flag_adult_words
from belong.notice.actions import record_moment, undo_moment
from belong.notice.greeting.settings import SETTING
from belong.notice.models import BackToday, Kind, Moment, NameSound, NoBirthday, TalkUp
from belong.people.models import Person, School, User

LINE_LENGTH = 140
SAID_LENGTH = 120
LINE_FOR = timedelta(days=14)
NOT_YOURS = "That pupil is not in one of your groups. Nothing was kept."


@action
def keep_sound(actor: User, *, pupil: Person, upload: IO[bytes]) -> NameSound:
    """Keep a pupil's name as it was recorded, in place of an earlier one. Raises Refused with what to do."""
    _check(actor, "notice.say_name", pupil)
    sound = check_sound(upload)
    kept, _ = NameSound.objects.update_or_create(
        school_id=pupil.school_id,
        pupil=pupil,
        defaults={
            "by_id": actor.person_id,
            "mime": sound.mime,
            "seconds": sound.seconds,
            "sound": sound.data,
            "made_on": today(),
        },
    )
    audit(actor, "notice.keep_sound", kept)
    return kept


@action
def delete_sound(actor: User, *, pupil: Person) -> None:
    """Delete the recording of a name: the pupil or the family at any time, an adult who finds it unfit."""
    if not (allowed(actor, "notice.say_name", pupil) or allowed(actor, "notice.take_away_sound", pupil)):
        raise Refused(NOT_YOURS)
    kept = NameSound.objects.defer("sound").filter(pupil=pupil).first()
    if kept is None:
        raise Refused(_("That recording has already been deleted."))
    NameSound.objects.filter(pk=kept.pk).delete()
    audit(actor, "notice.delete_sound", kept)


@action
def choose_said_like(actor: User, *, pupil: Person, said_like: str) -> None:
    """How to say the name, in letters ("oh-KAH-for"); "" takes it away. Raises Refused."""
    _check(actor, "notice.say_name", pupil)
    words = " ".join(said_like.split())
    if len(words) > SAID_LENGTH:
        raise Refused(
            _("It is %(n)s letters long; the most is %(most)s. Nothing was kept.")
            % {"n": len(words), "most": SAID_LENGTH}
        )
    if words == pupil.said_like:
        return
    pupil.said_like = words
    pupil.save(update_fields=["said_like"])
    audit(actor, "notice.choose_said_like", pupil)


@action
def choose_birthday(actor: User, *, pupil: Person, mention: bool) -> None:
    """Whether adults are told of the birthday. No reason is asked for."""
    _check(actor, "notice.say_name", pupil)
    kept = NoBirthday.objects.filter(pupil=pupil)
    if mention == (not kept.exists()):
        return
    if mention:
        kept.delete()
    else:
        NoBirthday.objects.create(
            school_id=pupil.school_id, pupil=pupil, by_id=actor.person_id, since=today()
        )
    audit(actor, "notice.choose_birthday", pupil, mention=mention)


@action
def mark_back(actor: User, *, pupil: Person) -> BackToday:
    """Say that a pupil is back today; twice is the same as once. There is nowhere to say why."""
    _check(actor, "notice.mark_back", pupil)
    row, is_new = BackToday.objects.get_or_create(
        school_id=pupil.school_id, pupil=pupil, on=today(), defaults={"by_id": actor.person_id}
    )
    if is_new:
        audit(actor, "notice.mark_back", row)
    return row


@action
def unmark_back(actor: User, *, pupil: Person) -> None:
    """Take back that a pupil is back today."""
    _check(actor, "notice.mark_back", pupil)
    row = BackToday.objects.filter(pupil=pupil, on=today()).first()
    if row is None:
        raise Refused("That has already been taken back.")
    BackToday.objects.filter(pk=row.pk).delete()
    audit(actor, "notice.unmark_back", row)


@action
def talk_up(actor: User, *, pupil: Person, line: str, submission: UUID | None = None) -> TalkUp | None:
    """Leave one good line for another adult to use; it goes after two weeks. Raises Refused.

    The line is looked through on this machine like everything adults write about a pupil. One that may be about a
    child's safety goes to the safeguarding lead and to nobody at the door: None.
    """
    _check(actor, "notice.talk_up", pupil)
    words = " ".join(line.split())
    if not words:
        raise Refused("Write one good line a colleague can use. Nothing was kept.")
    if len(words) > LINE_LENGTH:
        raise Refused(f"That is {len(words)} characters; the most is {LINE_LENGTH}. Nothing was kept.")
    if flag_adult_words(actor, pupil, words, submission=submission):
        return None
    day = today()
    kept = TalkUp.objects.create(
        school_id=pupil.school_id,
        pupil=pupil,
        by_id=actor.person_id,
        line=words,
        made_on=day,
        until=day + LINE_FOR,
    )
    audit(actor, "notice.talk_up", kept)
    return kept


@action
def take_back_talk_up(actor: User, *, line: TalkUp) -> None:
    """Take back a line of one's own that nobody has used."""
    if not allowed(actor, "notice.take_back_talk_up", line):
        raise Refused("A colleague has used it by now, so it stays.")
    TalkUp.objects.filter(pk=line.pk).delete()
    audit(actor, "notice.take_back_talk_up", line)


@action
def greet(actor: User, *, pupil: Person, submission: UUID, line: TalkUp | None = None) -> list[Moment]:
    """One greeting, with the colleague's line that stood on the card; that line is not shown again.

    The same submission again is the same greeting. Raises Refused as `record_moment` does.
    """
    made = record_moment(actor, pupils=[pupil], kind=Kind.GREETING, submission=submission)
    if line is not None and line.pupil_id == pupil.pk and line.by_id != actor.person_id:
        unused = TalkUp.objects.filter(pk=line.pk, used_on__isnull=True)
        unused.update(used_on=today(), used_by=actor.person_id, used_in=submission)
    return made


@action
def undo_greet(actor: User, *, submission: UUID) -> list[int]:
    """Take back a greeting within ten minutes; the line that was used with it is there again."""
    pupils = undo_moment(actor, submission=submission)
    used = TalkUp.objects.filter(used_in=submission, used_by=actor.person_id)
    used.update(used_on=None, used_by=None, used_in=None)
    return pupils


@action
def choose_birthdays(actor: User, *, birthdays: bool) -> None:
    """Whether this school mentions birthdays at all."""
    require(actor, "notice.choose_greeting")
    school = School.objects.select_for_update().get(pk=actor.school_id)
    school.settings = school.settings | {SETTING: {"birthdays": birthdays}}
    school.save(update_fields=["settings"])
    actor.school.settings = school.settings
    audit(actor, "notice.choose_greeting", school, birthdays=birthdays)


def _check(actor: User, verb: str, pupil: Person) -> None:
    if not allowed(actor, verb, pupil):
        raise Refused(NOT_YOURS)
