"""Words in what pupils write that an adult should read soon, found on this machine by rules that explain themselves.

Recall first: it would rather ask for a look too many than miss a child. A hit only orders reading: it decides nothing,
hides nothing and closes nothing, and a text without hits is read by a person all the same (docs/detector.md).
Pure Python; the rules are data, in `content/detector/<language>.yaml`.
"""

from belong.guard.detecting.engine import UNREAD, detector
from belong.guard.detecting.hits import LOOK, NOW, TODAY, URGENCIES, Hit
from belong.guard.detecting.own import own_rules, read_own_rules
from belong.guard.detecting.rulebook import Rule, RulebookError, categories

__all__ = [
    "LOOK", "NOW", "TODAY", "UNREAD", "URGENCIES", "Hit", "RulebookError", "categories", "detect", "own_rules",
    "read_own_rules",
]  # fmt: skip


def detect(text: str, own: tuple[Rule, ...] = ()) -> list[Hit]:
    """Hits in a text of any language and length, in its order; [] when no rule finds anything. Never raises.

    `own` are a school's own words, from `read_own_rules`.
    """
    return detector(own).detect(text)
