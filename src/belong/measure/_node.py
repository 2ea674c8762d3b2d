"""A value read from a YAML file together with where it stands, so that every complaint can name the place."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, NoReturn

import yaml

Words = dict[str, str]
"""A text by language: ``{"en": "Always", "cy": "Bob amser"}``."""

LARGEST_FILE = 1_000_000


class InstrumentError(ValueError):
    """An instrument or mapping that cannot be used: ``path`` says where, ``message`` what and the mend."""

    def __init__(self, path: str, message: str) -> None:
        super().__init__(f"{path}: {message}" if path else message)
        self.path = path
        self.message = message


@dataclass(frozen=True)
class Node:
    """One value of the file. The readers below return it checked, or raise with its place."""

    value: Any
    path: str
    source: str
    lines: dict[str, int]

    def fail(self, message: str) -> NoReturn:
        line = self.lines.get(self.path)
        place = ", ".join(part for part in (self.source, f"line {line}" if line else "", self.path) if part)
        raise InstrumentError(place, message)

    def child(self, key: str | int) -> Node:
        path = f"{self.path}[{key}]" if isinstance(key, int) else f"{self.path}.{key}".lstrip(".")
        return Node(self.value[key], path, self.source, self.lines)

    def entries(self) -> dict[str, Node]:
        """Any mapping; keys become text (``1:`` is a number in YAML, text in JSON: the same here)."""
        if not isinstance(self.value, dict):
            self.fail(
                f"expected names with values, found {_seen(self.value)}. Write one 'name: value' per line."
            )
        return {
            str(key): Node(value, f"{self.path}.{key}".lstrip("."), self.source, self.lines)
            for key, value in self.value.items()
        }

    def fields(self, required: Sequence[str], optional: Sequence[str] = ()) -> dict[str, Node]:
        """A mapping with exactly these names; optional ones that are absent or null are left out."""
        found = self.entries()
        known = [*required, *optional]
        for name in found:
            if name not in known:
                self.fail(f"'{name}' is not known here.{nearest(name, known)} Known: {', '.join(known)}.")
        for name in required:
            if name not in found or found[name].value is None:
                self.fail(f"'{name}' is missing. Add a line '{name}: …'.")
        return {name: node for name, node in found.items() if node.value is not None}

    def elements(self) -> list[Node]:
        if not isinstance(self.value, list | tuple):
            self.fail(
                f"expected a list, found {_seen(self.value)}. Write [a, b] or lines that start with '- '."
            )
        return [self.child(i) for i in range(len(self.value))]

    def text(self) -> str:
        if isinstance(self.value, bool):
            seen = str(self.value).lower()
            self.fail(f'YAML reads this as {seen}, not as a word. Put it in quotes, for example "Yes".')
        if not isinstance(self.value, str):
            self.fail(f"expected text, found {_seen(self.value)}. Put it in quotes.")
        return self.value.strip()

    def words(self) -> Words:
        """Text by language; plain text counts as English."""
        if isinstance(self.value, str):
            return {"en": self.text()}
        return {language: node.text() for language, node in self.entries().items()}

    def integer(self, low: int, high: int) -> int:
        if isinstance(self.value, bool) or not isinstance(self.value, int):
            self.fail(f"expected a whole number, found {_seen(self.value)}.")
        if not low <= self.value <= high:
            self.fail(f"{self.value} is outside {low} to {high}.")
        return self.value

    def number(self, low: float, high: float) -> float:
        if isinstance(self.value, bool) or not isinstance(self.value, int | float):
            self.fail(f"expected a number, found {_seen(self.value)}.")
        if not low <= self.value <= high:
            self.fail(f"{self.value} is outside {low} to {high}.")
        return float(self.value)

    def boolean(self) -> bool:
        if not isinstance(self.value, bool):
            self.fail(f"expected true or false, found {_seen(self.value)}.")
        return self.value

    def one_of(self, options: Sequence[str]) -> str:
        text = self.text()
        if text not in options:
            self.fail(f"'{text}' is not one of: {', '.join(options)}.{nearest(text, options)}")
        return text


def nearest(word: str, options: Iterable[str]) -> str:
    """`` Did you mean 'x'?`` for the closest option, or nothing."""
    lowered = {option.lower(): option for option in options}
    close = difflib.get_close_matches(word.lower(), list(lowered), n=1, cutoff=0.6)
    return f" Did you mean '{lowered[close[0]]}'?" if close else ""


def parse_yaml(text: str, source: str) -> Node:
    """The file as a Node with line numbers. Safe tags only; aliases and doubled names are refused.

    Aliases, because a few nested ones unfold to gigabytes; doubled names, because YAML keeps the last
    one silently.
    """
    if len(text) > LARGEST_FILE:
        raise InstrumentError(
            source, f"the file is larger than {LARGEST_FILE:,} characters. Is this the right file?"
        )
    try:
        loader = _WithoutAliases(text)
        tree = loader.get_single_node()
        value = None if tree is None else loader.construct_document(tree)
    except _AliasError as error:
        raise InstrumentError(
            _at(source, error.line), "aliases (*name) are not allowed. Write it out."
        ) from None
    except yaml.YAMLError as error:
        raise InstrumentError(
            _yaml_place(source, error),
            f"this is not valid YAML ({_yaml_problem(error)}). Check colons, quotes and indents.",
        ) from error
    except RecursionError as error:
        raise InstrumentError(source, "lists or names stand too deep inside each other.") from error
    except (
        ValueError,
        OverflowError,
        AttributeError,
    ) as error:  # a day such as 2026-02-31, a number of 5,000 digits
        raise InstrumentError(source, f"a value cannot be read ({error}). Put it in quotes.") from error
    lines: dict[str, int] = {}
    if tree is not None:
        _walk(tree, "", source, lines)
    return Node(value, "", source, lines)


class _AliasError(Exception):
    def __init__(self, line: int) -> None:
        self.line = line


class _WithoutAliases(yaml.SafeLoader):
    """Reads the text once: the tree with its lines, from which the values are made."""

    def compose_node(self, parent: yaml.Node | None, index: int) -> yaml.Node | None:
        if self.check_event(yaml.AliasEvent):
            raise _AliasError(self.peek_event().start_mark.line)
        return super().compose_node(parent, index)


def _walk(node: yaml.Node, path: str, source: str, lines: dict[str, int]) -> None:
    lines.setdefault(path, node.start_mark.line + 1)
    if isinstance(node, yaml.MappingNode):
        seen: set[str] = set()
        for key, value in node.value:
            name = str(key.value)
            line = key.start_mark.line + 1
            if name in seen:
                place = _at(source, key.start_mark.line)
                raise InstrumentError(place, f"'{name}' stands here twice. Keep one.")
            seen.add(name)
            below = f"{path}.{name}".lstrip(".")
            lines[below] = line
            _walk(value, below, source, lines)
    elif isinstance(node, yaml.SequenceNode):
        for i, value in enumerate(node.value):
            _walk(value, f"{path}[{i}]", source, lines)


def _at(source: str, line: int) -> str:
    """``file.yaml, line 3`` for YAML's line 2, which counts from 0."""
    return f"{source}, line {line + 1}" if source else f"line {line + 1}"


def _yaml_place(source: str, error: yaml.YAMLError) -> str:
    mark = getattr(error, "problem_mark", None)
    return source if mark is None else _at(source, mark.line)


def _yaml_problem(error: yaml.YAMLError) -> str:
    return str(getattr(error, "problem", None) or error).split("\n")[0]


def _seen(value: Any) -> str:
    if value is None:
        return "nothing"
    if isinstance(value, dict):
        return "names with values"
    if isinstance(value, list):
        return "a list"
    return f"'{value}'"
