"""The pieces a report is made of. HTML, PDF and terminal render the same pieces, so they say the same."""

from __future__ import annotations

from dataclasses import dataclass

from belong.web.charts import Chart


@dataclass(frozen=True)
class Para:
    """A paragraph. ``strong`` marks the sentence that holds the finding."""

    text: str
    strong: bool = False


@dataclass(frozen=True)
class Fact:
    """One large figure with the words that belong to it."""

    figure: str
    words: str


@dataclass(frozen=True)
class Figure:
    """A chart with its finding as title and its table behind it."""

    chart: Chart


@dataclass(frozen=True)
class Grid:
    """A table. The first column heads its rows, the first ``texts`` columns hold words, the others figures.

    ``folded`` ones open on request where the medium can.
    """

    caption: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    folded: bool = False
    texts: int = 1


@dataclass(frozen=True)
class Bullets:
    """A list of short statements."""

    items: tuple[str, ...]


@dataclass(frozen=True)
class Note:
    """Something to keep in mind, set apart."""

    text: str


Block = Para | Fact | Figure | Grid | Bullets | Note


@dataclass(frozen=True)
class Section:
    """A heading with blocks below it. ``half``: short enough to stand beside another where there is room."""

    id: str
    title: str
    blocks: tuple[Block, ...]
    half: bool = False


@dataclass(frozen=True)
class Report:
    """A whole report in reading order."""

    title: str
    lead: str
    sections: tuple[Section, ...]
    footer: tuple[str, ...]
    language: str = "en"
