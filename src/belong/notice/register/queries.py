"""Reading intentions and what was handed over."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from belong.base.clock import today
from belong.notice.access import visible_knowings, visible_relationships
from belong.notice.models import HandOver, Intention, KnownBy, RelationshipChange, State
from belong.notice.profiles.queries import Reading, readings
from belong.notice.register.access import visible_hand_overs, visible_intentions
from belong.notice.register.strategies import Strategy, strategies_for, strategy, title_of
from belong.people.models import Group, Person, User


@dataclass(frozen=True)
class Meant:
    """An open intention with the strategy it names, if that is still in the library."""

    intention: Intention
    title: str
    strategy: Strategy | None

    @property
    def is_due(self) -> bool:
        return self.intention.due_on <= today()


@dataclass(frozen=True)
class HandedOver:
    """What earlier adults left for one pupil, and the pupil's own page as this viewer may read it."""

    pupil: Person
    rows: tuple["Left", ...]
    reading: Reading


@dataclass(frozen=True)
class Left:
    """One hand-over; `states` is the course of the writer's own states, newest first, where they chose to show it."""

    row: HandOver
    states: tuple[RelationshipChange, ...]


@dataclass(frozen=True)
class ToHandOver:
    """One pupil of the group with what the viewer has written for the next adult."""

    pupil: Person
    written: HandOver | None


def meant(intention: Intention) -> Meant:
    return Meant(intention, title_of(intention.strategy), strategy(intention.strategy))


def due_intentions(user: User) -> list[Meant]:
    """The user's own open intentions whose day has come, soonest first; one query."""
    rows = visible_intentions(user).filter(done_on=None, dropped_on=None, due_on__lte=today())
    return [meant(row) for row in rows.select_related("pupil")]


def intentions_for(user: User, pupil: Person) -> list[Meant]:
    """What the user means to do with one pupil; one query."""
    rows = visible_intentions(user).filter(pupil=pupil, done_on=None, dropped_on=None)
    return [meant(row) for row in rows]


def suggested(user: User, pupil: Person, state: str) -> list[Strategy]:
    """Strategies that fit the state and the pupil, without those the user means to do already; one query."""
    mine = Intention.objects.filter(adult=user.person_id, pupil=pupil).order_by()
    rows = mine.values("strategy", "done_on", "dropped_on")
    open_now = {row["strategy"] for row in rows if row["done_on"] is None and row["dropped_on"] is None}
    last: dict[str, date] = {}
    for row in rows:
        if row["done_on"]:
            last[row["strategy"]] = max(row["done_on"], last.get(row["strategy"], date.min))
    return [one for one in strategies_for(state, pupil, last) if one.key not in open_now]


def also_set_today(user: User, pupil: Person) -> list[str]:
    """What to tell an adult who has just set a state where others did the same today; only what they may see."""
    others = visible_relationships(user).filter(pupil=pupil, set_on=today()).exclude(adult=user.person_id)
    return [
        f"{row.adult.display_name} set {State(row.state).label} today, too. You each keep your own."
        for row in others.select_related("adult").defer("reason")
    ]


def to_hand_over(user: User, group: Group, pupils: Collection[Person]) -> list[ToHandOver]:
    """The group's pupils with what the user has written for the next adult; one query."""
    mine = HandOver.objects.filter(adult=user.person_id, group=group, pupil__in=pupils)
    written = {row.pupil_id: row for row in mine}
    return [ToHandOver(pupil, written.get(pupil.pk)) for pupil in pupils]


def handed_over(user: User, pupils: Collection[Person]) -> list[HandedOver]:
    """What others left for these pupils, for those who have anything; a constant number of queries."""
    left = _left(user, pupils)
    found = readings(user, pupils)
    rows = [HandedOver(reading.pupil, left.get(reading.pupil.pk, ()), reading) for reading in found]
    return [row for row in rows if row.rows or row.reading.parts]


def earlier_line(user: User, pupil: Person) -> str:
    """What the user wrote about knowing the pupil, to begin a hand-over with."""
    mine: KnownBy | None = visible_knowings(user).filter(pupil=pupil, adult=user.person_id).first()
    return mine.line if mine else ""


def _left(user: User, pupils: Collection[Person]) -> dict[int, tuple[Left, ...]]:
    others = visible_hand_overs(user).filter(pupil__in=pupils).exclude(adult=user.person_id)
    rows = list(others.select_related("adult", "group"))
    shown = [row for row in rows if row.with_states]
    changes = RelationshipChange.objects.filter(
        relationship__adult__in={row.adult_id for row in shown},
        relationship__pupil__in={row.pupil_id for row in shown},
    ).select_related("relationship")
    course: dict[tuple[int, int], list[RelationshipChange]] = {}
    for change in changes.defer("reason", "relationship__reason") if shown else ():
        key = (change.relationship.adult_id, change.relationship.pupil_id)
        course.setdefault(key, []).append(change)
    found: dict[int, tuple[Left, ...]] = {}
    for row in rows:
        states = tuple(course.get((row.adult_id, row.pupil_id), ())) if row.with_states else ()
        found[row.pupil_id] = (*found.get(row.pupil_id, ()), Left(row, states))
    return found
