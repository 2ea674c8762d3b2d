"""A copy of one concern with its receipt: as a page to print and as JSON for another system."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import Http404

from belong.guard.concerns import words
from belong.guard.concerns.page import Line, Piece, entries_of, lines_of, pieces_of
from belong.guard.models import Concern, ConcernEntry


@dataclass(frozen=True)
class Receipt:
    """What proves which record was taken when, by whom and for whom: the hash is that of its last entry."""

    number: str
    taken_at: datetime
    taken_by: str
    to: str
    entries: int
    hash: str


@dataclass(frozen=True)
class Copy:
    """Everything of a concern up to the entry that is the receipt."""

    concern: Concern
    receipt: Receipt
    pieces: list[Piece]
    lines: list[Line]

    def as_json(self) -> dict[str, Any]:
        """The copy for another system; times in ISO 8601 with their offset."""
        person = self.concern.person
        return {
            "receipt": {
                "number": self.receipt.number,
                "taken_at": self.receipt.taken_at.isoformat(),
                "taken_by": self.receipt.taken_by,
                "for": self.receipt.to,
                "entries": self.receipt.entries,
                "hash": self.receipt.hash,
            },
            "concern": {
                "reference": self.concern.reference,
                "person": person.display_name if person else None,
                "number_in_school_system": person.source_id if person else None,
                "year": person.year if person else None,
                "how": words.KINDS[self.concern.kind],
                "raised_at": self.concern.raised_at.isoformat(),
                "said": [
                    {"question": piece.question, "text": piece.text, "found": list(piece.reasons)}
                    for piece in self.pieces
                ],
            },
            "entries": [
                {
                    "place": line.place,
                    "at": line.at.isoformat(),
                    "who": line.who,
                    "what": line.did,
                    "words": line.text,
                    "hash": line.hash,
                }
                for line in self.lines
            ],
        }


def copy_of(concern: Concern, place: int) -> Copy:
    """The copy whose receipt is the entry at `place`; Http404 where that entry is no export."""
    entries = entries_of(concern)
    if not 0 < place <= len(entries) or entries[place - 1].kind != ConcernEntry.EXPORTED:
        raise Http404
    kept = entries[:place]
    lines, last = lines_of(kept), entries[place - 1]
    receipt = Receipt(
        number=f"{concern.reference}/{place}",
        taken_at=last.at,
        taken_by=lines[-1].who,
        to=(last.words or {}).get("to", ""),
        entries=place,
        hash=last.hash,
    )
    return Copy(concern, receipt, pieces_of(kept), lines)
