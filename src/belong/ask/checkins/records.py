"""The data map: short check-ins between waves. Answers are sheets of their rounds, and are kept as those of a wave."""

from belong.base.registry import NO_PERSON, Clock, Record, author

RECORDS: tuple[Record, ...] = (
    Record(
        "ask.CheckIn",
        holds="What a group is asked how often, who sees named answers, who set it up.",
        about=(author("set_up_by__person"),),
        why="so that adults notice in time how children are",
        basis=NO_PERSON,
        seen_by="staff who have to do with it",
        kept="as long as the school uses belong",
    ),
)
CLOCKS: tuple[Clock, ...] = ()
