"""Rows to plain data and back, and the digest that seals a release.

A table is stored as its column names once and one list a row: a school's release is some 3,000 rows.
"""

from __future__ import annotations

import functools
import hashlib
import json
from collections.abc import Sequence
from dataclasses import fields
from typing import Any

from belong.release.rows import Gap


def encode(rows: Sequence[Any], kind: type) -> dict[str, Any]:
    """Rows of one dataclass as ``{"columns": [...], "rows": [[...], ...]}``."""
    names = [field.name for field in fields(kind)]
    return {"columns": names, "rows": [[_plain(getattr(row, name)) for name in names] for row in rows]}


def normal(table: dict[str, Any], kind: type) -> dict[str, Any]:
    """The table as ``encode`` would write it: databases may give 61 for 61.0. ``ValueError`` for other columns.

    A seal is computed from this, so that rows need not be built and taken apart again to check it.
    """
    names, floats, _, nested = _columns(kind)
    if table["columns"] != list(names):
        raise ValueError(f"these are not the columns of a {kind.__name__}")
    rows = [list(row) for row in table["rows"]]
    for row in rows:
        if len(row) != len(names):
            raise ValueError(f"a row does not fit the columns of a {kind.__name__}")
        for i in floats:
            if row[i] is not None and type(row[i]) is not float:
                row[i] = float(row[i])
        for i in nested:
            if row[i] is not None:
                row[i] = normal(row[i], Gap)
    return {"columns": table["columns"], "rows": rows}


def decode(table: dict[str, Any], kind: type) -> tuple[Any, ...]:
    """The rows of a ``normal`` table, lists put back as tuples.

    Filled without ``__init__``, which a frozen dataclass makes slow; the rows hold no other state.
    """
    names, _, tuples, nested = _columns(kind)
    made = []
    for row in table["rows"]:
        one: Any = object.__new__(kind)
        held = one.__dict__
        held.update(zip(names, row, strict=True))
        for i in tuples:
            if row[i] is not None:
                held[names[i]] = tuple(row[i])
        for i in nested:
            if row[i] is not None:
                held[names[i]] = decode(row[i], Gap)[0]
        made.append(one)
    return tuple(made)


def digest(plain: dict[str, Any]) -> str:
    """SHA-256 of canonical JSON: sorted keys, no spaces."""
    text = json.dumps(plain, sort_keys=True, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return hashlib.sha256(text.encode()).hexdigest()


def _plain(value: Any) -> Any:
    if isinstance(value, Gap):
        return encode([value], Gap)
    return list(value) if isinstance(value, tuple) else value


@functools.cache
def _columns(kind: type) -> tuple[tuple[str, ...], tuple[int, ...], tuple[int, ...], tuple[int, ...]]:
    """Names of the columns, and the places of those that hold floats, tuples and gaps."""
    types = [(field.name, str(field.type)) for field in fields(kind)]
    places = [
        tuple(i for i, (_, t) in enumerate(types) if t.startswith(w)) for w in ("float", "tuple", "Gap")
    ]
    return tuple(name for name, _ in types), places[0], places[1], places[2]
