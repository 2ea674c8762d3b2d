"""Askings about places: one open with words of Ben's, one planned, one closed with its picture."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

from belong.ask.models import PlaceAsking, PlaceRow
from belong.ask.places.actions import close_asking, draft_asking, open_asking, send_places
from belong.ask.places.drawing import sign
from belong.ask.places.plans import add_area, make_plan
from belong.base.clock import today
from belong.see.places.building import build_places
from tests.conftest import Cast

WORDS = "canary-place: behind the canteen"


def places(cast: Cast) -> dict[str, dict[str, Any]]:
    """`places-open`, `places-draft`, `places-closed`, each with its plan and one of its places."""
    closed, open_ = _made(cast), _made(cast)
    open_asking(cast.survey_lead, closed["asking"])
    spot = closed["area_id"]
    asking = PlaceAsking.objects.get(pk=closed["asking"].pk)
    PlaceRow.objects.bulk_create(
        PlaceRow(school=cast.school, asking=asking, said=[[spot, "lunch", 3]]) for _ in range(24)
    )
    build_places(close_asking(cast.survey_lead, asking))
    opened = open_asking(cast.survey_lead, open_["asking"])
    send_places(opened, cast.pupils[1], [(open_["area_id"], "lunch", 3)], WORDS, uuid4())
    found = {"places-open": open_, "places-draft": _made(cast), "places-closed": closed}
    return {word: _arguments(one) for word, one in found.items()}


def _made(cast: Cast) -> dict[str, Any]:
    plan = make_plan(cast.survey_lead, title="Our school")
    areas = [add_area(cast.survey_lead, plan, name=name) for name in ("Canteen", "Library")]
    last = today() + timedelta(days=5)
    asking = draft_asking(cast.survey_lead, plan, title="Our places", opens_on=today(), closes_on=last)
    return {"asking": asking, "plan_id": plan.pk, "area_id": areas[0].pk, "key": sign(plan.pk)}


def _arguments(one: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in one.items() if name != "asking"} | {"asking_id": one["asking"].pk}
