"""`belong restore FILE`: put a backup back."""

import argparse
import sys
from pathlib import Path
from typing import Any

HELP = """\
Put a backup in place of the current database. Stop `belong serve` first.

  belong restore var/backups/belong-2026-11-20-020000.sqlite3.gz

The file is tried before anything is touched, and the current database is kept beside it.
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
    restore.add_argument("--yes", action="store_true", help="do not ask")
    restore.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Ask, restore, bring the tables up to this version; exit code 2 when the file is no good."""
    from belong.site.prepare import setup

    setup()
    from belong.guard.backup import BackupError, restore

    if not args.yes and not _sure(args.file):
        print("Nothing was changed.")
        return 1
    try:
        kept = restore(args.file)
    except BackupError as error:
        sys.stderr.write(f"belong restore: {error}\nNothing was changed.\n")
        return 2
    from belong.site.prepare import prepare

    prepare()
    print("Restored." + (f" The database as it was before is in {kept}" if kept else ""))
    return 0


def _sure(file: Path) -> bool:
    if not sys.stdin.isatty():
        sys.stderr.write("belong restore: add --yes to restore without being asked\n")
        return False
    answer = input(f"Replace the current database with {file.name}? Type yes: ")
    return answer.strip().lower() == "yes"
