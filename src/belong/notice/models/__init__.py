"""Tables of the notice room.

Nothing here is worked out from a score. A `Relationship` is one adult's own judgement about one pupil, set by that
adult, with every earlier state kept in `RelationshipChange`. A `Moment` is one good thing (or one observation, kept
apart) seen by one adult. `KnownBy` records that an adult knows the child well: something they enjoy, someone at home,
what helps. Notes, reasons and lines are written as if the child will read them, at most `NOTE_LENGTH` characters long,
and encrypted (docs/keys.md): whoever holds the database or a copy of it reads none of them.
"""

from belong.notice.models.badges import (
    Award,
    Badge,
    Colour,
    Givers,
    IssuerKey,
    Shape,
    Sign,
    StatusList,
)
from belong.notice.models.boards import Board, BoardName, BoardPost, BoardTurn, LeftOff
from belong.notice.models.both_sides import CareStep, CareTask, Match, MatchOffer, NamedByMany, Seen, Step
from belong.notice.models.greeting import BackToday, NameSound, NoBirthday, TalkUp
from belong.notice.models.local import LocalDay, LocalKind, LocalPage
from belong.notice.models.moments import Aspect, Kind, Moment, TakenBack
from belong.notice.models.noting import (
    CircleBack,
    Letter,
    NoteHome,
    ObservationSeen,
    UsualPrompt,
    UsualSignOff,
)
from belong.notice.models.overlooked import WillNotice
from belong.notice.models.profiles import Audience, ProfileField, ProfilePage, ProfilePart
from belong.notice.models.recognition import (
    Ambassador,
    HouseEvent,
    HouseThanks,
    Recognition,
    RecognitionPhoto,
    Shown,
    Trait,
)
from belong.notice.models.register import HandOver, Intention
from belong.notice.models.relationships import KnownBy, Relationship, RelationshipChange, State

NOTE_LENGTH = 280

__all__ = [
    "NOTE_LENGTH",
    "Ambassador",
    "Aspect",
    "Audience",
    "Award",
    "BackToday",
    "Badge",
    "Board",
    "BoardName",
    "BoardPost",
    "BoardTurn",
    "CareStep",
    "CareTask",
    "CircleBack",
    "Colour",
    "Givers",
    "HandOver",
    "HouseEvent",
    "HouseThanks",
    "Intention",
    "IssuerKey",
    "Kind",
    "KnownBy",
    "LeftOff",
    "Letter",
    "LocalDay",
    "LocalKind",
    "LocalPage",
    "Match",
    "MatchOffer",
    "Moment",
    "NameSound",
    "NamedByMany",
    "NoBirthday",
    "NoteHome",
    "ObservationSeen",
    "ProfileField",
    "ProfilePage",
    "ProfilePart",
    "Recognition",
    "RecognitionPhoto",
    "Relationship",
    "RelationshipChange",
    "Seen",
    "Shape",
    "Shown",
    "Sign",
    "State",
    "StatusList",
    "Step",
    "TakenBack",
    "TalkUp",
    "Trait",
    "UsualPrompt",
    "UsualSignOff",
    "WillNotice",
]
