"""A wall in a class session: everyone of the class may write, and may come again."""

from collections.abc import Iterable

from django.urls import reverse

from belong.ask.activities import WALL, Activity
from belong.ask.models import OptOut, Wall
from belong.people.models import Group, Person
from belong.people.queries import members


def _find(wall_id: int) -> str | None:
    wall = Wall.objects.filter(pk=wall_id).first()
    return wall.question if wall is not None and wall.is_open else None


def _people(wall_id: int, group: Group) -> Iterable[Person]:
    wall = Wall.objects.select_related("group").filter(pk=wall_id).first()
    if wall is None:
        return []
    found = members(group).exclude(pk__in=OptOut.objects.current().values("person"))
    if wall.group is not None:
        found = found.filter(pk__in=members(wall.group).values("pk"))
    elif wall.years:
        found = found.filter(year__in=wall.years)
    return found.order_by("given_name", "family_name", "pk")


ACTIVITY = Activity(
    WALL, "ask:wall-answer", _find, _people, home=lambda wall_id: reverse("ask:wall", args=[wall_id])
)
