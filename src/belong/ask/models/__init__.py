"""Tables of the ask room: the wave, the sheets that hold answers, and the ways in.

What is kept apart on purpose: a `Receipt` says *that* a person answered, a `SignedSheet` holds what a person said
to named readers, a `PooledSheet` holds answers under a keyed scramble, an `UnlinkedSheet` under nothing. None of
them carries a time. When a wave closes, the last two are rewritten in random order (`PooledRow`, `UnlinkedRow`).
"""

from belong.ask.models.entry import ClassSession, Device, Pin, TalkCard, Ticket
from belong.ask.models.optout import OptOut
from belong.ask.models.sheets import PooledRow, PooledSheet, Receipt, SignedSheet, UnlinkedRow, UnlinkedSheet
from belong.ask.models.wave import Wave

__all__ = [
    "ClassSession",
    "Device",
    "OptOut",
    "Pin",
    "PooledRow",
    "PooledSheet",
    "Receipt",
    "SignedSheet",
    "TalkCard",
    "Ticket",
    "UnlinkedRow",
    "UnlinkedSheet",
    "Wave",
]
