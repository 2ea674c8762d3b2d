"""A throwaway PostgreSQL on a Unix socket, for tests and measurements."""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote


def programs() -> Path | None:
    """The folder with `initdb` and `postgres`, newest version first."""
    for folder in sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True):
        if (folder / "initdb").exists() and (folder / "postgres").exists():
            return folder
    found = shutil.which("postgres")
    return Path(found).parent if found and shutil.which("initdb") else None


@contextmanager
def throwaway(*, durable: bool = False) -> Iterator[str]:
    """Start a server in a temporary folder; yields its DATABASE_URL; stops and removes it afterwards.

    `durable` leaves every commit to be flushed to the disk, as a school's own server does.
    `initdb` refuses root, so as root the server runs as `nobody`.
    """
    binaries = programs()
    if binaries is None:
        raise SystemExit("PostgreSQL is not installed: apt-get install postgresql")
    folder = Path(tempfile.mkdtemp(prefix="belong-pg-"))
    data, as_user = folder / "data", []
    if os.geteuid() == 0:
        as_user = ["runuser", "-u", "nobody", "--"]
        shutil.chown(folder, "nobody")
    folder.chmod(0o755)
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.PIPE, "text": True, "cwd": "/"}
    made = subprocess.run(
        [
            *as_user,
            str(binaries / "initdb"),
            "-D",
            str(data),
            "-U",
            "belong",
            "-A",
            "trust",
            "-E",
            "UTF8",
            "--no-sync",
        ],
        **quiet,
    )
    if made.returncode:
        raise SystemExit(f"PostgreSQL could not be set up: {made.stderr}")
    options = f"-k {folder} -c listen_addresses='' -c max_connections=60"
    if not durable:
        options += " -c fsync=off -c full_page_writes=off"
    control = [*as_user, str(binaries / "pg_ctl"), "-D", str(data), "-l", str(data / "log"), "-w"]
    started = subprocess.run([*control, "-o", options, "start"], **quiet)
    if started.returncode:
        raise SystemExit(f"PostgreSQL did not start: {started.stderr}\n{(data / 'log').read_text()}")
    try:
        yield f"postgres://belong@/postgres?host={quote(str(folder), safe='')}"
    finally:
        subprocess.run([*control, "-m", "immediate", "stop"], **quiet)
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    with throwaway() as url:
        sys.exit(subprocess.run(sys.argv[1:], env={**os.environ, "DATABASE_URL": url}).returncode)
