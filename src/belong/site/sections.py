"""The Today page in sections: what to do, under a heading that says why."""

from collections.abc import Iterable
from dataclasses import dataclass

from belong.base.today import TodayItem


@dataclass(frozen=True)
class Section:
    """Items of one kind with their heading and icon."""

    kind: str
    heading: str
    icon: str
    items: list[TodayItem]


HEADINGS = {
    "concern": ("Safeguarding", "shield"),
    "greet": ("To greet by name", "wave"),
    "restore": ("Conversations to have", "undo"),
    "review": ("Look again", "eye"),
    "quiet": ("No moment for a while", "heart"),
    "overlooked": ("Not yet noticed", "notice"),
    "ask.named": ("Answers to you by name", "person"),
    "ask.texts": ("What pupils wrote", "ask"),
    "ask.class": ("Your class can answer", "ask"),
    "ask.closing": ("Waves closing soon", "clock"),
    "release": ("Results are ready", "see"),
    "plan": ("Plans", "act"),
    "tell": ("Owed an answer", "tell"),
}


def sections(items: Iterable[TodayItem]) -> list[Section]:
    """Items by kind, in the order in which the first of each kind comes; a kind without a heading names itself."""
    found: dict[str, list[TodayItem]] = {}
    for item in items:
        found.setdefault(item.kind, []).append(item)
    plain = {kind: (kind.replace("_", " ").capitalize(), "flag") for kind in found}
    return [Section(kind, *(HEADINGS.get(kind) or plain[kind]), rows) for kind, rows in found.items()]
