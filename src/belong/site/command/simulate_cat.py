"""`belong simulate-cat`: how few questions would give the same precision, tried on simulated people."""

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from belong.measure.irt import Simulation

HELP = """\
Fit a model to a file of answers and try short forms on simulated people: one that chooses each next question by
the answers before it (a computerised adaptive test), and one that asks everybody the same best questions.

  belong simulate-cat answers.csv --instrument belong-core
      how few questions come within a tenth of the precision of them all
  belong simulate-cat answers.csv --instrument belong-core --like 12 --people 5000
      how few come up to the best fixed form of twelve

It is the best case: real people do not answer exactly as the model says, and a form shorter than about five
questions no longer covers the five parts of belonging. Nobody's answers leave the machine or are shown.
"""
LEAST_PEOPLE, MOST_PEOPLE = 100, 100_000


def add(subparsers: Any) -> None:
    """Add `belong simulate-cat`."""
    parser = subparsers.add_parser(
        "simulate-cat",
        help="how few questions would do?",
        description=HELP,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("file", metavar="FILE", type=Path, help="the answers")
    parser.add_argument(
        "--instrument", metavar="KEY", required=True, help="a questionnaire's key or .yaml file"
    )
    parser.add_argument(
        "--model", choices=("grm", "gpcm", "pcm"), default="grm", help="the model (default grm)"
    )
    parser.add_argument(
        "--like", metavar="N", type=int, help="as precise as the best fixed form of N questions"
    )
    parser.add_argument(
        "--people", metavar="N", type=int, default=2_000, help="simulated people (default 2000)"
    )
    parser.add_argument("--mapping", metavar="FILE", help="which column is which question")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Fit, simulate, print; 2 with one message when the words, the file or the answers do not do."""
    from belong.measure.instrument import InstrumentError
    from belong.measure.ordinal import NotMeasurable
    from belong.measure.reading import InputError

    try:
        found = _simulated(args)
    except (InputError, InstrumentError, NotMeasurable) as error:
        sys.stderr.write(f"belong simulate-cat: {error}\n")
        return 2
    sys.stdout.write("".join(f"{line}\n" for line in lines(found, args.like)))
    return 0


def _simulated(args: argparse.Namespace) -> "Simulation":
    from rich.console import Console
    from rich.progress import Progress

    from belong.measure import load, pattern_counts
    from belong.measure.answers import read_answers
    from belong.measure.irt import fit, simulate
    from belong.measure.mapping import load_mapping
    from belong.measure.ordinal import NotMeasurable
    from belong.measure.reading import InputError, open_source

    instrument = load(args.instrument)
    if not LEAST_PEOPLE <= args.people <= MOST_PEOPLE:
        raise InputError(f"--people: give a number from {LEAST_PEOPLE} to {MOST_PEOPLE:,}.")
    mapping = load_mapping(args.mapping, instrument) if args.mapping else None
    answers = read_answers(open_source(args.file), instrument, mapping)
    responses = answers.responses.select([item for item in answers.responses.items if item.scored])
    count = len(responses.items)
    if args.like is not None and not 1 <= args.like <= count:
        raise InputError(f"--like: give a number from 1 to {count}, the questions there are.")
    patterns = pattern_counts(responses)
    if (responses.codes > 0).any(axis=1).sum() < LEAST_PEOPLE:
        raise NotMeasurable(f"A model needs at least {LEAST_PEOPLE} people who answered something.")
    console = Console(stderr=True)
    with Progress(console=console, transient=True, disable=not console.is_terminal) as bar:
        task = bar.add_task("Simulating", total=count)
        fitted = fit(patterns, args.model)
        return simulate(
            fitted,
            people=args.people,
            like=args.like,
            step=lambda done, of: bar.update(task, completed=done, total=of),
        )


def lines(found: "Simulation", like: int | None) -> list[str]:
    """The outcome in words and a table, as printed."""
    count = len(found.lengths)
    wanted = (
        f"as sure as the best fixed form of {like}" if like else "within a tenth of the error of all of them"
    )
    out = [
        f"{found.people:,} simulated people, {count} questions. Standard error of a place (0 is certain, "
        f"1 knows nothing): all questions {found.whole_se:.3f}; wanted {found.wanted_se:.3f}, {wanted}.",
        f"Chosen question by question: {_needs(found.adaptive_needs)}. The same for everybody: "
        f"{_needs(found.fixed_needs)}.",
        "",
        "questions   chosen: error, agreement   fixed: error, agreement",
    ]
    out += [
        f"{one.questions:>9}   {one.se:>14.3f} {one.agreement:>10.3f}   {one.fixed_se:>12.3f} "
        f"{one.fixed_agreement:>10.3f}"
        for one in found.lengths
    ]
    if found.adaptive_needs:
        out += ["", f"How often each is among the first {found.adaptive_needs}:"]
        ordered = sorted(found.use.items(), key=lambda pair: -pair[1])
        out += [f"  {share:>5.0%}  {item}" for item, share in ordered]
    out += [
        "",
        "Agreement is the correlation with where the simulated person truly stands. This is the best case.",
    ]
    return out


def _needs(count: int | None) -> str:
    return "no number of questions is enough" if count is None else f"{count} are enough"
