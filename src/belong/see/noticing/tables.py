"""What is released: tables of plain facts about pupils, each fact in one of a few classes.

No fact is the sum of others, and no two say nearly the same of the same pupils: else one could be had from the rest
where it is kept back. So a relationship is one fact with four classes and not four facts; "noticed" and "recognised"
mean since half-term in every table; how many places are empty is told in bands.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from belong.notice.models import Kind, Recognition, State, Trait
from belong.notice.queries.as_of import AsOf
from belong.notice.queries.places import LABELS

Coder = Callable[[AsOf, int], int]
"""A pupil's class, from 1."""

STATES = {"": 1, State.RESTORE: 2, State.ESTABLISH: 3, State.MAINTAIN: 4}
STATE_WORDS = ("Not sorted yet", "Restore", "Establish", "Maintain")
MOMENT_WORDS = ("None", "One or two", "Three to five", "Six or more")
EMPTY_WORDS = ("Four or more empty", "Two or three empty", "None or one empty")
YES, NO = 2, 1


@dataclass(frozen=True)
class Classes:
    """What people are sorted into. `classes` are the words, lowest first; the last `best` of them are the share."""

    key: str
    label: str
    classes: tuple[str, ...] = ("No", "Yes")
    best: int = 1

    @property
    def favourable(self) -> tuple[int, ...]:
        last = len(self.classes)
        return tuple(range(last - self.best + 1, last + 1))


@dataclass(frozen=True)
class Fact(Classes):
    """One fact about every pupil, and how to read it."""

    code: Coder = field(kw_only=True)


@dataclass(frozen=True)
class HalfTermTable:
    """One table: `facts` drawn as shares, `more` in a second chart, `bars` the fact that is drawn with its classes.

    `main` is the fact whose groups, gaps and changes are shown first.
    """

    key: str
    title: str
    about: str
    main: str
    facts: tuple[str, ...]
    bars: str = ""
    more: tuple[str, ...] = ()
    icon: str = "see"

    @property
    def shares(self) -> tuple[str, ...]:
        """Every yes-or-no fact of the table, each once: what it can be looked at by group."""
        return tuple(dict.fromkeys((self.main, *self.facts, *self.more)))


def facts(traits: Sequence[Trait]) -> dict[str, Fact]:
    """Every fact there is, by key, in the order in which they are released."""
    found = [
        Fact("tutor", "How the tutor has the relationship", STATE_WORDS, code=_state),
        Fact("maintain", "The tutor has the relationship in Maintain", code=_maintained),
        Fact("moments", "Moments since half-term", MOMENT_WORDS, best=3, code=_how_many),
        Fact("noticed", "Any moment", code=_yes(lambda was, pupil: pupil in was.moments)),
        *(
            Fact(f"kind-{kind}", str(kind.label), code=_had(kind))
            for kind in Kind
            if kind != Kind.OBSERVATION
        ),
        Fact("recognised", "Recognised, or given a badge", code=_in("recognised")),
        *(Fact(f"trait-{trait.pk}", trait.name, code=_seen_as(trait.pk)) for trait in traits),
        *(Fact(f"source-{key}", words, code=_by(key)) for key, words in SOURCES.items()),
        Fact("empty", "Empty places", EMPTY_WORDS, code=_empty),
        Fact("adult", "An adult knows them well", code=_in("adult")),
        Fact("club", "A club or a role", code=_in("club")),
        Fact("voice", "Heard by name this term", code=_in("voice")),
        Fact("profile", "A profile of their own", code=_in("profile")),
    ]
    return {fact.key: fact for fact in found}


SOURCES = {
    Recognition.STAFF: "By staff",
    Recognition.PUPIL: "By another pupil",
    Recognition.AMBASSADOR: "By an ambassador",
    Recognition.FAMILY: "By their family",
}
PLACES = ("adult", "noticed", "club", "recognised", "voice", "profile")


def tables(keys: Sequence[str]) -> tuple[HalfTermTable, ...]:
    """The tables of a release that holds facts of these keys."""
    kinds = tuple(key for key in keys if key.startswith("kind-"))
    traits = tuple(key for key in keys if key.startswith("trait-"))
    sources = tuple(key for key in keys if key.startswith("source-"))
    return (
        HalfTermTable(
            "states",
            "Relationships",
            "How each pupil’s tutor has the relationship: Establish, Maintain, Restore. One adult a pupil, so nobody "
            "counts twice.",
            "maintain",
            ("maintain",),
            bars="tutor",
            icon="heart",
        ),
        HalfTermTable(
            "places",
            "Empty places",
            "Six things somebody could have done for each pupil: an adult who knows them, a moment, a club or role, "
            "recognition, a voice heard by name, a profile.",
            "noticed",
            PLACES,
            bars="empty",
            icon="eye",
        ),
        HalfTermTable(
            "moments",
            "Moments",
            "Pupils who had at least one of each kind since half-term. Observations are not counted.",
            "noticed",
            ("noticed", *kinds),
            bars="moments",
            icon="star",
        ),
        HalfTermTable(
            "recognition",
            "Recognition",
            "In whom something good was seen since half-term, what it was, and who saw it.",
            "recognised",
            ("recognised", *traits),
            more=sources,
            icon="flag",
        ),
    )


def _yes(test: Callable[[AsOf, int], bool]) -> Coder:
    return lambda was, pupil: YES if test(was, pupil) else NO


def _in(name: str) -> Coder:
    return _yes(lambda was, pupil: pupil in getattr(was, name))


def _state(was: AsOf, pupil: int) -> int:
    return STATES[was.states.get(pupil, "")]


def _maintained(was: AsOf, pupil: int) -> int:
    return YES if was.states.get(pupil) == State.MAINTAIN else NO


def _how_many(was: AsOf, pupil: int) -> int:
    """None, one or two, three to five, six or more."""
    many = sum(was.moments.get(pupil, {}).values())
    return 1 + sum(many >= least for least in (1, 3, 6))


def _had(kind: str) -> Coder:
    return _yes(lambda was, pupil: kind in was.moments.get(pupil, {}))


def _seen_as(trait: int) -> Coder:
    return _yes(lambda was, pupil: any((pupil, trait, source) in was.recognitions for source in SOURCES))


def _by(source: str) -> Coder:
    return _yes(lambda was, pupil: pupil in was.by_source.get(source, ()))


def _empty(was: AsOf, pupil: int) -> int:
    """Four or more, two or three, none or one of the six."""
    filled = sum(pupil in getattr(was, place) for place in PLACES if place != "noticed")
    empty = len(LABELS) - filled - (pupil in was.moments)
    return 1 + sum(empty <= most for most in (3, 1))
