"""The data map: languages, and the words in them."""

from belong.base.registry import KEEP, NO_PERSON, PUBLIC_TASK, Clock, Record, author, subject

RECORDS: tuple[Record, ...] = (
    Record(
        "ask.WaveWording",
        holds="The words of a wave's questions in one language.",
        about=(),
        why="so that people can answer in their language",
        basis=NO_PERSON,
        seen_by="those who are asked",
        kept="as long as its wave",
    ),
    Record(
        "ask.OwnWording",
        holds="A school's own words in one language, who put them in, and the name of the speaker who checked them.",
        about=(author("made_by__person", erase=KEEP), author("check_noted_by__person", erase=KEEP)),
        why="so that translations are right, and say honestly who has checked them",
        basis=PUBLIC_TASK,
        seen_by="survey leads and senior leaders; the words by those who answer",
        kept="until the school deletes its data; earlier editions stay so that they can be taken back",
        words=("words",),
    ),
    Record(
        "ask.ReadingLanguage",
        holds="The language somebody with a sign-in of their own chose for their pages.",
        about=(subject("person"),),
        why="so that pages come in the reader's language",
        basis=PUBLIC_TASK,
        seen_by="nobody but the person",
        kept="until the person chooses English or leaves",
    ),
)
CLOCKS: tuple[Clock, ...] = ()
