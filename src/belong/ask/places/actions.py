"""Asking where pupils feel they belong: planning, opening, taking in what one pupil says, closing."""

import logging
import secrets
from collections.abc import Sequence
from datetime import date
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from belong.ask import tasks
from belong.ask.budget import refuse_over
from belong.ask.models import (
    OptOut,
    PlaceAsking,
    PlacePlan,
    PlaceReceipt,
    PlaceRow,
    PlaceSheet,
    PlaceWords,
)
from belong.ask.places.access import SOURCE, is_asked
from belong.ask.places.said import FEELINGS, MOST, TIMES, Said
from belong.ask.signals import places_closed
from belong.base.access import allowed, require
from belong.base.actions import action
from belong.base.audit import audit
from belong.base.clock import now, today
from belong.base.errors import Refused
from belong.base.jobs import enqueue_once
from belong.guard.concerns.going_live import what_is_missing
from belong.guard.concerns.raising import look_through, raise_words
from belong.people.models import Person, User
from belong.people.queries import pupils_on_roll

logger = logging.getLogger("belong.ask")
FEWEST_PLACES, FEWEST_PUPILS = 2, 10


class AlreadySaid(Refused):
    """A second answer of the same pupil; the first one stands."""


@action
def draft_asking(
    user: User,
    plan: PlacePlan,
    *,
    title: str,
    opens_on: date,
    closes_on: date,
    years: Sequence[str] = (),
    with_words: bool = True,
) -> PlaceAsking:
    """Plan an asking about the places of a plan."""
    require(user, "ask.manage_places", plan)
    if closes_on < opens_on:
        raise Refused("The last day comes before the first.")
    asking: PlaceAsking = PlaceAsking.objects.create(
        school=user.school,
        plan=plan,
        title=title.strip(),
        years=list(years),
        opens_on=opens_on,
        closes_on=closes_on,
        with_words=with_words,
    )
    audit(user, "ask.draft_places", asking)
    return asking


@action
def discard_asking(user: User, asking: PlaceAsking) -> None:
    """Throw a draft away; nobody was asked anything."""
    require(user, "ask.manage_places", asking)
    if not asking.is_draft:
        raise Refused("Only a draft can be thrown away.")
    PlaceAsking.objects.filter(pk=asking.pk).delete()
    audit(user, "ask.discard_places", asking)


def asked_pupils(asking: PlaceAsking) -> list[Person]:
    """The pupils an asking is for: on roll, of its years, not opted out; by name."""
    found = pupils_on_roll().exclude(pk__in=OptOut.objects.current().values("person"))
    found = found.filter(year__in=asking.years) if asking.years else found
    return list(found.order_by("given_name", "family_name", "pk"))


def what_stands_in_the_way(asking: PlaceAsking) -> list[str]:
    """Why an asking cannot open now; empty where it can."""
    reasons = []
    if asking.closes_on < today():
        reasons.append("Its last day is past. Plan it anew.")
    if asking.plan.areas.count() < FEWEST_PLACES:
        reasons.append("Name two places on the plan at least.")
    if len(asked_pupils(asking)) < FEWEST_PUPILS:
        reasons.append(
            f"Fewer than {FEWEST_PUPILS} pupils would be asked: their answers could never be shown."
        )
    others = PlaceAsking.objects.filter(state=PlaceAsking.OPEN).exclude(pk=asking.pk)
    for other in others:
        if not other.years or not asking.years or set(other.years) & set(asking.years):
            reasons.append(f"“{other.title}” is still open for the same pupils. Close it first.")
    if asking.with_words:
        reasons += what_is_missing(asking.school)
    return reasons


@action
def open_asking(user: User, asking: PlaceAsking, *, override_reason: str = "") -> PlaceAsking:
    """Open it. The plan's places are copied, so that what was asked stays what was asked.

    Raises Refused, and OverBudget with the sum unless whoever may go over the budget gives a reason, which the trail
    keeps.
    """
    require(user, "ask.manage_places", asking)
    asking = PlaceAsking.objects.select_for_update().select_related("plan").get(pk=asking.pk)
    if not asking.is_draft:
        raise Refused("It is open already." if asking.is_open else "It has closed.")
    if reasons := what_stands_in_the_way(asking):
        raise Refused(" ".join(reasons))
    reason = override_reason.strip() if allowed(user, "ask.go_over_budget") else ""
    over = refuse_over(asking, reason=reason)
    asking.places = [
        {
            "id": one.pk,
            "name": one.name,
            "left": one.left,
            "top": one.top,
            "width": one.width,
            "height": one.height,
        }
        for one in asking.plan.areas.all()
    ]
    asking.state, asking.opened_by, asking.opened_on = PlaceAsking.OPEN, user, today()
    asking.save()
    audit(
        user, "ask.open_places", asking, why=reason if over else "", **({"over_budget": True} if over else {})
    )
    return asking


@action
def close_asking(user: User | None, asking: PlaceAsking) -> PlaceAsking:
    """Close it (`user` None: its last day has passed): what was said is rewritten in random order, then released."""
    if user is not None:
        require(user, "ask.manage_places", asking)
    asking = PlaceAsking.objects.select_for_update().get(pk=asking.pk)
    if not asking.is_open:
        raise Refused("It is not open.")
    asking.state, asking.closed_at = PlaceAsking.CLOSED, now()
    asking.save(update_fields=["state", "closed_at"])
    _rewrite(asking)
    places_closed.send(sender=PlaceAsking, asking=asking)
    audit(user, "ask.close_places", asking)
    enqueue_once(tasks.sweep_up)
    return asking


def close_due() -> int:
    """Close those whose last day has passed; how many."""
    due = list(PlaceAsking.objects.filter(state=PlaceAsking.OPEN, closes_on__lt=today()))
    for asking in due:
        close_asking(None, asking)
    return len(due)


def send_places(asking: PlaceAsking, pupil: Person, said: Said, words: str, submission_id: UUID) -> None:
    """Keep what one pupil said; the same submission again changes nothing and is no error.

    `said` was checked (`said.said_on`). Nothing here says who or when: no trail, no time, no log line. Raises Refused
    (closed, not asked, edited) or AlreadySaid.
    """
    known = {one["id"] for one in asking.places}
    pairs = [(place, time) for place, time, _feeling in said]
    fits = all(place in known and time in TIMES and feeling in FEELINGS for place, time, feeling in said)
    if not said or len(said) > MOST or len(set(pairs)) < len(pairs) or not fits:
        raise Refused(_("These answers do not fit this page. Open it again and have another go."))
    if not asking.takes_answers or pupil.is_leaver or not is_asked(asking, pupil):
        if _is_resend(asking, pupil, submission_id):
            return
        raise Refused(_("These questions have closed. Thank you for coming."))
    try:
        _insert(asking, pupil, said, words if asking.with_words else "", submission_id)
    except IntegrityError:
        if not _is_resend(asking, pupil, submission_id):
            raise


@transaction.atomic
def _insert(asking: PlaceAsking, pupil: Person, said: Said, words: str, submission_id: UUID) -> None:
    """The receipt first: it is unique, and holds the asking until we are done."""
    base = {"school_id": asking.school_id, "asking": asking}
    PlaceReceipt(**base, person=pupil, submission_id=submission_id).save(force_insert=True)
    if not PlaceAsking.objects.filter(pk=asking.pk, state=PlaceAsking.OPEN).exists():
        raise Refused(_("These questions have closed. Thank you for coming."))
    PlaceSheet(**base, said=sorted(said)).save(force_insert=True)
    if words:
        kept = PlaceWords(**base, person=pupil, words=words)
        kept.save(force_insert=True)
        _flag(asking, pupil, kept)


def _flag(asking: PlaceAsking, pupil: Person, kept: PlaceWords) -> None:
    """Look through the words in the transaction that keeps them; whatever happens, they are kept."""
    try:
        flagged = look_through([(asking.title, kept.words)])
        if flagged:
            with transaction.atomic():
                raise_words(pupil.school, pupil, flagged, f"{SOURCE}:{kept.pk}")
    except Exception as error:
        logger.error("Words were kept, but could not be looked through (%s).", type(error).__name__)


def _is_resend(asking: PlaceAsking, pupil: Person, submission_id: UUID) -> bool:
    kept = PlaceReceipt.objects.filter(asking=asking, person=pupil).first()
    if kept is None:
        return False
    if kept.submission_id != submission_id:
        raise AlreadySaid(_("You have answered this already. Your first answer stands."))
    return True


def _rewrite(asking: PlaceAsking) -> None:
    """Nothing may say in which order, or with which receipt, an answer came."""
    sheets = PlaceSheet.objects.filter(asking=asking)
    rows = [PlaceRow(school_id=asking.school_id, asking=asking, said=sheet.said) for sheet in sheets]
    secrets.SystemRandom().shuffle(rows)
    PlaceRow.objects.bulk_create(rows, batch_size=500)
    sheets.delete()
    PlaceReceipt.objects.filter(asking=asking).update(submission_id=None)
