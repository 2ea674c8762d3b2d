"""`belong manage …`: Django's own commands, for developers."""

import argparse
from typing import Any


def add(subparsers: Any) -> None:
    """Add `belong manage`."""
    manage = subparsers.add_parser("manage", help="Django's own commands, for developers", add_help=False)
    manage.add_argument("words", nargs=argparse.REMAINDER)
    manage.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Pass the words to Django."""
    from django.core.management import execute_from_command_line

    execute_from_command_line(["belong manage", *args.words])
    return 0
