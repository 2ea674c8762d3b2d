"""A plan with its places, ready to draw: boxes, names that fit, and the address of the picture beneath them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.core import signing
from django.urls import reverse

from belong.ask.models import PlaceArea, PlacePlan
from belong.ask.models.places import ACROSS

GRID = 50
LETTER = 0.56
LARGEST, LEAST = 30, 15
_SALT = "belong.ask.plan"
GOOD_FOR = 60 * 60 * 12


@dataclass(frozen=True)
class Box:
    """One place: where it lies, and its name in lines that fit into it."""

    id: int
    name: str
    left: int
    top: int
    width: int
    height: int
    size: int
    lines: tuple[tuple[str, int, int], ...]


@dataclass(frozen=True)
class Plan:
    """A plan of 1,000 by `high`; without `picture` the paper is squared, with lines at `across` and `down`."""

    across: int
    high: int
    picture: str
    boxes: tuple[Box, ...]
    columns: range
    rows: range


def plan_of(plan: PlacePlan, places: Iterable[Mapping[str, Any]] | None = None) -> Plan:
    """The plan with its own places, or with those an asking has kept. The picture itself is not read."""
    held = [_box(one) for one in (places if places is not None else of_areas(plan.areas.all()))]
    has_picture = PlacePlan.objects.filter(pk=plan.pk, picture__isnull=False).exists()
    return Plan(
        ACROSS,
        plan.high,
        reverse("ask:place-picture", args=[sign(plan.pk)]) if has_picture else "",
        tuple(held),
        range(GRID, ACROSS, GRID),
        range(GRID, plan.high, GRID),
    )


def of_areas(areas: Iterable[PlaceArea]) -> list[dict[str, Any]]:
    """Places of a plan as an asking keeps them."""
    keys = ("name", "left", "top", "width", "height")
    return [{"id": one.pk, **{key: getattr(one, key) for key in keys}} for one in areas]


def sign(plan_id: int) -> str:
    """The key with which a page of ours fetches a plan's picture, for half a day."""
    return signing.dumps(plan_id, salt=_SALT)


def plan_id_in(key: str) -> int | None:
    """The plan a key is for, or None."""
    try:
        return int(signing.loads(key, salt=_SALT, max_age=GOOD_FOR))
    except signing.BadSignature:
        return None


def _box(place: Mapping[str, Any]) -> Box:
    left, top, width, height = (place[key] for key in ("left", "top", "width", "height"))
    size, words = _fitting(place["name"], width - 12, height - 8)
    middle, first = left + width // 2, top + height // 2 - (len(words) - 1) * round(size * 0.58)
    lines = tuple((line, middle, first + number * round(size * 1.16)) for number, line in enumerate(words))
    return Box(place["id"], place["name"], left, top, width, height, size, lines)


def _fitting(name: str, width: int, height: int) -> tuple[int, Sequence[str]]:
    """The largest letters in which a name fits into a box, and its lines."""
    for size in range(LARGEST, LEAST - 1, -1):
        lines = _wrapped(name, max(1, int(width / (size * LETTER))))
        if len(lines) * size * 1.16 <= height and all(len(line) * size * LETTER <= width for line in lines):
            return size, lines
    return LEAST, _wrapped(name, max(4, int(width / (LEAST * LETTER))))[:2]


def _wrapped(name: str, letters: int) -> list[str]:
    lines: list[str] = []
    for word in name.split():
        if lines and len(lines[-1]) + 1 + len(word) <= letters:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return lines or [""]
