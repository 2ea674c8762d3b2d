"""Copying a SQLite database while it is used, and putting a copy back."""

import sqlite3
import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import IO

from django.conf import settings
from django.db import connection, connections

from belong.base.clock import now
from belong.guard.copying import TRAILS, BackupError, Contents

TABLES = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite!_%' ESCAPE '!'"


@contextmanager
def copied() -> Iterator[tuple[IO[bytes], dict[str, int], dict[str, str]]]:
    """A checked copy as a stream, its rows per table and its heads of trails; the copy is gone afterwards.

    It lies beside the database for that long, never where the backup goes: that may be somebody else's disk.
    """
    with tempfile.TemporaryDirectory(dir=settings.BELONG_HOME, prefix="backup-") as scratch:
        copy = Path(scratch) / "copy.sqlite3"
        connection.ensure_connection()
        with closing(sqlite3.connect(copy)) as into:
            connection.connection.backup(into)
            into.execute("PRAGMA journal_mode=DELETE")
            trails = {slug: f"{number}-{digest}" for slug, number, digest in into.execute(TRAILS)}
        counts = table_counts(copy)
        with copy.open("rb") as stream:
            yield stream, counts, trails


def put_back(unpacked: Callable[[], Iterable[bytes]], contents: Contents) -> Path | None:
    """Try the copy, then swap it in; returns where the database as it was is kept."""
    database = Path(settings.DATABASES["default"]["NAME"])  # type: ignore[arg-type]
    database.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=database.parent, prefix="restore-") as scratch:
        tried = Path(scratch) / "tried.sqlite3"
        with tried.open("wb") as sink:
            sink.writelines(unpacked())
        counts = table_counts(tried)
        if "people_school" not in counts:
            raise BackupError("this is a database, but not one of belong")
        contents.compare(counts)
        connections.close_all()
        kept = _set_aside(database)
        tried.replace(database)
    database.chmod(0o600)
    return kept


def table_counts(path: Path) -> dict[str, int]:
    """Rows per table of a SQLite file, after its integrity check. Raises BackupError."""
    try:
        with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as database:
            verdict = database.execute("PRAGMA integrity_check").fetchone()[0]
            if verdict != "ok":
                raise BackupError(f"{path.name} fails its integrity check: {verdict}")
            names = database.execute(TABLES).fetchall()
            # Names come from the file's own catalogue and are quoted as identifiers.
            return {n: database.execute(f'SELECT count(*) FROM "{n}"').fetchone()[0] for (n,) in names}  # noqa: S608
    except sqlite3.DatabaseError as error:
        raise BackupError(f"{path.name} is not a database ({error})") from None


def _set_aside(database: Path) -> Path | None:
    """Move the database away, whole: its write-ahead log is folded in first."""
    kept = None
    if database.exists():
        kept = database.with_name(f"before-restore-{now():%Y-%m-%d-%H%M%S}.sqlite3")
        with closing(sqlite3.connect(database)) as current:
            current.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        database.replace(kept)
    for leftover in (f"{database.name}-wal", f"{database.name}-shm"):
        database.with_name(leftover).unlink(missing_ok=True)
    return kept
