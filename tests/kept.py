"""A world that many tests begin from: built once in a run, then put back as rows.

    @pytest.fixture
    def wave(built_once, cast) -> Wave:
        return built_once("an open wave", lambda: open_wave(cast.survey_lead, plan(cast)), cast)

What building left behind is kept: the rows it added, changed or took away, the files in the home folder, the mails,
and what it gave. For a further test in the same place (the same day and clock, the same rows before) all of it is put
back, while it is fresh; for any other it is built as ever. What it gives must be something that `pickle` can copy;
rows that it shares with what is named after `build` stay the very objects of the test.
"""

import io
import pickle
from collections.abc import Callable, Iterator
from dataclasses import dataclass, fields, is_dataclass
from datetime import time
from pathlib import Path
from time import monotonic
from typing import Any

import pytest
from django.apps import apps
from django.conf import settings
from django.core import mail
from django.db import IntegrityError, connection, models, transaction

from belong.base import clock

Rows = dict[Any, tuple]


@dataclass(frozen=True)
class Table:
    name: str
    key: str
    columns: tuple[str, ...]
    counted: bool
    """Whether its keys are numbers that only grow."""

    @property
    def listed(self) -> str:
        return ", ".join(connection.ops.quote_name(column) for column in self.columns)

    @property
    def quoted(self) -> str:
        return connection.ops.quote_name(self.name)


@dataclass(frozen=True)
class World:
    """What building left behind, and where the tables stood before."""

    before: dict[Table, Any]
    found: dict[str, tuple[int, bytes]]
    """The files that were there: what is closed with another key cannot be read."""
    rows: dict[Table, list[tuple]]
    gone: dict[Table, list[Any]]
    changed: dict[tuple[str, Any], list[str]]
    """Columns of rows that were there before, by table and key."""
    files: dict[str, tuple[int, bytes]]
    mails: list[Any]
    given: bytes
    shared: set[tuple[str, Any]]
    until: float


FRESH = 150  # seconds: what ends first ends after five minutes, which is not to happen in the test that gets it last
_worlds: dict[tuple[Any, ...], World] = {}
_tables: list[Table] = []


@pytest.fixture
def built_once(db) -> Callable[..., Any]:
    """`built_once(name, build, *shared)`: what `build()` gives, with everything it leaves behind; built once."""
    return keep


def keep(name: str, build: Callable[[], Any], *shared: Any) -> Any:
    place = (name, clock._frozen.get(), clock.today())
    world = _worlds.get(place)
    if world is None or monotonic() > world.until:
        return _built(place, build, shared)
    if not (world.shared <= set(_named(shared)) and _stands(world) and _put_back(world)):
        return build()
    for one in _parts(shared):
        if isinstance(one, models.Model) and (columns := world.changed.get((one._meta.db_table, one.pk))):
            one.refresh_from_db(fields=[field.name for field in one._meta.fields if field.column in columns])
    return _loaded(world.given, shared)


def _built(place: tuple[Any, ...], build: Callable[[], Any], shared: tuple[Any, ...]) -> Any:
    before, files, mails = _rows(), _files(), len(getattr(mail, "outbox", []))
    given = build()
    after = _rows()
    new = {table: _other(rows, before.get(table, {})) for table, rows in after.items()}
    lost = {table: [key for key in rows if key not in after.get(table, {})] for table, rows in before.items()}
    changed = {
        (table.name, key): _apart(table, before[table][key], row)
        for table, rows in new.items()
        for key, row in rows.items()
        if key in before.get(table, {})
    }
    for table, rows in new.items():
        lost.setdefault(table, []).extend(key for key in rows if (table.name, key) in changed)
    rows = {table: list(found.values()) for table, found in new.items() if found}
    copy, used = _saved(given, shared)
    counted = [table for table in {*before, *rows} if table.counted]
    _worlds[place] = World(
        before={table: max(before.get(table, ()), default=None) for table in counted},
        found=files,
        rows=rows,
        gone={table: keys for table, keys in lost.items() if keys},
        changed=changed,
        files={name: body for name, body in _files().items() if files.get(name) != body},
        mails=getattr(mail, "outbox", [])[mails:],
        given=copy,
        shared=used,
        until=monotonic() + FRESH,
    )
    return given


def _apart(table: Table, before: tuple, after: tuple) -> list[str]:
    return [name for name, was, now in zip(table.columns, before, after, strict=True) if was != now]


def _other(rows: Rows, before: Rows) -> Rows:
    return {key: row for key, row in rows.items() if before.get(key) != row}


def _all_tables() -> list[Table]:
    if not _tables:
        kinds = apps.get_models(include_auto_created=True)
        for kind in {model._meta.db_table: model for model in kinds if model._meta.managed}.values():
            columns = tuple(
                field.column
                for field in kind._meta.local_concrete_fields
                if not isinstance(field, models.GeneratedField)
            )
            key = kind._meta.pk
            counted = isinstance(key, models.AutoField)
            _tables.append(Table(kind._meta.db_table, key.column, columns, counted))
    return _tables


def _rows() -> dict[Table, Rows]:
    """Every row there is, by table and key; tables without any are left out."""
    found = {}
    with connection.cursor() as cursor:
        for table in _all_tables():
            cursor.execute(f"SELECT {table.listed} FROM {table.quoted}")
            at = table.columns.index(table.key)
            if rows := {row[at]: tuple(map(_storable, row)) for row in cursor.fetchall()}:
                found[table] = rows
    return found


def _storable(value: Any) -> Any:
    """SQLite's module reads a time of day and writes none."""
    return str(value) if isinstance(value, time) and connection.vendor == "sqlite" else value


def _files() -> dict[str, tuple[int, bytes]]:
    home = Path(settings.BELONG_HOME)
    inside = (path for path in home.rglob("*") if path.is_file())
    return {str(path.relative_to(home)): (path.stat().st_mode, path.read_bytes()) for path in inside}


def _stands(world: World) -> bool:
    """Whether the tables and the files are as they were before the world was built."""
    if _files() != world.found:
        return False
    tables = list(world.before)
    largest = [
        f"(SELECT MAX({connection.ops.quote_name(table.key)}) FROM {table.quoted})" for table in tables
    ]
    if not largest:
        return True
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {', '.join(largest)}")
        return list(cursor.fetchone()) == [world.before[table] for table in tables]


def _put_back(world: World) -> bool:
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            for table, keys in world.gone.items():
                key = connection.ops.quote_name(table.key)
                cursor.executemany(f"DELETE FROM {table.quoted} WHERE {key} = %s", [(one,) for one in keys])
            for table, rows in world.rows.items():
                places = ", ".join(["%s"] * len(table.columns))
                cursor.executemany(f"INSERT INTO {table.quoted} ({table.listed}) VALUES ({places})", rows)
    except IntegrityError:
        return False
    for name, (mode, body) in world.files.items():
        path = Path(settings.BELONG_HOME) / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(body)
        path.chmod(mode)
    getattr(mail, "outbox", []).extend(world.mails)
    return True


class _Saving(pickle.Pickler):
    def __init__(self, file: io.BytesIO, shared: tuple[Any, ...]) -> None:
        super().__init__(file, pickle.HIGHEST_PROTOCOL)
        self.known = {id(one): name for name, one in _named(shared).items()}
        self.used: set[tuple[str, Any]] = set()

    def persistent_id(self, one: Any) -> tuple[str, Any] | None:
        name = self.known.get(id(one))
        if name is not None:
            self.used.add(name)
        return name


class _Loading(pickle.Unpickler):
    def __init__(self, file: io.BytesIO, shared: tuple[Any, ...]) -> None:
        super().__init__(file)
        self.known = _named(shared)

    def persistent_load(self, name: tuple[str, Any]) -> Any:
        return self.known[name]


def _saved(given: Any, shared: tuple[Any, ...]) -> tuple[bytes, set[tuple[str, Any]]]:
    file = io.BytesIO()
    saving = _Saving(file, shared)
    saving.dump(given)
    return file.getvalue(), saving.used


def _loaded(given: bytes, shared: tuple[Any, ...]) -> Any:
    return _Loading(io.BytesIO(given), shared).load()


def _named(shared: tuple[Any, ...]) -> dict[tuple[str, Any], Any]:
    """What is shared, by its kind and key."""
    named: dict[tuple[str, Any], Any] = {}
    for one in _parts(shared):
        key = one.pk if isinstance(one, models.Model) else None
        named.setdefault((type(one).__name__, key), one)
    return named


def _parts(thing: Any) -> Iterator[Any]:
    """The rows, and the objects that hold them."""
    if isinstance(thing, models.Model):
        yield thing
        if person := thing._state.fields_cache.get("person"):
            yield person
    elif isinstance(thing, list | tuple):
        for one in thing:
            yield from _parts(one)
    elif isinstance(thing, dict):
        yield from _parts(list(thing.values()))
    elif is_dataclass(thing):
        yield thing
        for field in fields(thing):
            yield from _parts(getattr(thing, field.name))
