"""The data map: answers on paper."""

from belong.base.registry import SECURITY, Clock, Record, author, subject

RECORDS: tuple[Record, ...] = (
    Record(
        "ask.PaperSheet",
        holds="That a paper sheet with a number was printed for a person, and who may type it in. No answers, no time.",
        about=(subject("person"), author("helper")),
        why="so that answers on paper are kept once, for the right person, without a name on the paper",
        basis=SECURITY,
        seen_by="nobody once it is printed",
        kept="until a new one is printed, or the wave closes",
        wave="wave",
    ),
)
CLOCKS: tuple[Clock, ...] = ()
