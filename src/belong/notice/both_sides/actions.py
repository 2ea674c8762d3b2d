"""Every write about matches, and what an adult whom many named has read."""

from collections.abc import Collection

from belong.base.access import allowed, require
from belong.base.actions import action
from belong.base.audit import audit
from belong.base.clock import today
from belong.base.errors import Refused
from belong.notice.actions import set_state
from belong.notice.models import NOTE_LENGTH, Match, MatchOffer, NamedByMany, Relationship, State
from belong.people.models import Person, User
from belong.people.queries import owners_of_plans

ANSWERED = {
    Match.ACCEPTED: "You have said yes already. Thank you.",
    Match.DECLINED: "You have said not this time already, and that is fine.",
    Match.WITHDRAWN: "This was taken back, so there is nothing to answer.",
    Match.ENDED: "This has ended, so there is nothing to answer.",
}


@action
def offer_match(actor: User, *, pupil: Person, adult: Person, line: str = "") -> MatchOffer:
    """Ask an adult to be one this pupil can turn to. `line` is read by that adult: it must not say what a pupil said.

    Raises `Refused` for a pupil who is not theirs, an adult who left or has no sign-in of staff, one who was asked
    already, and too many words.
    """
    if not allowed(actor, "notice.offer_match", pupil):
        raise Refused(
            "Only the pupil’s tutor or pastoral lead asks an adult to look out for them. Nobody was asked."
        )
    if adult.is_leaver:
        raise Refused(
            f"{adult.display_name} does not work here any more. Choose another adult; nobody was asked."
        )
    if not owners_of_plans().filter(pk=adult.pk).exists():
        raise Refused("Choose an adult who works here and signs in to belong. Nobody was asked.")
    words = line.strip()
    if len(words) > NOTE_LENGTH:
        raise Refused(f"That is {len(words)} characters; the most is {NOTE_LENGTH}. Nobody was asked.")
    standing = MatchOffer.objects.filter(pupil=pupil, adult=adult, state__in=[Match.OFFERED, Match.ACCEPTED])
    if kept := standing.first():
        how = "looks out for" if kept.is_accepted else "has been asked about"
        raise Refused(f"{adult.display_name} {how} {pupil.display_name} already.")
    offer = MatchOffer.objects.create(
        school_id=actor.school_id,
        pupil=pupil,
        adult=adult,
        offered_by_id=actor.person_id,
        line=words,
        offered_on=today(),
    )
    audit(actor, "notice.offer_match", offer, pupil=pupil.pk, adult=adult.pk)
    return offer


@action
def accept_match(actor: User, offer: MatchOffer) -> MatchOffer:
    """Say yes: the adult may see the pupil from now on, and their relationship starts at Establish with a day to look
    again; a state the adult had set already stays."""
    offer = _to_answer(actor, offer)
    offer.state, offer.answered_on = Match.ACCEPTED, today()
    offer.save(update_fields=["state", "answered_on"])
    audit(actor, "notice.accept_match", offer, pupil=offer.pupil_id)
    if not Relationship.objects.filter(adult=actor.person_id, pupil=offer.pupil).exists():
        set_state(actor, pupil=offer.pupil, state=State.ESTABLISH)
    return offer


@action
def decline_match(actor: User, offer: MatchOffer) -> MatchOffer:
    """Say not this time. No reason is asked; who offered it sees that, and nobody counts it."""
    offer = _to_answer(actor, offer)
    offer.state, offer.answered_on, offer.line = Match.DECLINED, today(), ""
    offer.save(update_fields=["state", "answered_on", "line"])
    audit(actor, "notice.decline_match", offer, pupil=offer.pupil_id)
    return offer


@action
def end_match(actor: User, offer: MatchOffer) -> MatchOffer:
    """Take an unanswered offer back, or end a match: the adult no longer sees the pupil through it."""
    require(actor, "notice.end_match", offer)
    offer = MatchOffer.objects.select_for_update().get(pk=offer.pk)
    if not offer.is_offered and not offer.is_accepted:
        raise Refused("This has ended already.")
    if offer.is_offered and offer.offered_by_id != actor.person_id and offer.adult_id == actor.person_id:
        raise Refused("Say yes or not this time; then it is answered.")
    offer.state = Match.WITHDRAWN if offer.is_offered else Match.ENDED
    offer.ended_on = today()
    offer.save(update_fields=["state", "ended_on"])
    audit(actor, "notice.end_match", offer, pupil=offer.pupil_id)
    return offer


@action
def note_naming_read(actor: User, naming: NamedByMany) -> None:
    """The adult has read how many named them; it leaves Today and stays on their own page."""
    require(actor, "notice.own_naming", naming)
    if naming.seen_on is None:
        NamedByMany.objects.filter(pk=naming.pk).update(seen_on=today())
        audit(actor, "notice.note_naming_read", naming)


@action
def note_said_read(actor: User, pupils: Collection[int]) -> None:
    """Leave a line in the trail: whose answers about adults this reader has just seen."""
    if pupils:
        audit(actor, "notice.view_both_sides", pupils=sorted(pupils))


def _to_answer(actor: User, offer: MatchOffer) -> MatchOffer:
    """The offer, held until the answer is in; refused where it has an answer."""
    require(actor, "notice.answer_match", offer)
    kept = MatchOffer.objects.select_for_update().select_related("pupil").get(pk=offer.pk)
    if not kept.is_offered:
        raise Refused(ANSWERED[Match(kept.state)])
    return kept
