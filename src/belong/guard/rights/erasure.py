"""Erasing one person: what would go and what stays, and the doing of it in one transaction.

Every table of the data map is asked. What others wrote about the person goes with the person; what the person wrote
about others stays, and its author becomes nobody. A record that must be kept by law keeps the name it needs.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import Model

from belong.base import registry
from belong.base.access import require
from belong.base.actions import action
from belong.base.audit import audit
from belong.base.clock import now
from belong.base.errors import Refused
from belong.base.registry import CLEAR, DELETE, KEEP, KEEP_NAMED, Link, Record
from belong.guard.rights.holds import is_held, refuse_if_held
from belong.guard.rights.tombstones import bury
from belong.guard.signals import erased
from belong.people.models import Person, School, User

PERSON, USER = "people.Person", "people.User"
KIND = "person"
KEPT_FIELDS = ("given_name", "family_name", "born", "kind", "joined_on", "left_on")
WHY_KEPT = {
    KEEP: "It is about somebody else, or it is a number only. Where a name stood, it says “somebody no longer held”.",
    KEEP_NAMED: "The law asks the school to keep this record, and it needs the name and date of birth.",
    CLEAR: "It is about something else; the person is taken off it.",
}


@dataclass(frozen=True)
class Step:
    """What erasing does in one table: how many rows go or stay, and why those that stay do."""

    record: Record
    link: Link
    count: int

    @property
    def goes(self) -> bool:
        return self.link.erase == DELETE

    @property
    def why(self) -> str:
        return WHY_KEPT.get(self.link.erase, "")


@dataclass(frozen=True)
class Plan:
    """What would happen if the person were erased now."""

    person: Person
    steps: tuple[Step, ...]
    is_held: bool
    why_not: str = ""

    @property
    def going(self) -> tuple[Step, ...]:
        return tuple(
            step for step in self.steps if step.goes and not (self.keeps_row and step.record.model == PERSON)
        )

    @property
    def staying(self) -> tuple[Step, ...]:
        return tuple(step for step in self.steps if not step.goes)

    @property
    def keeps_name(self) -> bool:
        return any(step.link.erase == KEEP_NAMED for step in self.steps)

    @property
    def keeps_row(self) -> bool:
        """Something that stays leads straight to the person's row, so that stays too, without a name."""
        return any(_needs_row(step.link) for step in self.steps)

    @property
    def rows(self) -> int:
        return sum(step.count for step in self.going)


def plan(person: Person) -> Plan:
    """Look through every table; one query each."""
    steps = [
        Step(record, link, count)
        for record, model, link in _links()
        if (count := link.rows(model, person).count()) > 0
    ]
    why_not = "" if person.is_leaver or person.kind != Person.STAFF else _still_here(person)
    return Plan(person, tuple(steps), is_held(person), why_not)


@action
def erase(user: User | None, person: Person, *, why: str) -> int:
    """Erase a person (`user` None: their clock ran out); returns how many rows went. Raises Refused."""
    if user is not None:
        require(user, "guard.erase", person)
        if user.person_id == person.pk:
            raise Refused("You cannot erase yourself. Another senior leader can.")
        if not why.strip():
            raise Refused("Please say why: they asked, or they left.")
    refuse_if_held(person=person)
    found = plan(person)
    if found.why_not:
        raise Refused(found.why_not)
    school, number = person.school, person.pk
    gone = _carry_out(found)
    bury(school, KIND, PERSON, number)
    erased.send(sender=Person, school=school)
    audit(user, "guard.erase", school, why=why, person=number, rows=gone)
    return gone


def erase_once_more(school: School, row: int, facts: dict[str, object]) -> int:
    """After a restore: the same again for a person who is back; 0 where there is none."""
    person = Person.objects.filter(pk=row).first()
    if person is None or _is_nobody(person):
        return 0
    gone = _carry_out(plan(person))
    audit(None, "guard.erase_again", school, person=row, rows=gone)
    return gone


def _carry_out(found: Plan) -> int:
    person = found.person
    for step in sorted(found.steps, key=lambda step: step.record.model in (PERSON, USER)):
        model = step.record.model_class
        assert model is not None
        rows = step.link.rows(model, person)
        if step.link.erase == CLEAR:
            rows.update(**{step.link.path: None})
        elif step.goes and step.record.model != PERSON:
            rows.delete()
    if found.keeps_row:
        _make_nobody(person, keep=KEPT_FIELDS if found.keeps_name else ("kind",))
    else:
        Person.objects.filter(pk=person.pk).delete()
    return found.rows


def _make_nobody(person: Person, keep: tuple[str, ...]) -> None:
    """Blank every field of the person's row but those that have to stay."""
    for field in Person._meta.concrete_fields:
        if field.name in ("id", "school", *keep):
            continue
        setattr(person, field.name, None if field.null else "")
    person.left_on = person.left_on or now().date()
    person.save()


def _is_nobody(person: Person) -> bool:
    return not (person.given_name or person.family_name)


def _links() -> Iterator[tuple[Record, type[Model], Link]]:
    for record in registry.records():
        model = record.model_class
        if model is not None:
            yield from ((record, model, link) for link in record.about)


def _needs_row(link: Link) -> bool:
    return link.erase in (KEEP, KEEP_NAMED) and bool(link.path) and "__" not in link.path


def _still_here(person: Person) -> str:
    if getattr(person, "user", None) is not None and person.user.is_active:
        return "This member of staff still has a sign-in. Bring in the roster without them first."
    return ""
