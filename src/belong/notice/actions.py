"""Every write of the notice room: each checks who asks, is one transaction, and leaves an audit line."""

from collections.abc import Sequence
from datetime import date, timedelta
from uuid import UUID, uuid4

from django.utils.formats import date_format

from belong.base.access import allowed
from belong.base.actions import action
from belong.base.audit import audit
from belong.base.clock import now, today
from belong.base.errors import Refused
from belong.guard.concerns.raising import flag_adult_words
from belong.notice.models import (
    NOTE_LENGTH,
    Aspect,
    Kind,
    KnownBy,
    Letter,
    Moment,
    Relationship,
    RelationshipChange,
    State,
    TakenBack,
)
from belong.notice.register.weeks import DEFAULT, review_after
from belong.people.access import visible_pupils
from belong.people.models import Person, User

REVIEW_AFTER = {
    state: timedelta(weeks=weeks) for state, weeks in DEFAULT.items()
}  # unless the school chose others
BACKDATE_WITHIN = timedelta(weeks=4)
REVIEW_WITHIN = timedelta(days=366)
NEEDS_WORDS = {
    Kind.NOTE_HOME: "Write what the note home said. Nothing was noted.",
    Kind.OBSERVATION: "Write what you saw. Nothing was noted.",
}
TOO_LATE = "That was more than ten minutes ago, so it stays. {}"


@action
def record_moment(
    actor: User,
    *,
    pupils: Sequence[Person],
    kind: str,
    note: str = "",
    aspect: str = "",
    on: date | None = None,
    submission: UUID | None = None,
) -> list[Moment]:
    """Note one moment for one or many pupils on one day (default today); `aspect` is for observations.

    The same `submission` again returns the moments it made the first time and adds nothing. Raises `Refused` for
    nobody chosen, a pupil who left or is not theirs, a kind that needs words, too many words, a day that is in the
    future or more than four weeks ago, and a submission that was taken back. The words of an observation are looked
    through on this machine; what is found goes to the safeguarding lead as well, and stays there if it is taken back.
    """
    sent = submission or uuid4()
    if TakenBack.objects.filter(adult=actor.person_id, submission=sent).exists():
        raise Refused("You took this one back. If you meant to keep it, note it again.")
    if kept := _of_submission(actor, sent):
        return kept
    _check_pupils(actor, pupils)
    day, words = on or today(), note.strip()
    _check_moment(kind, words, day)
    about = aspect if kind == Kind.OBSERVATION else ""
    if about and about not in Aspect.values:
        raise Refused("Choose what the observation is about. Nothing was noted.")
    fields = {"school_id": actor.school_id, "adult_id": actor.person_id, "kind": kind}
    fields |= {"note": words, "aspect": about}
    rows = [Moment(**fields, pupil=pupil, on=day, recorded_at=now(), submission=sent) for pupil in pupils]
    Moment.objects.bulk_create(
        rows, ignore_conflicts=True
    )  # another tab may have sent the same form just now
    if kind == Kind.OBSERVATION:
        for pupil in pupils:
            flag_adult_words(actor, pupil, words, submission=sent)
    audit(actor, "notice.record_moment", kind=kind, pupils=[pupil.pk for pupil in pupils])
    return _of_submission(actor, sent)


@action
def undo_moment(actor: User, *, submission: UUID) -> list[int]:
    """Take back one's own moments of one submission within ten minutes; returns the pupils' ids."""
    moments = _of_submission(actor, submission)
    if not moments:
        raise Refused("That moment has already been taken back.")
    if not all(allowed(actor, "notice.undo_moment", moment) for moment in moments):
        raise Refused(TOO_LATE.format("Ask your pastoral lead if it must not."))
    _check_not_gone(moments, "That note home is on its way, so it cannot be taken back.")
    pupils = [moment.pupil_id for moment in moments]
    Moment.objects.filter(pk__in=[moment.pk for moment in moments]).delete()
    TakenBack.objects.get_or_create(
        school_id=actor.school_id, adult_id=actor.person_id, submission=submission
    )
    audit(actor, "notice.undo_moment", kind=moments[0].kind, pupils=pupils)
    return pupils


@action
def add_note(actor: User, *, submission: UUID, note: str) -> list[Moment]:
    """Add or change the words of one's own moment within ten minutes of noting it."""
    moments = _of_submission(actor, submission)
    if not moments:
        raise Refused("That moment has been taken back, so it has no words.")
    if not all(allowed(actor, "notice.undo_moment", moment) for moment in moments):
        raise Refused(TOO_LATE.format("You can note another."))
    _check_not_gone(moments, "That note home is on its way, so its words stay as they are.")
    _check_words(moments[0].kind, note.strip())
    if moments[0].kind == Kind.OBSERVATION:
        for moment in moments:
            flag_adult_words(actor, moment.pupil, note.strip())
    Moment.objects.filter(pk__in=[moment.pk for moment in moments]).update(note=note.strip())
    audit(actor, "notice.add_note", kind=moments[0].kind, pupils=[moment.pupil_id for moment in moments])
    return _of_submission(actor, submission)


@action
def set_state(
    actor: User,
    *,
    pupil: Person,
    state: str,
    reason: str = "",
    review_on: date | None = None,
    seen: int | None = None,
) -> RelationshipChange:
    """Say how one's own relationship with a pupil stands, and when to look again (default 2, 6 or 1 weeks).

    Only ever a person's own judgement: no code path leads here from a score. Each adult has a state of their own, so
    two adults never overwrite each other; `seen` is the change the form was made from (0: none yet), and one that was
    set since in another window is not overwritten either. Returns the change, which `undo_state` takes back.
    """
    _check_pupil(actor, "notice.set_state", pupil)
    if state not in State.values:
        raise Refused("Choose Establish, Maintain or Restore.")
    _check_length(reason.strip())
    day = today()
    due = review_on or day + review_after(actor.school, State(state))
    _check_review(due)
    _check_seen(actor, pupil, seen)
    fields = {"state": state, "reason": reason.strip(), "set_on": day, "review_on": due}
    relationship, _ = Relationship.objects.update_or_create(
        school_id=actor.school_id, adult_id=actor.person_id, pupil=pupil, defaults=fields
    )
    change = RelationshipChange.objects.create(
        school_id=actor.school_id, relationship=relationship, at=now(), **fields
    )
    audit(actor, "notice.set_state", relationship, state=state)
    return change


@action
def undo_state(actor: User, *, change: RelationshipChange) -> Relationship | None:
    """Take back one's own newest change within ten minutes; the state before it holds again (None: no state)."""
    relationship = change.relationship
    if not allowed(actor, "notice.undo_state", change):
        raise Refused(TOO_LATE.format("Set the state again instead."))
    newest = relationship.changes.first()
    if newest is None or newest.pk != change.pk:
        raise Refused("The state has changed since. Set it again instead.")
    change.delete()
    before = relationship.changes.first()
    if before is None:
        Relationship.objects.filter(pk=relationship.pk).delete()  # the object keeps its number, for the trail
    else:
        for field in ("state", "reason", "set_on", "review_on"):
            setattr(relationship, field, getattr(before, field))
        relationship.save()
    audit(actor, "notice.undo_state", relationship, state=change.state)
    return relationship if before else None


@action
def set_review(actor: User, *, pupil: Person, review_on: date) -> Relationship:
    """Choose the day to look again at one's own relationship with a pupil, today or within a year."""
    _check_pupil(actor, "notice.set_state", pupil)
    relationship = Relationship.objects.filter(adult=actor.person_id, pupil=pupil).first()
    if relationship is None:
        raise Refused(
            "Choose Establish, Maintain or Restore first; then there is something to look at again."
        )
    _check_review(review_on)
    relationship.review_on = review_on
    relationship.save(update_fields=["review_on"])
    relationship.changes.filter(pk__in=relationship.changes.values("pk")[:1]).update(review_on=review_on)
    audit(actor, "notice.set_review", relationship)
    return relationship


@action
def record_knowing(actor: User, *, pupil: Person, line: str = "") -> KnownBy:
    """Record that the actor knows this pupil well; again with a line, the line is changed."""
    _check_pupil(actor, "notice.record_knowing", pupil)
    _check_length(line.strip())
    known, _ = KnownBy.objects.update_or_create(
        school_id=actor.school_id,
        adult_id=actor.person_id,
        pupil=pupil,
        defaults={"line": line.strip()},
        create_defaults={"line": line.strip(), "noted_on": today()},
    )
    audit(actor, "notice.record_knowing", known)
    return known


@action
def undo_knowing(actor: User, *, pupil: Person) -> None:
    """Take back that the actor knows this pupil well, with the line; at any time."""
    _check_pupil(actor, "notice.record_knowing", pupil)
    known = KnownBy.objects.filter(adult=actor.person_id, pupil=pupil).first()
    if known is None:
        raise Refused("That has already been taken back.")
    KnownBy.objects.filter(pk=known.pk).delete()  # the object keeps its number, for the trail
    audit(actor, "notice.undo_knowing", known)


def _of_submission(actor: User, submission: UUID) -> list[Moment]:
    rows = Moment.objects.filter(adult=actor.person_id, submission=submission)
    return list(rows.select_related("pupil").order_by("id"))


def _check_not_gone(moments: Sequence[Moment], reason: str) -> None:
    """Refuse where a mail has left; its letters are held until the end of the transaction, so that none leaves now."""
    if moments[0].kind != Kind.NOTE_HOME:
        return
    letters = Letter.objects.filter(note__moment__in=moments).select_for_update()
    if any(letter.state != Letter.WAITING for letter in letters):
        raise Refused(reason)


def _check_pupils(actor: User, pupils: Sequence[Person]) -> None:
    if not pupils:
        raise Refused("Choose at least one pupil. Nothing was noted.")
    ids = {pupil.pk for pupil in pupils}
    if len(ids) > 1 and visible_pupils(actor).filter(pk__in=ids).count() == len(ids):
        pupils = pupils[:1]  # what stands for one of them stands for all
    for pupil in pupils:
        _check_pupil(actor, "notice.record_moment", pupil)


def _check_pupil(actor: User, verb: str, pupil: Person) -> None:
    """Refuse in plain words; a stranger's pupil is never named."""
    if allowed(actor, verb, pupil):
        return
    if pupil.left_on and allowed(actor, "notice.note_about", pupil):
        left = date_format(pupil.left_on, "D j F Y")
        raise Refused(f"{pupil.display_name} left the school on {left}. Nothing was noted.")
    raise Refused("That pupil is not in one of your groups. Nothing was noted.")


def _check_moment(kind: str, words: str, day: date) -> None:
    if kind not in Kind.values:
        raise Refused("Choose what kind of moment it was. Nothing was noted.")
    _check_words(kind, words)
    if day > today():
        raise Refused("That day has not come yet. Nothing was noted.")
    if day < today() - BACKDATE_WITHIN:
        raise Refused("A moment can be noted up to four weeks back. Nothing was noted.")


def _check_words(kind: str, words: str) -> None:
    if not words and (reason := NEEDS_WORDS.get(Kind(kind))):
        raise Refused(reason)
    _check_length(words)


def _check_length(words: str) -> None:
    if len(words) > NOTE_LENGTH:
        raise Refused(f"That is {len(words)} characters; the most is {NOTE_LENGTH}. Nothing was noted.")


def _check_seen(actor: User, pupil: Person, seen: int | None) -> None:
    """Refuse where the actor set this state in another window since the form was made; holds the row until the end."""
    if seen is None:
        return
    mine = Relationship.objects.filter(adult=actor.person_id, pupil=pupil)
    kept = mine.select_for_update().first()
    newest = kept.changes.first() if kept else None
    if newest is not None and newest.pk != seen:
        word = State(newest.state).label
        raise Refused(
            f"You set this to {word} in another window since you opened this page. It is still {word}; "
            "look once more and choose again."
        )


def _check_review(day: date) -> None:
    if day < today():
        raise Refused("The day to look again has already gone. Choose today or later.")
    if day > today() + REVIEW_WITHIN:
        raise Refused("Choose a day within the next year to look again.")
