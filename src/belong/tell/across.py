"""A table across schools for people to read: as a spreadsheet, and on a terminal."""

from __future__ import annotations

import csv
import io

from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from belong.base.spreadsheet import harmless
from belong.content import read
from belong.measure import say
from belong.release import SHOWN, Cell
from belong.release.across import AcrossTable, Count

COLUMNS = (
    "table", "measure", "question or part", "cut", "group", "group name", "symbol", "in words", "value", "low", "high",
    "drawn together", "favourable %", "answers % lowest to highest", "people", "limited", "people with noise",
    "error by noise", "schools",
)  # fmt: skip
_NO_FIGURE = "–"


def as_csv(table: AcrossTable) -> str:
    """A row a figure, under the headings of a wave's spreadsheet and those of noise; with a byte-order mark, so that
    spreadsheet programs read the letters right.
    """
    labels = {info.key: info.label for info in table.release.measures}
    file = io.StringIO()
    writer = csv.writer(file)
    writer.writerow(COLUMNS)
    for cell in table.release.cells:
        count = table.count(cell.measure, cell.cut, cell.group)
        row = [
            "score", cell.measure, labels[cell.measure], cell.cut, cell.group, cell.label, cell.symbol, _words(cell),
            cell.mean, cell.low, cell.high, cell.shrunk, cell.favourable,
            " ".join(map(str, cell.distribution or ())), cell.n_band, cell.coded,
            count.people if count else None, count.error if count else None, len(table.schools),
        ]  # fmt: skip
        writer.writerow([harmless(value) for value in row])
    return "\ufeff" + file.getvalue()


def print_table(table: AcrossTable, console: Console) -> None:
    """The score by group, then every question for everyone, then what to know. Text from a file is never markup."""
    score = table.release.measures[0]
    console.print(Text(f"{score.label}: {len(table.schools)} schools together", style="bold"))
    for cut in table.release.cuts:
        rows = [(cell.label, cell) for cell in table.release.cells_of(cut, score.key)]
        _print(table, rows, console)
    questions = [(info.label, table.release.cell(info.key)) for info in table.release.measures[1:]]
    if questions:
        console.print(Text("Everyone, by question", style="bold"))
        _print(table, questions, console)
    if any(cell.symbol not in SHOWN for cell in table.release.cells):
        kept = f"{say(read('texts/symbols')['c'])} That may be a number of few people, or of few schools."
        console.print(Text(kept, style="dim"))
    for note in table.release.notes:
        console.print(Text(note.text, style="dim"))


def _print(table: AcrossTable, rows: list[tuple[str, Cell]], console: Console) -> None:
    grid = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0))
    heads = ["", "of 100", "95 % interval", "favourable", "people"]
    heads += ["error by noise"] if table.noise else []
    for place, head in enumerate(heads):
        grid.add_column(Text(head, style="dim"), justify="right" if place else "left", overflow="fold")
    for label, cell in rows:
        grid.add_row(*(Text(one) for one in _line(table, label, cell)))
    console.print(Padding(grid, (1, 0, 1, 1)))


def _line(table: AcrossTable, label: str, cell: Cell) -> list[str]:
    if cell.symbol not in SHOWN:
        return [label, _words(cell)]
    count = table.count(cell.measure, cell.cut, cell.group)
    return [
        label,
        f"{cell.mean:.1f}" + (f" ({_words(cell).lower()})" if cell.symbol else ""),
        f"{cell.low:.1f} to {cell.high:.1f}",
        _NO_FIGURE if cell.favourable is None else f"{cell.favourable} %{_limit(cell)}",
        *_people(cell, count),
    ]


def _people(cell: Cell, count: Count | None) -> list[str]:
    return [f"{count.people:,}", f"{count.error:.1f}"] if count else [cell.n_band]


def _limit(cell: Cell) -> str:
    return {"top": " or more", "bottom": " or less"}.get(cell.coded, "")


def _words(cell: Cell) -> str:
    return say(read("texts/symbols")[f"{cell.symbol or 'shown'}-label"])
