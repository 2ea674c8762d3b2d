"""Ambassadors: pupils to whom a leader gave the part of noticing good things in others."""

from datetime import date

from belong.base.access import require
from belong.base.actions import action
from belong.base.audit import audit
from belong.base.clock import today
from belong.base.errors import Refused
from belong.notice.access import is_here
from belong.notice.models import Ambassador
from belong.notice.recognition.access import is_ambassador
from belong.people.models import Person, User


@action
def make_ambassador(user: User, pupil: Person, until: date | None = None) -> Ambassador:
    """Give a pupil the part from today, for good or until a day."""
    require(user, "notice.manage_traits")
    if pupil.kind != Person.PUPIL or not is_here(user, pupil):
        raise Refused(f"{pupil.display_name} is not a pupil here now. Nothing was changed.")
    if is_ambassador(pupil):
        raise Refused(f"{pupil.display_name} is an ambassador already.")
    if until is not None and until <= today():
        raise Refused("The last day has gone already. Choose a later one.")
    row = Ambassador.objects.create(school=user.school, pupil=pupil, since=today(), until=until)
    audit(user, "notice.make_ambassador", row, pupils=[pupil.pk])
    return row


@action
def end_ambassador(user: User, ambassador: Ambassador) -> None:
    """End the part today."""
    require(user, "notice.manage_traits")
    if ambassador.until is not None and ambassador.until <= today():
        raise Refused("That ended before. Nothing was changed.")
    ambassador.until = today()
    ambassador.save(update_fields=["until"])
    audit(user, "notice.end_ambassador", ambassador, pupils=[ambassador.pupil_id])
