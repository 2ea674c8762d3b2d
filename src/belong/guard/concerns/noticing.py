"""Looking through words before a person does: what was found orders the reading, and nothing more."""

import logging
from dataclasses import asdict, dataclass
from typing import Any

logger = logging.getLogger("belong.guard")

NOW = "now"
FAILED = "The program could not look through these words. Please read them."


@dataclass(frozen=True)
class Look:
    """What was found in one text: hits as plain data (offsets, words, why), or that looking failed."""

    hits: tuple[dict[str, Any], ...] = ()
    failed: bool = False

    @property
    def is_flagged(self) -> bool:
        return bool(self.hits) or self.failed

    @property
    def is_urgent(self) -> bool:
        """To be read at once. A text nobody could look through is treated so, too."""
        return self.failed or any(hit["urgency"] == NOW for hit in self.hits)


def look(text: str) -> Look:
    """Look through a text. Never raises: where looking fails, the text goes to a person."""
    try:
        from belong.guard.detecting import detect

        found = detect(text)
    except Exception as error:
        # The kind of the error and nothing of the text: this line goes to a log.
        logger.error("The words of an answer could not be looked through (%s).", type(error).__name__)
        return Look(failed=True)
    return Look(tuple(asdict(hit) for hit in found))
