"""Reading the audit trail: entries as lines a person can read. Runs inside a school scope; constant SQL."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.apps import apps
from django.db.models import QuerySet
from django.utils import timezone

from belong.base.clock import now
from belong.base.models import AuditEntry
from belong.guard.verbs import looks, only_saw, said
from belong.people.models import Person

ONE, MANY = ("pupil", "person"), ("pupils", "people")  # facts that the column "about" shows by name
PLAIN = {"True": "yes", "False": "no", "None": "none"}


@dataclass(frozen=True)
class Line:
    """One entry in words: when, who, did what, about whom, to which row, with which facts, why."""

    entry: AuditEntry
    who: str
    did: str
    only_saw: bool
    about: tuple[str, ...]
    row: str
    facts: str

    @property
    def first_about(self) -> tuple[str, ...]:
        return self.about[:3]

    @property
    def more_about(self) -> int:
        return max(0, len(self.about) - 3)


@dataclass(frozen=True)
class Doer:
    """How often one person saw or did something, and when last."""

    who: str
    saw: int
    did: int
    last: datetime


def entries(
    *, actor_id: int | None = None, verb: str = "", since: date | None = None, until: date | None = None
) -> QuerySet[AuditEntry]:
    """Entries, newest first, by who did it, what, and the days `since` to `until`, both included."""
    found = AuditEntry.objects.select_related("actor__person")
    if actor_id is not None:
        found = found.filter(actor_id=actor_id)
    if verb:
        found = found.filter(verb=verb)
    if since:
        found = found.filter(at__gte=_midnight(since))
    if until:
        found = found.filter(at__lt=_midnight(until + timedelta(days=1)))
    return found


def entries_about(person: Person, within: timedelta) -> QuerySet[AuditEntry]:
    """Entries of the time `within` until now that name this person, newest first."""
    recent = AuditEntry.objects.select_related("actor__person").filter(at__gte=now() - within)
    return recent.filter(about__contains=f"|{person.pk}|")


def looks_at_many(within: timedelta) -> QuerySet[AuditEntry]:
    """Times when somebody saw something kept close about people whom the trail does not name, newest first."""
    recent = AuditEntry.objects.select_related("actor__person").filter(at__gte=now() - within)
    return recent.filter(about="", verb__in=looks())


def lines(found: Iterable[AuditEntry]) -> list[Line]:
    """Entries in words; one more query, for the names of everyone they are about."""
    rows = list(found)
    ids = {int(one) for entry in rows for one in entry.about.strip("|").split("|") if one}
    names = {person.pk: person.display_name for person in Person.objects.filter(pk__in=ids)}
    return [_line(entry, names) for entry in rows]


def doers(found: Iterable[Line]) -> list[Doer]:
    """Everyone behind some lines (newest first), whoever was there last coming first."""
    together: dict[str, list[Line]] = {}
    for line in found:
        together.setdefault(line.who, []).append(line)
    return [
        Doer(who, sum(line.only_saw for line in own), sum(not line.only_saw for line in own), own[0].entry.at)
        for who, own in together.items()
    ]


def _line(entry: AuditEntry, names: Mapping[int, str]) -> Line:
    ids = [int(one) for one in entry.about.strip("|").split("|") if one]
    about = tuple(names.get(one, f"somebody no longer held (number {one})") for one in ids)
    row = "" if entry.row.startswith("people.person:") else _row(entry.row)
    return Line(entry, _who(entry), said(entry.verb), only_saw(entry.verb), about, row, _facts(entry.facts))


def _who(entry: AuditEntry) -> str:
    if entry.actor_id is None:
        return "belong itself"
    if entry.actor is None:
        return f"somebody whose sign-in is gone (number {entry.actor_id})"
    return entry.actor.person.display_name if entry.actor.person else entry.actor.username


def _row(row: str) -> str:
    """ "act.plan:3" → "plan 3"; a table that is gone keeps its own name."""
    label, _, number = row.partition(":")
    try:
        return f"{apps.get_model(label)._meta.verbose_name} {number}" if label else ""
    except LookupError:
        return f"{label} {number}"


def _facts(facts: Mapping[str, Any]) -> str:
    """ "kind praise, sheets 3": what is short and does not repeat a name."""
    shown = []
    for key, value in facts.items():
        if isinstance(value, dict) or key in ONE or (key in MANY and isinstance(value, list)):
            continue
        several = value if isinstance(value, list) else [value]
        words = " ".join(PLAIN.get(str(one), str(one).replace("_", " ")) for one in several)
        if words:
            shown.append(f"{key.replace('_', ' ')} {words}")
    return ", ".join(shown)


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))
