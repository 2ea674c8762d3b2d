"""What `belong import` prints: figures, who leaves, what was set aside, and what to do next."""

import csv
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, Progress, TextColumn
from rich.table import Table

from belong.base.spreadsheet import harmless
from belong.people.models import School, User
from belong.people.roster.plan import RosterPlan
from belong.people.roster.shown import figures

MOST_LINES = 20


def show(plan: RosterPlan, school: School) -> None:
    """The dry run on the terminal."""
    console = Console()
    named = plan.roster.school
    as_named = f" (in the files: {named})" if named and named != school.name else ""
    heading = f"{school.name}{as_named}: {plan.roster.format}"
    table = Table(title=escape(heading), title_justify="left", show_header=False)
    table.add_column()
    table.add_column(justify="right")
    for label, figure in figures(plan):
        table.add_row(label, f"{figure:,}")
    groups = plan.groups
    table.add_row("groups opened, closed", f"{len(groups.added):,}, {len(groups.closed):,}")
    table.add_row("places in groups given, ended", f"{len(groups.places):,}, {len(groups.ended):,}")
    console.print(table)
    if plan.left:
        _some(console, "Would leave", [f"{one.person.display_name} ({one.why})" for one in plan.left])
    aside = [f"{p.where}{f', {p.column}' if p.column else ''}: {p.what} {p.mend}" for p in plan.set_aside]
    _some(console, "Set aside", aside)
    _some(
        console,
        "Notes",
        [
            f"{f'{n.where}: ' if n.where.file else ''}{n.column and n.column + ': '}{n.what}"
            for n in plan.notes
        ],
    )
    passed = [
        f"{count:,} {'line' if count == 1 else 'lines'}: {why}"
        for why, count in plan.ledger.reasons_passed().items()
    ]
    _some(console, "Passed over", passed)
    secret = sorted({column for _, column in plan.roster.unused if column})
    if secret:
        console.print(f"Columns not read: {escape(', '.join(secret))}.", soft_wrap=True)


@contextmanager
def progress(console: Console, steps: int) -> Iterator[Callable[[str], None]]:
    """A bar over the steps of writing; call what it yields with the name of each."""
    with Progress(TextColumn("{task.description}"), BarColumn(), console=console, transient=True) as bar:
        task = bar.add_task("writing", total=steps)

        def tell(step: str) -> None:
            bar.update(task, description=f"writing {step}", advance=1)

        yield tell


def _some(console: Console, title: str, lines: list[str]) -> None:
    if not lines:
        return
    console.print(f"\n[bold]{title}[/bold]")
    for line in lines[:MOST_LINES]:
        console.print(f"  {escape(line.strip())}", soft_wrap=True, highlight=False)
    if len(lines) > MOST_LINES:
        console.print(f"  and {len(lines) - MOST_LINES:,} more")


def write_set_aside(plan: RosterPlan, path: Path) -> None:
    """The lines set aside, for whoever mends them at the source."""
    with path.open("w", newline="", encoding="utf-8-sig") as file:
        writer = csv.writer(file)
        writer.writerow(["File", "Line", "Column", "Why it was set aside", "How to mend it"])
        for p in plan.set_aside:
            writer.writerow(map(harmless, (p.where.file, p.where.line, p.column, p.what, p.mend)))


def done(plan: RosterPlan, school: School) -> None:
    """What was done, and how the first person gets in."""
    counts = plan.counts()
    print(f"Imported: {counts['added']:,} added, {counts['changed']:,} changed, {counts['left']:,} left.")
    if not User.objects.filter(school=school, is_active=True).exists():
        print(
            "Nobody can sign in yet. Let the first person in:\n"
            f'  belong staff add --school {school.slug} --email THEIR-EMAIL --role "senior leader"'
        )
