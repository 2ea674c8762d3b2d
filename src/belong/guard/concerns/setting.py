"""Changing the rota: every change is in the audit trail, because it decides who reads what."""

from collections.abc import Sequence
from typing import Any

from belong.base.access import require
from belong.base.actions import action
from belong.base.audit import audit
from belong.guard.concerns.rota import rota_of
from belong.guard.models import Deputy, Holiday, Rota, Shift
from belong.people.models import User

HEAD_AND_CHAIR = ("head_id", "chair_id")


@action
def set_rota(user: User, *, deputies: Sequence[int] | None = None, **fields: Any) -> Rota:
    """Set posts, hours and limits; `deputies` are ids of people in the order in which they are told."""
    require(user, "guard.manage_rota")
    rota = rota_of(user.school)
    changed = [name for name, value in fields.items() if getattr(rota, name) != value]
    if set(changed) & set(HEAD_AND_CHAIR):
        require(user, "guard.name_head_and_chair")
    for name in changed:
        setattr(rota, name, fields[name])
    rota.save()
    held = list(Deputy.objects.values_list("person_id", flat=True))
    if deputies is not None and list(deputies) != held:
        Deputy.objects.all().delete()
        Deputy.objects.bulk_create(
            Deputy(school=user.school, person_id=one, order=order) for order, one in enumerate(deputies)
        )
        changed.append("deputies")
    if changed:
        audit(user, "guard.change_rota", rota, fields=sorted(changed), people=list(deputies or ()))
    return rota


@action
def add_shifts(user: User, shifts: Sequence[Shift]) -> None:
    """Put a reader on the rota; a shift that is there already is not doubled."""
    require(user, "guard.manage_rota")
    for shift in shifts:
        same = {"person": shift.person, "weekday": shift.weekday, "starts": shift.starts, "ends": shift.ends}
        Shift.objects.get_or_create(school=user.school, **same)
    audit(user, "guard.change_rota", rota_of(user.school), fields=["readers"])


@action
def remove_shift(user: User, shift_id: int) -> None:
    """Take one shift off."""
    require(user, "guard.manage_rota")
    if Shift.objects.filter(pk=shift_id).delete()[0]:
        audit(user, "guard.change_rota", rota_of(user.school), fields=["readers"])


@action
def add_holiday(user: User, holiday: Holiday) -> None:
    """Days on which the school is shut."""
    require(user, "guard.manage_rota")
    holiday.school = user.school
    holiday.save()
    audit(user, "guard.change_rota", rota_of(user.school), fields=["holidays"])


@action
def remove_holiday(user: User, holiday_id: int) -> None:
    """Take a holiday out of the calendar."""
    require(user, "guard.manage_rota")
    if Holiday.objects.filter(pk=holiday_id).delete()[0]:
        audit(user, "guard.change_rota", rota_of(user.school), fields=["holidays"])
