"""The queue and one concern as pages show them; every function runs inside a school scope."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Q, QuerySet

from belong.base.clock import now
from belong.guard.concerns.hours import SchoolHours
from belong.guard.concerns.rota import hours_of, limits_of, rota_of
from belong.guard.concerns.routes import abouts, goes_another_way, posts_for, visible_concerns
from belong.guard.concerns.timer import LATE, Limits, acknowledge_by
from belong.guard.concerns.words import NEW, PASSED, SORTED, TAKEN
from belong.guard.models import Concern, ConcernEntry, Outage
from belong.people.models import Person, User
from belong.people.queries import tutor_group_of

SHOWN_FOR = timedelta(days=7)


@dataclass(frozen=True)
class Standing:
    """Where a concern stands, read from its entries.

    `since` is when it last became new: it came in, or the pupil said that nothing happened or that they still want to
    talk; `lives` counts those. `flagged`: something was found in its words.
    """

    state: str
    urgent_since: datetime | None
    is_read: bool
    steps: frozenset[int] = frozenset()
    reminded: tuple[int, ...] = ()
    last: datetime | None = None
    since: datetime | None = None
    lives: int = 0
    flagged: bool = False

    @property
    def urgent(self) -> bool:
        return self.urgent_since is not None

    @property
    def is_open(self) -> bool:
        return self.state in (NEW, TAKEN)


@dataclass(frozen=True)
class Row:
    """One concern in the queue. `due` is when somebody should have taken it on."""

    concern: Concern
    standing: Standing
    group: str
    due: datetime | None
    another_way: bool
    late_reminders: bool = field(default=False)

    @property
    def is_late(self) -> bool:
        return self.standing.state == NEW and self.due is not None and self.due < now()


def standings(concern_ids: Collection[int]) -> dict[int, Standing]:
    """Concern id → where it stands; one query, no words opened."""
    rows = ConcernEntry.objects.filter(concern__in=concern_ids).order_by("number")
    fields = ("concern_id", "kind", "outcome", "urgent", "at", "step", "facts")
    grouped: dict[int, list[tuple[Any, ...]]] = {pk: [] for pk in concern_ids}
    for concern_id, *rest in rows.values_list(*fields):
        grouped[concern_id].append(tuple(rest))
    return {pk: _standing(entries) for pk, entries in grouped.items()}


def _standing(entries: Sequence[tuple[Any, ...]]) -> Standing:
    state, urgent, read, steps, told, last = NEW, None, False, set(), [], None
    since, lives, flagged = None, 0, False
    for kind, outcome, is_urgent, at, step, facts in entries:
        last, since = at, since or at
        flagged = flagged or bool(facts.get("flagged"))
        if is_urgent and urgent is None:
            urgent = at
        read = read or kind in READS
        state = _after(state, kind, outcome, flagged)
        if kind in ConcernEntry.AGAIN:
            since, lives = at, lives + 1
        if step is not None:
            steps.add(step)
            told += facts.get("to", [])
    return Standing(state, urgent, read, frozenset(steps), tuple(told), last, since, lives, flagged)


READS = (ConcernEntry.READ, ConcernEntry.ACKNOWLEDGED, ConcernEntry.ACCEPTED)


def _after(state: str, kind: str, outcome: str, flagged: bool) -> str:
    """Where a concern stands after one more entry.

    An adult whom the pupil chose takes it off the list of those waiting only where nothing was found in the words; else
    somebody whose job it is has to take it on.
    """
    if kind in (ConcernEntry.ACKNOWLEDGED, ConcernEntry.REOPENED):
        return TAKEN
    if kind == ConcernEntry.ACCEPTED and state == NEW and not flagged:
        return TAKEN
    if kind in ConcernEntry.AGAIN:
        return NEW
    if kind == ConcernEntry.DECIDED:
        return {ConcernEntry.PASSED: PASSED, ConcernEntry.SORTED: SORTED}.get(outcome, TAKEN)
    return state


def unanswered(rows: QuerySet[Concern]) -> QuerySet[Concern]:
    """Those of some concerns that may be new: nobody has taken them on, or the pupil spoke up again since."""
    ended = rows.filter(entries__kind__in=(ConcernEntry.ACKNOWLEDGED, ConcernEntry.DECIDED)).values("pk")
    again = rows.filter(entries__kind__in=ConcernEntry.AGAIN).values("pk")
    return rows.filter(~Q(pk__in=ended) | Q(pk__in=again))


def queue(user: User, *, show: str = "open", words: str = "") -> list[Row]:
    """What this user reads: nobody has it first, urgent first, then the oldest. `show`: open | new | ended | all."""
    found = visible_concerns(user).select_related("person")
    if words:
        found = _named(found, words)
    rows = rows_of(user, list(found.order_by("raised_at")))
    wanted = {
        "open": lambda row: row.standing.is_open,
        "new": lambda row: row.standing.state == NEW,
        "ended": lambda row: not row.standing.is_open,
    }.get(show, lambda row: True)
    return sorted(filter(wanted, rows), key=_order)


def _order(row: Row) -> tuple[Any, ...]:
    places = {NEW: 0, TAKEN: 1, PASSED: 2, SORTED: 2}
    return places[row.standing.state], not row.standing.urgent, row.concern.raised_at


def _named(found: QuerySet[Concern], words: str) -> QuerySet[Concern]:
    """By reference, or by every word standing in the name."""
    by_reference = found.filter(reference__iexact=words.strip())
    if by_reference.exists():
        return by_reference
    people = Person.objects.all()
    for word in words.split():
        people = people.filter(_in_name(word))
    return found.filter(person__in=people.values("id"))


def _in_name(word: str) -> Any:
    given = Q(given_name__icontains=word) | Q(preferred_name__icontains=word)
    return given | Q(family_name__icontains=word)


def rows_of(user: User, concerns: Sequence[Concern]) -> list[Row]:
    """Concerns with where they stand; constant SQL."""
    ids = [concern.pk for concern in concerns]
    where, about = standings(ids), abouts(ids)
    groups = tutor_group_of([c.person_id for c in concerns if c.person_id])
    rota, posts = rota_of(user.school), posts_for(user)
    hours, limits = hours_of(rota), limits_of(rota)
    return [
        Row(
            concern=concern,
            standing=where[concern.pk],
            group=groups[concern.person_id].name if concern.person_id in groups else "",
            due=due_of(concern, where[concern.pk], hours, limits),
            another_way=goes_another_way(about[concern.pk], posts),
        )
        for concern in concerns
    ]


def due_of(concern: Concern, standing: Standing, hours: SchoolHours, limits: Limits) -> datetime | None:
    """When somebody should have taken it on."""
    begin = max(standing.since or concern.raised_at, standing.urgent_since or concern.raised_at)
    return acknowledge_by(begin, standing.urgent, hours, limits)


def counts(user: User) -> dict[str, int]:
    """How many of each, for the tabs; only of what the user may see."""
    ids = list(visible_concerns(user).values_list("pk", flat=True))
    states = [one.state for one in standings(ids).values()]
    new, taken = states.count(NEW), states.count(TAKEN)
    return {"open": new + taken, "new": new, "ended": len(states) - new - taken, "all": len(states)}


@dataclass(frozen=True)
class Gap:
    """A time in which belong did not run, and how many of this user's reminders went out late for it."""

    since: datetime
    until: datetime
    late: int


def gaps(user: User) -> list[Gap]:
    """Outages of the last week that made reminders late, of concerns this user may see."""
    recent = list(Outage.objects.filter(until__gte=now() - SHOWN_FOR))
    if not recent:
        return []
    rows = ConcernEntry.objects.filter(
        kind=ConcernEntry.REMINDED,
        at__gte=min(one.since for one in recent),
        concern__in=visible_concerns(user).values("pk"),
    )
    due = [
        datetime.fromisoformat(facts["due"])
        for facts in rows.values_list("facts", flat=True)
        if facts.get("late")
    ]
    found = [
        Gap(one.since, one.until, sum(one.since <= at <= one.until + LATE for at in due)) for one in recent
    ]
    return [gap for gap in found if gap.late]
