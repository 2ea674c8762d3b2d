"""Rows to plain data and back, and the digest that seals a release.

A table is stored as its column names once and one list a row: a school's release is some 3,000 rows.
"""

from __future__ import annotations

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


def decode(table: dict[str, Any], kind: type) -> tuple[Any, ...]:
    """The rows again. Raises ``ValueError`` if the columns are not exactly those of ``kind``."""
    kinds = {field.name: str(field.type) for field in fields(kind)}
    if table["columns"] != list(kinds):
        raise ValueError(f"these are not the columns of a {kind.__name__}")
    return tuple(
        kind(*(_typed(value, kinds[name]) for name, value in zip(kinds, row, strict=True)))
        for row in table["rows"]
    )


def digest(plain: dict[str, Any]) -> str:
    """SHA-256 of canonical JSON: sorted keys, no spaces."""
    text = json.dumps(plain, sort_keys=True, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return hashlib.sha256(text.encode()).hexdigest()


def _plain(value: Any) -> Any:
    if isinstance(value, Gap):
        return encode([value], Gap)
    return list(value) if isinstance(value, tuple) else value


def _typed(value: Any, kind: str) -> Any:
    """Databases may give 61 for 61.0 and lists for tuples; the types are put back by the field's own."""
    if value is None:
        return None
    if kind.startswith("tuple"):
        return tuple(value)
    if kind.startswith("Gap"):
        return decode(value, Gap)[0]
    return float(value) if kind.startswith("float") else value
