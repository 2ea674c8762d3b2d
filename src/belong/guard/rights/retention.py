"""Retention: every kind of record has a clock; what is overdue is listed first, and goes with the daily work.

The terms are the school's, within the limits of the clock (`School.settings["retention"]`, in days). Holds stop every
clock for what they cover.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Min

from belong.base import registry
from belong.base.access import require
from belong.base.actions import action
from belong.base.audit import audit
from belong.base.clock import today
from belong.base.errors import Refused
from belong.base.registry import Clock, Rows
from belong.guard.rights.erasure import erase
from belong.guard.rights.holds import not_held
from belong.guard.signals import erased
from belong.people.models import School, User

SETTING = "retention"


@dataclass(frozen=True)
class Term:
    """A clock as this school has set it: `days` None means until the person is erased."""

    clock: Clock
    days: int | None

    @property
    def words(self) -> str:
        return in_words(self.days)

    @property
    def before(self) -> date | None:
        """What began on this day or earlier is overdue."""
        return None if self.days is None else today() - timedelta(days=self.days)


@dataclass(frozen=True)
class Overdue:
    """One clock today: how many records are overdue, how many of them a hold keeps, and since when the oldest runs."""

    term: Term
    count: int
    held: int
    oldest: date | None


def in_words(days: int | None) -> str:
    """365 → "1 year"; 396 → "13 months"; None → "until the person’s record goes"."""
    if days is None:
        return "until the person’s record goes"
    for size, word in ((365, "year"), (30, "month"), (7, "week")):
        count, left = divmod(days, size)
        if left == 0 and days >= size:
            return f"{count} {word}{'s' * (count > 1)}"
    years, months = round(days / 365.25), round(days / 30.44)
    if years > 1 and abs(days - years * 365.25) < 1:
        return f"{years} years"
    if months > 11 and abs(days - months * 30.44) < 1:
        return f"{months} months"
    return f"{days} day{'s' * (days > 1)}"


def terms(school: School) -> list[Term]:
    """Every clock with the school's term."""
    chosen = school.settings.get(SETTING, {})
    return [
        Term(clock, _days(clock, chosen.get(key, clock.usual))) for key, clock in registry.clocks().items()
    ]


@action
def set_term(user: User, key: str, days: int) -> None:
    """Choose how long a kind of record is kept; 0 is "until the person is erased" where the clock allows it."""
    require(user, "guard.set_retention")
    clock = registry.clocks().get(key)
    if clock is None or not clock.is_set_by_school:
        raise Refused("How long this is kept cannot be chosen.")
    if not (days == 0 and clock.may_be_off) and not clock.least <= days <= clock.most:
        raise Refused(f"{clock.holds} can be kept for {clock.least} to {clock.most} days.")
    school = School.objects.select_for_update().get(pk=user.school_id)
    school.settings = school.settings | {SETTING: school.settings.get(SETTING, {}) | {key: days}}
    school.save(update_fields=["settings"])
    user.school.settings = school.settings
    audit(user, "guard.set_retention", school, kind=key, days=days)


def look(school: School) -> list[Overdue]:
    """What would go now, clock by clock; nothing is changed."""
    return [_overdue(term) for term in terms(school) if not term.clock.outside]


def run(school: School) -> dict[str, int]:
    """Let everything overdue go, one transaction a clock; how many of each kind went."""
    gone = {}
    for term in terms(school):
        if not term.clock.outside and (count := _forget(school, term)):
            gone[term.clock.key] = count
    return gone


def _days(clock: Clock, chosen: Any) -> int | None:
    """The term within the limits of today's program, whatever was stored."""
    days = chosen if isinstance(chosen, int) else clock.usual
    if days == 0 and (clock.may_be_off or clock.outside):
        return None
    return min(max(days, clock.least), clock.most)


def _overdue(term: Term) -> Overdue:
    count = held = 0
    oldest: list[date] = []
    for rows, free in _lists(term):
        here, going = rows.count(), free.count()
        held += here - going
        count += going
        if going and term.clock.began and (first := free.aggregate(first=Min(term.clock.began))["first"]):
            oldest.append(first.date() if isinstance(first, datetime) else first)
    return Overdue(term, count, held, min(oldest, default=None))


def _lists(term: Term) -> Iterator[tuple[Rows, Rows]]:
    """Overdue rows of each table, and those of them that no hold keeps."""
    if term.before is None or term.clock.due is None:
        return
    declared = {record.model: record for record in registry.records()}
    for rows in term.clock.due(term.before):
        yield rows, not_held(declared.get(rows.model._meta.label), rows)


@transaction.atomic
def _forget(school: School, term: Term) -> int:
    forget: Callable[[Rows], int] = term.clock.forget or (lambda rows: int(rows.delete()[0]))
    gone = sum(forget(free) for _, free in list(_lists(term)) if free.exists())
    if gone:
        erased.send(sender=School, school=school)
        audit(None, "guard.retention", school, kind=term.clock.key, rows=gone)
    return gone


def forget_leavers(rows: Rows) -> int:
    """Erase people whose year after leaving is over; who must stay (a running sign-in) is passed over."""
    gone = 0
    for person in list(rows):
        try:
            gone += erase(None, person, why="retention")
        except Refused:
            continue
    return gone
