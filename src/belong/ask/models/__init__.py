"""Tables of the ask room: the wave, the sheets that hold answers, and the ways in.

What is kept apart on purpose: a `Receipt` says *that* a person answered, a `SignedSheet` holds what a person said
to named readers, a `PooledSheet` holds answers under a keyed scramble, an `UnlinkedSheet` under nothing. None of
them carries a time. When a wave closes, the last two are rewritten in random order (`PooledRow`, `UnlinkedRow`).
"""

from belong.ask.models.checkins import CheckIn, UsualCheck, UsualNote
from belong.ask.models.entry import (
    AwayToday,
    ClassSession,
    Device,
    FreedName,
    Pin,
    TalkCard,
    Ticket,
    WayIn,
)
from belong.ask.models.friends import FamiliesTold, LeftOutOfFriends
from belong.ask.models.languages import OwnWording, ReadingLanguage, WaveWording
from belong.ask.models.looks import Look
from belong.ask.models.optout import OptOut
from belong.ask.models.paper import PaperSheet
from belong.ask.models.places import (
    PlaceArea,
    PlaceAsking,
    PlacePlan,
    PlaceReceipt,
    PlaceRow,
    PlaceSheet,
    PlaceWords,
)
from belong.ask.models.recordings import Recording
from belong.ask.models.sheets import PooledRow, PooledSheet, Receipt, SignedSheet, UnlinkedRow, UnlinkedSheet
from belong.ask.models.walls import Wall, WallPost
from belong.ask.models.wave import Wave

__all__ = [
    "AwayToday",
    "CheckIn",
    "ClassSession",
    "Device",
    "FamiliesTold",
    "FreedName",
    "LeftOutOfFriends",
    "Look",
    "OptOut",
    "OwnWording",
    "PaperSheet",
    "Pin",
    "PlaceArea",
    "PlaceAsking",
    "PlacePlan",
    "PlaceReceipt",
    "PlaceRow",
    "PlaceSheet",
    "PlaceWords",
    "PooledRow",
    "PooledSheet",
    "ReadingLanguage",
    "Receipt",
    "Recording",
    "SignedSheet",
    "TalkCard",
    "Ticket",
    "UnlinkedRow",
    "UnlinkedSheet",
    "UsualCheck",
    "UsualNote",
    "Wall",
    "WallPost",
    "Wave",
    "WaveWording",
    "WayIn",
]
