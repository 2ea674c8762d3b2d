"""The data map: where pupils feel they belong, on the school’s own plan."""

from datetime import date

from belong.ask.models import PlaceReceipt, PlaceWords
from belong.base.registry import CONFIDED, NO_PERSON, PUBLIC_TASK, Clock, Record, Rows, author, subject

WHY = "so that the school knows where pupils feel they belong, and where not, and makes places better"


def _words(day: date) -> list[Rows]:
    return [PlaceWords.objects.filter(asking__closed_at__date__lte=day)]


def _receipts(day: date) -> list[Rows]:
    return [PlaceReceipt.objects.filter(asking__closed_at__date__lte=day)]


RECORDS: tuple[Record, ...] = (
    Record(
        "ask.PlacePlan",
        holds="A plan of the school: its name and its picture, made anew without anything else that was in the file.",
        about=(author("made_by__person"),),
        why=WHY,
        basis=PUBLIC_TASK,
        seen_by="staff; pupils while they are asked",
        kept="as long as the school uses it",
        secret=("picture",),
    ),
    Record(
        "ask.PlaceArea",
        holds="A named place on a plan.",
        why=WHY,
        basis=NO_PERSON,
        seen_by="staff; pupils while they are asked",
        kept="as long as its plan",
    ),
    Record(
        "ask.PlaceAsking",
        holds="When which pupils were asked about the places of a plan.",
        about=(author("opened_by__person"),),
        why=WHY,
        basis=PUBLIC_TASK,
        seen_by="staff",
        kept="as long as the school uses belong",
    ),
    Record(
        "ask.PlaceReceipt",
        holds="That a pupil answered an asking about places; no time.",
        about=(subject("person"),),
        why="so that everybody is asked once",
        basis=PUBLIC_TASK,
        seen_by="nobody; counts by class while it is open",
        kept="place receipts",
        secret=("submission_id",),
    ),
    *(
        Record(
            f"ask.{name}",
            holds=f"Places, times of day and feelings, without a name or a key; {when}.",
            why=WHY,
            basis=NO_PERSON,
            seen_by="nobody; they reach a screen only in a release",
            kept="as long as the asking; nobody can find a person’s",
        )
        for name, when in (("PlaceSheet", "while it is open"), ("PlaceRow", "after it has closed"))
    ),
    Record(
        "ask.PlaceWords",
        holds="What a pupil wrote beside a place, in confidence (encrypted).",
        about=(subject("person"),),
        special=True,
        why="so that an adult can follow up what a pupil told them",
        basis=CONFIDED,
        seen_by="pastoral lead and DSL, each for the pupils of their post",
        kept="words about places",
        words=("words",),
        secret=("read_by",),
    ),
)
CLOCKS: tuple[Clock, ...] = (
    Clock(
        "words about places",
        "What pupils wrote beside places",
        runs_from="the day the asking closed",
        usual=365,
        least=30,
        most=1095,
        due=_words,
        began="asking__closed_at",
    ),
    Clock(
        "place receipts",
        "Who answered which asking about places",
        runs_from="the day the asking closed",
        usual=30,
        least=30,
        most=30,
        due=_receipts,
        began="asking__closed_at",
        why="once it is closed nobody can answer again",
    ),
)
