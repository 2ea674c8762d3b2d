"""The data map: every table and file of the program, declared by the room it lives in.

A room's `records.py` holds `RECORDS` (what is held about whom, why, who sees it, how long, how it is given out and how
erased) and `CLOCKS` (how long each kind of record is kept), and hands both down with `register` when its app starts.
`guard` makes from them the data map, subject access, erasure and retention, and so covers rooms it may not import.
A test fails on a table that is declared nowhere.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.apps import apps
from django.db.models import Model, QuerySet

Rows = QuerySet[Any]

# Lawful bases, as they stand in the data map. A school that is no public authority reads "legitimate interests" (f).
PUBLIC_TASK = "public task, UK GDPR Art. 6(1)(e)"
LEGAL = "legal obligation, UK GDPR Art. 6(1)(c)"
SAFEGUARDING = (
    "legal obligation, Art. 6(1)(c); safeguarding of children, Art. 9(2)(g), DPA 2018 Sch. 1 para. 18"
)
EQUALITY = "public task, Art. 6(1)(e); equality of opportunity, Art. 9(2)(g), DPA 2018 Sch. 1 para. 8"
CONFIDED = "public task, Art. 6(1)(e); safeguarding of children, Art. 9(2)(g), DPA 2018 Sch. 1 para. 18"
SECURITY = "security of processing, UK GDPR Art. 32; legal obligation, Art. 6(1)(c)"
NO_PERSON = "none needed: nothing about a person"

SUBJECT, AUTHOR = "subject", "author"
# What erasing a person does with a row.
DELETE = "goes"
CLEAR = "stays, and the person is taken off it"
KEEP = "stays; the person on it becomes nobody"
KEEP_NAMED = "stays, with the person's name"


@dataclass(frozen=True)
class Link:
    """How a table leads to a person: by a `path` of fields to people.Person, or by `find` where there is none.

    `part` is "subject" (the row is about them: given to them, erased with them) or "author" (they wrote it or did it
    about somebody else: they are told that they did, not what it says about the other).
    """

    path: str = ""
    part: str = SUBJECT
    erase: str = DELETE
    find: Callable[[Any], Rows] | None = None

    def rows(self, model: type[Model], person: Any) -> Rows:
        """The rows of `model` that this link ties to a person of the school in scope."""
        if self.find is not None:
            return self.find(person)
        return _manager(model).filter(**{self.path: person.pk})


def subject(path: str = "", *, erase: str = DELETE, find: Callable[[Any], Rows] | None = None) -> Link:
    """The person a row is about."""
    return Link(path, SUBJECT, erase, find)


def author(path: str, *, erase: str = KEEP) -> Link:
    """The person who wrote it or did it."""
    return Link(path, AUTHOR, erase)


@dataclass(frozen=True)
class Record:
    """One table (`model` "notice.Moment", or the name of a table without a model) or a kind of file ("file:backups").

    `kept` is the key of a Clock, or words where no clock runs. `words` are fields with what others wrote about the
    subject: a request for access holds such a row for review. `secret` fields are never given out and say nothing to
    anybody (hashes, keys). `concern` rows are always reviewed, and go neither to a carer who asks (the record does not
    say whether it is about them) nor to an adult in `about_adults(row)` (ids; None: somebody who was not named).
    `may_review` says whether this user may look at a row at all. `wave` is the path to a wave, so that a hold on a wave
    holds the row. `show` turns a row into what a person can read ({label: value}); without it the fields are shown.
    `files` gives what of a row can be seen or heard, each as its kind ("image/jpeg") and its bytes: it goes beside the
    rest of the row to the person it is about.
    """

    model: str
    holds: str
    why: str
    basis: str
    seen_by: str
    kept: str
    about: tuple[Link, ...] = ()
    special: bool = False
    words: tuple[str, ...] = ()
    secret: tuple[str, ...] = ()
    concern: bool = False
    about_adults: Callable[[Any], Iterable[int] | None] | None = None
    may_review: Callable[[Any, Any], bool] | None = None
    wave: str = ""
    show: Callable[[Any], dict[str, Any]] | None = None
    files: Callable[[Any], list[tuple[str, bytes]]] | None = None
    note: str = ""

    @property
    def is_table(self) -> bool:
        return not self.model.startswith("file:")

    @property
    def model_class(self) -> type[Model] | None:
        """The model, or None for a bare table or a file."""
        return apps.get_model(self.model) if self.is_table and "." in self.model else None

    @property
    def name(self) -> str:
        """What a person calls it: "moment", "backups"."""
        model = self.model_class
        if model is not None:
            return str(model._meta.verbose_name)
        return self.model.removeprefix("file:").replace("_", " ")

    @property
    def room(self) -> str:
        return self.model.partition(".")[0] if self.model_class else "machine"


@dataclass(frozen=True)
class Clock:
    """How long one kind of record is kept, in days from the day named by `runs_from`.

    `due(day)` are the rows whose clock began on `day` or before it: with "today minus the term" that is what goes.
    `began` is the field path of that day, for the dry run. A school may set the term between `least` and `most`
    (equal: it may not); 0 in `usual` with `may_be_off` means "until the person is erased". `forget` does the work where
    deleting rows is not enough: it gets the rows of one list, without those a hold keeps, and returns how many went.
    """

    key: str
    holds: str
    runs_from: str
    usual: int
    least: int
    most: int
    due: Callable[[date], list[Rows]] | None = None
    began: str = ""
    may_be_off: bool = False
    forget: Callable[[Rows], int] | None = None
    why: str = ""
    outside: bool = False  # works on files or in a chore of its own; shown, not counted

    @property
    def is_set_by_school(self) -> bool:
        return self.least != self.most


_records: dict[str, Record] = {}
_clocks: dict[str, Clock] = {}


def register(records: Iterable[Record], clocks: Iterable[Clock] = ()) -> None:
    """Add a room's tables and clocks. One declared twice is a mistake and raises ValueError."""
    for record in records:
        _add(_records, record.model, record)
    for clock in clocks:
        _add(_clocks, clock.key, clock)


def records() -> list[Record]:
    """Every declared table and file, by room and name."""
    return sorted(_records.values(), key=lambda record: (record.room == "machine", record.model))


def record_of(label: str) -> Record:
    """The declaration of a table; KeyError where there is none."""
    return _records[label]


def clocks() -> dict[str, Clock]:
    """Every clock by its key."""
    return dict(sorted(_clocks.items()))


def _add(into: dict[str, Any], key: str, one: Any) -> None:
    if into.setdefault(key, one) != one:
        raise ValueError(f"{key} is declared twice in the data map")


def _manager(model: type[Model]) -> Any:
    """The manager that sees one school's rows where the model has one, else the plain one."""
    return getattr(model, "objects", model._default_manager)
