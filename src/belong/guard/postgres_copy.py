"""Copying a PostgreSQL database while it is used (`pg_dump`), and putting a copy back (`pg_restore` into `psql`).

Nothing is written to disk in the clear: both stream. Putting back is one transaction: it drops what is there, runs the
dump and commits only when all of the backup has arrived sound.
"""

import os
import shutil
import subprocess
import tempfile
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from typing import IO, Any

from django.db import connection, connections

from belong.guard.copying import OPEN_WAVES, TRAILS, BackupError, Contents, Copy

TABLES = "SELECT tablename FROM pg_tables WHERE schemaname = current_schema() ORDER BY 1"
BEGIN = """
BEGIN;
SET LOCAL lock_timeout = '10s';
DO $$
DECLARE one record;
BEGIN
    FOR one IN SELECT tablename AS name FROM pg_tables WHERE schemaname = current_schema() LOOP
        EXECUTE format('DROP TABLE %I CASCADE', one.name);
    END LOOP;
    FOR one IN SELECT oid::regprocedure AS name FROM pg_proc WHERE pronamespace = current_schema()::regnamespace LOOP
        EXECUTE format('DROP ROUTINE %s CASCADE', one.name);
    END LOOP;
END $$;
"""


@contextmanager
def copied() -> Iterator[Copy]:
    """A dump as a stream, with what is in it, all of the same moment."""
    with _snapshot() as (snapshot, counts, trails, waves):
        command = _command("pg_dump", "--format=custom", "--compress=0", f"--snapshot={snapshot}")
        with tempfile.TemporaryFile() as said, _run(command, said, stdout=subprocess.PIPE) as dump:
            yield Copy(dump.stdout, counts, trails, waves)
            if dump.wait():
                raise BackupError(_reason("pg_dump", said))


def put_back(unpacked: Callable[[], Iterable[bytes]], contents: Contents, keep: object = None) -> None:
    """Read the whole backup once to see that it is sound, then put it in place of what is there, in one transaction.

    Nothing of what was there is kept (`keep` is for SQLite, where it is a file)."""
    for _ in unpacked():
        pass
    connections.close_all()
    with tempfile.TemporaryFile() as unpacking, tempfile.TemporaryFile() as running:
        psql = _command("psql", "--no-psqlrc", "--quiet", "--output=/dev/null", "--set=ON_ERROR_STOP=1")
        pg_restore = [_program("pg_restore"), "--no-owner", "--no-privileges", "--file=-"]
        with (
            _run(psql, running, stdin=subprocess.PIPE) as into,
            _run(pg_restore, unpacking, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as script,
        ):
            feeding = _Feeding(script.stdin, unpacked())
            with suppress(BrokenPipeError):  # psql stopped at an error; it says which
                into.stdin.write(BEGIN.encode())
                shutil.copyfileobj(script.stdout, into.stdin)
                feeding.join()
                if script.wait() == 0 and feeding.error is None:
                    into.stdin.write(b"\nCOMMIT;\n")
            with suppress(BrokenPipeError):
                into.stdin.close()  # without a COMMIT, nothing has happened
            failed = into.wait()
            if failed:
                script.kill()
            feeding.join()
        if failed:
            raise BackupError(_reason("psql", running))
        if feeding.error or script.returncode:
            raise feeding.error or BackupError(_reason("pg_restore", unpacking))
    with connection.cursor() as cursor:
        contents.compare(_counts(cursor))


class _Feeding(threading.Thread):
    """Hands a program its input while somebody else reads its output; keeps what went wrong."""

    def __init__(self, into: Any, pieces: Iterable[bytes]) -> None:
        super().__init__(daemon=True)
        self.into, self.pieces = into, pieces
        self.error: Exception | None = None
        self.start()

    def run(self) -> None:
        try:
            self.into.writelines(self.pieces)
        except BrokenPipeError:
            pass  # the program ended early and says why itself
        except Exception as error:
            self.error = error
        with suppress(BrokenPipeError):
            self.into.close()


@contextmanager
def _snapshot() -> Iterator[tuple[str, dict[str, int], dict[str, str], int]]:
    """A moment of the database that `pg_dump` can see too, on a connection of its own."""
    own = connection.copy()
    try:
        own.set_autocommit(False)
        with own.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
            cursor.execute("SELECT pg_export_snapshot()")
            snapshot = cursor.fetchone()[0]
            counts = _counts(cursor)
            cursor.execute(TRAILS)
            trails = {slug: f"{number}-{digest}" for slug, number, digest in cursor.fetchall()}
            cursor.execute(OPEN_WAVES)
            yield snapshot, counts, trails, cursor.fetchone()[0]
    finally:
        own.close()


def _counts(cursor: Any) -> dict[str, int]:
    """Rows per table of the schema in use."""
    cursor.execute(TABLES)
    counts = {}
    for (name,) in cursor.fetchall():
        # Names come from the database's own catalogue and are quoted as identifiers.
        cursor.execute(f"SELECT count(*) FROM {connection.ops.quote_name(name)}")  # noqa: S608
        counts[name] = cursor.fetchone()[0]
    return counts


def _program(name: str) -> str:
    found = shutil.which(name)
    if found is None:
        raise BackupError(f"{name} is not installed (Debian: apt-get install postgresql-client)")
    return found


def _command(program: str, *words: str) -> list[str]:
    """A program with where the database is; the password goes through the environment, not the process list."""
    values = connection.settings_dict
    where = [f"--dbname={values['NAME']}"]
    for option, key in (("--host", "HOST"), ("--port", "PORT"), ("--username", "USER")):
        if values.get(key):
            where.append(f"{option}={values[key]}")
    return [_program(program), *where, *words]


@contextmanager
def _run(command: list[str], said: IO[bytes], **pipes: Any) -> Iterator[Any]:
    """Run a program; what it says goes to a file, so that it never blocks; stopped when we stop."""
    env = {**os.environ, "PGPASSWORD": str(connection.settings_dict.get("PASSWORD") or "")}
    with subprocess.Popen(command, env=env, stderr=said, **pipes) as process:
        try:
            yield process
        except BaseException:
            process.kill()
            raise


def _reason(program: str, said: IO[bytes]) -> str:
    said.seek(0)
    lines = said.read().decode("utf-8", "replace").strip().splitlines()
    if any("lock timeout" in line for line in lines):
        return "somebody still uses the database; stop `belong serve` and try again"
    return f"{program} failed: {lines[0] if lines else 'it gave no reason'}"
