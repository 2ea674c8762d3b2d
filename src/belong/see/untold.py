"""What a chart says of the figures it does not hold: where it is explained why each is missing, and, where none of its
rows has a figure, a sentence in place of an axis with nothing on it.
"""

from collections.abc import Sequence
from dataclasses import replace

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from belong.see.words import symbol_in_words, text
from belong.web.charts import Bar, Chart, Row

# A hair's breadth rather than an empty text: a report on paper sets the drawing of every chart.
NOTHING = mark_safe('<svg viewBox="0 0 600 1" width="600" height="1" aria-hidden="true"></svg>')
UNTOLD = "None of these can be shown. Kept back: too few answered, or one figure would give another away."
NAMED = 3


def or_sentence(chart: Chart, rows: Sequence[Row] | Sequence[Bar]) -> Chart:
    """The chart; without a drawing, and with a sentence in its place, where no row has a figure."""
    if below := _why(rows):
        chart = replace(chart, below=below)
    if any(_is_told(row) for row in rows):
        return chart
    return replace(chart, svg=NOTHING, legend=(), key=_why_none(rows))


def _why_none(rows: Sequence[Row] | Sequence[Bar]) -> str:
    """Why no row has a figure; where they differ, what protects people comes first."""
    signs = {row.symbol for row in rows}
    if len(signs) != 1 or signs <= {"", "c"}:
        return UNTOLD
    (sign,) = signs
    return f"{symbol_in_words(sign)}. {text('symbols', sign)}"


def _is_told(row: Row | Bar) -> bool:
    return row.shares is not None if isinstance(row, Bar) else row.value is not None


def _why(rows: Sequence[Row] | Sequence[Bar]) -> SafeString:
    """The way to an explanation for the first few rows without a figure; the table behind the chart has all of them."""
    hidden = [row for row in rows if row.why and not row.shown]
    if not hidden:
        return SafeString("")
    links = format_html_join(", ", '<a href="{}">{}</a>', ((row.why, row.label) for row in hidden[:NAMED]))
    more = ", …" if len(hidden) > NAMED else ""
    return format_html('<p class="quiet chart-key no-print">Why there is no figure: {}{}</p>', links, more)
