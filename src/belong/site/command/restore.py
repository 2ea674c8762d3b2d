"""`belong restore FILE`: put a backup back."""

import argparse
import sys
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from belong.guard.backup import Restored

HELP = """\
Put a backup in place of the current database. Stop `belong serve` first.

  belong restore /mnt/usb/belong-2026-11-20-020000.backup
  belong restore belong-2026-11-20-020000.backup --key backup.key      on a new machine

The whole file is tried before anything is touched. On SQLite the current database is kept as an encrypted backup of
its own; on PostgreSQL it is replaced in one transaction. Whoever was erased after the backup was made is erased again:
BELONG_HOME/erased.jsonl, and a file of that name beside the backup, say who.
"""


def add(subparsers: Any) -> None:
    """Add `belong restore`."""
    restore = subparsers.add_parser(
        "restore",
        help="put a backup back",
        description=HELP,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    restore.add_argument("file", type=Path)
    restore.add_argument("--key", metavar="FILE", type=Path, help="the key (default BELONG_HOME/backup.key)")
    restore.add_argument("--yes", action="store_true", help="do not ask")
    restore.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Ask, restore, bring the tables up to this version, check the trails; 2 when the file is no good."""
    from belong.site.prepare import setup

    setup()
    from belong.guard.backup import BackupError, restore
    from belong.guard.rights import tombstones

    if not args.yes and not _sure(args.file):
        print("Nothing was changed.")
        return 1
    _write_down()
    try:
        restored = restore(args.file, args.key)
    except (BackupError, OSError) as error:
        sys.stderr.write(f"belong restore: {error}\nNothing was changed.\n")
        return 2
    from belong.site.prepare import prepare

    prepare()
    erased, rows = tombstones.erase_again(args.file.parent / tombstones.FILE)
    return _report(restored, erased, rows)


def _write_down() -> None:
    """What was erased must be on the disk before the database that knows it goes; an empty one knows nothing."""
    from django.db import DatabaseError

    from belong.guard.rights import tombstones

    with suppress(DatabaseError):
        tombstones.write_down()


def _report(restored: "Restored", erased: int, rows: int) -> int:
    """Say what is there now; 1 when something still needs doing."""
    made = f"{restored.contents.made_at:%d %B %Y %H:%M} UTC"
    print(f"Restored the school as it was on {made}: {sum(restored.contents.counts.values())} rows.")
    if restored.kept:
        print(f"The database as it was before is in {restored.kept}, encrypted like a backup.")
    if erased:
        print(f"{erased} erasures made after this backup were made again: {rows} rows went.")
    broken = list(_broken_trails(restored.contents.trails))
    for line in broken or ["Every audit trail is whole, as far as it went then."]:
        print(line)
    if restored.missing_text_key:
        sys.stderr.write(
            f"belong restore: texts people wrote need the key {restored.missing_text_key}, which is not here. Put the "
            "school's copy of text.key into a file and run `belong keys add FILE`.\n"
        )
    return 1 if broken or restored.missing_text_key else 0


def _broken_trails(heads: dict[str, str]) -> Any:
    from belong.base.chain import Head, verify
    from belong.people.models import School

    for school in School.objects.filter(slug__in=heads):
        verdict = verify(school, Head.read(heads[school.slug]))
        if verdict.problem:
            yield f"The audit trail of {school.name} is not whole: {verdict.problem}."


def _sure(file: Path) -> bool:
    if not sys.stdin.isatty():
        sys.stderr.write("belong restore: add --yes to restore without being asked\n")
        return False
    answer = input(f"Replace the current database with {file.name}? Type yes: ")
    return answer.strip().lower() == "yes"
