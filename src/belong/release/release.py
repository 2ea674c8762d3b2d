"""What comes out: a frozen release, which is all that any screen may say about a wave."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from belong.release.codec import decode, digest, encode, normal
from belong.release.model import ALL, REST, MeasureInfo, ReleaseRefused
from belong.release.rows import Cell, Change, FollowUp, Gap, Note, Reliability, Response


@dataclass(frozen=True)
class Release:
    """All that a closed wave says. Frozen: ``hash`` is over everything else, and reading checks it."""

    wave: str
    audience: str
    threshold: int
    built_on: str
    measures: tuple[MeasureInfo, ...]
    cells: tuple[Cell, ...]
    gaps: tuple[Gap, ...] = ()
    changes: tuple[Change, ...] = ()
    responses: tuple[Response, ...] = ()
    reliability: tuple[Reliability, ...] = ()
    followups: tuple[FollowUp, ...] = ()
    notes: tuple[Note, ...] = ()
    hash: str = ""

    @cached_property
    def _cells(self) -> dict[tuple[str, str, str], Cell]:
        return {(cell.measure, cell.cut, cell.group): cell for cell in self.cells}

    @cached_property
    def _gaps(self) -> dict[tuple[str, str, str], Gap]:
        return {(gap.measure, gap.cut, gap.group): gap for gap in self.gaps}

    @cached_property
    def _changes(self) -> dict[tuple[str, str, str], Change]:
        return {(change.measure, change.cut, change.group): change for change in self.changes}

    @cached_property
    def _turned_gaps(self) -> dict[tuple[str, str, str], Gap]:
        """Gaps by their other group, which a cut of two groups can be asked for as well."""
        return {(gap.measure, gap.cut, gap.against): gap for gap in reversed(self.gaps)}

    @cached_property
    def _responses(self) -> dict[tuple[str, str], Response]:
        return {(response.cut, response.group): response for response in self.responses}

    @cached_property
    def _rows(self) -> dict[tuple[str, ...], tuple[Any, ...]]:
        """Rows that are asked for together: cells and changes by cut and measure, gaps by measure."""
        found: dict[tuple[str, ...], list[Any]] = {}
        for cell in self.cells:
            found.setdefault(("cells", cell.cut, cell.measure), []).append(cell)
        for gap in self.gaps:
            found.setdefault(("gaps", gap.measure), []).append(gap)
        for change in self.changes:
            found.setdefault(("changes", change.cut, change.measure), []).append(change)
        return {key: tuple(rows) for key, rows in found.items()}

    @cached_property
    def cuts(self) -> tuple[str, ...]:
        """Keys of the cuts in menu order, ``all`` first."""
        return tuple(dict.fromkeys(cell.cut for cell in self.cells))

    def measure(self, key: str) -> MeasureInfo:
        """What a measure is; KeyError if the wave had no such measure."""
        for info in self.measures:
            if info.key == key:
                return info
        raise KeyError(key)

    def cell(self, measure: str, cut: str = ALL, group: str = ALL) -> Cell:
        """One cell. What the release does not hold answers with the symbol ``x``, never with an error."""
        found = self._cells.get((measure, cut, group))
        return found or Cell(cut, group, group, measure, "x")

    def cells_of(self, cut: str, measure: str) -> tuple[Cell, ...]:
        return self._rows.get(("cells", cut, measure), ())

    def gap(self, measure: str, cut: str, group: str) -> Gap:
        """The gap of a group; a cut of two groups is stored once and can be asked for from either side."""
        found = self._gaps.get((measure, cut, group))
        if found:
            return found
        if other := self._turned_gaps.get((measure, cut, group)):
            return _turned(other, self.cell(measure, cut, group).label)
        return Gap(cut, group, REST, group, measure, "x")

    def gaps_of(self, measure: str) -> tuple[Gap, ...]:
        return self._rows.get(("gaps", measure), ())

    def change(self, measure: str, cut: str = ALL, group: str = ALL) -> Change:
        found = self._changes.get((measure, cut, group))
        return found or Change(cut, group, group, measure, "x", "")

    def changes_of(self, measure: str, cut: str = ALL) -> tuple[Change, ...]:
        return self._rows.get(("changes", cut, measure), ())

    def response(self, cut: str = ALL, group: str = ALL) -> Response:
        return self._responses.get((cut, group)) or Response(cut, group, group, "x")

    def followup(self, measure: str, cut: str, group: str) -> FollowUp | None:
        """The frozen then-and-now of a watched gap, if it was watched when this release was built."""
        for found in self.followups:
            if (found.measure, found.cut, found.group) == (measure, cut, group):
                return found
        return None

    def to_json(self) -> dict[str, Any]:
        """Plain data for a JSON column or file."""
        return {**self._plain(), "hash": self.hash}

    @classmethod
    def from_json(cls, data: dict[str, Any] | str) -> Release:
        """Read back what ``to_json`` gave; raises ``ReleaseRefused`` if anything in it was altered."""
        plain = json.loads(data) if isinstance(data, str) else data
        try:
            values: dict[str, Any] = {name: plain[name] for name in _PLAIN}
            tables: dict[str, Any] = {name: normal(plain[name], kind) for name, kind in _TABLES.items()}
            seal, found = plain["hash"], digest(values | tables)
            rows: dict[str, Any] = {name: decode(tables[name], kind) for name, kind in _TABLES.items()}
        except (IndexError, KeyError, TypeError, ValueError) as problem:
            raise ReleaseRefused("This is not a release, or a part of it is missing.") from problem
        if seal != found:
            raise ReleaseRefused("This release was altered after it was built.")
        return cls(**values, **rows, hash=seal)

    def sealed(self) -> Release:
        """The same release with its hash."""
        return replace(self, hash=digest(self._plain()))

    def _plain(self) -> dict[str, Any]:
        plain: dict[str, Any] = {name: getattr(self, name) for name in _PLAIN}
        return plain | {name: encode(getattr(self, name), kind) for name, kind in _TABLES.items()}


_PLAIN = ("wave", "audience", "threshold", "built_on")
_TABLES: dict[str, type] = {
    "measures": MeasureInfo, "cells": Cell, "gaps": Gap, "changes": Change, "responses": Response,
    "reliability": Reliability, "followups": FollowUp, "notes": Note,
}  # fmt: skip


def _turned(gap: Gap, label: str) -> Gap:
    """The same gap seen from the other group."""

    def minus(value: float | None) -> float | None:
        return None if value is None else -value + 0.0

    return Gap(
        gap.cut, gap.against, gap.group, label, gap.measure, gap.symbol,
        minus(gap.difference), minus(gap.high), minus(gap.low), minus(gap.sincere_difference),
    )  # fmt: skip
