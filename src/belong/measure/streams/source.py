"""Which columns of a table hold which items, whatever engine reads it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from belong.measure.instrument import Instrument, Item
from belong.measure.streams.opening import UnreadableSource

if TYPE_CHECKING:
    import ibis.expr.types as ir


@dataclass(frozen=True)
class Source:
    """A table and which of its columns holds which item.

    ``codes[item]`` is an Ibis expression: the oriented code 1…k, 0 where there is no answer or none the scale knows;
    ``unknown[item]`` is true where a code stands that the scale does not know.
    """

    table: ir.Table
    items: tuple[Item, ...]
    codes: Mapping[str, ir.IntegerValue]
    unknown: Mapping[str, ir.BooleanValue]

    @property
    def categories(self) -> tuple[int, ...]:
        return tuple(item.categories for item in self.items)

    @property
    def ids(self) -> tuple[str, ...]:
        return tuple(item.id for item in self.items)


def source(table: ir.Table, instrument: Instrument, columns: Mapping[str, str] | None = None) -> Source:
    """Find each scored item's column: by ``columns`` (item id → column), its own column name, or its id.

    Items without a column are left out; raises UnreadableSource where none or only one is found.
    """
    known = {name.lower(): name for name in table.columns}
    codes, unknown, items = {}, {}, []
    for item in instrument.scored_items:
        wanted = (columns or {}).get(item.id) or item.column or item.id
        name = known.get(wanted.lower()) or known.get(item.id.lower())
        if name is not None:
            items.append(item)
            codes[item.id] = _oriented(table[name], item)
            unknown[item.id] = _unknown(table[name], item, instrument)
    if len(items) < 2:
        raise UnreadableSource(
            f"{len(items)} of the {len(instrument.scored_items)} questions of {instrument.key} have a column in this "
            f"table; at least two are needed. Columns: {', '.join(sorted(table.columns)[:30])}."
        )
    return Source(table, tuple(items), codes, unknown)


def _code(column: ir.Column) -> ir.NumericColumn:
    """The number in a column, null where none stands. Text may hold ``3`` or ``3.0``; whole numbers stay as narrow as
    they are, which halves the time of what is summed over millions of people.
    """
    if column.type().is_string():
        # Stripped first: DuckDB would push a bare TRY_CAST into its CSV reader, which then stops at odd cells.
        return column.strip().try_cast("float64")
    return column.cast("int8") if column.type().is_boolean() else column


def _oriented(column: ir.Column, item: Item) -> ir.IntegerValue:
    import ibis

    code, size = _code(column), item.categories
    meant = code.between(1, size)
    if code.type().is_floating():
        meant = meant & (code == code.floor())
    plain = code.cast("int8")
    return ibis.cases((meant, (size + 1 - plain) if item.reverse else plain), else_=0).cast("int8")


def _unknown(column: ir.Column, item: Item, instrument: Instrument) -> ir.BooleanValue:
    """Something stands there that is neither one of the scale's codes nor a code that means no answer."""
    silent = column.isnull()
    if column.type().is_string():
        silent = silent | (column.strip() == "")
    if column.type().is_floating():
        silent = silent | column.isnan()
    meant = [0, *range(1, item.categories + 1), *instrument.missing]
    return ~silent & ~_code(column).isin(meant).fill_null(False)
