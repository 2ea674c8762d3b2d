"""An analysis's numbers as charts: answers, parts, groups, differences."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from belong.measure.cuts import OTHERS, mid
from belong.measure.results import Analysis, CutResult, GapResult, ItemResult
from belong.tell.analysis.words import (
    cut_title,
    first_of,
    gap_verdict,
    gaps_title,
    items_title,
    percent,
    signed_span,
    span,
)  # fmt: skip
from belong.web.charts import Bar, Cell, Chart, Row, bars, dots, gaps, rates
from belong.web.charts.words import number, why_not_shown

MOST_ANSWERS = 7

# Answers of differing words, turned round so that they run from least to most belonging.
TURNED = {
    2: ("Less belonging", "More belonging"),
    3: ("Least belonging", "In between", "Most belonging"),
    4: ("Least belonging", "Less", "More", "Most belonging"),
    5: ("Least belonging", "Less", "In between", "More", "Most belonging"),
    6: ("Least belonging", "Less", "Rather less", "Rather more", "More", "Most belonging"),
    7: ("Least belonging", "Less", "Rather less", "In between", "Rather more", "More", "Most belonging"),
}


def item_charts(items: Sequence[ItemResult], part: str = "") -> list[Chart]:
    """Answers to the questions of one part, which the title names; one chart for each kind of answer scale
    they have.
    """
    kinds = {(len(item.answers), item.favourable_codes): None for item in items}
    charts = []
    for size, good in kinds:
        group = [item for item in items if (len(item.answers), item.favourable_codes) == (size, good)]
        charts.append(_answers(group, size, good, part) if size <= MOST_ANSWERS else _shares(group, part))
    return charts


def _answers(items: Sequence[ItemResult], size: int, good: tuple[int, ...], part: str) -> Chart:
    """Bars named by the answer words most questions share; by "least … most belonging" where none are."""
    common, times = Counter(item.answers for item in items).most_common(1)[0]
    shared = times * 2 > len(items)
    top = tuple(range(size - len(good) + 1, size + 1))
    rows = [
        Bar(
            label=item.name,
            shares=tuple(map(float, item.percent)) if item.percent else None,
            symbol="" if item.percent else "c",
            note=_best(item, common if shared else None),
            end=percent(item.favourable.value) if item.favourable and good == top else "",
        )
        for item in items
    ]
    key = ""
    if any(row.note for row in rows):
        key = (
            "Questions are turned so that dark means belonging; where it differs, the best answer is named. "
        )
    if good == top and good:
        key += "The figure at the end of a bar is the share of answers right of the line."
    answers = common if shared else TURNED[size]
    return bars(
        rows, items_title(items, part), answers=answers, favourable=good if good == top else (), key=key
    )


def _best(item: ItemResult, common: tuple[str, ...] | None) -> str:
    return "" if item.answers == common else f"best answer: {item.answers[-1].lower()}"


def _shares(items: Sequence[ItemResult], part: str) -> Chart:
    """Scales with too many answers for bars: the favourable share alone."""
    rows = [
        Row(
            item.name,
            item.favourable.value if item.favourable else None,
            symbol="" if item.favourable else "c",
        )
        for item in items
    ]
    return rates(rows, items_title(items, part), what="Question", share_label="Favourable answers")


def part_chart(analysis: Analysis) -> Chart:
    """The parts' scores with their intervals, the whole score as the upright line."""
    rows = [Row(m.title, m.mean.value, m.mean.low, m.mean.high) for m in analysis.parts]
    lowest, highest = (pick(analysis.parts, key=lambda m: m.mean.value) for pick in (min, max))
    low, high = f"{lowest.title} ({lowest.mean.value:.0f})", f"{highest.title} ({highest.mean.value:.0f})"
    title = f"Lowest: {low}. Highest: {high}"
    whole = analysis.measure().mean.value
    return dots(
        rows,
        title,
        now="Score",
        reference=whole,
        reference_label="all parts",
        key="Points of 100, with 95 % interval.",
    )


def group_chart(cut: CutResult, whole: float) -> Chart:
    """A cut's groups on the whole score; hollow marks show the estimates drawn together."""
    groups = cut.groups_of("score")
    rows = [
        Row(
            g.label,
            g.mean,
            g.low,
            g.high,
            was=g.shrunk,
            symbol=g.symbol,
            note=f"{g.band} people" if g.band else "",
        )
        for g in groups
    ]
    drawn = any(g.shrunk is not None for g in groups)
    key = "Points of 100, with 95 % interval."
    if drawn:
        key += " Hollow: drawn towards the other groups as far as it is uncertain (empirical Bayes)."
    chart = dots(
        rows, cut_title(cut), what="Group", now="Score", before="Drawn together" if drawn else "", decimals=1,
        reference=whole, reference_label="everyone", key=key,
    )  # fmt: skip
    head = (
        "Group",
        "People",
        "Score",
        "95 % interval",
        "Drawn together",
        "Trust in own mean",
        "Favourable answers",
    )
    table = []
    for g in groups:
        if g.mean is None:
            table.append((Cell(g.label), Cell(why_not_shown("c")), *([Cell("")] * 5)))
            continue
        shrunk = "" if g.shrunk is None else number(g.shrunk, 1)
        share = "" if g.trust is None else f"{g.trust * 100:.0f} %"
        good = "" if g.favourable is None else f"{g.favourable} %"
        figures = (g.band, number(g.mean, 1), span(g.low, g.high), shrunk, share, good)
        table.append((Cell(g.label), *(Cell(figure, number=True) for figure in figures)))
    return replace(chart, head=head, rows=tuple(table))


def gap_chart(analysis: Analysis) -> Chart:
    """Every difference on the whole score around a line of no difference."""
    found = [gap for cut in analysis.cuts for gap in cut.gaps_of("score")]
    rows = [
        Row(gap.label, gap.difference, gap.low, gap.high, gap.sincere, symbol=gap.symbol, note=_against(gap))
        for gap in found
    ]
    key = "Difference in points of 100, with 95 % interval. Dashed: no difference we can tell."
    sincere = any(gap.sincere is not None for gap in found)
    if sincere:
        key += " Hollow: without answers that were probably not meant."
    chart = gaps(
        rows,
        gaps_title(analysis),
        what="Groups",
        before="sincere only" if sincere else "",
        decimals=1,
        key=key,
    )
    return replace(chart, head=GAP_HEAD, rows=tuple(gap_cells(gap) for gap in found))


GAP_HEAD = ("Groups", "Difference", "95 % interval", "Sincere only", "What we can say")


def gap_cells(gap: GapResult) -> tuple[Cell, ...]:
    label = (
        f"{gap.label} {_against(gap)}"
        if gap.against == OTHERS
        else f"{first_of(gap)} minus {mid(gap.against)}"
    )
    if gap.difference is None:
        return (Cell(label), Cell(""), Cell(""), Cell(""), Cell(why_not_shown("c")))
    sincere = "" if gap.sincere is None else number(gap.sincere, 1, signed=True)
    figures = (number(gap.difference, 1, signed=True), signed_span(gap), sincere)
    return (Cell(label), *(Cell(figure, number=True) for figure in figures), Cell(gap_verdict(gap)))


def _against(gap: GapResult) -> str:
    """Which way the difference runs."""
    if gap.against == OTHERS:
        return "minus everyone else"
    return f"{mid(first_of(gap))} minus {mid(gap.against)}"
