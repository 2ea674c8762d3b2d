"""The report as a tagged PDF (PDF/UA-1). Its words go to typst as data, never into the source of the template."""

import json
from typing import Any

from belong.tell.analysis.pdf import drawing
from belong.tell.report.content import Doing, Report
from belong.tell.typesetting import tagged_pdf
from belong.web.charts import Chart


def report_pdf(report: Report) -> bytes:
    """The document as PDF bytes, set in the fonts that come with belong, so that it looks alike everywhere."""
    data = json.dumps(document(report), ensure_ascii=False)
    return tagged_pdf("belong.tell.report", "governors.typ", data)


def document(report: Report) -> dict[str, Any]:
    """The report as plain data for the template."""
    return {
        "language": "en",
        "region": "GB",
        "title": report.title,
        "wave": report.wave_title,
        "school": report.school,
        "demo": report.is_demo,
        "headline": " ".join(report.headline),
        "facts": [list(fact) for fact in report.facts],
        "parts": _figure(report.parts),
        "part_rows": [
            [row.label, row.now, row.interval, row.favourable, row.moved] for row in report.part_rows
        ],
        "since": report.since,
        "gaps": _figure(report.gaps),
        "hidden": [one.label for one in report.hidden],
        "hidden_words": report.hidden_words,
        "rates": {"title": report.rates.title, "head": list(report.rates.head), "rows": _cells(report.rates)},
        "cautions": list(report.cautions),
        "measured": [_doing(one) for one in report.measured],
        "under_way": [_doing(one) for one in report.under_way],
        "answered": [list(pair) for pair in report.answered],
        "published": report.published,
        "next": list(report.next_steps),
        "method": list(report.method),
        "footer": report.footer,
    }


def _figure(chart: Chart) -> dict[str, Any]:
    legend = [{"swatch": drawing(swatch), "label": label} for swatch, label in chart.legend]
    return {
        "title": chart.title,
        "drawing": drawing(chart.svg),
        "alt": chart.description,
        "key": chart.key,
        "legend": legend,
    }


def _cells(chart: Chart) -> list[list[str]]:
    return [[cell.text for cell in row] for row in chart.rows]


def _doing(one: Doing) -> dict[str, Any]:
    said = one.said
    about = f"{one.practice}. " if one.practice else ""
    about += f"Led by {one.leader}, {one.state}"
    if one.look_again:
        about += f"; day to look again: {one.look_again}"
    about += "."
    return {
        "title": one.title,
        "about": about,
        "gap": said.label if said else "",
        "sentence": said.sentence if said else "",
        "moved": said.moved if said else "",
        "caveats": list(said.caveats) if said else [],
        "learned": one.learned,
    }
