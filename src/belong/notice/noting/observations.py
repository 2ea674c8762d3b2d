"""Observations on their way to the pastoral lead: to be seen, seen, with a next step."""

from dataclasses import dataclass
from datetime import timedelta

from django.db.models import QuerySet

from belong.base.access import require
from belong.base.actions import action
from belong.base.audit import audit
from belong.base.clock import now
from belong.base.errors import Refused
from belong.notice.access import observations_for
from belong.notice.models import NOTE_LENGTH, Moment, ObservationSeen
from belong.people import roles
from belong.people.models import Membership, Person, Role, User

SHOWN_SEEN = timedelta(weeks=4)


@dataclass(frozen=True)
class Observations:
    """What waits for a pastoral lead, oldest first, and what was seen in the last four weeks."""

    waiting: QuerySet[Moment]
    seen: QuerySet[Moment]


def waiting_for(user: User) -> QuerySet[Moment]:
    """Observations nobody has marked as seen, about pupils whose pastoral lead the user is; oldest first.

    What the user wrote themselves is left out: they know it.
    """
    rows = observations_for(user).filter(seen_by_lead=False).exclude(adult=user.person_id)
    return rows.select_related("pupil", "adult").order_by("on", "recorded_at", "id")


def observations(user: User) -> Observations:
    """Both lists; two queries when they are read."""
    seen = observations_for(user).filter(seen__at__gte=now() - SHOWN_SEEN)
    return Observations(
        waiting_for(user), seen.select_related("pupil", "adult", "seen__by").order_by("-seen__at", "-id")
    )


@action
def mark_seen(actor: User, *, moment: Moment, next_step: str = "") -> ObservationSeen:
    """The pastoral lead read it, with what happens next if they say so. Again: the next step is changed.

    The adult who wrote the observation sees that it was read, and the next step.
    """
    require(actor, "notice.mark_seen", moment)
    words = next_step.strip()
    if len(words) > NOTE_LENGTH:
        raise Refused(f"That is {len(words)} characters; the most is {NOTE_LENGTH}. Nothing was kept.")
    kept = ObservationSeen.objects.filter(moment=moment).first()
    if kept is not None and not words:
        return kept
    fields = {"by_id": actor.person_id, "next_step": words}
    seen, _ = ObservationSeen.objects.update_or_create(
        school_id=actor.school_id, moment=moment, defaults=fields, create_defaults=fields | {"at": now()}
    )
    Moment.objects.filter(pk=moment.pk).update(seen_by_lead=True)
    audit(actor, "notice.mark_seen", moment, pupil=moment.pupil_id)
    return seen


@action
def undo_seen(actor: User, *, moment: Moment) -> None:
    """It waits again. Only who marked it can say so."""
    require(actor, "notice.mark_seen", moment)
    kept = ObservationSeen.objects.filter(moment=moment, by=actor.person_id).first()
    if kept is None:
        raise Refused("Somebody else has marked it as seen, or it was taken back already.")
    kept.delete()
    Moment.objects.filter(pk=moment.pk).update(seen_by_lead=False)
    audit(actor, "notice.undo_seen", moment, pupil=moment.pupil_id)


def has_reader(pupil: Person) -> bool:
    """Whether anybody is pastoral lead of this pupil: else an observation would wait for nobody. Two queries."""
    leads = Role.objects.current().filter(role=roles.PASTORAL_LEAD, person__left_on=None)
    groups = Membership.objects.current().filter(person=pupil, part=Membership.MEMBER).values("group")
    return bool((leads.filter(group=None) | leads.filter(group__in=groups)).exists())
