"""`belong check`: is this installation sound?"""

import argparse
import shutil
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import Any

HELP = """\
Look over this installation: settings, tables, the database file, content files, backups, space.

  belong check          prints a line per check; exit code 1 when one fails
"""


def add(subparsers: Any) -> None:
    """Add `belong check`."""
    check = subparsers.add_parser(
        "check",
        help="is this installation sound?",
        description=HELP,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    check.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Print each check with its outcome."""
    from belong.site.prepare import setup

    setup()
    from rich.console import Console

    console = Console(highlight=False)
    failed = 0
    for name, problem in checks():
        failed += bool(problem)
        console.print(f"[{'red' if problem else 'green'}]{'no ' if problem else 'yes'}[/] {name}", end="")
        console.print(f": {problem}" if problem else "", soft_wrap=True)
    return 1 if failed else 0


def checks() -> Iterator[tuple[str, str]]:
    """(what holds, or "" and what is wrong with the mend)."""
    from django.conf import settings

    home = Path(settings.BELONG_HOME)
    yield "every table is up to this version", _migrations()
    yield "the database is sound", _database()
    yield "every instrument and practice can be read", _content()
    yield "the signing key is its owner's alone", _key(home / "secret.key")
    yield "there is a gigabyte of space", _space(home)
    yield "there is a backup of the last week", _backups(home / "backups")


def _migrations() -> str:
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return f"{len(waiting)} changes wait; `belong serve` brings them in" if waiting else ""


def _database() -> str:
    from django.db import connection

    with connection.cursor() as cursor:
        if connection.vendor != "sqlite":
            cursor.execute("SELECT 1")
            return ""
        cursor.execute("PRAGMA integrity_check")
        verdict = cursor.fetchone()[0]
        return "" if verdict == "ok" else f"{verdict}; restore the last backup (`belong restore`)"


def _content() -> str:
    from belong.act.practices import practices
    from belong.measure.instrument import InstrumentError, available, load

    try:
        for key in available():
            load(key)
        practices()
    except (InstrumentError, ValueError) as error:
        return str(error)
    return ""


def _key(path: Path) -> str:
    if not path.exists():
        return ""
    open_to_others = stat.S_IMODE(path.stat().st_mode) & 0o077
    return f"others can read {path}; run `chmod 600 {path}`" if open_to_others else ""


def _space(home: Path) -> str:
    free = shutil.disk_usage(home).free
    return "" if free > 1e9 else f"{free / 1e6:.0f} MB are left; make room"


def _backups(folder: Path) -> str:
    from datetime import timedelta

    from belong.base.clock import now

    newest = max((file.stat().st_mtime for file in folder.glob("belong-*")), default=0.0)
    fresh = newest > (now() - timedelta(days=7)).timestamp()
    return "" if fresh else "run `belong backup`, best every night"
