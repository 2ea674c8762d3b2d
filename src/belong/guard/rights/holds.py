"""Legal holds: what must not go while it may still be asked for by a court, an inquiry or an insurer."""

from typing import Any

from belong.base.access import require
from belong.base.actions import action
from belong.base.audit import audit
from belong.base.clock import now
from belong.base.errors import Refused
from belong.base.registry import SUBJECT, Record, Rows
from belong.guard.models import LegalHold
from belong.people.models import Person, User

HELD = "This is under a legal hold, so nothing of it may go. The page of holds says who placed it and why."


@action
def place_hold(
    user: User, *, person: Person | None = None, wave: int | None = None, reason: str
) -> LegalHold:
    """Keep everything about a person, or of a wave, until the hold is lifted."""
    require(user, "guard.place_hold")
    if not reason.strip():
        raise Refused("Please say why it must be kept.")
    standing = LegalHold.objects.filter(person=person, wave_number=wave, lifted_at=None)
    if standing.exists():
        raise Refused("There is a hold already.")
    hold: LegalHold = LegalHold.objects.create(
        school=user.school,
        person=person,
        wave_number=wave,
        reason=reason.strip(),
        since=now(),
        placed_by=user,
    )
    audit(user, "guard.place_hold", hold, why=reason, wave=wave)
    return hold


@action
def lift_hold(user: User, hold: LegalHold) -> None:
    """Let clocks run again and erasure be asked for; what is overdue goes with the next daily work."""
    require(user, "guard.place_hold", hold)
    if not hold.is_standing:
        raise Refused("This hold was lifted already.")
    hold.lifted_at, hold.lifted_by = now(), user
    hold.save(update_fields=["lifted_at", "lifted_by"])
    audit(user, "guard.lift_hold", hold, wave=hold.wave_number)


def standing() -> Any:
    """Holds that stand, newest first."""
    return LegalHold.objects.filter(lifted_at=None).select_related("person", "placed_by__person")


def is_held(person: Person) -> bool:
    """Whether a hold on this person stands."""
    return bool(LegalHold.objects.filter(person=person, lifted_at=None).exists())


def is_wave_held(wave_id: int) -> bool:
    """Whether a hold on this wave stands."""
    return bool(LegalHold.objects.filter(wave_number=wave_id, lifted_at=None).exists())


def held_waves() -> list[int]:
    """Numbers of the waves a hold keeps."""
    return list(LegalHold.objects.filter(lifted_at=None, person=None).values_list("wave_number", flat=True))


def refuse_if_held(*, person: Person | None = None, wave: int | None = None) -> None:
    """Raise Refused where a hold stands; for every act that makes something go."""
    if (person is not None and is_held(person)) or (wave is not None and is_wave_held(wave)):
        raise Refused(HELD)


def not_held(record: Record | None, rows: Rows) -> Rows:
    """Those of `rows` (of the record's table) that no hold keeps; two queries besides."""
    holds = list(LegalHold.objects.filter(lifted_at=None).values_list("person_id", "wave_number"))
    people = [person for person, _ in holds if person]
    waves = [wave for _, wave in holds if wave]
    if record is None or not holds:
        return rows
    for link in record.about:
        if people and link.part == SUBJECT:
            rows = _without(record, rows, link, people)
    if waves and record.wave:
        rows = rows.exclude(**{f"{record.wave}__in": waves})
    return rows


def _without(record: Record, rows: Rows, link: Any, people: list[int]) -> Rows:
    """`rows` but those about held people; a link without a path is looked up person by person."""
    if link.path:
        return rows.exclude(**{f"{link.path}__in": people})
    model = record.model_class
    for person in Person.objects.filter(pk__in=people):
        rows = rows.exclude(pk__in=link.rows(model, person).values("pk"))
    return rows
