"""`belong attack`: exported releases in, what somebody could learn from them out. Needs no database."""

import argparse
import json
import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from belong.release.attack import Told

HELP = """\
Try to break releases: everything an outsider could do with the files alone and, with a class list, everything that
somebody could who knows who is in every group. For the school's data protection officer.

  belong attack autumn.json spring.json
      from the files alone: all waves together, as readers have them together
  belong attack autumn.json spring.json --roll pupils.csv
      knowing who is in every group and how many answered, exactly
  belong attack release.csv noticing-2026-07-17.csv places-3.csv
      spreadsheets do, too, but hold no wave, threshold or seal
  belong attack --plain table.csv
      a table without protection: columns cut, group, measure, n, mean

Get the files from a wave's page: “All figures (JSON)”. Nothing is sent anywhere and nothing is written.
"""

MORE = """\
class list (--roll): CSV or a spreadsheet, one row a pupil, in any order; names are not needed and never printed.
  year, sex, …         a column for each cut, with the groups as the files name them; empty for not recorded
  year@2               the same, in wave 2 only (or year@autumn for the file autumn.json)
  answered             yes or no; answered@2 in wave 2; answered@2:item:q1 for one question
  asked, careless      yes or no: who was asked, whose answers were counted as careless
  compared             yes or no: who is in the changes since an earlier wave, for somebody who was told

plain table (--plain): cut, group, measure, n, mean, where everyone is cut “all”, group “all”; a two-way cut is
  “sex*year” with groups “F*8”; n may be a span (30-39); an empty mean is a group left out. Means and shares are
  in points of 100. Also read: wave, favourable, answer 1, answer 2, …, sd, min, max, low, high, rate, roll, change,
  matched, since.

exit code: 0 nothing could be learned; 1 something could; 2 the words were off; 3 a file could not be read.
"""


def add(subparsers: Any) -> None:
    """Add `belong attack`."""
    parser = subparsers.add_parser(
        "attack",
        help="try what could be learned about few people from released figures",
        description=HELP,
        epilog=MORE,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument(
        "files", metavar="FILE", type=Path, nargs="*", help="releases: JSON, or their spreadsheets"
    )
    parser.add_argument(
        "--plain", metavar="FILE", type=Path, action="append", default=[], help="an unprotected table"
    )
    parser.add_argument("--roll", metavar="FILE", type=Path, help="a class list: who is in which group")
    parser.add_argument(
        "--measure", metavar="KEY", action="append", default=[], help="only this measure (repeatable)"
    )
    parser.add_argument("--threshold", metavar="N", type=int, help="people of whom nothing may be learned")
    parser.add_argument("--fast", action="store_true", help="with --roll: only what can be had exactly")
    parser.add_argument("--json", action="store_true", help="print the report as JSON")
    parser.set_defaults(run=run, fail=parser.error)


def run(args: argparse.Namespace) -> int:
    """Read, try, print. 0 nothing learned, 1 something, 2 usage, 3 unreadable."""
    from belong.release.attack import Unreadable, attack, read, read_roll

    if not args.files and not args.plain:
        args.fail("give at least one release")
    if args.threshold is not None and args.threshold < 2:
        args.fail("the threshold is at least 2 people")
    try:
        told = [one for path in args.files for one in read(path)]
        told += [one for path in args.plain for one in read(path, plain=True)]
        roll = read_roll(args.roll) if args.roll else None
        _check_measures(args, told)
        with _only_our_words():
            report = attack(
                told,
                roll,
                threshold=args.threshold,
                measures=args.measure,
                fast=args.fast,
                tell=_teller(args.json),
            )
    except Unreadable as problem:
        sys.stderr.write(f"belong attack: {problem}\n")
        return 3
    print(json.dumps(report.to_json(), ensure_ascii=False, indent=1) if args.json else report.text())
    return 1 if report.learned else 0


def _check_measures(args: argparse.Namespace, told: "list[Told]") -> None:
    known = list(dict.fromkeys(measure for one in told for measure in one.measures))
    for measure in args.measure:
        if measure not in known:
            args.fail(f"no file has the measure {measure}; they have {', '.join(known)}")


@contextmanager
def _only_our_words() -> Iterator[None]:
    """Keep what the solver now and then prints from the report: it writes to the process's own output, past Python."""
    sys.stdout.flush()
    kept = os.dup(1)
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    os.close(nowhere)
    try:
        yield
    finally:
        os.dup2(kept, 1)
        os.close(kept)


def _teller(quiet: bool) -> Callable[[str], None]:
    """Progress on the error stream, a line at most every two seconds, so that long work is seen to go on."""
    last = time.monotonic()

    def tell(text: str) -> None:
        nonlocal last
        if not quiet and time.monotonic() - last > 2:
            last = time.monotonic()
            sys.stderr.write(f"… {text}\n")
            sys.stderr.flush()

    return tell
