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
    "own_usual": ("Please look", "person"),
    "observation": ("Observations to read", "eye"),
    "circle_back": ("You said you’d come back", "undo"),
    "note_home": ("Notes home that did not arrive", "mail"),
    "greet": ("To greet by name", "wave"),
    "restore": ("Conversations to have", "undo"),
    "intention": ("You meant to", "heart"),
    "board": ("Boards", "heart"),
    "review": ("Look again", "eye"),
    "named_by_many": ("For you alone", "lock"),
    "match": ("To look out for", "person"),
    "care": ("Extra care", "heart"),
    "promised": ("You said you would notice", "eye"),
    "quiet": ("No moment for a while", "heart"),
    "held": ("To read before it is shared", "shield"),
    "overlooked": ("Not yet noticed", "notice"),
    "local": ("Round here this week", "home"),
    "ask.named": ("Answers to you by name", "person"),
    "ask.texts": ("What pupils wrote", "ask"),
    "asked": ("They asked for you", "voice"),
    "ask.check-in": ("Check-ins to read", "heart"),
    "ask.check-in.class": ("Your class can check in", "heart"),
    "ask.usual": ("Please ask how they are", "person"),
    "ask.class": ("Your class can answer", "ask"),
    "ask.closing": ("Waves closing soon", "clock"),
    "recognition": ("Kind things to read", "star"),
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
