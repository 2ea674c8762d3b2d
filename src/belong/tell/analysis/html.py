"""A report as one HTML file: nothing is fetched, nothing runs, everything from a file is escaped."""

from __future__ import annotations

import base64
from collections.abc import Iterable
from importlib.resources import files
from itertools import groupby

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from belong.tell.analysis.blocks import Block, Bullets, Fact, Figure, Grid, Note, Para, Report, Section
from belong.tell.analysis.words import unbroken
from belong.web.charts import chart_css

POLICY = "default-src 'none'; style-src 'unsafe-inline'; font-src data:; base-uri 'none'; form-action 'none'"


_DOCUMENT = """\
<!doctype html>
<html lang="{}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="{}">
<meta name="color-scheme" content="light dark">
<meta name="robots" content="noindex">
<title>{}</title>
<style>{}</style>
</head>
<body>
<header><p class="quiet">{}</p><h1>{}</h1></header>
<main>{}</main>
<footer>{}</footer>
</body>
</html>
"""

_TABLE_IN_VIEW = """\
<div class="table-wrap" tabindex="0" role="region" aria-label="{}">
<table><caption>{}</caption>{}</table></div>"""

_TABLE_FOLDED = """\
<details><summary>{}</summary><div class="table-wrap" tabindex="0" role="region" aria-label="{}">
<table>{}</table></div></details>"""


_FACES = (
    ("Lexend Variable", "100 900", "lexend-latin.woff2"),
    ("Atkinson Hyperlegible Next Variable", "200 800", "atkinson-next-latin.woff2"),
)


def faces() -> str:
    """The two typefaces inside the file, so that charts fit their words on any machine; others fall back."""
    folder = files("belong.web") / "static" / "web" / "fonts"
    rules = []
    for family, weights, name in _FACES:
        data = base64.b64encode((folder / name).read_bytes()).decode("ascii")
        source = f'url("data:font/woff2;base64,{data}") format("woff2")'
        rules.append(f'@font-face {{ font-family: "{family}"; font-weight: {weights}; src: {source}; }}')
    return "\n".join(rules)


def report_html(report: Report) -> str:
    """The whole document."""
    own = (files("belong.tell.analysis") / "report.css").read_text("utf-8")
    main = _joined(_section(section) for section in report.sections)
    return format_html(
        _DOCUMENT,
        report.language,
        POLICY,
        report.title,
        mark_safe("\n".join((faces(), chart_css(), own))),  # noqa: S308
        report.lead,
        unbroken(report.title),
        mark_safe(unbroken(main)),  # noqa: S308
        format_html_join("", "<p>{}</p>", ((line,) for line in report.footer)),
    )


def _section(section: Section) -> SafeString:
    """Figures that follow one another stand side by side where there is room."""
    parts = []
    for is_figure, run in groupby(section.blocks, key=lambda block: isinstance(block, Figure)):
        blocks = _joined(_block(block) for block in run)
        parts.append(format_html('<div class="figures">{}</div>', blocks) if is_figure else blocks)
    title = format_html('<h2 id="{}">{}</h2>', section.id, section.title)
    width = SafeString(' class="half"' if section.half else "")
    return format_html(
        '<section{} aria-labelledby="{}">{}{}</section>\n', width, section.id, title, _joined(parts)
    )


def _block(block: Block) -> SafeString:
    match block:
        case Para(text, strong):
            return (
                format_html('<p class="finding">{}</p>', text) if strong else format_html("<p>{}</p>", text)
            )
        case Fact(figure, words):
            return format_html('<p class="fact"><strong>{}</strong> <span>{}</span></p>', figure, words)
        case Figure(chart):
            return chart.html()
        case Bullets(items):
            return format_html(
                '<ul class="plain">{}</ul>', format_html_join("", "<li>{}</li>", ((i,) for i in items))
            )
        case Note(text):
            return format_html('<p class="note">{}</p>', text)
        case Grid():
            return _grid(block)


def _grid(grid: Grid) -> SafeString:
    """A table; a folded one behind its caption."""
    kinds = [SafeString(' class="number"' if i >= grid.texts else "") for i in range(len(grid.head))]
    head = format_html_join("", '<th scope="col"{}>{}</th>', zip(kinds, grid.head, strict=True))
    rows = [
        format_html(
            '<tr><th scope="row">{}</th>{}</tr>',
            row[0],
            format_html_join("", "<td{}>{}</td>", zip(kinds[1:], row[1:], strict=True)),
        )
        for row in grid.rows
    ]
    body = format_html("<thead><tr>{}</tr></thead><tbody>{}</tbody>", head, _joined(rows))
    return format_html(_TABLE_FOLDED if grid.folded else _TABLE_IN_VIEW, grid.caption, grid.caption, body)


def _joined(parts: Iterable[SafeString]) -> SafeString:
    return format_html_join("", "{}", ((part,) for part in parts))
