"""`belong backup`: an online, encrypted, checked copy of the database."""

import argparse
import sys
from pathlib import Path
from typing import Any

HELP = """\
Copy the database while the school goes on working, encrypt the copy, read it back, and say where it is.

  belong backup                   into BELONG_HOME/backups
  belong backup /mnt/usb          into another folder

Backups made while a wave is open live for 7 days: older ones in the same folder are deleted.

The first time, a key is made: BELONG_HOME/backup.key. Nobody can open a backup without it. Keep a copy of it on paper
or in a password manager, away from this machine and from the backups. Keep the backups on another machine.
"""


def add(subparsers: Any) -> None:
    """Add `belong backup`."""
    backup = subparsers.add_parser(
        "backup",
        help="copy the database, encrypted and checked",
        description=HELP,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    backup.add_argument("folder", nargs="?", type=Path, help="where to (default BELONG_HOME/backups)")
    backup.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Write the backup; exit code 1 when it could not be done."""
    from belong.site.prepare import setup

    setup()
    from django.db import DatabaseError
    from rich.console import Console

    from belong.guard.backup import BackupError, backup

    try:
        with Console(stderr=True).status("copying, encrypting and checking"):
            made = backup(args.folder)
    except (BackupError, OSError, DatabaseError) as error:
        sys.stderr.write(f"belong backup: {error}\nNo backup was made.\n")
        return 1
    rows = sum(made.contents.counts.values())
    print(
        f"{made.file}  ({made.file.stat().st_size / 1e6:.1f} MB, {rows} rows, encrypted, read back and checked)"
    )
    if made.contents.open_waves:
        print(
            "A wave is open, so this backup is deleted after 7 days: two of them, compared, could say who answered in\n"
            "between. Delete copies of it elsewhere by then."
        )
    if made.pruned:
        print(f"{len(made.pruned)} earlier backups made while a wave was open were deleted.")
    _remember(made.file.parent)
    if made.new_key:
        print(
            f"\nA key was made, for this backup and those to come: {made.new_key}\n"
            "Nobody can open a backup without it. Copy it onto paper or into a password manager now, and keep that\n"
            "away from this machine and from the backups."
        )
    return 0


def _remember(folder: Path) -> None:
    """Put the list of what was erased (numbers, no names) beside a backup that goes elsewhere."""
    from belong.guard.rights import tombstones

    tombstones.write_down()
    tombstones.copy_to(folder)
