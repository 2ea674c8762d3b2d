"""Keeping plans: a picture or squared paper, and named places on it, each a rectangle set by two corners or numbers."""

import io
from typing import IO

from PIL import Image

from belong.ask.models import PlaceArea, PlaceAsking, PlacePlan
from belong.ask.models.places import ACROSS
from belong.base.access import require
from belong.base.actions import action
from belong.base.audit import audit
from belong.base.errors import Refused
from belong.base.files import clean_photo
from belong.people.models import User

MOST_PLACES = 24
SMALLEST = 40
COLUMNS, WIDE, TALL, GAP = 4, 220, 130, 24
LOWEST, HIGHEST = 400, 1600


@action
def make_plan(user: User, *, title: str, picture: IO[bytes] | None = None) -> PlacePlan:
    """A new plan, on the school's own picture (made anew, without what else was in the file) or on squared paper."""
    require(user, "ask.manage_places")
    plan = PlacePlan(school=user.school, title=title.strip(), made_by=user)
    if picture is not None:
        _put_picture(plan, picture)
    plan.save()
    audit(user, "ask.make_place_plan", plan, picture=plan.picture is not None)
    return plan


@action
def change_plan(user: User, plan: PlacePlan, *, title: str, picture: IO[bytes] | None = None) -> PlacePlan:
    """Another name, or another picture beneath the same places."""
    require(user, "ask.manage_places", plan)
    plan.title = title.strip()
    if picture is not None:
        _refuse_while_open(plan)
        _put_picture(plan, picture)
    plan.save()
    audit(user, "ask.change_place_plan", plan)
    return plan


@action
def add_area(
    user: User, plan: PlacePlan, *, name: str, box: tuple[int, int, int, int] | None = None
) -> PlaceArea:
    """A named place. Without a box (left, top, width, height) it gets the next free square."""
    require(user, "ask.manage_places", plan)
    if plan.areas.count() >= MOST_PLACES:
        raise Refused(f"{MOST_PLACES} places are the most: pupils have to find theirs in the list.")
    _refuse_second(plan, name)
    area = PlaceArea(school=plan.school, plan=plan, name=name.strip())
    _put(area, plan, box or _next_box(plan))
    area.save()
    audit(user, "ask.add_place", area)
    return area


@action
def change_area(user: User, area: PlaceArea, *, name: str, box: tuple[int, int, int, int]) -> PlaceArea:
    """Another name or another spot; what was asked before keeps its own copy."""
    require(user, "ask.manage_places", area.plan)
    _refuse_second(area.plan, name, but=area.pk)
    area.name = name.strip()
    _put(area, area.plan, box)
    area.save()
    audit(user, "ask.change_place", area)
    return area


@action
def remove_area(user: User, area: PlaceArea) -> None:
    """Take a place off the plan; what was asked before keeps it."""
    require(user, "ask.manage_places", area.plan)
    PlaceArea.objects.filter(pk=area.pk).delete()
    audit(user, "ask.remove_place", area)


def _put_picture(plan: PlacePlan, upload: IO[bytes]) -> None:
    data = clean_photo(upload)
    with Image.open(io.BytesIO(data)) as picture:
        width, height = picture.size
    plan.picture = data
    plan.high = min(HIGHEST, max(LOWEST, round(ACROSS * height / width)))


def _refuse_while_open(plan: PlacePlan) -> None:
    if PlaceAsking.objects.filter(plan=plan, state=PlaceAsking.OPEN).exists():
        raise Refused("Pupils are being asked about this plan. Change its picture when that has closed.")


def _refuse_second(plan: PlacePlan, name: str, but: int | None = None) -> None:
    if not name.strip():
        raise Refused("Give the place the name that pupils use.")
    if plan.areas.filter(name__iexact=name.strip()).exclude(pk=but or 0).exists():
        raise Refused(f"There is a place called “{name.strip()}” already.")


def _put(area: PlaceArea, plan: PlacePlan, box: tuple[int, int, int, int]) -> None:
    """Set the box, moved and shrunk so that it lies on the plan and is large enough for a finger."""
    left, top, width, height = box
    area.width = min(max(width, SMALLEST), ACROSS)
    area.height = min(max(height, SMALLEST), plan.high)
    area.left = min(max(left, 0), ACROSS - area.width)
    area.top = min(max(top, 0), plan.high - area.height)


def _next_box(plan: PlacePlan) -> tuple[int, int, int, int]:
    """The first square of a grid that lies under no other place."""
    taken = [(one.left, one.top, one.width, one.height) for one in plan.areas.all()]
    for index in range(MOST_PLACES * 2):
        row, column = divmod(index, COLUMNS)
        box = (GAP + column * (WIDE + GAP), GAP + row * (TALL + GAP), WIDE, TALL)
        if box[1] + TALL > plan.high:
            break
        if not any(_overlap(box, one) for one in taken):
            return box
    return (GAP, GAP, WIDE, TALL)


def _overlap(one: tuple[int, int, int, int], other: tuple[int, int, int, int]) -> bool:
    apart_across = one[0] + one[2] <= other[0] or other[0] + other[2] <= one[0]
    apart_down = one[1] + one[3] <= other[1] or other[1] + other[3] <= one[1]
    return not (apart_across or apart_down)
