"""A school's own words: names of places, local slang, streets. A short YAML file, checked line by line.

words:
- say: the cage            # how phrases are written: content/README.md, "detector"
  category: bullying
  urgency: look            # now, today or look; may be left out
  why: speaks of the place behind the gym   # may be left out
"""

from pathlib import Path
from typing import Any

import yaml

from belong.guard.detecting.hits import URGENCIES
from belong.guard.detecting.phrases import Phrase, PhraseError, parse
from belong.guard.detecting.rulebook import Rule, RulebookError, categories, usual_urgency

FILE = "detector.yaml"
MOST = 500
_FIELDS = ("say", "category", "urgency", "why")


def read_own_rules(home: Path) -> tuple[Rule, ...]:
    """The school's own rules in `home`/detector.yaml; () when there is none. Raises RulebookError."""
    path = home / FILE
    try:
        return own_rules(path.read_text("utf-8-sig"))
    except FileNotFoundError:
        return ()
    except (UnicodeDecodeError, OSError) as error:
        raise RulebookError(f"{FILE} cannot be read as text: save it as UTF-8.") from error


def own_rules(text: str) -> tuple[Rule, ...]:
    """The rules that a school's file holds. Raises RulebookError naming the line and the mend."""
    try:
        top = yaml.compose(text, Loader=yaml.SafeLoader)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        raise _wrong(
            mark.line if mark else 0, "this is not YAML: look at the spaces, colons and quotes"
        ) from error
    if top is None:
        return ()
    entries = dict(_pairs(top)).get("words") if isinstance(top, yaml.MappingNode) else None
    if not isinstance(entries, yaml.SequenceNode):
        raise _wrong(
            top.start_mark.line, "begin with 'words:' and below it a list, each entry beginning '- say:'"
        )
    if len(entries.value) > MOST:
        raise _wrong(
            entries.start_mark.line, f"there may be {MOST} entries at most, here are {len(entries.value)}"
        )
    return tuple(_rule(node, number) for number, node in enumerate(entries.value, 1))


def _rule(node: yaml.Node, number: int) -> Rule:
    line = node.start_mark.line
    if not isinstance(node, yaml.MappingNode):
        raise _wrong(line, "write each entry as '- say: the words' with 'category:' below it")
    given = dict(_pairs(node))
    if unknown := sorted(set(given) - set(_FIELDS)):
        raise _wrong(line, f"'{unknown[0]}' is not known here: choose from {', '.join(_FIELDS)}")
    told = {name: _words(value, name) for name, value in given.items()}
    if missing := [name for name in ("say", "category") if not told.get(name)]:
        raise _wrong(line, f"'{missing[0]}:' is missing")
    category, known = told["category"], [name for name in categories() if name != "unread"]
    if category not in known:
        raise _wrong(
            given["category"].start_mark.line, f"'{category}' is no category: choose from {', '.join(known)}"
        )
    urgency = told.get("urgency") or usual_urgency(category)
    if urgency not in URGENCIES:
        raise _wrong(given["urgency"].start_mark.line, f"'{urgency}' is not one of {', '.join(URGENCIES)}")
    why = told.get("why") or f"uses words of this school's own list: {told['say']}"
    return Rule(f"own-{number}", "own", category, urgency, why, (_phrase(told["say"], given["say"]),))


def _phrase(text: str, node: yaml.Node) -> Phrase:
    try:
        return parse(text, {})
    except PhraseError as error:
        raise _wrong(node.start_mark.line, str(error)) from None


def _pairs(node: yaml.MappingNode) -> list[tuple[str, Any]]:
    return [(str(key.value), value) for key, value in node.value]


def _words(node: yaml.Node, name: str) -> str:
    if not isinstance(node, yaml.ScalarNode):
        raise _wrong(node.start_mark.line, f"'{name}:' takes words, not a list")
    return str(node.value).strip()


def _wrong(line: int, mend: str) -> RulebookError:
    return RulebookError(f"{FILE}, line {line + 1}: {mend}.")
