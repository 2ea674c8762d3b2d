"""`belong analyse`: a file of answers in, a report out. Needs no database and no settings."""

import argparse
import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from belong.measure.analysis import Analysis
    from belong.measure.answers import Counted
    from belong.measure.instrument import Instrument
    from belong.measure.mapping import Mapping
    from belong.measure.reading import Source
    from belong.measure.streams.sheets import Sheets

FORMATS = (".html", ".pdf", ".json", ".csv")

HELP = """\
Analyse a file of answers with a questionnaire's key: how many answered, the score with its interval,
every question, groups and their differences, reliability, and what is too small or uncertain to say.

  belong analyse answers.csv --instrument pisa-belong
      prints a summary
  belong analyse pisa2003_nld.csv.gz --instrument pisa-belong --by sex,immigration \\
      --weight W_FSTUWT --cluster SCHOOLID --out report.html --out report.pdf
      writes a report for the head teacher, method notes and sources included
  belong analyse pisa2003_nld.csv.gz --instrument pisa-belong --model grm --dif sex --out report.html
      adds a graded response model, and whether each question means the same to girls and boys
  belong analyse autumn.csv --instrument belong-core --compare summer.csv --id pupil --by sex
      adds what changed for those in both files, by group, beyond what chance would do alone
  belong analyse forms.xlsx --instrument belong-core --write-mapping forms.yaml
      drafts which column is which question, for answers from Microsoft or Google Forms
  belong analyse forms.xlsx --instrument belong-core --mapping forms.yaml --by year --out report.html
      reads the answers by that mapping, once you have checked it

One line per person, one column per question, numbers or words as answers. CSV (commas, semicolons, tabs;
UTF-8 or Windows), CSV.GZ, Parquet, XLSX, XLS and ODS are read. Nobody's name or address is read, even if it is there.
"""

MORE = """\
files written (by ending; several --out allowed):
  .html  one self-contained file, for screen and A4; nothing is fetched
  .pdf   the same, tagged for screen readers (PDF/UA-1), with the charts' tables
  .json  every figure by name: measures, items (counts from least to most belonging), consistency (alpha and
         omega, unweighted and weighted), clustering, cuts. Whole-file figures are exact
  .csv   the same in long form: section, cut, group, measure, statistic, value, se, low, high, n, note

  --plots  every plot as an SVG file of its own (NAME-differences.svg, NAME-answers.svg, …): differences and groups of
         each --by; with --model how likely each answer is, what each question and all of them tell; with --dif the
         expected answers of both groups. Titled and described inside, for light, dark and paper
  each figure's definition stands in every file: what it is, formula or source, whom it rests on, missing answers.

what is never shown:
  a group under ten people, nor another group whose figures would give it away; groups have people in bands,
  means to one decimal and whole percentages.

intervals:
  with --weight W and the key's replicate weights in the file, by replication; else with --cluster, by
  cluster; else people are taken as unrelated, and the report says so.

engines:
  auto reads small files into memory. A CSV or Parquet file of more than one 64th of the machine's memory (packed
  ones count eightfold) is streamed by DuckDB, which counts equal lines together and spills to disk; so memory grows
  with distinct lines, not with people. --engine spark, or --master, has Spark do it (pip install belong[cluster];
  Java 17), which must reach the file by the same path. --compare needs every person's own line: memory only.

exit code: 0 done; 1 a file could not be written; 2 the words or the file were off, and nothing was written.
"""


def add(subparsers: Any) -> None:
    """Add `belong analyse`."""
    parser = subparsers.add_parser(
        "analyse",
        help="analyse a file of answers and write a report",
        description=HELP,
        epilog=MORE,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("file", metavar="FILE", type=Path, help="the answers")
    parser.add_argument(
        "--instrument", metavar="KEY", required=True, help="a questionnaire's key or .yaml file"
    )
    parser.add_argument(
        "--by", metavar="A,B", default="", help="group by these columns, or the key's names for them"
    )
    parser.add_argument("--weight", metavar="COLUMN", default="", help="count people with this weight")
    parser.add_argument("--cluster", metavar="COLUMN", default="", help="the class or school people sit in")
    parser.add_argument(
        "--model", choices=("grm", "gpcm", "pcm"), help="fit an item response model to the answers"
    )
    parser.add_argument(
        "--dif", metavar="A", default="", help="compare every question between the groups of this column"
    )
    parser.add_argument(
        "--compare", metavar="LATER", type=Path, help="a later file: what changed for the same people"
    )
    parser.add_argument(
        "--id", metavar="COLUMN", default="", help="the column that tells people apart, with --compare"
    )
    parser.add_argument(
        "--mapping",
        metavar="FILE",
        help="which column is which question: a .yaml file, or pisa-2012, pisa-2015",
    )
    parser.add_argument(
        "--engine",
        choices=("auto", "memory", "duckdb", "spark"),
        default="auto",
        help="what counts the answers; the figures are the same (default: auto)",
    )
    parser.add_argument(
        "--master", metavar="URL", default="", help="the Spark to ask: local[2], spark://host:7077"
    )
    parser.add_argument("--write-mapping", metavar="FILE", type=Path, help="draft such a mapping and stop")
    parser.add_argument(
        "--sheet", metavar="NAME", help="the sheet of a spreadsheet (default: the first with answers)"
    )
    parser.add_argument(
        "--out",
        metavar="FILE",
        type=Path,
        action="append",
        default=[],
        help=".html, .pdf, .json or .csv; repeatable",
    )
    parser.add_argument(
        "--plots", action="store_true", help="write each plot as an SVG file beside the first --out, too"
    )
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Read, analyse, write. 2 with one message when the words or the file are off: nothing is written."""
    from belong.measure.instrument import InstrumentError
    from belong.measure.reading import InputError

    try:
        _check_places(args)
        return _draft(args) if args.write_mapping else _report(args)
    except (InputError, InstrumentError) as error:
        sys.stderr.write(f"belong analyse: {error}\n")
        return 2
    except OSError as error:
        sys.stderr.write(f"belong analyse: {error.filename}: {error.strerror}. Nothing was written.\n")
        return 1


def _check_places(args: argparse.Namespace) -> None:
    """Refuse an --out that could not be written before any work is done."""
    from belong.measure.reading import InputError

    if args.plots and not args.out:
        raise InputError("--plots needs --out: the plots are written beside the report and named after it.")
    for path in [*args.out, *filter(None, [args.write_mapping])]:
        endings = (".yaml", ".yml") if path is args.write_mapping else FORMATS
        if path.suffix.lower() not in endings:
            raise InputError(f"{path}: the ending says the format. Use {', '.join(endings)}.")
        if not path.parent.is_dir():
            raise InputError(f"{path}: there is no folder {path.parent}. Make it first.")
        if path.is_dir():
            raise InputError(f"{path}: this is a folder. Give a file name.")
        if path.exists() and path.resolve() == args.file.resolve():
            raise InputError(f"{path}: this would overwrite the answers. Choose another name.")


def _open(args: argparse.Namespace) -> "tuple[Instrument, Source, Mapping | None]":
    from belong.measure.instrument import load
    from belong.measure.mapping import load_mapping
    from belong.measure.reading import open_source

    instrument = load(args.instrument)
    mapping = load_mapping(args.mapping, instrument) if args.mapping else None
    return instrument, open_source(args.file, args.sheet), mapping


def _draft(args: argparse.Namespace) -> int:
    from belong.measure.mapping import draft
    from belong.measure.reading import InputError
    from belong.tell.analysis.write import put_in_place

    instrument, source, _ = _open(args)
    if args.write_mapping.exists():
        raise InputError(
            f"{args.write_mapping}: this file is already there. Choose another name, or delete it."
        )
    put_in_place([(args.write_mapping, draft(source, instrument).encode("utf-8"))])
    place = args.write_mapping
    sys.stdout.write(f"Wrote {place}. Check every line, then run again with --mapping {place}\n")
    return 0


def _report(args: argparse.Namespace) -> int:
    from datetime import date

    from belong.tell.analysis.write import write_reports

    with _progress(args.file) as (read, step):
        analysis = _analysis(args, read, step)
        if args.out:
            written = write_reports(analysis, args.out, date.today(), step, plots=args.plots)
    if args.out:
        sys.stdout.write("".join(f"Wrote {path}\n" for path in written))
    else:
        _print(analysis)
    return 0


def _analysis(args: argparse.Namespace, read: Any, step: Any) -> "Analysis":
    from belong.measure.analysis import analyse
    from belong.measure.answers import read_answers
    from belong.measure.reading import InputError, open_source

    instrument, source, mapping = _open(args)
    by = [name.strip() for name in args.by.split(",") if name.strip()]
    dif = args.dif.strip()
    if dif and dif not in by:
        by.append(dif)
    weight, cluster, person = args.weight.strip(), args.cluster.strip(), args.id.strip()
    counted = _counted(args, source, step)
    answers = read_answers(
        source, instrument, mapping, by, weight, cluster, read, "" if counted else person, counted
    )
    later = None
    if args.compare:
        if not person:
            raise InputError("--compare needs --id: the column that tells people apart in both files.")
        later = read_answers(open_source(args.compare), instrument, mapping, progress=read, person=person)
    return analyse(answers, instrument, step, model=args.model, dif=dif, later=later)


def _counted(args: argparse.Namespace, source: "Source", step: Any) -> "Counted | None":
    """How the file is counted where it is not held in memory."""
    from belong.measure.reading import InputError
    from belong.measure.streams.sheets import read_sheets, too_large_to_hold

    engine = "spark" if args.master and args.engine == "auto" else args.engine
    if args.master and engine != "spark":
        raise InputError(f"--master names a Spark, but --engine is {engine}. Leave one of them out.")
    if engine == "memory" or (engine == "auto" and (args.compare or not too_large_to_hold(source))):
        return None
    if args.compare:
        raise InputError(
            f"--compare needs every person's own line, and --engine {engine} only counts equal ones. "
            "Leave out --engine, or use --engine memory."
        )
    name = "Spark" if engine == "spark" else "DuckDB"

    def counted(source: "Source", texts: "Sequence[str]", weights: "Sequence[str]") -> "Sheets":
        step(f"Counting with {name}")
        found = read_sheets(source, texts, weights, engine, args.master or "local[*]")
        people = f"{found.counts.sum():,.0f} people in {len(found):,} distinct lines"
        sys.stderr.write(f"belong analyse: streamed with {name}: {people}\n")
        return found

    return counted


def _print(analysis: "Analysis") -> None:
    from datetime import date

    from rich.console import Console

    from belong.tell.analysis.report import build_report
    from belong.tell.analysis.terminal import print_report

    print_report(build_report(analysis, date.today()), Console(highlight=False))


@contextmanager
def _progress(path: Path) -> "Iterator[tuple[Any, Any]]":
    """(told the bytes read, told the step): a bar on a terminal, silence elsewhere."""
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn

    console = Console(stderr=True)
    columns = (TextColumn("{task.description}"), BarColumn())
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as bar:
        size = path.stat().st_size if path.is_file() else 1
        task = bar.add_task("Reading", total=size)

        def step(text: str) -> None:
            bar.update(task, description=text, total=None)

        yield (lambda done: bar.update(task, completed=done)), step
