"""A questionnaire in another language: words laid over the English, never codes, order, answers or scoring.

The overlay is `content/languages/<code>/instruments/<key>.yaml` (or the same shape as plain data):
`{status, title, parts: {id: {title, about}}, scales: {id: [labels in the English order]},
items: {id: {text, label, why}}}`.
What it leaves out is said in English. The hash of an item is that of its English wording, so a new language breaks no
time line (`instrument.item_hash`).
"""

from __future__ import annotations

import functools
import logging
from collections.abc import Mapping
from importlib.resources import files
from typing import Any

from yaml import YAMLError

from belong.content import read
from belong.measure._model import STATUSES, Instrument
from belong.measure._node import InstrumentError, Node, nearest, parse_yaml
from belong.measure.instrument import from_dict

log = logging.getLogger(__name__)
Overlay = Mapping[str, Any]
PART_WORDS, ITEM_WORDS = ("title", "about"), ("text", "label", "why")


@functools.cache
def overlay_for(key: str, language: str) -> Overlay | None:
    """The overlay that ships for a questionnaire in a language; None where none does or it does not fit (logged)."""
    try:
        return shipped_overlay(key, language)
    except InstrumentError as error:
        log.warning("%s Said in English.", error)
        return None


def shipped_overlay(key: str, language: str) -> Overlay | None:
    """The same, but an overlay that does not fit raises InstrumentError with its line, key and mend."""
    from belong.measure.instrument import available, load

    if key not in available() or not language.isalpha():
        return None
    place = files("belong") / "content" / "languages" / language / "instruments" / f"{key}.yaml"
    if not place.is_file():
        return None
    text, source = place.read_text("utf-8"), f"languages/{language}/instruments/{key}.yaml"
    try:
        return overlay_from(read(f"languages/{language}/instruments/{key}"), load(key), source)
    except (InstrumentError, ValueError, YAMLError):
        return checked_overlay(parse_yaml(text, source), load(key))  # slower, and names the line


def checked_overlay(node: Node, instrument: Instrument) -> Overlay:
    """Plain data of an overlay that fits the questionnaire; raises InstrumentError with place, key and mend."""
    fields = node.fields((), ("status", "title", "parts", "scales", "items"))
    found: dict[str, Any] = {
        "status": fields["status"].one_of(STATUSES) if "status" in fields else "draft",
        "parts": _words_below(fields.get("parts"), [part.id for part in instrument.parts], PART_WORDS),
        "items": _words_below(fields.get("items"), [item.id for item in instrument.items], ITEM_WORDS),
        "scales": _scales(fields.get("scales"), instrument),
    }
    return found | ({"title": _said(fields["title"])} if "title" in fields else {})


def overlay_from(data: Overlay, instrument: Instrument, source: str = "") -> Overlay:
    """The same check for plain data, for example from a database or a school's own file."""
    return checked_overlay(Node(dict(data), "", source, {}), instrument)


def translated(instrument: Instrument, language: str, overlay: Overlay) -> Instrument:
    """The questionnaire with the words of one more language beside those it has."""
    data = instrument.to_dict()
    data["status"] = {**data["status"], language: overlay.get("status", "draft")}
    if title := overlay.get("title"):
        data["title"][language] = title
    _lay(data["parts"], overlay.get("parts", {}), language)
    _lay(data["items"], overlay.get("items", {}), language)
    for name, labels in overlay.get("scales", {}).items():
        data["scales"][name]["labels"][language] = list(labels)
    return from_dict(data)


def in_language(instrument: Instrument, language: str) -> Instrument:
    """The questionnaire with what ships in a language; the same object where nothing does."""
    overlay = overlay_for(instrument.key, language)
    return translated(instrument, language, overlay) if overlay else instrument


def _lay(rows: list[dict[str, Any]], words: Mapping[str, Mapping[str, str]], language: str) -> None:
    for row in rows:
        for field, said in words.get(row["id"], {}).items():
            row[field] = {**row[field], language: said}


def _words_below(node: Node | None, known: list[str], fields: tuple[str, ...]) -> dict[str, dict[str, str]]:
    """`{id: {field: text}}` with ids and fields that the questionnaire has."""
    found: dict[str, dict[str, str]] = {}
    for id, below in (node.entries() if node else {}).items():
        if id not in known:
            below.fail(f"the English has no '{id}'.{nearest(id, known)} Correct it, or take it out.")
        found[id] = {field: _said(words) for field, words in below.fields((), fields).items()}
    return found


def _scales(node: Node | None, instrument: Instrument) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for name, below in (node.entries() if node else {}).items():
        if name not in instrument.scales:
            below.fail(f"the English has no '{name}'.{nearest(name, list(instrument.scales))} Correct it.")
        labels = [_said(word) for word in below.elements()]
        size = instrument.scales[name].size
        if len(labels) != size:
            below.fail(
                f"{len(labels)} answer words; the English has {size}. Give one for each, in its order."
            )
        if len({label.casefold() for label in labels}) != size:
            below.fail("two answer words are the same. Each must differ from the others.")
        found[name] = labels
    return found


def _said(node: Node) -> str:
    words = node.text()
    if not words:
        node.fail("the text is empty. Write it, or take the line out.")
    return words


__all__ = [
    "InstrumentError", "Overlay", "checked_overlay", "in_language", "overlay_for", "overlay_from",
    "shipped_overlay", "translated",
]  # fmt: skip
