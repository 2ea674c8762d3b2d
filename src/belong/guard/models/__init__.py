"""Tables of the guard room: the record of concerns, the rota of those who read, the rights of people."""

from belong.guard.models.concerns import GUARDS, Concern, ConcernEntry
from belong.guard.models.rights import AccessRequest, LegalHold, RequestItem, Tombstone
from belong.guard.models.rota import Deputy, Heartbeat, Holiday, Outage, Rota, Shift

__all__ = [
    "GUARDS",
    "AccessRequest",
    "Concern",
    "ConcernEntry",
    "Deputy",
    "Heartbeat",
    "Holiday",
    "LegalHold",
    "Outage",
    "RequestItem",
    "Rota",
    "Shift",
    "Tombstone",
]
