"""Measures the detector on the corpus and writes the figures and every miss into docs/detector.md.

python -m tools.detector_report           writes them
python -m tools.detector_report --check   exit code 1 when the document is not current
"""

import argparse
import functools
import sys
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from belong.guard.detecting import LOOK, UNREAD, URGENCIES, Hit, categories, detect
from belong.guard.detecting.rulebook import languages
from tests.guard.detecting.texts import HALVES, Written, written

DOCUMENT = Path(__file__).parent.parent / "docs" / "detector.md"
BEGIN, END = "<!-- figures: begin -->", "<!-- figures: end -->"


@dataclass(frozen=True)
class Read:
    """A text with what the detector said of it."""

    text: Written
    hits: tuple[Hit, ...]

    @property
    def found(self) -> bool:
        return bool(self.hits)

    @property
    def raised(self) -> bool:
        """Whether it would be read today or at once."""
        return any(hit.urgency != LOOK for hit in self.hits)

    @property
    def in_category(self) -> bool:
        return any(hit.category == self.text.category for hit in self.hits)

    @property
    def in_time(self) -> bool:
        """Whether some hit is at least as urgent as it should be."""
        return any(hit.rank <= URGENCIES.index(self.text.at_least) for hit in self.hits)


@functools.cache
def read(half: str) -> tuple[Read, ...]:
    """Every text of one half, read."""
    return tuple(Read(text, tuple(detect(text.text))) for text in written(half))


def recall(reads: Iterable[Read]) -> float:
    """The share of texts that should be found and are."""
    wanted = [one for one in reads if one.text.category]
    return sum(one.found for one in wanted) / len(wanted)


def precision(reads: Iterable[Read]) -> float:
    """The share of texts found that should be."""
    found = [one for one in reads if one.found]
    return sum(bool(one.text.category) for one in found) / len(found)


def report() -> str:
    """The part of the document that is written by this tool."""
    halves = {half: read(half) for half in HALVES}
    held_out = halves["held-out"]
    names = {language.code: language.name for language in languages()} | {"unknown": "others, without rules"}
    sections = [
        _overall(halves),
        "### Held-out half, by what it is about\n\n"
        + _by(held_out, lambda one: one.text.category, categories()),
        "### Held-out half, by language\n\n" + _by(held_out, lambda one: one.text.language, names),
        "### Held-out half, by age (English)\n\n"
        + _by(
            [one for one in held_out if one.text.language == "en"],
            lambda one: one.text.age,
            {age: age for age in ("5-7", "8-11", "12-15", "16-18")},
        ),
        "### Ordinary English talk that was flagged, held-out half\n\n" + _plain(held_out),
        "### Every miss of the held-out half\n\n" + _misses(held_out),
        "### What the development half still misses\n\n"
        + _misses([one for one in halves["development"] if not one.found]),
    ]
    return "\n\n".join(sections)


def _overall(halves: dict[str, tuple[Read, ...]]) -> str:
    lines = [
        "| half | should be found | found | right kind | urgent enough | precision | ordinary, left alone | "
        "ordinary, only “look” | ordinary, “today” or “now” |",
        "|---|---|---|---|---|---|---|---|---|",
    ]
    for half, reads in halves.items():
        english = [one for one in reads if one.text.language == "en"]
        others = [one for one in reads if one.text.language != "en"]
        lines += [_row(f"{half}, English", english), _row(f"{half}, other languages", others)]
    return "\n".join(lines)


def _row(name: str, reads: list[Read]) -> str:
    wanted = [one for one in reads if one.text.category]
    plain = [one for one in reads if not one.text.category]
    raised, found = sum(one.raised for one in plain), sum(one.found for one in plain)
    return (
        f"| {name} | {len(wanted)} | {_share(sum(o.found for o in wanted), len(wanted))} | "
        f"{_share(sum(o.in_category for o in wanted), len(wanted))} | "
        f"{_share(sum(o.in_time for o in wanted), len(wanted))} | {precision(reads) * 100:.1f} % | "
        f"{_share(len(plain) - found, len(plain))} | {found - raised} | {raised} |"
    )


def _share(part: int, whole: int) -> str:
    return f"{part} of {whole} ({100 * part / whole:.1f} %)" if whole else "–"


def _by(reads: Sequence[Read], key: Callable[[Read], str], names: dict[str, str]) -> str:
    lines = ["| | should be found | found | right kind | urgent enough |", "|---|---|---|---|---|"]
    for code, name in names.items():
        own = [one for one in reads if one.text.category and key(one) == code]
        if own:
            counts = (sum(o.found for o in own), sum(o.in_category for o in own), sum(o.in_time for o in own))
            lines.append(f"| {name} | {len(own)} | " + " | ".join(map(str, counts)) + " |")
    return "\n".join(lines)


def _plain(reads: Sequence[Read]) -> str:
    flagged = [one for one in reads if not one.text.category and one.found and one.text.language == "en"]
    lines = ["| words | kind of talk | taken for | urgency |", "|---|---|---|---|"]
    for one in flagged:
        said = ", ".join(dict.fromkeys(hit.category for hit in one.hits))
        urgency = min(one.hits, key=lambda hit: hit.rank).urgency
        lines.append(f"| {_cell(one.text.text)} | {one.text.kind} | {said} | {urgency} |")
    return "\n".join(lines) if flagged else "None."


def _misses(reads: Sequence[Read]) -> str:
    lines = ["| words | language | about | what happened |", "|---|---|---|---|"]
    for one in reads:
        if one.text.category and (what := _miss(one)):
            lines.append(f"| {_cell(one.text.text)} | {one.text.language} | {one.text.category} | {what} |")
    return "\n".join(lines) if len(lines) > 2 else "None."


def _miss(one: Read) -> str:
    if not one.found:
        return "**not found**"
    if not one.in_time:
        best = min(one.hits, key=lambda hit: hit.rank).urgency
        return f"found as “{best}”, should be “{one.text.at_least}”"
    others = ", ".join(dict.fromkeys(hit.category for hit in one.hits))
    if one.in_category or one.text.category == UNREAD:
        return ""
    return f"found, but as {others}"


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("*", "\\*")


def current(document: str) -> str:
    """The document with the figures of today."""
    head, _, rest = document.partition(BEGIN)
    _, _, tail = rest.partition(END)
    return f"{head}{BEGIN}\n\n{report()}\n\n{END}{tail}"


def main(arguments: list[str]) -> int:
    """Write the document, or say whether it is current."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "--check", action="store_true", help="write nothing; 1 when the document is not current"
    )
    check = parser.parse_args(arguments).check
    held = DOCUMENT.read_text("utf-8")
    today = current(held)
    if not check:
        DOCUMENT.write_text(today, "utf-8")
    elif held != today:
        sys.stderr.write("docs/detector.md is not current: run python -m tools.detector_report\n")
        return 1
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
