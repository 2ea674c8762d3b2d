"""Everything held about one person, from every table of the data map, in words a person can read.

Names of staff are given, because they acted for the school; everybody else is "somebody else". What the person wrote or
did about others is listed without what it says about them. What others wrote about the person, and every concern, waits
for somebody to look at it first.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import ForeignKey, Model

from belong.base import registry
from belong.base.registry import AUTHOR, SUBJECT, Record
from belong.guard.models import AccessRequest
from belong.guard.verbs import said
from belong.people.models import Person, User

NOT_SHOWN = ("school",)
YOU = "you"
SOMEBODY, ABOUT_OTHER = "somebody else", "(not given: it is about somebody else)"
TRAIL = "base.AuditEntry"
LATER = ("guard.AccessRequest", "guard.RequestItem")  # about the request itself


@dataclass(frozen=True)
class Item:
    """One row: what it shows; whether it must be looked at, and whether it may never go out this way; itself."""

    record: Record
    part: str
    row: str
    shown: dict[str, Any]
    review: bool = False
    locked: bool = False
    source: Model | None = None

    @property
    def key(self) -> tuple[str, str]:
        return self.record.model, self.row

    @property
    def files(self) -> list[tuple[str, bytes]]:
        """Pictures and sounds of this row, each as its kind and its bytes; only of what is about the person."""
        if self.record.files is None or self.part != SUBJECT or self.source is None:
            return []
        return self.record.files(self.source)


def gather(person: Person, carer: Person | None = None) -> Iterator[Item]:
    """Items of every table, table by table; `carer` is the carer who asks, if one does."""
    for record in registry.records():
        yield from _gathered(record, person, carer)


def needs_review(request: AccessRequest) -> Iterator[Item]:
    """Those items of a request that somebody must look at before anything goes out."""
    assert request.person is not None
    for record in registry.records():
        if record.words or record.concern:  # the only ones of which anything is
            found = _gathered(record, request.person, request.carer)
            yield from (item for item in found if item.review)


def _gathered(record: Record, person: Person, carer: Person | None) -> Iterator[Item]:
    """The person's rows of one table, each once: as what is about them rather than as what they wrote."""
    model = record.model_class
    if model is None or record.model in LATER:
        return
    met: set[Any] = set()
    for link in sorted(record.about, key=lambda link: link.part == AUTHOR):
        for row in link.rows(model, person):
            if row.pk not in met:
                met.add(row.pk)
                yield _item(record, row, link.part, person, carer)


def _item(record: Record, row: Model, part: str, person: Person, carer: Person | None) -> Item:
    others_words = part == SUBJECT and any(getattr(row, name, None) for name in record.words)
    locked = part == SUBJECT and record.concern and (carer is not None or _is_about(record, row, person))
    review = others_words or (record.concern and part == SUBJECT)
    return Item(record, part, str(row.pk), _shown(record, row, part, person), review, locked, row)


def _is_about(record: Record, row: Model, person: Person) -> bool:
    """A concern about this very person, as an adult of the school; None: an adult who was not named."""
    about = record.about_adults(row) if record.about_adults else ()
    return person.kind != Person.PUPIL and (about is None or person.pk in set(about))


def _shown(record: Record, row: Model, part: str, person: Person) -> dict[str, Any]:
    if record.model == TRAIL:
        return _of_trail(row, person)
    if record.show is not None and part == SUBJECT:
        return record.show(row)
    shown: dict[str, Any] = {}
    for field in row._meta.concrete_fields:
        if field.name in record.secret or field.name in NOT_SHOWN or field.name == "id":
            continue
        if part == AUTHOR and field.name in record.words:
            value: Any = ABOUT_OTHER if getattr(row, field.name) else ""
        else:
            value = _value(row, field, person)
        if value not in (None, "", [], {}):
            shown[str(field.verbose_name).capitalize()] = value
    return shown


def _value(row: Model, field: Any, person: Person) -> Any:
    if isinstance(field, ForeignKey):
        other = getattr(row, field.name, None)
        return None if other is None else _name(other, person)
    if field.choices:
        return getattr(row, f"get_{field.name}_display")()
    value = getattr(row, field.name)
    return "(scrambled)" if isinstance(value, bytes | memoryview) else value


def _name(other: Any, person: Person) -> str:
    """What a row points to, without telling who somebody is who does not act for the school."""
    found = other.person if isinstance(other, User) else other
    if found is None:
        return SOMEBODY
    if not isinstance(found, Person):
        return "" if type(found).__str__ is Model.__str__ else str(found)
    if found.pk == person.pk:
        return YOU
    return found.display_name if found.kind == Person.STAFF else SOMEBODY


def _of_trail(row: Any, person: Person) -> dict[str, Any]:
    mine = row.actor is not None and row.actor.person_id == person.pk
    return {
        "When": row.at,
        "Who": YOU if mine else "a member of staff" if row.actor_id else "belong itself",
        "What": said(row.verb),
    } | ({"Why": row.why} if row.why else {})
