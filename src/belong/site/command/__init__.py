"""The `belong` command: one sub-command a file, each with `add(subparsers)`."""

import argparse
import difflib
import os
import sys
from collections.abc import Sequence
from importlib import import_module
from typing import NoReturn

from belong import __version__

COMMANDS = (
    "demo",
    "serve",
    "staff",
    "import_",
    "analyse",
    "across",
    "attack",
    "simulate_cat",
    "backup",
    "restore",
    "retention",
    "datamap",
    "keys",
    "badge",
    "check",
    "why",
    "manage",
)

INTRODUCTION = """\
belong: know whether every child belongs, act where one does not, see whether acting helped.

Try it:               belong demo
Bring in a school:    belong import roster.zip --name "Oak Park School"
Let a person in:      belong staff add --school oak-park-school --role "senior leader"
Run it:               belong serve
Analyse real answers: belong analyse answers.csv --instrument pisa-belong --out report.html
Several schools:      belong across answers.csv --instrument belong-core --school school --by year
Try to break it:      belong attack autumn.json spring.json --roll pupils.csv
Keep it safe:         belong backup; belong restore FILE; belong keys; belong check
Is this badge good?   belong badge verify badge.png --issuer school.json --status list.json
"""


class Parser(argparse.ArgumentParser):
    """An argument parser that answers a slip with the nearest word."""

    def error(self, message: str) -> NoReturn:
        self.print_usage(sys.stderr)
        self.exit(2, f"belong: {message}{self._nearest(message)}\nTry `{self.prog} --help`.\n")

    def _nearest(self, message: str) -> str:
        if "invalid choice: '" not in message or self._subparsers is None:
            return ""
        typed = message.split("invalid choice: '")[1].split("'")[0]
        names = [name for action in self._subparsers._actions for name in (action.choices or ())]
        close = difflib.get_close_matches(typed, names, n=1)
        return f"\nDid you mean `{close[0]}`?" if close else ""


def parser() -> Parser:
    """The whole command line."""
    top = Parser(
        prog="belong", description=INTRODUCTION, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    top.add_argument("--version", action="version", version=f"belong {__version__}")
    sub = top.add_subparsers(metavar="COMMAND", title="commands", parser_class=Parser)
    for name in COMMANDS:
        import_module(f"belong.site.command.{name}").add(sub)
    return top


def main(argv: Sequence[str] | None = None) -> int:
    """Run a command; returns the exit code (0 done, 1 failed, 2 the words or the file were off)."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "belong.site.settings")
    top = parser()
    args = top.parse_args(argv)
    if not hasattr(args, "run"):
        top.print_help()
        return 0
    try:
        return int(args.run(args) or 0)
    except KeyboardInterrupt:
        sys.stderr.write("\nStopped. Nothing was half-written.\n")
        return 130
    except BrokenPipeError:
        return 1
