"""Copies of the database as an attacker takes them: every table in its physical order, and the raw bytes."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.db import connection

Row = dict[str, Any]
HIDDEN = {"sqlite": "rowid AS _place", "postgresql": "ctid::text AS _place, xmin::text AS _transaction"}


@dataclass(frozen=True)
class Copy:
    """A database at one moment. Rows stand as they lie; `_place` and `_transaction` are its hidden columns."""

    tables: dict[str, list[Row]]
    raw: bytes

    def mentions(self, wanted: bytes) -> int:
        """How often some bytes stand in the files."""
        return self.raw.count(wanted)


def copy_now() -> Copy:
    """Everything there is now."""
    with connection.cursor() as cursor:
        names = connection.introspection.table_names(cursor)
        tables = {name: _rows(cursor, name) for name in names}
        return Copy(tables, _files(cursor, names))


def rows_of(name: str) -> list[Row]:
    """The rows of one table as they lie."""
    with connection.cursor() as cursor:
        return _rows(cursor, name)


def _rows(cursor: Any, name: str) -> list[Row]:
    cursor.execute(f'SELECT {HIDDEN[connection.vendor]}, * FROM "{name}"')
    columns = [column[0] for column in cursor.description]
    return [dict(zip(columns, map(_plain, row), strict=True)) for row in cursor.fetchall()]


def _plain(value: Any) -> Any:
    return bytes(value) if isinstance(value, memoryview) else value


def _files(cursor: Any, names: list[str]) -> bytes:
    """The bytes on disk: the database with its log on SQLite, the files of its tables on PostgreSQL."""
    if connection.vendor == "sqlite":
        path = Path(str(connection.settings_dict["NAME"]))
        files = [path, path.with_name(f"{path.name}-wal"), path.with_name(f"{path.name}-journal")]
        return b"".join(file.read_bytes() for file in files if file.exists())
    cursor.execute("CHECKPOINT")
    held = []
    for name in names:
        cursor.execute("SELECT pg_read_binary_file(pg_relation_filepath(%s))", [f'"{name}"'])
        held.append(bytes(cursor.fetchone()[0]))
    return b"".join(held)
