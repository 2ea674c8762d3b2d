"""Every write of the register but the states themselves (`notice.actions`): weeks, intentions, handing over."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from belong.base.access import allowed, require
from belong.base.actions import action
from belong.base.audit import audit
from belong.base.clock import today
from belong.base.errors import Refused
from belong.notice.models import NOTE_LENGTH, HandOver, Intention, State
from belong.notice.register.access import pupil_to_hand_over
from belong.notice.register.strategies import strategy
from belong.notice.register.weeks import DEFAULT, LEAST, MOST, SETTING
from belong.people.models import Group, Person, School, User

DUE_WITHIN = timedelta(weeks=6)
NOT_NOW = timedelta(weeks=1)


@action
def set_weeks(actor: User, *, weeks: Mapping[State, int]) -> School:
    """Choose after how many weeks adults look again at each state; dates that are set already stay as they are."""
    require(actor, "notice.set_weeks")
    for state in DEFAULT:
        if not LEAST <= weeks[state] <= MOST:
            raise Refused(f"Choose between {LEAST} and {MOST} weeks for {state.label}. Nothing was changed.")
    school = School.objects.select_for_update().get(pk=actor.school_id)
    school.settings = school.settings | {SETTING: {state.value: weeks[state] for state in DEFAULT}}
    school.save(update_fields=["settings"])
    facts: dict[str, Any] = {state.value: weeks[state] for state in DEFAULT}
    audit(actor, "notice.set_weeks", school, **facts)
    return school


@action
def intend(actor: User, *, pupil: Person, key: str, due_on: date | None = None) -> Intention:
    """ "I'll do this": put a strategy on one's own Today, by default for the next school day.

    The same one for the same pupil while it is open only gets the new day.
    """
    if not allowed(actor, "notice.set_state", pupil):
        raise Refused("That pupil is not in one of your groups. Nothing was noted.")
    if strategy(key) is None:
        raise Refused("That is no longer in the library. Choose another.")
    day = due_on or next_school_day(today())
    if day < today():
        raise Refused("That day has already gone. Choose today or later.")
    if day > today() + DUE_WITHIN:
        raise Refused("Choose a day within the next six weeks.")
    intention, _ = Intention.objects.update_or_create(
        school_id=actor.school_id,
        adult_id=actor.person_id,
        pupil=pupil,
        strategy=key,
        done_on=None,
        dropped_on=None,
        defaults={"due_on": day, "due_before": None},
        create_defaults={"due_on": day, "made_on": today()},
    )
    audit(actor, "notice.intend", intention, strategy=key)
    return intention


@action
def done(actor: User, *, intention: Intention) -> Intention:
    """It was done today. Doing it twice is doing it once."""
    _check_open(actor, intention)
    intention.done_on = today()
    return _keep(actor, intention, "notice.intention_done")


@action
def not_now(actor: User, *, intention: Intention) -> Intention:
    """Put it off by a week from today."""
    _check_open(actor, intention)
    intention.due_before = intention.due_on
    intention.due_on = next_school_day(today() + NOT_NOW - timedelta(days=1))
    return _keep(actor, intention, "notice.intention_later")


@action
def drop(actor: User, *, intention: Intention) -> Intention:
    """Leave it: it goes from Today and counts for nothing."""
    _check_open(actor, intention)
    intention.dropped_on = today()
    return _keep(actor, intention, "notice.intention_dropped")


@action
def take_back(actor: User, *, intention: Intention) -> Intention:
    """Undo the last step: done, left or put off, whichever it was. Raises Refused where there is none."""
    require(actor, "notice.own_intention", intention)
    if not intention.is_open:
        same = Intention.objects.filter(
            adult=intention.adult_id, pupil=intention.pupil_id, strategy=intention.strategy
        )
        if same.filter(done_on=None, dropped_on=None).exists():
            raise Refused("You have put the same thing on Today again since, so this one stays as it is.")
        intention.done_on = intention.dropped_on = None
    elif intention.due_before is not None:
        intention.due_on, intention.due_before = intention.due_before, None
    else:
        raise Refused("There is nothing to take back here.")
    return _keep(actor, intention, "notice.undo_intention")


@action
def write_hand_over(
    actor: User,
    *,
    group: Group,
    pupil_id: int,
    what_helps: str = "",
    line: str = "",
    with_states: bool = False,
) -> HandOver | None:
    """Leave for the next adult what helps a pupil, a line, and the course of one's own states if chosen.

    With nothing in it, what was written before goes. Raises Refused for a pupil who is not in the group, and for too
    many words.
    """
    require(actor, "notice.hand_over", group)
    pupil = pupil_to_hand_over(group, pupil_id)
    if pupil is None:
        raise Refused("That pupil is no longer in this group. Nothing was kept.")
    words = {"what_helps": what_helps.strip(), "line": line.strip()}
    for text in words.values():
        if len(text) > NOTE_LENGTH:
            raise Refused(f"That is {len(text)} characters; the most is {NOTE_LENGTH}. Nothing was kept.")
    mine = {"school_id": actor.school_id, "adult_id": actor.person_id, "pupil": pupil, "group": group}
    if not any(words.values()) and not with_states:
        row = HandOver.objects.filter(**mine).first()
        if row is not None:
            HandOver.objects.filter(pk=row.pk).delete()  # the object keeps its number, for the trail
            audit(actor, "notice.undo_hand_over", row)
        return None
    kept, _ = HandOver.objects.update_or_create(
        **mine, defaults={**words, "with_states": with_states, "written_on": today()}
    )
    audit(actor, "notice.write_hand_over", kept)
    return kept


def next_school_day(day: date) -> date:
    """The first weekday after a day."""
    following = day + timedelta(days=1)
    while following.weekday() > 4:
        following += timedelta(days=1)
    return following


def _check_open(actor: User, intention: Intention) -> None:
    require(actor, "notice.own_intention", intention)
    if not intention.is_open:
        raise Refused("That one is off your list already.")


def _keep(actor: User, intention: Intention, verb: str) -> Intention:
    intention.save()
    audit(actor, verb, intention, strategy=intention.strategy)
    return intention
