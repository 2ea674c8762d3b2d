"""Looking through what somebody wrote for a board before anybody sees it: it orders reading, and decides nothing."""

from dataclasses import dataclass
from functools import cache

from belong.content import folder
from belong.guard.concerns.noticing import Look, look
from belong.guard.detecting import Hit, own_rules
from belong.guard.detecting.engine import Detector


@dataclass(frozen=True)
class Marks:
    """What was found: a `look` for the safeguarding lead, and words that may be `unkind`."""

    look: Look
    unkind: tuple[Hit, ...] = ()

    @property
    def any(self) -> bool:
        return self.look.is_flagged or bool(self.unkind)

    @property
    def said(self) -> list[str]:
        """Each mark in words, for the adult who reads: `“loser”: may be unkind`."""
        found = {hit["words"]: hit["why"] for hit in self.look.hits if hit["category"] != "unread"}
        for hit in self.unkind:
            found.setdefault(hit.words, hit.why)
        lines = [f"“{words}”: {why}" for words, why in found.items()]
        unread = self.look.failed or any(hit["category"] == "unread" for hit in self.look.hits)
        return [*lines, "The program could not read all of it"] if unread else lines


def marks(words: str) -> Marks:
    """Look through a text with the detector and for unkind words. Never raises."""
    return Marks(look(words), tuple(hit for hit in _unkind().detect(words) if hit.rule.startswith("own-")))


@cache
def _unkind() -> Detector:
    """The unkind words alone, read like a school's own; light, since it has no language but them."""
    return Detector((), own_rules((folder("boards") / "unkind.yaml").read_text("utf-8")))
