"""Plots of questions between two groups: the answer to expect at each score, group by group."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol

from belong.measure.plots.plot import Line, Panel, Plot, sheets, ticks


class Question(Protocol):
    """One question between two groups: ``belong.measure.fairness.Dif``, or the same in an analysis."""

    @property
    def item(self) -> str: ...
    @property
    def size(self) -> str: ...
    @property
    def curve(self) -> tuple[tuple[float, float, float], ...]: ...


def between_groups(
    found: Sequence[Question], first: str, second: str, names: Mapping[str, str] | None = None
) -> tuple[Plot, ...]:
    """Expected answers by sum score in both groups, from the fitted logistic regressions; up to eight items a plot.

    ``first`` and ``second`` are what to call the groups that ``dif`` compared, in its order. Two lines that
    lie together are a question that works alike.
    """
    names = names or {}
    made = []
    cut = sheets(len(found))
    for number, places in enumerate(cut, 1):
        items = [found[place] for place in places]
        more = f" ({number} of {len(cut)})" if len(cut) > 1 else ""
        rows = tuple(
            (
                names.get(one.item, one.item),
                f"{widest[0]:.0f}",
                f"{widest[1]:.2f}",
                f"{widest[2]:.2f}",
                one.size,
            )
            for one in items
            for widest in [max(one.curve, key=lambda point: abs(point[1] - point[2]))]
        )
        apart = [row[0] for row in rows if row[-1] != "negligible"]
        made.append(
            Plot(
                f"between-groups-{number}" if len(cut) > 1 else "between-groups",
                (f"Works differently: {', '.join(apart)}" if apart else "No question works differently")
                + f" ({first}, {second}){more}",
                "; ".join(
                    f"{row[0]}: widest apart at score {row[1]}, {first} {row[2]}, {second} {row[3]}"
                    for row in rows
                )
                + ".",
                f"Expected answer at each sum of all answers. Unbroken: {first}. Dashed: {second}.",
                ("Question", "Widest apart at score", first, second, "Size"),
                rows,
                tuple(_panel(one, names.get(one.item, one.item), first, second) for one in items),
            )
        )
    return tuple(made)


def _panel(one: Question, name: str, first: str, second: str) -> Panel:
    scores = [point[0] for point in one.curve]
    low, high = min(min(point[1:]) for point in one.curve), max(max(point[1:]) for point in one.curve)
    low, high = float(int(low)), float(-int(-high // 1))
    lines = (
        Line(first, tuple((point[0], point[1]) for point in one.curve), 1, named=False),
        Line(second, tuple((point[0], point[2]) for point in one.curve), 2, named=False),
    )
    across = (min(scores), max(scores), ticks(min(scores), max(scores)))
    return Panel(
        name, lines, across, (low, high, ticks(low, high, 4)), "Sum of all answers", "Expected answer"
    )
