"""The data map: whom pupils like to be with. The answers themselves stand on sheets (`ask.SignedSheet`)."""

from belong.base.registry import LEGAL, Clock, Record, author, subject

RECORDS: tuple[Record, ...] = (
    Record(
        "ask.FamiliesTold",
        holds="On which day, and how, families were told that pupils are asked whom they like to be with.",
        about=(author("noted_by__person"),),
        why="so that no child is asked, or named, before their family could say no",
        basis=LEGAL,
        seen_by="survey lead, pastoral staff and senior leaders",
        kept="as long as the wave",
        wave="wave",
    ),
    Record(
        "ask.LeftOutOfFriends",
        holds="That a pupil is neither asked about friends nor in anybody’s list, and who said so. No reason.",
        about=(subject("pupil"), author("noted_by__person"), author("ended_by__person")),
        why="so that nobody is asked, or named, against their own or their family’s wish",
        basis=LEGAL,
        seen_by="survey lead, pastoral staff and senior leaders",
        kept="leavers",
    ),
)
CLOCKS: tuple[Clock, ...] = ()
