"""What goes into a chart and what comes out of it."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from .words import _, with_doubt

NO_WORDS = SafeString("")


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a chart.

    `value`, `low`, `high` are now (points of 100, or a difference in points); `was` is the figure before.
    `symbol` says why there is no figure: "" shown, "c" kept back, "low" almost none, "u" too uncertain, "x" not
    available, "z" does not apply. A row with symbol "u" that still has a value is drawn faint and dashed.
    `note` is a short second line under the label ("40–49 pupils"); `strong` marks the row to compare with;
    `url` makes the label a link in the table behind the chart; `why` is where it is explained that there is no figure.
    """

    label: str
    value: float | None = None
    low: float | None = None
    high: float | None = None
    was: float | None = None
    symbol: str = ""
    note: str = ""
    strong: bool = False
    url: str = ""
    why: str = ""

    @property
    def shown(self) -> bool:
        return self.value is not None and self.symbol in ("", "u")

    @property
    def under(self) -> str:
        """The second line under the label: the note, and a doubt in words where the mark is only fainter."""
        return with_doubt(self.note, self.symbol) if self.shown else self.note


@dataclass(frozen=True, slots=True)
class Bar:
    """One question's answers: whole percentages per answer, lowest answer first; None when too few.

    `end` is written after the bar ("62 %"); left empty it is the share of the favourable answers.
    """

    label: str
    shares: tuple[float, ...] | None = None
    symbol: str = ""
    note: str = ""
    end: str = ""
    url: str = ""
    why: str = ""

    @property
    def shown(self) -> bool:
        return self.shares is not None and self.symbol in ("", "u")

    @property
    def under(self) -> str:
        return with_doubt(self.note, self.symbol) if self.shown else self.note


@dataclass(frozen=True, slots=True)
class Cell:
    """A table cell; `url` makes it a link, `number` aligns it as a figure."""

    text: str
    url: str = ""
    number: bool = False


@dataclass(frozen=True, slots=True)
class Chart:
    """A drawn chart: the finding as a title, two drawings (wide and narrow) of which a page shows one, a key,
    the same data as a table, and a description in words for those who see neither. `below` is a page's own last line.
    """

    title: str
    svg: SafeString
    head: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    description: str
    key: str = ""
    legend: tuple[tuple[SafeString, str], ...] = ()
    kind: str = ""
    below: SafeString = NO_WORDS

    def html(self) -> SafeString:
        """The whole figure as HTML, for reports that use no templates; `web/_chart.html` makes the same."""
        head = format_html_join("", '<th scope="col">{}</th>', ((one,) for one in self.head))
        body = format_html_join("", "<tr>{}</tr>", ((_table_row(row),) for row in self.rows))
        legend = format_html_join("", "<li>{}{}</li>", self.legend)
        return format_html(
            '<figure class="chart sheet"><figcaption>{}</figcaption>{}{}{}<details><summary>{}</summary>'
            '<div class="table-wrap"><table>'
            "<thead><tr>{}</tr></thead><tbody>{}</tbody></table></div></details></figure>",
            self.title,
            format_html('<ul class="chart-legend">{}</ul>', legend) if self.legend else "",
            self.svg,
            format_html('<p class="quiet chart-key">{}</p>', self.key) if self.key else "",
            _("Show as a table"),
            head,
            body,
        )


def _table_row(row: tuple[Cell, ...]) -> SafeString:
    first = format_html('<th scope="row">{}</th>', row[0].text)
    rest = format_html_join(
        "", "<td{}>{}</td>", ((SafeString(' class="number"') if c.number else "", c.text) for c in row[1:])
    )
    return first + rest
