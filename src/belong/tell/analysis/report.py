"""A whole report from an analysis: the head teacher's sections first, the researcher's after them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from belong import __version__
from belong.measure.results import Analysis
from belong.tell.analysis import comparing, deeper, method, sections
from belong.tell.analysis.blocks import Report
from belong.tell.analysis.words import headline, people, thousands


def build_report(analysis: Analysis, on: date, plots: Sequence[str] = ()) -> Report:
    """The report in reading order, dated; ``plots`` are the names of files written beside it."""
    made = (
        sections.the_score(analysis),
        sections.who_answered(analysis),
        sections.groups(analysis),
        sections.not_shown(analysis),
        comparing.change(analysis),
        sections.the_questions(analysis),
        method.reliability(analysis),
        deeper.ordinal(analysis),
        deeper.model(analysis),
        deeper.fairness(analysis),
        sections.clusters(analysis),
        sections.sincerity(analysis),
        method.method(analysis),
        method.figures(analysis),
    )
    weighted = f", weighted with {analysis.weight}" if analysis.weight else ""
    answered = f"{thousands(analysis.measure().people)} {people(analysis)}"
    return Report(
        title=headline(analysis),
        lead=f"{analysis.title}. {answered}{weighted}. {long_date(on)}.",
        sections=tuple(section for section in made if section is not None),
        footer=_footer(analysis, plots),
    )


def long_date(on: date) -> str:
    """``21 November 2026``."""
    return f"{on.day} {on:%B %Y}"


def _footer(analysis: Analysis, plots: Sequence[str]) -> tuple[str, ...]:
    key = f"Instrument {analysis.instrument}, version {analysis.version}, {analysis.hash[:12]}"
    lines = [
        analysis.attribution,
        f"{key}; {analysis.licence}. {analysis.citation}".strip(),
        f"File: {analysis.source}. Made with belong {__version__}.",
        f"Plots beside this report: {', '.join(plots)}." if plots else "",
    ]
    return tuple(line for line in lines if line)
