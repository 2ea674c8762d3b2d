"""Importing in tests, without the screens."""

from django.db import transaction

from belong.base.clock import now
from belong.people.models import RosterImport, School, User
from belong.people.roster import RosterFile, apply, plan
from belong.people.roster.plan import RosterPlan


def put(
    school: School, found: RosterFile, actor: User | None = None, confirmed: int | None = None
) -> RosterPlan:
    """Plan and apply; returns the plan that was applied. `confirmed` defaults to whatever the plan says."""
    made = plan.make(school, found, actor)
    record = RosterImport(school=school, made_at=now(), file_name="roster")
    with transaction.atomic():
        apply.apply(actor, made, record, confirmed=len(made.left) if confirmed is None else confirmed)
    return made
