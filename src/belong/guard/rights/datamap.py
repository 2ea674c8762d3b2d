"""The data map in words: for the page, and for `docs/data-map.md`."""

from collections.abc import Mapping
from dataclasses import dataclass

from belong.base import registry
from belong.base.registry import DELETE, Link, Record
from belong.guard.rights.retention import in_words

ROOMS = {
    "ask": "What people answered",
    "notice": "What adults notice",
    "guard": "Keeping children and their data safe",
    "people": "Who is who",
    "act": "Plans",
    "see": "Results",
    "tell": "What the school answers",
    "base": "The audit trail",
    "machine": "Files and tables of the machine",
}
LIBRARIES = "Tables of libraries"
NOTHING = "nobody: it holds nothing about a person"
HEAD = """\
# What belong holds

Made by `belong datamap` from the declarations in the program (`records.py` of each room); a test fails when a table is
missing here, or when this file is out of date. Terms are those belong comes with; a school may change most of them.
"""


@dataclass(frozen=True)
class Entry:
    """One table or kind of file, in words."""

    record: Record
    about: str
    kept: str
    given: str
    erased: str


@dataclass(frozen=True)
class Room:
    """The tables of one part of the program."""

    title: str
    entries: tuple[Entry, ...]


def usual_terms() -> dict[str, str]:
    """Every clock with the term belong comes with."""
    clocks = registry.clocks().items()
    return {key: _usual(clock.usual, clock.outside) for key, clock in clocks}


def rooms(kept: Mapping[str, str]) -> list[Room]:
    """The whole map; `kept` says how long each clock runs at this school."""
    found: dict[str, list[Entry]] = {}
    for record in registry.records():
        title = ROOMS.get(record.room, LIBRARIES)
        found.setdefault(title, []).append(entry(record, kept))
    order = [*ROOMS.values(), LIBRARIES]
    return [Room(title, tuple(found[title])) for title in order if title in found]


def entry(record: Record, kept: Mapping[str, str]) -> Entry:
    """One declaration in words."""
    clocks = registry.clocks()
    term = (
        f"{kept[record.kept]} from {clocks[record.kept].runs_from}" if record.kept in clocks else record.kept
    )
    if record.kept in clocks and kept[record.kept].startswith(("until", "as long")):
        term = kept[record.kept]
    return Entry(record, _about(record), term, _given(record), _erased(record))


def markdown() -> str:
    """`docs/data-map.md`."""
    parts = [HEAD]
    for room in rooms(usual_terms()):
        parts.append(f"## {room.title}\n")
        for one in room.entries:
            parts.append(_section(one))
    parts += ["## How long\n", _clocks()]
    return "\n".join(parts).rstrip() + "\n"


def _section(one: Entry) -> str:
    record = one.record
    facts = [
        ("Holds", record.holds),
        ("About", one.about),
        ("Why", record.why),
        ("Lawful basis", record.basis),
        ("Special category", "yes" if record.special else ""),
        ("Who sees it", record.seen_by),
        ("Kept", one.kept),
        ("On a request for access", one.given),
        ("On erasure", one.erased),
        ("Note", record.note),
    ]
    lines = [f"### {record.name} (`{record.model}`)\n"]
    lines += [f"- {label}: {text}" for label, text in facts if text]
    return "\n".join(lines) + "\n"


def _clocks() -> str:
    rows = ["| what | runs from | usually | a school may choose | why |", "|---|---|---|---|---|"]
    for key, clock in registry.clocks().items():
        limits = f"{in_words(clock.least)} to {in_words(clock.most)}" if clock.is_set_by_school else "no"
        usual = usual_terms()[key]
        rows.append(f"| {clock.holds} | {clock.runs_from} | {usual} | {limits} | {clock.why} |")
    return "\n".join(rows) + "\n"


def _usual(days: int, outside: bool) -> str:
    if days == 0:
        return "as long as the school uses belong" if outside else in_words(None)
    return in_words(days)


def _about(record: Record) -> str:
    if not record.about:
        return NOTHING
    return "; ".join(_path(link) for link in record.about)


def _path(link: Link) -> str:
    who = "the person it is about" if link.part == registry.SUBJECT else "who wrote or did it"
    if not link.path:
        return f"{who} (found by the program)"
    return f"{who} (`{link.path}`)"


def _given(record: Record) -> str:
    if not record.about:
        return ""
    if record.concern:
        return "after the DSL has looked at each; never to a carer it may be about"
    words = ["after somebody has looked at what others wrote" if record.words else "given"]
    if record.secret:
        words.append("without codes and keys that say nothing")
    if any(link.part == registry.AUTHOR for link in record.about):
        words.append("whoever wrote or did it learns that they did, not what it says about somebody else")
    return "; ".join(words)


def _erased(record: Record) -> str:
    said = [f"of {_short(link)}: {link.erase}" for link in record.about]
    if said and all(link.erase == DELETE for link in record.about):
        return DELETE
    return "; ".join(said)


def _short(link: Link) -> str:
    return "the person it is about" if link.part == registry.SUBJECT else "who wrote or did it"
