"""Instruments: the questions, their answers, how they are scored, and a hash that says when two are the same.

An instrument is a YAML file (``belong/content/instruments/<key>.yaml``, or any path). ``load`` reads it, a
wave keeps ``to_dict()`` as its snapshot, ``from_dict`` reads that back. Codes run 1…k in the order of the
labels; 0 is never in a file: in memory it means "no answer".
"""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping
from importlib.resources import files
from pathlib import Path
from typing import Any

from belong.measure._checks import build
from belong.measure._model import (
    ASPECTS,
    AUDIENCES,
    BY_NAME,
    KINDS,
    STATUSES,
    VISIBILITIES,
    GroupKey,
    Instrument,
    Item,
    Part,
    Replicates,
    Scale,
    say,
)  # fmt: skip
from belong.measure._node import InstrumentError, Node, nearest, parse_yaml

__all__ = [
    "ASPECTS", "AUDIENCES", "BY_NAME", "KINDS", "STATUSES", "VISIBILITIES", "GroupKey", "Instrument", "InstrumentError",
    "Item", "Part", "Replicates", "Scale", "available", "from_dict", "from_text", "load", "say",
]  # fmt: skip

_KEY = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


@functools.cache
def available() -> tuple[str, ...]:
    """Keys of the instruments that come with belong, sorted; looked up once per process."""
    folder = files("belong") / "content" / "instruments"
    if not folder.is_dir():
        return ()
    return tuple(
        sorted(entry.name.removesuffix(".yaml") for entry in folder.iterdir() if entry.name.endswith(".yaml"))
    )


def load(key_or_path: str | Path) -> Instrument:
    """Read an instrument by key (``pisa-belong``) or from a ``.yaml`` file; raises InstrumentError."""
    name = str(key_or_path)
    if isinstance(key_or_path, Path) or name.endswith((".yaml", ".yml")):
        return _load_file(Path(name))
    if not _KEY.fullmatch(name) or name not in available():
        known = ", ".join(available())
        close = nearest(name, available())
        message = f"there is no such instrument.{close} Choose one of: {known}; or a .yaml file."
        raise InstrumentError(f"instrument '{name}'", message)
    return _load_own(name)


@functools.cache
def _load_own(key: str) -> Instrument:
    entry = files("belong") / "content" / "instruments" / f"{key}.yaml"
    return from_text(entry.read_text("utf-8"), f"{key}.yaml", key)


def _load_file(path: Path) -> Instrument:
    try:
        text = path.read_text("utf-8-sig")
    except FileNotFoundError as error:
        raise InstrumentError(str(path), "there is no such file. Check the path.") from error
    except (UnicodeDecodeError, OSError) as error:
        raise InstrumentError(str(path), "the file cannot be read as text. Save it as UTF-8.") from error
    return from_text(text, path.name, path.stem)


def from_text(text: str, source: str = "", key: str | None = None) -> Instrument:
    """An instrument from YAML text. ``key``, if given, must equal the one inside (file name = key)."""
    node = parse_yaml(text, source)
    instrument = build(node)
    if key is not None and instrument.key != key:
        raise InstrumentError(
            source, f"the file is named '{key}' but says 'key: {instrument.key}'. Make them the same."
        )
    return instrument


def from_dict(data: Mapping[str, Any]) -> Instrument:
    """An instrument from plain data, as ``to_dict`` wrote it or as YAML holds it; checked like a file."""
    return build(Node(dict(data), "", "", {}))
