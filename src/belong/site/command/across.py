"""`belong across`: answers of several schools in, one table that is no single school's out. Needs no database."""

import argparse
import json
import os
import secrets
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from belong.release.across import AcrossTable

FORMATS = (".csv", ".json")

HELP = """\
One table of several schools' answers: for a trust, a local authority or a study. No figure is one school's, and none
can be worked back to one, nor to a few people.

  belong across answers.csv --instrument belong-core --school school --by year,sex
      prints the table
  belong across pisa2003_nld.csv.gz --instrument pisa-belong --school SCHOOLID --by sex,immigration --out table.json
      writes it; `belong attack table.json` tries to break it
  belong across --new-noise-key trust.key
      draws a key for noise and stops. Keep the file, and keep it to yourselves
  belong across answers.csv --instrument belong-core --school school --by sex --noise-key trust.key --id upn
      changes every number of people a little, always alike for the same people

One line per person, one column per question, numbers or words as answers; CSV, CSV.GZ, Parquet, XLSX, XLS and ODS.
"""

MORE = """\
what is shown:
  everyone, the groups of each --by column and, of two, each with each; --apart leaves the last out, which lets more of
  the others stand. Groups of under ten are joined before they are named.
  a figure of at least ten people of at least five schools, none of which is more than 40 % of them. Hidden besides
  is whatever would give such a figure away: what follows by adding and subtracting everything in the table, and, for
  people, what it hems in. A school is never a cut, and the rest of a pair is never shown.

noise (off unless --noise-key is given):
  a number of people may change by up to 5, with variance 3; none from 1 to 2 is left, and nought stays nought. Means
  and shares are made from such numbers; the intervals allow for it, and `error by noise` says by how much. The noise
  follows people (--id), so a table made twice, or cut by something else, tells nothing new about them.

more tables of one wave:
  without noise there is one table, ever. With noise there may be more, of the same schools: give the earlier ones with
  --beside, so that all are audited together.

exit code: 0 done; 1 a file could not be written; 2 the words or the file were off, or no table may be made: nothing was
written.
"""


def add(subparsers: Any) -> None:
    """Add `belong across`."""
    parser = subparsers.add_parser(
        "across",
        help="one table of several schools, none of which can be told from it",
        description=HELP,
        epilog=MORE,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("file", metavar="FILE", type=Path, nargs="?", help="the answers of all schools")
    parser.add_argument("--instrument", metavar="KEY", help="a questionnaire's key or .yaml file")
    parser.add_argument("--school", metavar="COLUMN", help="the column that says whose school it is")
    parser.add_argument(
        "--by", metavar="A[,B]", default="", help="at most two columns to cut by, or the key's names for them"
    )
    parser.add_argument(
        "--apart", action="store_true", help="cut by each of two columns alone, not by both together"
    )
    parser.add_argument("--mapping", metavar="FILE", help="which column is which question")
    parser.add_argument(
        "--sheet", metavar="NAME", help="the sheet of a spreadsheet (default: the first with answers)"
    )
    parser.add_argument(
        "--wave", metavar="NAME", help="what these answers are called (default: the file's name)"
    )
    parser.add_argument(
        "--noise-key", metavar="FILE", type=Path, help="add noise, drawn with the key in this file"
    )
    parser.add_argument(
        "--id", metavar="COLUMN", default="", help="with noise: an id that stays the same for a person"
    )
    parser.add_argument(
        "--new-noise-key", metavar="FILE", type=Path, help="draw a new key for noise, and stop"
    )
    parser.add_argument(
        "--beside",
        metavar="FILE",
        type=Path,
        action="append",
        default=[],
        help="an earlier table (.json); repeatable",
    )
    parser.add_argument(
        "--out", metavar="FILE", type=Path, action="append", default=[], help=".csv or .json; repeatable"
    )
    parser.set_defaults(run=run, fail=parser.error)


def run(args: argparse.Namespace) -> int:
    """Read, protect, write. 2 with one message when the words or the file are off: nothing is written."""
    from belong.measure.instrument import InstrumentError
    from belong.measure.reading import InputError
    from belong.release import ReleaseRefused

    try:
        return _new_key(args.new_noise_key) if args.new_noise_key else _table(args)
    except (InputError, InstrumentError) as error:
        sys.stderr.write(f"belong across: {error}\n")
        return 2
    except ReleaseRefused as refusal:
        sys.stderr.write(f"belong across: no table can be made. {refusal.reason}\n")
        return 2
    except OSError as error:
        sys.stderr.write(f"belong across: {error.filename}: {error.strerror}. Nothing was written.\n")
        return 1


def _new_key(path: Path) -> int:
    """A file that only its owner may read; one that is there is never written over."""
    from belong.measure.reading import InputError

    try:
        descriptor = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    except FileExistsError:
        raise InputError(
            f"{path}: this file is already there, and a key that is lost cannot be drawn again. Choose another name."
        ) from None
    with os.fdopen(descriptor, "w") as stream:
        stream.write(f"{secrets.token_hex(32)}\n")
    sys.stdout.write(
        f"Wrote {path}. Whoever has it can take the noise away: keep it where only those who make tables can read it, "
        "and keep a copy, as later tables need the same one.\n"
    )
    return 0


def _check(args: argparse.Namespace) -> None:
    """Words that are missing or do not go together, before any work is done."""
    from belong.measure.reading import InputError

    for needed, given in (("FILE", args.file), ("--instrument", args.instrument), ("--school", args.school)):
        if not given:
            args.fail(f"{needed} is missing")
    if args.noise_key and not args.id:
        raise InputError(
            "--noise-key needs --id: a column with an id that stays the same for a person, as the noise follows it."
        )
    if args.id and not args.noise_key:
        raise InputError("--id is for noise only: give --noise-key, too, or leave out --id.")
    for path in args.out:
        if path.suffix.lower() not in FORMATS:
            raise InputError(f"{path}: the ending says the format. Use {' or '.join(FORMATS)}.")
        if not path.parent.is_dir():
            raise InputError(f"{path}: there is no folder {path.parent}. Make it first.")
        if path.is_dir():
            raise InputError(f"{path}: this is a folder. Give a file name.")
        if path.exists() and path.resolve() in [one.resolve() for one in (args.file, *args.beside)]:
            raise InputError(f"{path}: this would overwrite what was given. Choose another name.")


def _table(args: argparse.Namespace) -> int:
    from rich.console import Console

    from belong.tell.across import as_csv, print_table
    from belong.tell.analysis.write import put_in_place

    _check(args)
    with _progress(args.file) as (read, step):
        table = _made(args, read, step)
    if not args.out:
        print_table(table, Console(highlight=False))
        return 0
    makers = {".csv": as_csv, ".json": lambda one: json.dumps(one.to_json(), ensure_ascii=False, indent=1)}
    put_in_place([(path, makers[path.suffix.lower()](table).encode("utf-8")) for path in args.out])
    sys.stdout.write("".join(f"Wrote {path}\n" for path in args.out))
    return 0


def _made(args: argparse.Namespace, read: Any, step: Any) -> "AcrossTable":
    from belong.measure.instrument import load
    from belong.measure.mapping import load_mapping
    from belong.measure.reading import open_source
    from belong.release import Policy
    from belong.release.across import across
    from belong.release.across.reading import read_key, read_schools

    noise = read_key(args.noise_key) if args.noise_key else None
    earlier = [_earlier(path) for path in args.beside]
    instrument = load(args.instrument)
    wave = args.wave or args.file.name.removesuffix(".gz").rpartition(".")[0] or args.file.name
    before = [cell.cut for old in earlier if old.release.wave == wave for cell in old.release.cells]
    taken = read_schools(
        open_source(args.file, args.sheet),
        instrument,
        school=args.school,
        by=[name.strip() for name in args.by.split(",") if name.strip()],
        also=[name for cut in before if cut != "all" for name in cut.split("*")],
        pair=not args.apart,
        person=args.id.strip(),
        mapping=load_mapping(args.mapping, instrument) if args.mapping else None,
        wave=wave,
        progress=read,
    )
    step("Protecting")
    policy = Policy(audience=instrument.audience[0])
    return across(taken.schools, taken.menu, policy, noise, taken.ids, earlier)


def _earlier(path: Path) -> "AcrossTable":
    from belong.measure.reading import InputError
    from belong.release import ReleaseRefused
    from belong.release.across import AcrossTable

    try:
        return AcrossTable.from_json(path.read_bytes().decode("utf-8-sig"))
    except OSError as error:
        raise InputError(
            f"{path}: the earlier table cannot be read ({error.strerror}). Check the name."
        ) from None
    except (ReleaseRefused, UnicodeDecodeError) as problem:
        what = problem.reason if isinstance(problem, ReleaseRefused) else "This is not text."
        raise InputError(f"{path}: {what} Give the .json file that --out wrote.") from None


@contextmanager
def _progress(path: Path) -> "Iterator[tuple[Any, Any]]":
    """(told the bytes read, told the step): a bar on a terminal, silence elsewhere."""
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn

    console = Console(stderr=True)
    columns = (TextColumn("{task.description}"), BarColumn())
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as bar:
        task = bar.add_task("Reading", total=path.stat().st_size if path.is_file() else 1)

        def step(text: str) -> None:
            bar.update(task, description=text, total=None)

        yield (lambda done: bar.update(task, completed=done)), step
