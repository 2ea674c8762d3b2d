"""`belong check`: is this installation sound?"""

import argparse
import shutil
import stat
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

HELP = """\
Look over this installation: settings, tables, the database, the audit trail, content files, keys, backups, space.

  belong check
      prints a line per check; exit code 1 when one fails
  belong check --noted oak-park:1234-9f86d081884c7d65
      also: has the trail of that school come through the head you wrote down then? (repeatable)

For each school it prints the head of its audit trail: the number and hash of the last entry. Write it down outside
this machine now and then; with it nobody can rewrite or shorten the trail unseen. The first 16 digits will do.
"""


def add(subparsers: Any) -> None:
    """Add `belong check`."""
    check = subparsers.add_parser(
        "check",
        help="is this installation sound?",
        description=HELP,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    check.add_argument(
        "--noted",
        metavar="SCHOOL:HEAD",
        action="append",
        default=[],
        help="a head of a trail, written down earlier",
    )
    check.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Print each check with its outcome; 2 when a noted head cannot be read."""
    from belong.site.prepare import setup

    setup()
    from rich.console import Console
    from rich.markup import escape

    try:
        noted = _noted(args.noted)
    except ValueError as error:
        sys.stderr.write(f"belong check: {error}\n")
        return 2
    console = Console(highlight=False, soft_wrap=True)
    failed = 0
    for check in checks(noted):
        failed += bool(check.problem)
        verdict = "[red]no [/]" if check.problem else "[green]yes[/]"
        console.print(
            f"{verdict} {escape(check.name)}" + (f": {escape(check.problem)}" if check.problem else "")
        )
        if check.note:
            console.print(f"    {escape(check.note)}")
    return 1 if failed else 0


@dataclass(frozen=True)
class Check:
    """What should hold; `problem` is "" or says what is wrong with the mend; `note` is worth knowing either way."""

    name: str
    problem: str
    note: str = ""


def checks(noted: Mapping[str, Any]) -> Iterator[Check]:
    """Every check in turn. Where tables are missing, those that read them are left out."""
    from django.conf import settings

    home = Path(settings.BELONG_HOME)
    waiting = _migrations()
    yield Check("every table is up to this version", waiting)
    yield Check("the database is sound", _database())
    if not waiting:
        yield from _trails(noted)
        yield Check("every encrypted text can be opened", _texts())
        yield Check("no background job has failed", _jobs())
    yield Check("every instrument and practice can be read", _content())
    for name in (
        "secret.key",
        "text.key",
        "backup.key",
        *sorted(one.name for one in home.glob("badge-*.key")),
    ):
        yield Check(f"{name} is its owner's alone", _key(home / name))
    yield Check("there is a gigabyte of space", _space(home))
    yield Check("there is a backup of the last week", _backups(home / "backups"))


def _noted(texts: Sequence[str]) -> dict[str, Any]:
    """Heads by school, from "oak-park:1234-9f86d081884c"."""
    from belong.base.chain import Head
    from belong.people.models import School

    heads = {}
    for text in texts:
        slug, _, head = text.partition(":")
        if not School.objects.filter(slug=slug).exists():
            known = ", ".join(School.objects.order_by("slug").values_list("slug", flat=True))
            raise ValueError(f"there is no school {slug!r} here; there are: {known or 'none'}")
        heads[slug] = Head.read(head)
    return heads


def _trails(noted: Mapping[str, Any]) -> Iterator[Check]:
    from belong.base.append_only import is_guarded
    from belong.base.chain import verify
    from belong.people.models import School

    lost = "its triggers are gone; run `belong manage migrate base 0001 --fake`, then `belong manage migrate base`"
    yield Check("the audit trail can only grow", "" if is_guarded() else lost)
    for school in School.objects.order_by("name"):
        verdict = verify(school, noted.get(school.slug))
        problem = (
            f"{verdict.problem}. Keep this database and the last backups, and tell the head"
            if verdict.problem
            else ""
        )
        head = f"{verdict.entries} entries; to be written down: {school.slug}:{verdict.head}"
        yield Check(f"{school.name}: the audit trail is unbroken", problem, "" if problem else head)
    yield from _concerns()


def _concerns() -> Iterator[Check]:
    from belong.guard.concerns.record import are_guarded, verify
    from belong.people.models import School

    lost = "its triggers are gone; run `belong manage migrate`"
    yield Check("the record of concerns can only grow", "" if are_guarded() else lost)
    for school in School.objects.order_by("name"):
        verdict = verify(school)
        problem = f"{verdict.problem}. Keep this database and the last backups, and tell the head"
        yield Check(
            f"{school.name}: the record of concerns is unbroken",
            problem if verdict.problem else "",
            ""
            if verdict.problem
            else f"{verdict.entries} entries; the last one ends in {verdict.head.hash[:16]}",
        )


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


def _texts() -> str:
    from belong.base.rekeying import count_by_key
    from belong.base.secrets import Unreadable, text_keys

    texts = count_by_key()
    try:
        have = {key.id for key in text_keys()} if texts else set()
    except Unreadable as no:
        return no.reason
    missing = [f"{count} need key {name}" for name, count in sorted(texts.items()) if name not in have]
    return f"{'; '.join(missing)}; put it back with `belong keys add FILE`" if missing else ""


def _jobs() -> str:
    from belong.base.jobs import failed

    found = ", ".join(f"{name} ({count})" for name, count in sorted(failed().items()))
    mend = "those that found the disk full or the database gone are tried again within the hour; tell us of others"
    return f"{found}; {mend}" if found else ""


def _content() -> str:
    from belong.act.practices import practices
    from belong.content.translations import languages, require_fitting, text_names
    from belong.measure.instrument import InstrumentError, available, load
    from belong.measure.translating import shipped_overlay

    try:
        for key in available():
            load(key)
        practices()
        for one in languages()[1:]:
            for name in text_names():
                require_fitting(one.code, name)
            for key in available():
                shipped_overlay(key, one.code)
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
