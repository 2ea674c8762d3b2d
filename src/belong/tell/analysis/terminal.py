"""A report as text for a terminal: the same pieces, charts as their tables."""

from __future__ import annotations

from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from belong.tell.analysis.blocks import Block, Bullets, Fact, Figure, Grid, Note, Para, Report


def print_report(report: Report, console: Console) -> None:
    """Print a report. Text from a file is never read as markup."""
    console.print(Text(report.lead, style="dim"))
    console.print(Text(report.title, style="bold"))
    for section in report.sections:
        console.print()
        console.print(Text(section.title, style="bold cyan"))
        for block in section.blocks:
            _print(block, console)
    console.print()
    for line in report.footer:
        console.print(Text(line, style="dim"))


def _print(block: Block, console: Console) -> None:
    match block:
        case Para(text, strong):
            console.print(Text(text, style="bold" if strong else ""))
        case Fact(figure, words):
            console.print(Text.assemble((figure, "bold"), " ", words))
        case Figure(chart):
            rows = [tuple(cell.text for cell in row) for row in chart.rows]
            _table(chart.title, chart.head, rows, console)
        case Grid():
            _table(block.caption, block.head, block.rows, console)
        case Bullets(items):
            for item in items:
                console.print(Padding(Text(f"• {item}"), (0, 0, 0, 1)))
        case Note(text):
            console.print(Text(text, style="italic"))


def _table(
    title: str,
    head: tuple[str, ...],
    rows: list[tuple[str, ...]] | tuple[tuple[str, ...], ...],
    console: Console,
) -> None:
    table = Table(
        title=Text(title, style="bold"), title_justify="left", box=None, pad_edge=False, padding=(0, 2, 0, 0)
    )
    for i, word in enumerate(head):
        table.add_column(Text(word, style="dim"), justify="left" if i == 0 else "right", overflow="fold")
    for row in rows:
        table.add_row(*(Text(cell) for cell in row))
    console.print(Padding(table, (1, 0, 1, 1)))
