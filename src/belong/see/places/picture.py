"""A frozen release as a plan with heat and a table; every figure in it is in the release."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from belong.ask.models import PlaceAsking
from belong.ask.places.drawing import Box, Plan, plan_of
from belong.ask.places.said import TIMES
from belong.release import Cell, Release
from belong.see.models import PlaceRelease
from belong.see.places.building import BELONGS, LESS, measure
from belong.see.places.protect import ANY
from belong.see.words import symbol_in_words
from belong.web.charts.words import why_not_shown

UNTOLD = why_not_shown("c")
STEPS = (
    (0, "under 20\u00a0%"),
    (20, "20–39\u00a0%"),
    (40, "40–59\u00a0%"),
    (60, "60–79\u00a0%"),
    (80, "80\u00a0% or more"),
)
FEELINGS = {BELONGS: "Feel they belong", LESS: "Feel less safe"}
WHEN: Mapping[str, str] = {ANY: "Any time", **{key: str(words) for key, words in TIMES.items()}}


@dataclass(frozen=True)
class Shown:
    """One share in words, its step of the heat (0…4, None if kept back), how many spoke, in a band."""

    words: str
    step: int | None
    people: str = ""


@dataclass(frozen=True)
class Line:
    """One place with its shares by time, in the order of the day."""

    name: str
    shown: tuple[Shown, ...]


@dataclass(frozen=True)
class Heat:
    """A place on the plan with its share."""

    box: Box
    shown: Shown

    @property
    def middle(self) -> int:
        return self.box.left + self.box.width // 2

    @property
    def size(self) -> int:
        """Letters in which the name fits into one line."""
        return max(11, min(24, int((self.box.width - 10) / (0.56 * len(self.box.name)))))

    @property
    def share_size(self) -> int:
        return max(11, min(30, int((self.box.width - 10) / (0.56 * len(self.shown.words)))))

    @property
    def upper(self) -> int:
        return self.box.top + self.box.height // 2 - round(self.share_size * 0.62)

    @property
    def lower(self) -> int:
        return self.box.top + self.box.height // 2 + round(self.size * 0.62)


@dataclass(frozen=True)
class Picture:
    """One feeling: the plan at one time of day, and the table of all times."""

    plan: Plan
    heat: tuple[Heat, ...]
    lines: tuple[Line, ...]
    is_empty: bool


def picture(asking: PlaceAsking, row: PlaceRelease, feeling: str, time: str) -> Picture:
    """What the page shows."""
    release = Release.from_json(row.payload or {})
    cells = {cell.measure: cell for cell in release.cells}
    plan = plan_of(asking.plan, asking.places)
    heat = tuple(Heat(box, _shown(cells, box.id, time, feeling)) for box in plan.boxes)
    by_name = sorted(asking.places, key=lambda one: one["name"].casefold())
    lines = tuple(
        Line(one["name"], tuple(_shown(cells, one["id"], when, feeling) for when in WHEN)) for one in by_name
    )
    return Picture(plan, heat, lines, all(one.shown.step is None for one in heat))


def rows(asking: PlaceAsking, row: PlaceRelease) -> Iterator[dict[str, Any]]:
    """The release as one flat table, for a spreadsheet."""
    cells = {cell.measure: cell for cell in Release.from_json(row.payload or {}).cells}
    for one in sorted(asking.places, key=lambda one: one["name"].casefold()):
        for when, said in WHEN.items():
            for feeling, words in FEELINGS.items():
                shown = _shown(cells, one["id"], when, feeling)
                cell = cells.get(f"item:{measure(one['id'], when, feeling)}")
                yield {
                    "place": one["name"],
                    "time": said,
                    "feeling": words,
                    "share %": "" if shown.step is None or cell is None else cell.favourable,
                    "limited": "" if shown.step is None or cell is None else cell.coded,
                    "pupils": shown.people,
                    "symbol": (sign := "" if shown.step is not None else "c"),
                    "in words": symbol_in_words(sign),
                }


def _shown(cells: Mapping[str, Cell], place: int, time: str, feeling: str) -> Shown:
    cell = cells.get(f"item:{measure(place, time, feeling)}")
    other = cells.get(f"item:{measure(place, time, LESS if feeling == BELONGS else BELONGS)}")
    if cell is None or cell.favourable is None or other is None or other.favourable is None:
        return Shown(UNTOLD, None)
    share = cell.favourable
    limit = {"top": " or more", "bottom": " or less"}.get(cell.coded, "")
    step = max(number for number, (least, _) in enumerate(STEPS) if share >= least)
    return Shown(f"{share}\u00a0%{limit}", step, cell.n_band)
