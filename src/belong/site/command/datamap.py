"""`belong datamap` and `belong dpia`: the documents that are made from what the program declares about itself."""

import argparse
import sys
from pathlib import Path
from typing import Any

HELP = """\
Print what belong holds, about whom, why, who sees it, how long, and how it goes; or the impact assessment.

  belong datamap                       on the screen
  belong datamap --out docs/data-map.md
  belong dpia --out docs/dpia.md
"""


def add(subparsers: Any) -> None:
    """Add `belong datamap` and `belong dpia`."""
    for name, says in (("datamap", "what is held, about whom and why"), ("dpia", "the impact assessment")):
        command = subparsers.add_parser(
            name, help=says, description=HELP, formatter_class=argparse.RawDescriptionHelpFormatter
        )
        command.add_argument("--out", metavar="FILE", type=Path, help="write it here")
        command.set_defaults(run=run, document=name)


def run(args: argparse.Namespace) -> int:
    """Print or write the document."""
    from belong.site.prepare import setup

    setup()
    from belong.guard.rights import datamap, dpia

    text = (datamap if args.document == "datamap" else dpia).markdown()
    if args.out is None:
        sys.stdout.write(text)
        return 0
    try:
        args.out.write_text(text, encoding="utf-8")
    except OSError as error:
        sys.stderr.write(f"belong {args.document}: {error}\n")
        return 1
    print(args.out)
    return 0
