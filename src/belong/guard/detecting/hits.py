"""A hit: words in a text that an adult should read, and why. It orders reading; it is never a verdict."""

from dataclasses import dataclass

NOW, TODAY, LOOK = "now", "today", "look"
URGENCIES = (NOW, TODAY, LOOK)
"""Most urgent first: read at once; read today; have a look."""


@dataclass(frozen=True)
class Hit:
    """Where a rule found something. `start` and `end` are offsets in the text as it was written."""

    rule: str
    category: str
    start: int
    end: int
    words: str
    why: str
    urgency: str

    @property
    def rank(self) -> int:
        """0 for "now", 1 for "today", 2 for "look": sort by it."""
        return URGENCIES.index(self.urgency)
