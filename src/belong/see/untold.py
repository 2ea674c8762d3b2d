"""A chart none of whose rows has a figure: an axis with nothing on it says less than a sentence."""

from collections.abc import Sequence
from dataclasses import replace

from django.utils.safestring import mark_safe

from belong.web.charts import Bar, Chart, Row

# A hair's breadth rather than an empty text: a report on paper sets the drawing of every chart.
NOTHING = mark_safe('<svg viewBox="0 0 600 1" width="600" height="1" aria-hidden="true"></svg>')
UNTOLD = "Too few answered in each of these to show a figure."


def or_sentence(chart: Chart, rows: Sequence[Row] | Sequence[Bar]) -> Chart:
    """The chart; without a drawing, and with a sentence in its place, where every row is too few to tell."""
    if any(_is_told(row) for row in rows):
        return chart
    return replace(chart, svg=NOTHING, legend=(), key=UNTOLD)


def _is_told(row: Row | Bar) -> bool:
    return row.shares is not None if isinstance(row, Bar) else row.value is not None
