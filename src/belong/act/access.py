"""Who may make and change plans."""

from typing import Any

import rules
from django.db.models import QuerySet

from belong.act.models import Plan
from belong.base.access import fetch
from belong.people import roles
from belong.people.access import is_any_pastoral, is_staff, is_survey_lead
from belong.people.models import User


@rules.predicate
def owns_plan(user: User, plan: Plan) -> bool:
    """The plan is in this person's hands."""
    return bool(plan.owner_id == user.person_id)


PERMISSIONS = {
    "act.view_practices": is_staff,
    "act.view_plan": is_staff,
    "act.make_plan": is_any_pastoral | is_survey_lead,
    "act.change_plan": is_any_pastoral | is_survey_lead | owns_plan,
}


def access_plan(user: Any, plan_id: int, verb: str = "act.view_plan") -> Plan:
    """The plan, if the user may do `verb` to it; else the same 404 as for one that does not exist."""
    return fetch(user, verb, Plan.objects.select_related("owner", "wave"), pk=plan_id)


def visible_plans(user: User) -> QuerySet[Plan]:
    """Every plan for which `act.view_plan` holds."""
    return Plan.objects.all() if user.has_role(*roles.STAFF) else Plan.objects.none()
