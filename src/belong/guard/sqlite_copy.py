"""Copying a SQLite database while it is used, and putting a copy back."""

import sqlite3
import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

from django.conf import settings
from django.db import connection, connections

from belong.guard.copying import OPEN_WAVES, TRAILS, BackupError, Contents, Copy

TABLES = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite!_%' ESCAPE '!'"


@contextmanager
def copied() -> Iterator[Copy]:
    """A checked copy as a stream, with what is in it; the copy is gone afterwards.

    It lies beside the database for that long, never where the backup goes: that may be somebody else's disk.
    """
    with tempfile.TemporaryDirectory(dir=settings.BELONG_HOME, prefix="backup-") as scratch:
        copy = Path(scratch) / "copy.sqlite3"
        connection.ensure_connection()
        with closing(sqlite3.connect(copy)) as into:
            connection.connection.backup(into)
            into.execute("PRAGMA journal_mode=DELETE")
            trails = {slug: f"{number}-{digest}" for slug, number, digest in into.execute(TRAILS)}
            waves = into.execute(OPEN_WAVES).fetchone()[0]
        counts = table_counts(copy)
        with copy.open("rb") as stream:
            yield Copy(stream, counts, trails, waves)


def put_back(
    unpacked: Callable[[], Iterable[bytes]], contents: Contents, keep: Callable[[Path], Path]
) -> Path | None:
    """Try the copy, then swap it in. The database as it was goes through `keep` first; returns where that put it."""
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
        kept = keep(_whole(database)) if database.exists() else None
        _drop_log(database)
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


def described(database: Path) -> tuple[dict[str, int], dict[str, str], int]:
    """Rows per table, heads of trails and open waves of a file; nothing of one that is damaged."""
    try:
        counts = table_counts(database)
        with closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True)) as found:
            trails = {slug: f"{number}-{digest}" for slug, number, digest in found.execute(TRAILS)}
            return counts, trails, found.execute(OPEN_WAVES).fetchone()[0]
    except (BackupError, sqlite3.DatabaseError):
        return {}, {}, 1


def _whole(database: Path) -> Path:
    """The file with its write-ahead log folded in."""
    with suppress(sqlite3.DatabaseError), closing(sqlite3.connect(database)) as current:
        current.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return database


def _drop_log(database: Path) -> None:
    for leftover in (f"{database.name}-wal", f"{database.name}-shm"):
        database.with_name(leftover).unlink(missing_ok=True)
