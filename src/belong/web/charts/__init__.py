"""Small server-rendered charts: dot and interval, gaps, slopes, answer bars, shares.

    from belong.web.charts import Row, dots
    chart = dots([Row("Adults", 71, 69, 73, was=68)], "Adults have risen since autumn", before="Autumn")

A page shows a chart with `{% include "web/_chart.html" with chart=chart %}`; a report outside the web
application uses `chart.html()` with `chart_css()` in its head. No figure is worked out here: rows come from a
release, and the caller writes the title, which states the finding.
"""

from .bars import bars, rates
from .dots import dots
from .gaps import changes, finding, gaps
from .rows import Bar, Cell, Chart, Row
from .slopes import slopes
from .style import chart_css

__all__ = [
    "Bar",
    "Cell",
    "Chart",
    "Row",
    "bars",
    "changes",
    "chart_css",
    "dots",
    "finding",
    "gaps",
    "rates",
    "slopes",
]
