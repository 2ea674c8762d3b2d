"""Before pupils are asked whom they like to be with: telling families, and leaving out whom a family wants left out."""

from datetime import date, timedelta

from belong.ask.models import FamiliesTold, LeftOutOfFriends, OptOut, SignedSheet, Wave
from belong.ask.questionnaire import friends_items
from belong.base.access import require
from belong.base.actions import action
from belong.base.audit import audit
from belong.base.clock import today
from belong.base.errors import Refused
from belong.people.models import Person, User

NOTICE = timedelta(days=7)
UNTOLD = (
    "Families have not been told yet that their children will be asked whom they like to be with. A leader prints or "
    "mails the letter and notes the day."
)
TOO_SOON = "Families were told on {told}. They have a week to say no: it can open from {day}."


@action
def note_families_told(user: User, wave: Wave, *, on: date, way: str) -> FamiliesTold:
    """Note the day on which families were told of one asking. Raises Refused for a day to come, and once it is open."""
    require(user, "ask.tell_families", wave)
    if not Wave.objects.filter(pk=wave.pk, state=Wave.DRAFT).exists():
        raise Refused("This wave is open already; what families were told before stands.")
    if on > today():
        raise Refused("Note it when families have been told: that day is still to come.")
    if way not in dict(FamiliesTold.WAYS):
        raise Refused("Say how families were told.")
    told, _ = FamiliesTold.objects.update_or_create(
        school=wave.school, wave=wave, defaults={"told_on": on, "way": way, "noted_by": user}
    )
    audit(user, "ask.tell_families", wave, on=on.isoformat(), way=way)
    return told


def families_untold(wave: Wave) -> list[str]:
    """Why a wave that asks for friends may not open yet; nobody can set it aside."""
    if not friends_items(wave):
        return []
    told = FamiliesTold.objects.filter(wave=wave).first()
    if told is None:
        return [UNTOLD]
    first = told.told_on + NOTICE
    if today() < first:
        return [TOO_SOON.format(told=_said(told.told_on), day=_said(first))]
    return []


def _said(day: date) -> str:
    return f"{day:%A} {day.day} {day:%B}"


@action
def leave_out(user: User, pupil: Person, *, asked_by: str) -> LeftOutOfFriends:
    """From today a pupil is in nobody's list and is not asked; named before, the name is taken off those sheets too."""
    require(user, "ask.leave_out_of_friends", pupil)
    if asked_by not in dict(OptOut.ASKERS):
        raise Refused("Say who asked: the pupil, or a carer.")
    if LeftOutOfFriends.objects.filter(pupil=pupil, ended_on=None).exists():
        raise Refused(f"{pupil.display_name} is left out already.")
    made: LeftOutOfFriends = LeftOutOfFriends.objects.create(
        school=pupil.school, pupil=pupil, asked_by=asked_by, since=today(), noted_by=user
    )
    take_off_sheets(pupil)
    audit(user, "ask.leave_out_of_friends", made, asked_by=asked_by)
    return made


@action
def end_left_out(user: User, left: LeftOutOfFriends) -> None:
    """From today a pupil is asked, and can be chosen, again."""
    require(user, "ask.end_left_out", left)
    if left.ended_on is not None:
        raise Refused("This was ended already.")
    left.ended_on, left.ended_by = today(), user
    left.save(update_fields=["ended_on", "ended_by"])
    audit(user, "ask.end_left_out", left)


def take_off_sheets(pupil: Person) -> None:
    """Take a pupil's name off every sheet, and what they said themselves about friends off theirs."""
    SignedSheet.objects.filter(person=pupil, friends__isnull=False).update(friends=None)
    for sheet in SignedSheet.objects.filter(friends__isnull=False).only("friends"):
        kept = {item: [one for one in ids if one != pupil.pk] for item, ids in sheet.friends.items()}
        if kept != sheet.friends:
            sheet.friends = kept
            sheet.save(update_fields=["friends"])
