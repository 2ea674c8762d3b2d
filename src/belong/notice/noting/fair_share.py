"""An adult's own share of attention, for that adult alone: whom they have not noted anything for, by day and kind.

It reads the adult's own moments and nobody else's; no page compares adults, and no leader can open it for another.
"""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta

from belong.base.clock import today
from belong.notice.models import Kind, Moment
from belong.notice.queries.cards import by_name
from belong.notice.queries.due import own_pupils
from belong.notice.queries.places import GOOD
from belong.people.models import Person, User

WEEKS = (2, 4, 8, 13)
USUAL_WEEKS = 4
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday")
KINDS = tuple(kind for kind in Kind if kind != Kind.OBSERVATION)


@dataclass(frozen=True)
class Line:
    """One weekday or one kind: how many of the adult's pupils had a moment from them there."""

    key: str
    label: str
    reached: int
    everyone: int

    @property
    def missing(self) -> int:
        return self.everyone - self.reached


@dataclass(frozen=True)
class FairShare:
    """`without` are the pupils who had none, for the day and kind asked for (every day, every kind: none at all)."""

    weeks: int
    day: str
    kind: str
    pupils: list[Person]
    without: list[Person]
    last: dict[int, date]
    days: list[Line]
    kinds: list[Line]


def fair_share(user: User, *, weeks: int = USUAL_WEEKS, day: str = "", kind: str = "") -> FairShare:
    """The adult's own pupils and own moments of the last `weeks`; a constant number of queries."""
    pupils = sorted(own_pupils(user), key=by_name) if user.led_group_ids else []
    ids = {pupil.pk for pupil in pupils}
    since = today() - timedelta(weeks=weeks)
    mine = Moment.objects.filter(GOOD, adult=user.person_id, on__gt=since).order_by()
    rows = [row for row in mine.values_list("pupil_id", "on", "kind") if row[0] in ids]
    by_day, by_kind = defaultdict(set), defaultdict(set)
    last: dict[int, date] = {}
    for pupil, on, noted in rows:
        last[pupil] = max(on, last.get(pupil, on))
        by_kind[noted].add(pupil)
        if on.weekday() < len(DAYS):
            by_day[DAYS[on.weekday()].lower()].add(pupil)
    had = _had(rows, day, kind)
    return FairShare(
        weeks=weeks,
        day=day,
        kind=kind,
        pupils=pupils,
        without=[pupil for pupil in pupils if pupil.pk not in had],
        last=last,
        days=[Line(name.lower(), name, len(by_day[name.lower()]), len(pupils)) for name in DAYS],
        kinds=[Line(one.value, str(one.label), len(by_kind[one.value]), len(pupils)) for one in KINDS],
    )


def _had(rows: Collection[tuple[int, date, str]], day: str, kind: str) -> set[int]:
    """Pupils with a moment on that weekday and of that kind."""
    names = [name.lower() for name in DAYS]
    at = names.index(day) if day in names else None
    return {
        pupil
        for pupil, on, noted in rows
        if (at is None or on.weekday() == at) and (not kind or noted == kind)
    }
