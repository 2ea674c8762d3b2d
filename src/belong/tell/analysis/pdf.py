"""A report as a tagged PDF (PDF/UA-1). The report's words go in as data, never into the source of the
template.
"""

from __future__ import annotations

import json
import re
from dataclasses import asdict
from functools import cache
from typing import Any

from belong.tell.analysis.blocks import Block, Bullets, Fact, Figure, Grid, Note, Para, Report
from belong.tell.analysis.words import unbroken
from belong.tell.typesetting import tagged_pdf
from belong.web.charts import Chart, chart_css

_SIMPLE = re.compile(r"\.chart (svg )?[.\w-]+")
_WEIGHT = re.compile(r"font-weight:\s*(\d+)")
_PREFIX = re.compile(r"^\.chart (svg )?")
_RULE = re.compile(r"([^{}]+)\{([^{}]*)\}")
_VARIABLE = re.compile(r"(--[\w-]+):\s*([^;]+);")
_FONT = re.compile(r"font:\s*(\d+)\s+([\d.]+px)[^;]*;")
FAMILY = "Atkinson Hyperlegible Next"


def report_pdf(report: Report) -> bytes:
    """The document as PDF bytes; only the fonts that come with belong are used, so it looks alike
    everywhere.
    """
    data = unbroken(json.dumps(_document(report), ensure_ascii=False))
    return tagged_pdf("belong.tell.analysis", "report.typ", data)


def _document(report: Report) -> dict[str, Any]:
    """The report as plain data: charts as drawings with their description, their tables in an annex."""
    charts = [
        block.chart for section in report.sections for block in section.blocks if isinstance(block, Figure)
    ]
    return {
        "title": report.title,
        "lead": report.lead,
        "language": report.language,
        "footer": list(report.footer),
        "sections": [
            {"title": section.title, "blocks": [_block(block) for block in section.blocks]}
            for section in report.sections
        ],
        "annex": [
            _table(chart.title, chart.head, [[cell.text for cell in row] for row in chart.rows])
            for chart in charts
        ],
    }


def _block(block: Block) -> dict[str, Any]:
    match block:
        case Figure(chart):
            return _figure(chart)
        case Grid():
            return _table(block.caption, block.head, block.rows, block.texts)
        case Para() | Fact() | Bullets() | Note():
            return {"kind": type(block).__name__.lower(), **asdict(block)}


def _table(caption: str, head: Any, rows: Any, texts: int = 1) -> dict[str, Any]:
    return {
        "kind": "grid",
        "caption": caption,
        "head": list(head),
        "rows": [list(row) for row in rows],
        "texts": texts,
    }


def _figure(chart: Chart) -> dict[str, Any]:
    legend = [{"swatch": drawing(swatch), "label": label} for swatch, label in chart.legend]
    return {
        "kind": "figure",
        "title": chart.title,
        "drawing": drawing(chart.svg),
        "alt": chart.description,
        "key": chart.key,
        "legend": legend,
    }


def drawing(fragment: str) -> str:
    """The first SVG of a chart's markup as a file of its own: namespace and plain colours put in."""
    svg = fragment[: fragment.index("</svg>") + len("</svg>")]
    opened = svg.replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ', 1)
    start = opened.index(">") + 1
    return f"{opened[:start]}<style>{drawing_css()}</style>{opened[start:]}"


@cache
def drawing_css() -> str:
    """The chart rules in the simple CSS that a drawing outside a browser understands: light colours, no
    nesting.
    """
    css = re.sub(r"/\*.*?\*/", "", chart_css(), flags=re.S)
    tokens: dict[str, str] = {}
    for name, value in _VARIABLE.findall(css):
        tokens.setdefault(name, value)  # the light value comes first
    rules = []
    for selectors, body in _RULE.findall(_outside_at_rules(css)):
        wanted = [
            _PREFIX.sub("", one.strip()) for one in selectors.split(",") if _SIMPLE.fullmatch(one.strip())
        ]
        if wanted:
            plain = _FONT.sub(rf"font-weight: \1; font-size: \2; font-family: {FAMILY};", body)
            plain = _WEIGHT.sub(lambda found: f"font-weight: {700 if int(found[1]) >= 600 else 400}", plain)
            rules.append(f"{', '.join(wanted)} {{{_resolved(plain, tokens)}}}")
    return "\n".join(rules)


def _resolved(body: str, tokens: dict[str, str]) -> str:
    """Variables replaced by their values, which may be variables themselves."""
    for _ in range(4):
        body = re.sub(r"var\((--[\w-]+)(?:,[^()]*)?\)", lambda found: tokens.get(found[1], "#192834"), body)
    return body


def _outside_at_rules(css: str) -> str:
    """CSS with the wrappers of its layers taken off and everything conditional (@media, @supports) left
    out.
    """
    out, depth, skip, start = [], 0, -1, 0
    for place, mark in enumerate(css):
        if mark == "{":
            head = css[start:place].strip()
            if skip < 0 and head.startswith("@") and not head.startswith("@layer"):
                skip = depth
            elif skip < 0 and not head.startswith("@"):
                out.append(f"{head} {{")
            depth, start = depth + 1, place + 1
        elif mark == "}":
            if skip < 0 and css[start:place].strip():
                out.append(css[start:place] + "}\n")
            depth, start = depth - 1, place + 1
            if depth == skip:
                skip = -1
        elif mark == ";" and depth == 0:
            start = place + 1
    return "".join(out)
