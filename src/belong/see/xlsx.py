"""Workbooks for Excel and LibreOffice: a first sheet of words, then tables. The one place that writes such files.

What a school typed in is written as text and never as a formula or a link; text that begins like a formula is marked,
so that it stays text where somebody edits the cell. The same book gives the same bytes.
"""

from __future__ import annotations

import io
import re
import textwrap
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

import xlsxwriter
from django.http import HttpResponse
from xlsxwriter.format import Format
from xlsxwriter.utility import xl_range
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from belong.base.spreadsheet import harmless

MIME = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
FIRST = "Read me first"
TEXT, POINTS, DIFFERENCE, WHOLE, MOVED, RATIO = "text", "points", "difference", "whole", "moved", "ratio"
_SHOWN_AS = {
    TEXT: "@",
    POINTS: "0.0",
    DIFFERENCE: "+0.0;-0.0;0.0",
    WHOLE: "0",
    MOVED: "+0;-0;0",
    RATIO: "0.00",
}
_OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
_A4 = 9
_NAMES, _WORDS = 26, 96
"""Widths of the columns of the first sheet."""
_LINE = 15.0
"""Height of a line in points."""
_LONGEST_NAME = 60
"""Two of them fit into a header, which holds 255 units of UTF-16."""


@dataclass(frozen=True)
class Column:
    """One column: its heading, which entry of a row it shows, and as what. `width` in characters.

    Keys (`is_key`) are for joining files: they stand last, in grey, and are not printed.
    """

    heading: str
    entry: str
    kind: str = TEXT
    width: float = 10
    is_key: bool = False


@dataclass(frozen=True)
class Sheet:
    """A table with a name. One without rows is left out of the book."""

    name: str
    columns: Sequence[Column]
    rows: Sequence[Mapping[str, Any]]


@dataclass(frozen=True)
class Book:
    """A workbook. `first` are the lines of its first sheet: a name and words, or a heading without words.

    `made_on` is the day the file says it was made on: that of the release, so that it never changes.
    """

    title: str
    school: str
    made_on: date
    first: Sequence[tuple[str, str]]
    sheets: Sequence[Sheet]


def as_xlsx(book: Book) -> bytes:
    """The book as a file."""
    file = io.BytesIO()
    made = xlsxwriter.Workbook(file, _OPTIONS)
    made.set_properties(
        {"title": f"{book.title}, {book.school}", "created": datetime.combine(book.made_on, time())}
    )
    styles = _Styles(made)
    _write_first(made.add_worksheet(FIRST), book, styles)
    for sheet in book.sheets:
        if sheet.rows:
            _write_table(made.add_worksheet(sheet.name), sheet, book, styles)
    made.close()
    return file.getvalue()


def answer_with(book: Book, filename: str) -> HttpResponse:
    """The book as a download."""
    answer = HttpResponse(as_xlsx(book), content_type=MIME)
    answer["Content-Disposition"] = f'attachment; filename="{filename}"'
    return answer


class _Styles:
    """The formats of a book, made once each."""

    def __init__(self, made: Workbook) -> None:
        self._made = made
        self._of: dict[tuple[str, bool], Format] = {}
        self.title = self._add(bold=True, font_size=18)
        self.section = self._add(bold=True, font_size=13, top=1)
        self.name = self._add(bold=True, text_wrap=True)
        self.words = self._add(text_wrap=True)
        self.risky = self._add(text_wrap=True, quote_prefix=True)
        self.heading = self._add(bold=True, text_wrap=True, bottom=2, bg_color="#E6EFED")

    def of(self, column: Column) -> Format:
        """How a column shows what stands in it."""
        known = (column.kind, column.is_key)
        if known not in self._of:
            grey = {"font_color": "#6B6B6B"} if column.is_key else {"text_wrap": column.kind == TEXT}
            self._of[known] = self._add(num_format=_SHOWN_AS[column.kind], **grey)
        return self._of[known]

    def _add(self, **how: Any) -> Format:
        return self._made.add_format({"valign": "top", **how})


def _write_first(page: Worksheet, book: Book, styles: _Styles) -> None:
    page.set_column(0, 0, _NAMES)
    page.set_column(1, 1, _WORDS)
    page.hide_gridlines(2)
    page.set_row(0, 2 * _LINE)
    page.write_string(0, 0, book.title, styles.title)
    for line, (name, words) in enumerate(book.first, start=1):
        page.set_row(line, max(_high(name, _NAMES), _high(words, _WORDS)) if words else 1.5 * _LINE)
        page.write_string(line, 0, name, styles.name if words else styles.section)
        if not words:
            page.write_blank(line, 1, None, styles.section)
        else:
            page.write_string(line, 1, words, styles.words if harmless(words) == words else styles.risky)
    _print_set_up(page, book)


def _write_table(page: Worksheet, sheet: Sheet, book: Book, styles: _Styles) -> None:
    page.set_row(0, max(_high(column.heading, column.width) for column in sheet.columns))
    for place, column in enumerate(sheet.columns):
        page.set_column(place, place, column.width)
        page.write_string(0, place, column.heading, styles.heading)
    columns = [
        (place, column.entry, styles.of(column), column.kind == TEXT)
        for place, column in enumerate(sheet.columns)
    ]
    for line, row in enumerate(sheet.rows, start=1):
        for place, entry, style, is_text in columns:
            value = row.get(entry)
            if value is None or value == "":
                continue
            if is_text:
                page.write_string(line, place, value, style if harmless(value) == value else styles.risky)
            else:
                page.write_number(line, place, value, style)
    page.freeze_panes(1, 0)
    page.autofilter(0, 0, len(sheet.rows), len(sheet.columns) - 1)
    page.ignore_errors({"number_stored_as_text": xl_range(0, 0, len(sheet.rows), len(sheet.columns) - 1)})
    page.repeat_rows(0)
    printed = sum(not column.is_key for column in sheet.columns)
    page.print_area(0, 0, len(sheet.rows), printed - 1)
    page.set_landscape()
    _print_set_up(page, book)


def _high(words: str, width: float) -> float:
    """The height (points) of words in a cell so wide: not every program finds it out for itself."""
    return _LINE * max(1, len(textwrap.wrap(words, int(width))))


def _print_set_up(page: Worksheet, book: Book) -> None:
    page.set_paper(_A4)
    page.set_margins(left=0.4, right=0.4)
    page.fit_to_pages(1, 0)
    page.set_header(f"&L{_plain(book.title)}&R{_plain(book.school)}")
    page.set_footer("&L&A&RPage &P of &N")


def _plain(name: str) -> str:
    """A name in a header, where an ampersand begins a code, and "&G" a picture even if it is doubled."""
    return re.sub(r"\s*&\s*", " and ", name)[:_LONGEST_NAME]
