"""`belong backup`: an online, checked copy of the database."""

import argparse
import sys
from pathlib import Path
from typing import Any

HELP = """\
Copy the database while the school goes on working, check the copy, and say where it is.

  belong backup                   into BELONG_HOME/backups
  belong backup /mnt/usb          into another folder

Keep copies on another machine. A copy holds what children answered: lock it away like the school's records.
"""


def add(subparsers: Any) -> None:
    """Add `belong backup`."""
    backup = subparsers.add_parser(
        "backup",
        help="copy the database, checked",
        description=HELP,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    backup.add_argument("folder", nargs="?", type=Path, help="where to (default BELONG_HOME/backups)")
    backup.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Write the backup; exit code 1 when it could not be done."""
    from belong.site.prepare import setup

    setup()
    from rich.console import Console

    from belong.guard.backup import BackupError, backup

    try:
        with Console(stderr=True).status("copying and checking"):
            file = backup(args.folder)
    except (BackupError, OSError) as error:
        sys.stderr.write(f"belong backup: {error}\nNo backup was made.\n")
        return 1
    print(f"{file}  ({file.stat().st_size / 1e6:.1f} MB, read back and checked)")
    return 0
