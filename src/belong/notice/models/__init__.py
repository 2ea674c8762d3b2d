"""Tables of the notice room.

Nothing here is worked out from a score. A `Relationship` is one adult's own judgement about one pupil, set by that
adult, with every earlier state kept in `RelationshipChange`. A `Moment` is one good thing (or one observation, kept
apart) seen by one adult. `KnownBy` records that an adult knows the child well: something they enjoy, someone at home,
what helps. Notes, reasons and lines are written as if the child will read them, at most `NOTE_LENGTH` characters long,
and encrypted (docs/keys.md): whoever holds the database or a copy of it reads none of them.
"""

from belong.notice.models.moments import Kind, Moment, TakenBack
from belong.notice.models.relationships import KnownBy, Relationship, RelationshipChange, State

NOTE_LENGTH = 280

__all__ = [
    "NOTE_LENGTH",
    "Kind",
    "KnownBy",
    "Moment",
    "Relationship",
    "RelationshipChange",
    "State",
    "TakenBack",
]
