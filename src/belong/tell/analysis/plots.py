"""The plots of an analysis: in the report as charts, and beside it as files of their own."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from html import escape

from django.utils.safestring import mark_safe

from belong.measure.plots import Plot, between_groups, categories, information, test_information
from belong.measure.plots.plot import NARROW, WIDE
from belong.measure.results import Analysis
from belong.tell.analysis.figures import gap_chart, group_chart
from belong.tell.analysis.pdf import FAMILY, drawing
from belong.web.charts import Cell, Chart


def model_plots(analysis: Analysis) -> tuple[Plot, ...]:
    """Answer by answer, question by question, and all together, where a model was asked for."""
    found = analysis.deeper.model
    if found is None:
        return ()
    names = {item.id: item.name for item in analysis.items}
    return (
        *categories(found.fitted, names),
        information(found.fitted, names),
        test_information(found.fitted),
    )


def dif_plots(analysis: Analysis, pair: int) -> tuple[Plot, ...]:
    """The questions between the two groups of one comparison."""
    found = analysis.deeper.dif[pair]
    names = {item.id: item.name for item in analysis.items}
    more = f"-{pair + 1}" if len(analysis.deeper.dif) > 1 else ""
    made = between_groups(found.items, found.first, found.second, names)
    return tuple(replace(plot, name=f"{plot.name}-{_plain(found.cut)}{more}") for plot in made)


def chart(plot: Plot) -> Chart:
    """A plot as a figure of the report: two widths, the key, and its table behind it."""
    both = "".join(
        plot.drawing(width, classes=f"chart-{name}") for name, width in (("wide", WIDE), ("narrow", NARROW))
    )
    rows = tuple((Cell(row[0]), *(Cell(cell, number=True) for cell in row[1:])) for row in plot.rows)
    about = f"{plot.title}. {plot.description}"
    return Chart(plot.title, mark_safe(both), plot.head, rows, about, plot.key, kind="plot")  # noqa: S308  (escaped there)


def files(analysis: Analysis) -> Iterator[tuple[str, str]]:
    """Each plot's name and its SVG as a file of its own."""
    if analysis.cuts:
        yield "differences", _alone(gap_chart(analysis))
    whole = analysis.measure().mean.value
    for cut in analysis.cuts:
        yield f"groups-{_plain(cut.name)}", _alone(group_chart(cut, whole))
    plots = [*model_plots(analysis)]
    for pair in range(len(analysis.deeper.dif)):
        plots += dif_plots(analysis, pair)
    for plot in plots:
        yield plot.name, plot.svg()


def _alone(made: Chart) -> str:
    """A chart's wide drawing as a file, with its title and description for those who do not see it."""
    words = f"<title>{escape(made.title)}</title><desc>{escape(made.description)}</desc>"
    svg = drawing(made.svg).replace("<style>", f"{words}<style>svg {{ background: #fff; }}\n", 1)
    return svg.replace(f"font-family: {FAMILY}", f"font-family: '{FAMILY}', system-ui, sans-serif")


def _plain(name: str) -> str:
    """A name fit for a file: letters, digits and hyphens."""
    return re.sub(r"[^a-z0-9]+", "-", name.casefold()).strip("-")[:40] or "groups"
