"""Mappings: which column of a file holds which question, and which word means which answer.

A mapping is a small YAML file, drafted by ``draft`` from a file's headings and mended by hand::

    instrument: pisa-belong
    columns:
      "I feel that I belong at this school": belong
    words:
      Totally agree: 1
    missing: [Prefer not to say]
    first: 0
    absent: [lonely]
    groups:
      year: {column: "Which year are you in?", labels: {Year 7: Year 7}}
"""

from __future__ import annotations

import difflib
import json
import re
from collections.abc import Collection
from collections.abc import Mapping as MappingOf
from dataclasses import dataclass, field
from importlib.resources import files
from pathlib import Path

from belong.measure._checks import group_key, replicates
from belong.measure._node import InstrumentError, Node, parse_yaml
from belong.measure.instrument import GroupKey, Instrument, Item, Replicates, say
from belong.measure.reading import InputError, Source, clean

BLANKS = frozenset({"", "na", "n/a", "nan", "null", "none", ".", "-", "–", "#n/a", "#null!", "missing"})
"""What means "no answer" in any file, in lower case, unless it is an answer word of the scale."""


@dataclass(frozen=True)
class Mapping:
    """Column → item id, word → code (words in lower case), words for no answer, items the file lacks,
    groups. ``first``: the number that the file gives the first answer of a scale, where it counts from 0.
    """

    columns: MappingOf[str, str] = field(default_factory=dict)
    words: MappingOf[str, int] = field(default_factory=dict)
    missing: frozenset[str] = frozenset()
    absent: frozenset[str] = frozenset()
    groups: MappingOf[str, GroupKey] = field(default_factory=dict)
    replicates: Replicates | None = None
    first: int = 1

    def column_of(self, item: str) -> str | None:
        return next((column for column, id in self.columns.items() if id == item), None)


def load_mapping(path: str | Path, instrument: Instrument) -> Mapping:
    """Read and check a mapping file, or one that comes with belong by its name, for an instrument.

    Raises InputError naming the line and the mend.
    """
    ready = files("belong") / "content" / "mappings" / f"{path}.yaml"
    if re.fullmatch(r"[a-z0-9-]+", str(path)) and ready.is_file():
        return _build(parse_yaml(ready.read_text("utf-8"), f"{path}.yaml"), instrument)
    path = Path(path)
    try:
        text = path.read_text("utf-8-sig")
    except OSError:
        raise InputError(
            f"{path}: the mapping cannot be read. Check the path, or draft one with --write-mapping."
        ) from None
    except UnicodeDecodeError:
        raise InputError(f"{path}: the mapping is not UTF-8 text. Save it as UTF-8.") from None
    try:
        return _build(parse_yaml(text, path.name), instrument)
    except InstrumentError as error:
        raise InputError(str(error)) from None


def _build(node: Node, instrument: Instrument) -> Mapping:
    f = node.fields(
        (), ("instrument", "columns", "words", "missing", "absent", "groups", "replicates", "first")
    )
    if "instrument" in f and f["instrument"].text() != instrument.key:
        f["instrument"].fail(
            f"this mapping is for '{f['instrument'].text()}', but --instrument says '{instrument.key}'."
        )
    ids = [item.id for item in instrument.items]
    columns = {
        clean(name): below.one_of(ids)
        for name, below in (f["columns"].entries() if "columns" in f else {}).items()
    }
    taken = list(columns.values())
    for name, id in columns.items():
        if taken.count(id) > 1:
            f["columns"].fail(f"'{name}' and another column are both '{id}'. Each question has one column.")
    top = max((item.categories for item in instrument.items), default=1)
    words = {}
    for word, below in (f["words"].entries() if "words" in f else {}).items():
        if below.value is None:
            below.fail(f"'{word}' has no code yet. Write a code from 1 to {top}, or move it to 'missing'.")
        words[clean(word).casefold()] = below.integer(1, top)
    missing = [below.value for below in (f["missing"].elements() if "missing" in f else [])]
    groups = f["groups"].entries() if "groups" in f else {}
    return Mapping(
        columns=columns,
        words=words,
        missing=frozenset(clean(str(word)).casefold() for word in missing),
        absent=frozenset(below.one_of(ids) for below in (f["absent"].elements() if "absent" in f else [])),
        groups={name: group_key(name, below) for name, below in groups.items()},
        replicates=replicates(f["replicates"]) if "replicates" in f else None,
        first=f["first"].integer(0, 1) if "first" in f else 1,
    )


def match_columns(source: Source, instrument: Instrument, mapping: Mapping) -> dict[str, str]:
    """Item id → heading, for scored and honesty items: by mapping, column name, id, wording or label, in
    that order.

    A scored item without a column is an InputError, unless the mapping lists it as absent.
    """
    found: dict[str, str] = {}
    lost: list[Item] = []
    for item in answered_items(instrument):
        mapped = mapping.column_of(item.id)
        if mapped is not None:
            found[item.id] = source.require(mapped, f"the mapping says it holds '{item.id}'")
            continue
        names = [item.column, item.id, *item.text.values(), *item.label.values()]
        heading = next((heading for name in names if name and (heading := source.find(name))), None)
        if heading is not None:
            found[item.id] = heading
        elif item.scored and item.id not in mapping.absent:
            lost.append(item)
    if lost or not any(instrument.item(id).scored for id in found):
        raise InputError(_lost(source, instrument, lost, found.values()))
    return found


def answered_items(instrument: Instrument) -> list[Item]:
    """The items an analysis reads: scored ones and the honesty question."""
    return [item for item in instrument.items if item.scored or item.kind == "honesty"]


def _lost(source: Source, instrument: Instrument, lost: list[Item], taken: Collection[str]) -> str:
    free = [heading for heading in source.headings if heading not in taken]
    count = f"{len(lost)} of {len(instrument.scored_items)} questions"
    lines = [f"{source.path.name}: no column was found for {count} of {instrument.key}:"]
    for item in lost[:8]:
        name = item.column or item.id
        about = f" ({item.name()})" if item.name() != name else ""
        score, likely = max(((likeness(heading, item), heading) for heading in free), default=(0.0, ""))
        close = f" Did you mean '{likely}'?" if score >= 0.6 else ""
        lines.append(f"  {name}{about}.{close}")
    if len(lost) > 8:
        lines.append(f"  … and {len(lost) - 8} more.")
    lines.append("Draft a mapping with --write-mapping FILE, mend it, and give it with --mapping FILE.")
    return "\n".join(lines)


def likeness(heading: str, item: Item) -> float:
    """How alike a heading and an item's wording, label, column or id are, 0 to 1.

    "[…]" parts, as forms write them for the rows of a grid, count on their own. Codes such as ST27Q01 must be
    all but equal: ST26Q01 is another question.
    """
    parts = [_plain(part) for part in (heading, *re.findall(r"\[(.+?)\]", heading))]
    best = 0.0
    for name, least in [(text, 0.0) for text in (*item.text.values(), *item.label.values())] + [
        (item.column, 0.9), (item.id, 0.9)
    ]:  # fmt: skip
        if name:
            alike = max(difflib.SequenceMatcher(None, part, _plain(name)).ratio() for part in parts)
            best = max(best, alike if alike >= least else 0.0)
    return best


def _plain(text: str) -> str:
    """Letters and figures only, without the number a form puts before a question."""
    return " ".join(re.findall(r"\w+", re.sub(r"^\s*\d+\s*[.)]\s*", "", text).casefold()))


def draft(source: Source, instrument: Instrument) -> str:
    """A first mapping for a file as YAML text: headings matched to questions by likeness, words to answers.

    What could not be matched stands in comments, to be moved up by hand. No answers of people are in it,
    only the distinct words of matched columns.
    """
    items = answered_items(instrument)
    pairs = sorted(
        (
            (likeness(heading, item), heading, item.id)
            for heading in source.headings
            if heading
            for item in items
        ),
        reverse=True,
    )
    columns: dict[str, str] = {}
    for score, heading, id in pairs:
        if score >= 0.6 and heading not in columns and id not in columns.values():
            columns[heading] = id
    columns = {heading: columns[heading] for heading in source.headings if heading in columns}
    lines = [f"instrument: {instrument.key}", "", "# Column heading: question. Check every line."]
    lines.append("columns:" if columns else "columns: {}")
    lines += [f"  {_quoted(heading)}: {id}" for heading, id in columns.items()]
    left = [item for item in items if item.id not in columns.values()]
    if left:
        lines += ['  # Questions without a column yet (write: "heading": id):']
        lines += [f"  #   {item.id}: {item.name()}" for item in left]
        rest = [heading for heading in source.headings if heading and heading not in columns]
        lines += ["  # Headings that are left:", *(f"  #   {_quoted(heading)}" for heading in rest[:60])]
    lines += [
        "",
        *_draft_words(source, instrument, columns),
        "",
        "# Words that mean no answer:",
        "missing: []",
    ]
    return "\n".join(lines) + "\n"


def _draft_words(source: Source, instrument: Instrument, columns: MappingOf[str, str]) -> list[str]:
    table = source.read(columns) if columns else None
    known: dict[str, int] = {}
    unknown: dict[str, None] = {}
    for heading, id in columns.items():
        item = instrument.item(id)
        for word in dict.fromkeys(table.columns[heading] if table else []):
            low = word.casefold()
            if low in BLANKS or low in label_codes(item) or low.lstrip("-").replace(".", "", 1).isdigit():
                continue
            close = difflib.get_close_matches(low, list(label_codes(item)), n=1, cutoff=0.75)
            if close:
                known[word] = label_codes(item)[close[0]]
            elif len(word) <= 60 and len(unknown) < 20:
                unknown[word] = None
    scales = {i.scale.words(): i.scale for i in instrument.items if i.scale and i.id in columns.values()}
    lines = []
    for words, scale in scales.items():
        lines.append(
            f"# {scale.name}: " + ", ".join(f"{word} = {code}" for code, word in enumerate(words, 1))
        )
    if not known and not unknown:
        return [
            "# Answer word: code. Words equal to the questionnaire's own need no line.",
            *lines,
            "words: {}",
        ]
    lines = ["# Answer word: code. Give every word a code, or move it to 'missing'.", *lines, "words:"]
    lines += [f"  {_quoted(word)}: {code}" for word, code in known.items()]
    return lines + [f"  {_quoted(word)}:" for word in unknown]


def label_codes(item: Item) -> dict[str, int]:
    """Answer words of an item in every language, in lower case → code."""
    if not item.scale:
        return {}
    return {
        clean(word).casefold(): i for words in item.scale.labels.values() for i, word in enumerate(words, 1)
    }


def _quoted(text: str) -> str:
    """A text as a YAML string, whatever is in it (JSON strings are YAML strings)."""
    return json.dumps(text, ensure_ascii=False)


def own_wording(source_headings: MappingOf[str, str], instrument: Instrument) -> dict[str, str]:
    """Item id → the heading a file gives it, where the instrument ships no wording and the heading is not
    just a code.
    """
    return {
        id: heading
        for id, heading in source_headings.items()
        if not say(instrument.item(id).text) and " " in heading and heading != instrument.item(id).column
    }
