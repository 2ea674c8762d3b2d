"""Answers in memory: one column of small integers per item, 0 where there is no answer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from belong.measure._node import nearest
from belong.measure.instrument import Instrument, Item

Codes = NDArray[np.int8]
Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Responses:
    """Raw codes 1…k (0 = no answer) as ``codes[row, item]``, exactly as people gave them, before any
    reversal. ``counts`` (rows,): how many people gave each row, where equal rows were counted together; None: one each.
    """

    items: tuple[Item, ...]
    codes: Codes
    counts: Floats | None = None

    def __post_init__(self) -> None:
        if self.codes.ndim != 2 or self.codes.shape[1] != len(self.items):
            raise ValueError(
                f"codes must have {len(self.items)} columns, one per item, not shape {self.codes.shape}"
            )
        top = self.codes.max(axis=0, initial=0)
        if (self.codes < 0).any() or any(top[j] > item.categories for j, item in enumerate(self.items)):
            raise ValueError("codes must be 0 (no answer) or 1…k of the item's scale")
        if self.counts is not None and self.counts.shape != (len(self.codes),):
            raise ValueError(f"{len(self.codes)} rows need as many counts, not {self.counts.shape}")

    @classmethod
    def from_columns(
        cls, instrument: Instrument, columns: Mapping[str, Sequence[int] | NDArray[np.integer]]
    ) -> Responses:
        """From raw codes by item id; closed items without a column are left out.

        A code that the instrument lists as missing is no answer, as 0 is. Raises ValueError naming the item and the row
        for any other code that its scale does not have, and for a column that is no closed item of the instrument.
        """
        known = [item.id for item in instrument.items if item.scale]
        for name in columns:
            if name not in known:
                raise ValueError(f"{instrument.key} has no closed item '{name}'.{nearest(name, known)}")
        items = tuple(item for item in instrument.items if item.scale and item.id in columns)
        rows = {len(columns[item.id]) for item in items}
        if len(rows) > 1:
            raise ValueError("every column needs the same number of rows")
        codes = np.zeros((rows.pop() if rows else 0, len(items)), dtype=np.int8)
        for j, item in enumerate(items):
            codes[:, j] = _column(columns[item.id], item, instrument.missing)
        return cls(items, codes)

    def __len__(self) -> int:
        return int(self.codes.shape[0])

    def people(self, rows: NDArray[np.bool_] | None = None) -> int:
        """How many people gave these rows; all rows by default."""
        if self.counts is None:
            return len(self) if rows is None else int(rows.sum())
        return int((self.counts if rows is None else self.counts[rows]).sum())

    @property
    def ids(self) -> tuple[str, ...]:
        return tuple(item.id for item in self.items)

    @property
    def categories(self) -> tuple[int, ...]:
        return tuple(item.categories for item in self.items)

    def select(self, items: Sequence[Item]) -> Responses:
        """The same people, these items only, in this order."""
        places = [self.ids.index(item.id) for item in items]
        return Responses(tuple(items), self.codes[:, places], self.counts)

    def where(self, rows: NDArray[np.bool_] | NDArray[np.intp]) -> Responses:
        """The same items, these people only."""
        return Responses(self.items, self.codes[rows], None if self.counts is None else self.counts[rows])

    def oriented(self) -> Codes:
        """Codes turned so that high means belonging; 0 stays 0. A new array of the same shape."""
        return orient(self.codes, self.items)

    def complete(self) -> NDArray[np.bool_]:
        """Rows in which every item is answered (listwise complete cases)."""
        return np.asarray((self.codes > 0).all(axis=1))


def _column(
    values: Sequence[int] | NDArray[np.integer], item: Item, missing: Sequence[int]
) -> NDArray[np.integer] | NDArray[np.floating]:
    """Checked before they are made small: 257 in eight bits would be a 1."""
    given = np.asarray(values)
    if given.dtype.kind not in "biuf":
        raise ValueError(
            f"{item.id}: codes must be whole numbers, not {given.dtype}. Read text with read_answers."
        )
    column = np.where(np.isin(given, missing), 0, given)
    odd = np.flatnonzero(~((column >= 0) & (column <= item.categories) & (column == np.floor(column))))
    if odd.size:
        raise ValueError(
            f"{item.id}, row {odd[0]}: {given[odd[0]]} is no code of its scale. Answers are 1 to {item.categories}, "
            "0 is no answer; list codes for no answer under 'missing' in the instrument."
        )
    return column


def orient(codes: Codes, items: Sequence[Item]) -> Codes:
    """Reverse the reversed items: k + 1 − code, keeping 0. Its own inverse."""
    turned = codes.copy()
    for j, item in enumerate(items):
        if item.reverse:
            column = turned[:, j]
            turned[:, j] = np.where(column > 0, item.categories + 1 - column, 0)
    return turned
