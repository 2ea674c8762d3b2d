"""Backing up and restoring the database, and trying a backup before it is trusted.

SQLite is copied online (its backup API), PostgreSQL by `pg_dump`. The signing key is not in a backup: a
restored machine keeps or makes its own.
"""

import gzip
import os
import shutil
import sqlite3
import subprocess
import tempfile
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection, connections

from belong.base.clock import now


class BackupError(Exception):
    """A backup or restore that could not be done; the text says why and what to do."""


def backup(folder: Path | None = None) -> Path:
    """Write a checked backup into `folder` (default BELONG_HOME/backups); returns the file.

    Raises BackupError; a file that fails its check is removed.
    """
    folder = folder or Path(settings.BELONG_HOME) / "backups"
    folder.mkdir(parents=True, exist_ok=True)
    stamp = now().strftime("%Y-%m-%d-%H%M%S")
    if connection.vendor == "sqlite":
        target = folder / f"belong-{stamp}.sqlite3.gz"
        _backup_sqlite(target)
    else:
        target = folder / f"belong-{stamp}.pgdump"
        _pg("pg_dump", "--format=custom", f"--file={target}")
    target.chmod(0o600)
    return target


def restore(file: Path) -> Path | None:
    """Put a backup in place of the current database; returns where the old one was kept (SQLite).

    The file is tried first; nothing is touched when it fails. Raises BackupError.
    """
    if not file.exists():
        raise BackupError(f"there is no file {file}")
    if connection.vendor == "sqlite":
        return _restore_sqlite(file)
    if file.suffix != ".pgdump":
        raise BackupError(f"{file.name} is not a PostgreSQL backup (*.pgdump)")
    connections.close_all()
    _pg("pg_restore", "--clean", "--if-exists", "--single-transaction", "--no-owner", str(file))
    return None


def table_counts(path: Path) -> dict[str, int]:
    """Rows per table of a SQLite file, after its integrity check. Raises BackupError."""
    try:
        with sqlite3.connect(f"file:{path}?mode=ro", uri=True) as database:
            verdict = database.execute("PRAGMA integrity_check").fetchone()[0]
            if verdict != "ok":
                raise BackupError(f"{path.name} fails its integrity check: {verdict}")
            names = database.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
            # Names come from the file's own catalogue and are quoted as identifiers.
            return {n: database.execute(f'SELECT count(*) FROM "{n}"').fetchone()[0] for (n,) in names}  # noqa: S608
    except sqlite3.DatabaseError as error:
        raise BackupError(f"{path.name} is not a database ({error})") from None


def _backup_sqlite(target: Path) -> None:
    with tempfile.TemporaryDirectory(dir=target.parent) as scratch:
        copy = Path(scratch) / "copy.sqlite3"
        connection.ensure_connection()
        with sqlite3.connect(copy) as into:
            connection.connection.backup(into)
        wanted = table_counts(copy)
        packed = Path(scratch) / "copy.gz"
        with copy.open("rb") as source, gzip.open(packed, "wb", compresslevel=6) as sink:
            shutil.copyfileobj(source, sink)
        tried = Path(scratch) / "tried.sqlite3"
        _unpack(packed, tried)
        if table_counts(tried) != wanted:
            raise BackupError("the backup, read back, does not hold what was written; is the disk sound?")
        packed.replace(target)


def _unpack(packed: Path, target: Path) -> None:
    try:
        with gzip.open(packed, "rb") as source, target.open("wb") as sink:
            shutil.copyfileobj(source, sink)
    except (gzip.BadGzipFile, EOFError) as error:
        raise BackupError(f"{packed.name} is not a whole backup ({error})") from None


def _restore_sqlite(file: Path) -> Path | None:
    database = Path(settings.DATABASES["default"]["NAME"])
    with tempfile.TemporaryDirectory(dir=database.parent) as scratch:
        tried = Path(scratch) / "tried.sqlite3"
        _unpack(file, tried)
        if "people_school" not in table_counts(tried):
            raise BackupError(f"{file.name} is a database, but not one of belong")
        connections.close_all()
        kept = None
        if database.exists():
            kept = database.with_name(f"before-restore-{datetime.now():%Y-%m-%d-%H%M%S}.sqlite3")
            _settle(database)
            database.replace(kept)
        for leftover in (f"{database.name}-wal", f"{database.name}-shm"):
            database.with_name(leftover).unlink(missing_ok=True)
        tried.replace(database)
        database.chmod(0o600)
    return kept


def _settle(database: Path) -> None:
    """Fold the write-ahead log into the file, so that the file alone is whole."""
    with sqlite3.connect(database) as current:
        current.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _pg(program: str, *words: str) -> None:
    if shutil.which(program) is None:
        raise BackupError(f"{program} is not installed (Debian: postgresql-client)")
    values: dict[str, Any] = settings.DATABASES["default"]
    env = {**os.environ, "PGPASSWORD": str(values.get("PASSWORD", ""))}
    where = ["--dbname=" + str(values["NAME"])]
    for option, key in (("--host", "HOST"), ("--port", "PORT"), ("--username", "USER")):
        if values.get(key):
            where.append(f"{option}={values[key]}")
    done = subprocess.run([program, *where, *words], env=env, capture_output=True, text=True, check=False)
    if done.returncode:
        raise BackupError(
            f"{program} failed: {done.stderr.strip().splitlines()[-1] if done.stderr else 'no reason given'}"
        )
