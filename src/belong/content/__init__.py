"""Data, not code: questionnaires, practices, code sets and plain texts, as YAML that a school can read.

Lowest in the import order: knows neither Django nor any other room. ``README.md`` beside this file says what
each kind of file holds and how to add one. Questionnaires are read by ``belong.measure.instrument``, which
checks them; everything else by ``read``.
"""

from __future__ import annotations

import functools
import re
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any

import yaml

__all__ = ["folder", "names", "read"]

_NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*(/[a-z0-9]+(-[a-z0-9]+)*)*")
_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def folder(name: str) -> Traversable:
    """A folder of content, such as ``folder("practices")``; raises KeyError if there is none of that name."""
    place = _place(name)
    if not place.is_dir():
        raise KeyError(f"no content folder '{name}'")
    return place


def names(name: str) -> list[str]:
    """The files of a folder without ``.yaml``, sorted: ``names("codes")`` → ``["attendance", …]``."""
    found = (entry.name for entry in folder(name).iterdir())
    return sorted(file.removesuffix(".yaml") for file in found if file.endswith(".yaml"))


@functools.cache
def read(name: str) -> dict[str, Any]:
    """One file as a dict, by name without ``.yaml``: ``read("texts/help")``; KeyError if there is none.

    Read once per process and shared: treat it as read-only.
    """
    parent, _, own = name.rpartition("/")
    place = _place(parent) / f"{own}.yaml" if parent and _NAME.fullmatch(own) else None
    if place is None or not place.is_file():
        raise KeyError(f"no content file '{name}'")
    data = yaml.load(place.read_text("utf-8"), _Loader)  # noqa: S506 - a safe loader, in C where it is built
    if not isinstance(data, dict):
        raise ValueError(f"{name}.yaml must hold names with values")
    return data


def _place(name: str) -> Traversable:
    """Names may come from an address bar, so only plain lower-case words may walk down, never up."""
    if not _NAME.fullmatch(name):
        raise KeyError(f"'{name}' cannot be the name of content")
    return files(__name__).joinpath(name)
