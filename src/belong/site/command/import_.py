"""`belong import`: a roster into a school, looked at first."""

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from rich.console import Console

    from belong.people.models import School
    from belong.people.roster import Mapping, RosterFile, Table
    from belong.people.roster.plan import RosterPlan

HELP = """\
Bring pupils, staff, carers and groups in from the school's own system, or bring them up to date.

  belong import roster.zip --name "Oak Park School"     the first time; makes the school
  belong import roster.zip --dry-run                    only show who would be added, changed, left
  belong import pupils.xlsx --write-mapping pupils.yaml draft which column is what, then stop
  belong import pupils.xlsx --mapping pupils.yaml --everyone

Reads OneRoster 1.1 and 1.2 and School Data Sync (a zip or a folder), and any CSV or XLSX list of pupils, staff
or carers. Bad lines are set aside with their number and the reason; everything else goes in as one step, or
nothing does. Importing the same file twice changes nothing. Passwords in files are never read.
"""
MORE = """\
who leaves:
  OneRoster and School Data Sync list everyone, so whoever is missing has left. A list leaves everybody in place
  unless you say --everyone. Where more than one in ten pupils or staff would leave, the import stops;
  --allow-leavers says that this is right. Leavers lose their places and their sign-ins at once.

exit code: 0 done; 2 refused, and nothing was changed.
"""


def add(subparsers: Any) -> None:
    """Add `belong import`."""
    parser = subparsers.add_parser(
        "import",
        help="bring in a roster, looked at first",
        description=HELP,
        epilog=MORE,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("path", metavar="PATH", type=Path, help="a zip, a folder, a CSV or an XLSX")
    parser.add_argument(
        "--school", metavar="SLUG", default="", help="which school here, where there are several"
    )
    parser.add_argument("--name", default="", help="the school's name, the first time")
    parser.add_argument(
        "--org", metavar="ID", default="", help="which school in the files, where there are several"
    )
    parser.add_argument("--dry-run", action="store_true", help="only show what would change")
    parser.add_argument("--yes", action="store_true", help="do not ask before importing")
    parser.add_argument("--allow-leavers", action="store_true", help="more than one in ten may leave")
    parser.add_argument("--mapping", metavar="FILE", type=Path, help="which column of a list is what")
    parser.add_argument("--write-mapping", metavar="FILE", type=Path, help="draft such a file and stop")
    whole = parser.add_mutually_exclusive_group()
    whole.add_argument(
        "--everyone", action="store_true", help="the files hold everyone: who is missing has left"
    )
    whole.add_argument("--some", action="store_true", help="the files hold only some: nobody leaves")
    parser.add_argument("--set-aside", metavar="FILE", type=Path, help="write the lines set aside to a CSV")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Read, compare, show, ask, import."""
    from belong.site.prepare import prepare, setup

    setup()
    from rich.console import Console

    from belong.base.errors import Refused

    console = Console(stderr=True)
    try:
        whole = _read(args, console)
        if whole is None:
            return 0
        prepare()
        return _import(args, whole, console)
    except Refused as refused:
        sys.stderr.write(f"belong import: {refused.reason}\n")
        return 2


def _read(args: argparse.Namespace, console: "Console") -> "RosterFile | None":
    """The roster in the files; None where only a mapping was to be drafted."""
    from belong.base.errors import Refused
    from belong.people import roster
    from belong.site.command.mapping_file import write

    with console.status("reading"):
        tables = roster.open_path(args.path)
        is_list = roster.needs_mapping(tables)
        if not is_list and (args.mapping or args.write_mapping):
            raise Refused(
                "These files explain themselves; a mapping is for one list of pupils, staff or carers."
            )
        if args.write_mapping:
            write(args.write_mapping, tables[0])
            print(f"{args.write_mapping}  Check it, then import with --mapping {args.write_mapping}.")
            return None
        found = roster.read(tables, _mapping(args, tables[0]) if is_list else None)
    if args.everyone or args.some:
        found.complete = args.everyone
    return found


def _mapping(args: argparse.Namespace, table: "Table") -> "Mapping":
    from belong.people.roster import lists
    from belong.site.command.mapping_file import load

    return load(args.mapping, table) if args.mapping else lists.guess(table)


def _import(args: argparse.Namespace, whole: "RosterFile", console: "Console") -> int:
    from django.db import transaction
    from django_scopes import scope

    from belong.base.clock import now
    from belong.base.errors import Refused
    from belong.people.models import RosterImport
    from belong.people.roster import apply, plan
    from belong.site.command import import_report as report

    with transaction.atomic():
        chosen, org_name = _choose(args, whole)
        school = _school(args, chosen, org_name)
        apply.lock(school)
        with scope(school=school):
            with console.status("comparing"):
                made = plan.make(school, chosen)
            report.show(made, school)
            if args.set_aside:
                report.write_set_aside(made, args.set_aside)
            if args.dry_run:
                transaction.set_rollback(True)
                print("A dry run: nothing was changed.")
                return 0
            if made.is_empty:
                print("Everything in these files is here already.")
                return 0
            if made.stop and not args.allow_leavers:
                raise Refused(
                    f"{made.stop} Nothing was changed. If that is right, import with --allow-leavers."
                )
            if not _agreed(args, made):
                transaction.set_rollback(True)
                sys.stderr.write("belong import: nothing was changed.\n")
                return 2
            with report.progress(console, apply.STEPS) as tell:
                record = RosterImport(
                    school=school, made_at=now(), file_name=args.path.name[:200], format=chosen.format
                )
                apply.apply(None, made, record, confirmed=len(made.left), tell=tell)
    report.done(made, school)
    return 0


def _agreed(args: argparse.Namespace, made: "RosterPlan") -> bool:
    """Ask at a terminal; elsewhere go ahead by itself only where nobody leaves."""
    if args.yes:
        return True
    if not sys.stdin.isatty():
        if made.left:
            sys.stderr.write(f"belong import: {len(made.left)} would leave; say --yes.\n")
        return not made.left
    return input("Import now? [y/N] ").strip().lower() in ("y", "yes")


def _choose(args: argparse.Namespace, whole: "RosterFile") -> "tuple[RosterFile, str]":
    """The part of the files about one school, and that school's name in them."""
    from belong.base.errors import Refused
    from belong.people.models import School
    from belong.people.roster import schools

    found = schools.choices(whole)
    if not found:
        return whole, ""
    here = School.objects.filter(slug=args.school).first() if args.school else None
    if not args.school and not args.name and School.objects.count() == 1:
        here = School.objects.get()
    named = schools.obvious(found, here.name if here else args.name, here.urn if here else "")
    if args.org:
        named = next((choice for choice in found if args.org in (choice.id, choice.name)), None)
    if named is None:
        said = "\n".join(
            f"  --org {one.id}   {one.name}: {one.pupils} pupils, {one.staff} staff" for one in found
        )
        raise Refused(f"the files hold several schools. Say which:\n{said}")
    return schools.only(whole, named.id), named.name


def _school(args: argparse.Namespace, chosen: "RosterFile", org_name: str) -> "School":
    """The school here, made where there is none yet."""
    from django.utils.text import slugify

    from belong.base.errors import Refused
    from belong.people.models import School

    if args.school:
        school = School.objects.filter(slug=args.school).first()
        if school is None:
            known = ", ".join(School.objects.values_list("slug", flat=True)) or "none yet"
            raise Refused(f"There is no school {args.school!r} here. There are: {known}.")
        return school
    name = args.name or org_name
    same = School.objects.filter(name__iexact=name).first() if name else None
    if same or (not args.name and School.objects.count() == 1):
        return same or School.objects.get()
    if School.objects.exists() and not args.name:
        known = ", ".join(School.objects.values_list("slug", flat=True))
        raise Refused(f"Say which school with --school; there are: {known}.")
    if not name:
        raise Refused("Give the school's name, the first time: --name “Oak Park School”.")
    slug = slugify(name)[:50] or "school"
    taken = set(School.objects.filter(slug__startswith=slug).values_list("slug", flat=True))
    free = next(s for s in (slug, *(f"{slug}-{n}" for n in range(2, len(taken) + 3))) if s not in taken)
    return School.objects.create(name=name[:160], slug=free, phase=_phase(chosen))


def _phase(roster: "RosterFile") -> str:
    """Primary, secondary or both, by the pupils' years."""
    years = {row.facts["year"] for row in roster.people if "year" in row.facts}
    old = {year for year in years if year.isdigit() and int(year) >= 7}
    young = {year for year in years if year in ("N1", "N2", "R") or (year.isdigit() and int(year) < 7)}
    if old and young:
        return "all"
    return "primary" if young else "secondary"
