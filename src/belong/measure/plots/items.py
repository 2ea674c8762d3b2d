"""Plots of a fitted model: how likely each answer is along the latent scale, and what the questions tell there."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from belong.measure.irt import Fitted, chances
from belong.measure.irt import information as told
from belong.measure.irt import test_information as told_by_all
from belong.measure.irt.fit import ItemFit
from belong.measure.plots.plot import LINES, Line, Panel, Plot, sheets, ticks
from belong.measure.responses import Floats

REACH = 4.0
ALONG = np.linspace(-REACH, REACH, 81)
ACROSS = (-REACH, REACH, (-4.0, -2.0, 0.0, 2.0, 4.0))
PLACE = "Place on the latent scale"
MODELS = {
    "grm": "graded response model",
    "gpcm": "generalised partial credit model",
    "pcm": "partial credit model",
}


def categories(fitted: Fitted, names: Mapping[str, str] | None = None) -> tuple[Plot, ...]:
    """Item category curves: the probability of each answer along the latent scale, up to eight items a plot.

    ``names`` are what to call the items. Lines bear the answer's code, lowest belonging first. The table says where
    each answer is the likeliest.
    """
    names = names or {}
    made = []
    cut = sheets(len(fitted.items))
    for number, places in enumerate(cut, 1):
        items = [fitted.items[place] for place in places]
        more = f" ({number} of {len(cut)})" if len(cut) > 1 else ""
        rows = tuple(
            row for item in items for row in _likeliest(fitted, item, names.get(item.item, item.item))
        )
        made.append(
            Plot(
                f"answers-{number}" if len(cut) > 1 else "answers",
                f"How likely each answer is, place by place{more}",
                _said(rows),
                f"Item category curves of the {MODELS[fitted.model]}. A line's figure is the answer: 1 is the least "
                "belonging. Places are in standard deviations of the latent variable"
                + (" (its own unit in this model)." if fitted.model == "pcm" else "."),
                ("Question", "Answer", "Likeliest from", "to"),
                rows,
                tuple(_answers(fitted, item, names.get(item.item, item.item)) for item in items),
            )
        )
    return tuple(made)


def _answers(fitted: Fitted, item: ItemFit, name: str) -> Panel:
    lines = tuple(
        Line(str(code), _points(ALONG, chance), look % LINES + 1)
        for look, (code, chance) in enumerate(
            zip(item.used, chances(fitted.model, item.parameters, ALONG), strict=True)
        )
    )
    return Panel(name, lines, ACROSS, (0.0, 1.0, (0.0, 0.5, 1.0)), PLACE, "Probability")


def _likeliest(fitted: Fitted, item: ItemFit, name: str) -> list[tuple[str, ...]]:
    """Per answer the stretch of the scale on which no other is likelier; "nowhere" where there is none."""
    fine = np.linspace(-REACH, REACH, 801)
    first = chances(fitted.model, item.parameters, fine).argmax(axis=0)
    rows: list[tuple[str, ...]] = []
    for place, code in enumerate(item.used):
        mine = fine[first == place]
        ends = ("nowhere", "") if not mine.size else (_end(mine[0], -REACH), _end(mine[-1], REACH))
        rows.append((name, str(code), *ends))
    return rows


def _end(value: float, edge: float) -> str:
    if abs(value - edge) < 1e-9:
        return "the lower end" if edge < 0 else "the upper end"
    return f"{value:.2f}".replace("-", "−")


def _said(rows: tuple[tuple[str, ...], ...]) -> str:
    never = [f"{row[0]}, answer {row[1]}" for row in rows if row[2] == "nowhere"]
    if never:
        return f"Never the likeliest answer anywhere: {'; '.join(never)}."
    return "Every answer of every question is the likeliest one somewhere on the scale."


def information(fitted: Fitted, names: Mapping[str, str] | None = None) -> Plot:
    """Item information: what each question tells along the latent scale, as panels of up to four lines."""
    names = names or {}
    found = {item.item: told(fitted.model, item, ALONG) for item in fitted.items}
    top = max(1e-6, float(max(values.max() for values in found.values())))
    cut = sheets(len(fitted.items), 4)
    panels = []
    for places in cut:
        items = [fitted.items[place].item for place in places]
        lines = tuple(
            Line(names.get(item, item), _points(ALONG, found[item]), look)
            for look, item in enumerate(items, 1)
        )
        panels.append(Panel("", lines, ACROSS, (0.0, top * 1.1, ticks(0.0, top * 1.1)), PLACE, "Information"))
    rows = []
    for item, values in found.items():
        most = int(values.argmax())
        rows.append((names.get(item, item), f"{ALONG[most]:.1f}".replace("-", "−"), f"{values[most]:.2f}"))
    best = max(rows, key=lambda row: float(row[2]))
    return Plot(
        "information",
        f"“{best[0]}” tells most, near {best[1]}",
        "; ".join(f"{name} tells most at {place} (information {value})" for name, place, value in rows) + ".",
        "Fisher information of each question; higher tells more about people at that place.",
        ("Question", "Tells most at", "Information there"),
        tuple(rows),
        tuple(panels),
    )


def test_information(fitted: Fitted) -> Plot:
    """Information of all questions together, and the standard error that goes with it."""
    total = told_by_all(fitted, ALONG)
    error = 1 / np.sqrt(np.maximum(total, 1e-9))
    most = float(total.max()) * 1.1
    worst = min(3.0, float(error.max()) * 1.1)
    at = np.array([-3.0, -2.0, -1.0, 0.0, 1.0, 2.0, 3.0])
    known = told_by_all(fitted, at)
    rows = tuple(
        (f"{place:.0f}".replace("-", "−"), f"{value:.2f}", f"{max(value, 1e-9) ** -0.5:.2f}")
        for place, value in zip(at, known, strict=True)
    )
    peak = f"{ALONG[int(total.argmax())]:.1f}".replace("-", "−")
    return Plot(
        "test-information",
        f"All questions together tell most near {peak}",
        "; ".join(f"at {place} information {value}, standard error {se}" for place, value, se in rows) + ".",
        "Left: information of all questions together. Right: the standard error of a place, 1/√information.",
        ("Place", "Information", "Standard error"),
        rows,
        (
            Panel("All questions", (Line("", _points(ALONG, total), 1, named=False),), ACROSS,
                  (0.0, most, ticks(0.0, most)), PLACE, "Information"),
            Panel("How sure a place is", (Line("", _points(ALONG, error), 2, named=False),), ACROSS,
                  (0.0, worst, ticks(0.0, worst)), PLACE, "Standard error"),
        ),
    )  # fmt: skip


def _points(across: Floats, up: Floats) -> tuple[tuple[float, float], ...]:
    return tuple(zip(map(float, across), map(float, up), strict=True))
