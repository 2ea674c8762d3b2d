"""Pupils' numbers for class sessions."""

from django.db.models import F

from belong.ask.models import Pin
from belong.ask.tokens import new_pin, pin_hash, same
from belong.base.access import require
from belong.base.actions import action
from belong.base.audit import audit
from belong.base.errors import Refused
from belong.people.models import Group, Person, User
from belong.people.queries import members

MOST_TRIES = 5
NO_PIN = "You don't have a number yet. Ask your teacher for one."
LOCKED = "That number was wrong five times. Ask your teacher for a new one."


@action
def make_pins(user: User, group: Group, *, only_missing: bool = False) -> list[tuple[Person, str]]:
    """New numbers for a class (or for those without one), by name; shown once and kept only as hashes."""
    require(user, "ask.run_group", group)
    pupils = list(members(group))
    if only_missing:
        have = set(Pin.objects.filter(person__in=pupils).values_list("person_id", flat=True))
        pupils = [pupil for pupil in pupils if pupil.pk not in have]
    made = _renew(group, pupils)
    audit(user, "ask.make_pins", group, pins=len(made))
    return made


@action
def make_pin(user: User, group: Group, person_id: int) -> tuple[Person, str]:
    """A new number for one pupil of the class; also ends the lock after five wrong tries."""
    require(user, "ask.run_group", group)
    pupils = list(members(group).filter(pk=person_id))
    if not pupils:
        raise Refused("That pupil is not in this class.")
    (made,) = _renew(group, pupils)
    audit(user, "ask.make_pins", group, pins=1)
    return made


def _renew(group: Group, pupils: list[Person]) -> list[tuple[Person, str]]:
    made = [(pupil, new_pin()) for pupil in pupils]
    Pin.objects.filter(person__in=pupils).delete()
    Pin.objects.bulk_create(
        Pin(school_id=group.school_id, person=pupil, pin_hash=pin_hash(pupil.pk, pin)) for pupil, pin in made
    )
    return made


def check_pin(person: Person, pin: str) -> None:
    """Nothing if the number is right; Refused with a kind sentence if not, and after five wrong tries whatever it is.

    The try is counted before the number is looked at, so that many at once can't try more than five.
    """
    counted = Pin.objects.filter(person=person, tries__lt=MOST_TRIES).update(tries=F("tries") + 1)
    kept = Pin.objects.filter(person=person).first()
    if kept is None:
        raise Refused(NO_PIN)
    if not counted:
        raise Refused(LOCKED)
    if not same(kept.pin_hash, pin_hash(person.pk, pin)):
        left = MOST_TRIES - kept.tries
        if left == 0:
            raise Refused(LOCKED)
        raise Refused("That is not your number. Have another go." if left > 2 else _nearly(left))
    Pin.objects.filter(pk=kept.pk).update(tries=0)


def _nearly(left: int) -> str:
    return f"That is not your number. You have {left} more {'try' if left == 1 else 'tries'}. You can ask your teacher."
