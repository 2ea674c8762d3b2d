"""How a sheet was answered: in which language, and whether an adult helped. Never beside unlinked answers.

Kept with signed and pooled sheets, so that figures can be given without helped answers, and so that figures from a
translation nobody has checked can say so. Unlinked questions are left out where somebody helps: whoever sits beside
a child sees what is tapped, and "nobody can ever know" would not be true (privacy.md §3).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from belong.ask.models.wave import UNLINKED, Wave
from belong.measure.instrument import Item


@dataclass(frozen=True)
class How:
    """The language of the page (BCP 47) and whether an adult typed or helped."""

    language: str = "en"
    helper: bool = False

    def kept(self) -> dict[str, Any]:
        """As it stands on a sheet: `{"language": "pl", "helper": true}`."""
        return {"language": self.language, "helper": self.helper}


ALONE = How()


def askable_with(wave: Wave, items: Sequence[Item], *, helper: bool) -> tuple[Item, ...]:
    """The questions somebody is asked: with a helper those without a name or a key are left out."""
    return tuple(item for item in items if not (helper and wave.seen_as(item.id) == UNLINKED))
