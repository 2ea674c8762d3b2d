"""A table whose columns have found their meaning: rows come out as fields, and every row goes into the account."""

import difflib
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from belong.people.roster import dates
from belong.people.roster.problems import Ledger, Where
from belong.people.roster.tables import Table, key
from belong.people.roster.values import is_scientific

CLOSE = 0.9
LONG_ENOUGH = 8


@dataclass(slots=True)
class Record:
    """One row by field."""

    where: Where
    cells: dict[str, str]

    def __getitem__(self, field: str) -> str:
        return self.cells.get(field, "")


class Sheet:
    """`fields` maps a field to the headings (as `tables.key` makes them) it goes by."""

    def __init__(
        self,
        table: Table,
        fields: Mapping[str, tuple[str, ...]],
        ledger: Ledger,
        role: str = "",
        *,
        fuzzy: bool = True,
        others: Collection[str] = (),
    ) -> None:
        self.table, self.ledger, self.role = table, ledger, role
        self.columns = self._match(fields)
        self._figures: dict[str, bool] = {}
        if fuzzy:
            self._match_nearly(fields, others)
        for line, column, what, mend in table.notes:
            ledger.note(Where(table.name, line), what, mend, column=column)

    def _match(self, fields: Mapping[str, tuple[str, ...]]) -> dict[str, int]:
        """Columns by exact heading, in the order of each field's own list."""
        keys = [key(heading) for heading in self.table.headings]
        columns: dict[str, int] = {}
        for field, names in fields.items():
            for name in names:
                if name in keys and keys.index(name) not in columns.values():
                    columns[field] = keys.index(name)
                    break
        return columns

    def _match_nearly(self, fields: Mapping[str, tuple[str, ...]], others: Collection[str]) -> None:
        """Then near misses of long headings, each of which is mentioned; `others` are no slips but other words."""
        columns = self.columns
        for at, typed in enumerate(map(key, self.table.headings)):
            if at in columns.values() or len(typed) < LONG_ENOUGH or typed in others:
                continue
            wanted = {
                name: field for field, names in fields.items() if field not in columns for name in names
            }
            close = difflib.get_close_matches(typed, [n for n in wanted if len(n) >= LONG_ENOUGH], 1, CLOSE)
            if close:
                columns[wanted[close[0]]] = at
                where = Where(self.table.name)
                self.ledger.note(where, f"“{self.table.headings[at]}” was read as {close[0]}.")

    def __contains__(self, field: str) -> bool:
        return field in self.columns

    def __iter__(self) -> Iterator[Record]:
        """Sound rows; rows with a fault are set aside on the way."""
        for row in self.table.rows:
            where = Where(self.table.name, row.line)
            self.ledger.read(where)
            if row.fault:
                self.ledger.set_aside(
                    where, f"The line {row.fault}.", "Mend the line at the source and export again."
                )
                continue
            yield Record(where, {field: row.cells[at] for field, at in self.columns.items()})

    def heading(self, field: str) -> str:
        """The heading of a field as the file spells it, or ""."""
        return self.table.headings[self.columns[field]] if field in self.columns else ""

    def leftover(self) -> dict[int, str]:
        """Columns that no field claimed, by position."""
        used = set(self.columns.values())
        return {at: heading for at, heading in enumerate(self.table.headings) if at not in used}

    def values(self, field: str) -> list[str]:
        """The filled cells of a field."""
        return self.table.column(self.columns[field]) if field in self.columns else []

    def has_figures(self, field: str) -> bool:
        """Whether figures are usual in a column, as in made-up names such as `Pupil 12`."""
        if field not in self._figures:
            cells = self.values(field)
            with_figure = sum(any(map(str.isdigit, cell)) for cell in cells)
            self._figures[field] = with_figure * 5 > len(cells) > 2
        return self._figures[field]

    def quote(self, text: str) -> str:
        """A cell for a message; never from a file with passwords, where a shifted row may hold one anywhere."""
        return "" if self.table.had_secrets or len(text) > 40 else f" “{text}”"

    def mend_ids(self, *fields: str) -> None:
        """Ids that a program wrote as decimals (`13001.0` in the whole column) become whole again."""
        for field in fields:
            filled = self.values(field)
            if filled and all(text.endswith(".0") and text[:-2].isdigit() for text in filled):
                for row in self.table.rows:
                    if not row.fault:
                        at = self.columns[field]
                        row.cells[at] = row.cells[at].removesuffix(".0")
                where = Where(self.table.name)
                self.ledger.note(
                    where,
                    "Ids were written as decimals and read as whole numbers.",
                    column=self.heading(field),
                )

    def is_mangled(self, record: Record, field: str) -> bool:
        """Set the row aside where a spreadsheet has shortened its id to a power of ten."""
        if not is_scientific(record[field]):
            return False
        self.ledger.set_aside(
            record.where,
            f"The id{self.quote(record[field])} was shortened by a spreadsheet; its last figures are lost.",
            "Format the column as text before saving, or export straight from the school's system.",
            column=self.heading(field),
        )
        return True


class Dates:
    """Reads the dates of some sheets, knowing how each column runs; says so where that had to be assumed."""

    def __init__(self, sheets: list[Sheet], fields: tuple[str, ...]) -> None:
        places = {f"{s.table.name}\0{f}": (s, f) for s in sheets for f in fields if f in s}
        self.orders = dates.settle({name: sheet.values(field) for name, (sheet, field) in places.items()})
        for name, (sheet, field) in places.items():
            self._say(sheet, field, self.orders[name])

    def _say(self, sheet: Sheet, field: str, order: dates.Order) -> None:
        where, column = Where(sheet.table.name), sheet.heading(field)
        if order.order == dates.MONTH_FIRST:
            sheet.ledger.note(where, "Dates were read month first (4/22 is 22 April).", column=column)
        if order.evidence == "none":
            what = "Dates could be day first or month first; they were read day first, the British way."
            sheet.ledger.note(
                where, what, "Look at one or two; export as 2013-04-22 to be sure.", column=column
            )
        if order.order == dates.MIXED:
            what = "Some dates are day first and some month first; those that could be either were left out."
            sheet.ledger.note(where, what, "Export dates as 2013-04-22.", column=column)

    def peek(self, sheet: Sheet, text: str, field: str) -> date | None:
        """A date of this column, without a word about it."""
        return dates.parse(text, self.orders[f"{sheet.table.name}\0{field}"].order)

    def read(self, sheet: Sheet, record: Record, field: str) -> date | None:
        """The date, or None; a cell that holds something else is mentioned."""
        text = record[field]
        if not text:
            return None
        found = self.peek(sheet, text, field)
        if found is None:
            what = f"This is not a date that can be read{sheet.quote(text)}; it was left out."
            sheet.ledger.note(record.where, what, "Write dates as 2013-04-22.", column=sheet.heading(field))
        return found
