"""Findings in plain words: sentences made from an analysis, each saying no more than the numbers do."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from belong.measure.cuts import OTHERS, mid
from belong.measure.estimate import Estimate
from belong.measure.results import Analysis, CutResult, GapResult, ItemResult
from belong.web.charts.words import number, why_not_shown

PEOPLE = {"pupils": "pupils", "staff": "members of staff", "families": "families"}


def people(analysis: Analysis) -> str:
    return PEOPLE.get(analysis.audience, "people")


def unbroken(text: str) -> str:
    """Text in which no line ends between a figure and its percent sign."""
    return text.replace(" %", "\u00a0%")


def thousands(count: int) -> str:
    return f"{count:,}"


def percent(share: float) -> str:
    """A whole percentage that does not round the last few people away."""
    if 99.5 <= share < 100:
        return "over 99 %"
    if 0 < share < 0.5:
        return "under 1 %"
    return f"{share:.0f} %"


def decimal3(value: float | None) -> str:
    """``.762``: the usual way to write a coefficient."""
    if value is None or value != value:
        return "–"
    return f"{value:.3f}".replace("0.", ".", 1)


def span(low: float | None, high: float | None, decimals: int = 1) -> str:
    if low is None or high is None or low != low or high != high:
        return "no interval"
    return f"{number(low, decimals)} to {number(high, decimals)}"


def interval(estimate: Estimate, decimals: int = 1) -> str:
    return span(estimate.low, estimate.high, decimals)


def listed(words: Iterable[str]) -> str:
    """``a``, ``a and b``, ``a, b and c``."""
    parts = list(words)
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}" if parts else ""


def clear_gaps(analysis: Analysis) -> list[GapResult]:
    """Differences on the whole score whose interval leaves no difference out."""
    gaps = [gap for cut in analysis.cuts for gap in cut.gaps_of("score")]
    return [gap for gap in gaps if gap.verdict in ("higher", "lower") and not gap.symbol]


def headline(analysis: Analysis) -> str:
    """The report's title: the score, and what can be said of groups."""
    score = f"{analysis.measure().mean.value:.0f} points of 100"
    shown = [gap for cut in analysis.cuts for gap in cut.gaps_of("score") if gap.difference is not None]
    found = clear_gaps(analysis)
    if not analysis.cuts:
        return f"{analysis.title}: {score}"
    if not shown:
        return f"{score}; too few people to compare groups"
    if not found:
        return f"{score}, and no difference between groups that we can tell"
    if len(found) <= 2:
        return f"{score}. {finding(found)}"
    return f"{score}; {len(found)} of {len(shown)} comparisons between groups show a difference"


def gap_words(gap: GapResult) -> str:
    """``Girls lower than boys`` · ``Born abroad: lower than everyone else``."""
    if gap.against == OTHERS:
        return f"{gap.label}: {gap.verdict} than everyone else"
    return f"{first_of(gap)} {gap.verdict} than {mid(gap.against)}"


def first_of(gap: GapResult) -> str:
    """The first of two groups compared, from ``Girls and boys``."""
    return gap.label.removesuffix(f" and {mid(gap.against)}")


def gap_sentence(gap: GapResult) -> str:
    """What may be said of one difference, with its figures."""
    name = gap.label if gap.against != OTHERS else f"{gap.label} and everyone else"
    if gap.difference is None:
        return f"{name}: kept back."
    figures = f"{number(gap.difference, 1, signed=True)} points, {signed_span(gap)}"
    said = {
        "higher": f"{gap_words(gap)} ({figures}).",
        "lower": f"{gap_words(gap)} ({figures}).",
        "same": f"{name}: no difference we can tell ({figures}).",
    }.get(gap.verdict, f"{name}: too uncertain to tell ({figures}).")
    return said + (" Rests on fewer than thirty people." if gap.symbol == "u" else "")


def gap_verdict(gap: GapResult) -> str:
    """The same in a table cell."""
    if gap.difference is None:
        return why_not_shown("c")
    names = {"same": "no difference we can tell", "unsure": "too uncertain to tell"}
    return names.get(gap.verdict, gap.verdict)


def signed_span(gap: GapResult) -> str:
    if gap.low is None or gap.high is None:
        return "no interval"
    return f"{number(gap.low, 1, signed=True)} to {number(gap.high, 1, signed=True)}"


def gaps_title(analysis: Analysis) -> str:
    """The finding over all comparisons."""
    gaps = [gap for cut in analysis.cuts for gap in cut.gaps_of("score")]
    return finding(gaps) or _nothing_found(gaps)


def cut_title(cut: CutResult, measure: str = "score") -> str:
    """The finding of one cut, which it names where the finding does not."""
    gaps = cut.gaps_of(measure)
    if len(gaps) == 1:
        return finding(gaps) or f"{gaps[0].label}: {gap_verdict(gaps[0])}"
    said = finding(gaps) or _nothing_found(gaps)
    return titled(cut, said if cut.title.endswith("?") else said[:1].lower() + said[1:])


def titled(cut: CutResult, text: str) -> str:
    """A statement after its cut's name; a name that is a question ends itself."""
    return f"{cut.title} {text}" if cut.title.endswith("?") else f"{cut.title}: {text}"


def finding(gaps: Iterable[GapResult]) -> str:
    """The clear differences among some: ``Girls lower than boys. Lower than everyone else: Year 9``; or
    nothing.
    """
    clear = [gap for gap in gaps if gap.verdict in ("higher", "lower") and not gap.symbol]
    said = [gap_words(gap) for gap in clear if gap.against != OTHERS]
    for verdict in ("lower", "higher"):
        names = [gap.label for gap in clear if gap.against == OTHERS and gap.verdict == verdict]
        if names:
            more = f" and {len(names) - 3} more" if len(names) > 3 else ""
            said.append(f"{_capital(verdict)} than everyone else: {', '.join(names[:3])}{more}")
    return ". ".join(said)


def _nothing_found(gaps: Sequence[GapResult]) -> str:
    if all(gap.difference is None for gap in gaps):
        return "Too few people to compare groups"
    unsure = [gap for gap in gaps if gap.verdict == "unsure"]
    if len(unsure) == len([gap for gap in gaps if gap.difference is not None]):
        return "Too uncertain to tell"
    if unsure:
        return "No difference that we can tell; some are too uncertain to tell"
    return "No difference between groups that we can tell"


def items_title(items: Sequence[ItemResult], part: str = "") -> str:
    """The questions with the most and the fewest favourable answers, after the name of their part."""
    said = _most_and_least(items)
    return f"{part}: {said[:1].lower()}{said[1:]}" if part else said


def _most_and_least(items: Sequence[ItemResult]) -> str:
    rated = [(item.favourable.value, item.name) for item in items if item.favourable is not None]
    if len(rated) < 2:
        return "How each question was answered"
    high, low = max(rated), min(rated)
    return f"Most favourable: “{high[1]}” ({percent(high[0])}). Least: “{low[1]}” ({percent(low[0])})"


def trust(alpha: float) -> str:
    """How far a reliability carries (Nunnally & Bernstein 1994: .7 for groups, .9 for decisions about a
    person).
    """
    if alpha >= 0.9:
        return "The questions hang together very closely: good for comparing groups."
    if alpha >= 0.7:
        return "The questions hang together well enough to compare groups, not to judge one person."
    if alpha >= 0.6:
        return "The questions hang together loosely: compare large groups only, and with care."
    return "The questions do not hang together as one score: read them one by one."


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
