"""`belong retention`: what is overdue, and letting it go."""

import argparse
import sys
from typing import Any

HELP = """\
List what has been kept for longer than the school's terms, school by school; or let it go now.

  belong retention --dry-run           how many of each kind, and since when the oldest; nothing is changed
  belong retention                     let it go; `belong serve` does the same once a day
"""


def add(subparsers: Any) -> None:
    """Add `belong retention`."""
    command = subparsers.add_parser(
        "retention",
        help="let go what is overdue",
        description=HELP,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    command.add_argument("--dry-run", action="store_true", help="only list it")
    command.add_argument("--school", metavar="NAME", help="the short name of one school (default all)")
    command.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """List or let go; 2 for a school that is not here."""
    from belong.site.prepare import setup

    setup()
    from django_scopes import scope

    from belong.guard.rights import retention
    from belong.people.models import School

    schools = School.objects.order_by("slug")
    if args.school:
        schools = schools.filter(slug=args.school)
        if not schools:
            sys.stderr.write(f"belong retention: there is no school {args.school!r} here\n")
            return 2
    for school in schools:
        print(school.name)
        with scope(school=school):
            if args.dry_run:
                _list(retention.look(school))
            else:
                _went(retention.run(school))
    return 0


def _list(found: Any) -> None:
    for one in found:
        since = f", the oldest from {one.oldest:%-d %B %Y}" if one.oldest else ""
        held = f"; {one.held} more are under a hold" if one.held else ""
        print(f"  {one.count:6}  {one.term.clock.holds} ({one.term.words}){since}{held}")


def _went(gone: dict[str, int]) -> None:
    for key, count in gone.items():
        print(f"  {count:6}  {key}")
    if not gone:
        print("  nothing was overdue")
