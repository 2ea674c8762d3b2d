"""“I’ll notice”: an adult takes on noticing a pupil. Each act checks who asks and leaves an audit line."""

from datetime import timedelta

from belong.base.access import require
from belong.base.actions import action
from belong.base.audit import audit
from belong.base.clock import now, today
from belong.base.errors import Refused
from belong.notice.models import WillNotice
from belong.people.models import Person, User

WITHIN = timedelta(weeks=1)


@action
def will_notice(actor: User, *, pupil: Person) -> WillNotice:
    """Take on noticing a pupil within a week; said again, the week begins anew. A moment noted by the actor ends it."""
    require(actor, "notice.will_notice", pupil)
    row, _ = WillNotice.objects.update_or_create(
        school_id=actor.school_id,
        adult_id=actor.person_id,
        pupil=pupil,
        defaults={"taken_at": now(), "due_on": today() + WITHIN},
    )
    audit(actor, "notice.will_notice", row)
    return row


@action
def undo_will_notice(actor: User, *, pupil: Person) -> None:
    """Take it back, at any time."""
    require(actor, "notice.will_notice", pupil)
    row = WillNotice.objects.filter(adult=actor.person_id, pupil=pupil).first()
    if row is None:
        raise Refused("That has already been taken back.")
    WillNotice.objects.filter(pk=row.pk).delete()  # the object keeps its number, for the trail
    audit(actor, "notice.undo_will_notice", row)
