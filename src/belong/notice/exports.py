"""What the notice room holds about one person, for a subject access request."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Q

from belong.base.registry import register_export
from belong.notice.models import KnownBy, Moment, Relationship
from belong.people.models import Person


def _about(person: Person) -> Q:
    return Q(pupil=person) | Q(adult=person)


def moments_about(person: Person) -> Iterable[dict[str, Any]]:
    """Moments noted for or by the person."""
    rows = Moment.objects.filter(_about(person))
    yield from map(dict, rows.values("pupil_id", "adult_id", "kind", "note", "on", "recorded_at"))


def relationships_about(person: Person) -> Iterable[dict[str, Any]]:
    """Relationship states of or by the person, every state they had."""
    rows = Relationship.objects.filter(_about(person))
    fields = ("pupil_id", "adult_id", "changes__state", "changes__reason", "changes__set_on")
    yield from map(dict, rows.values(*fields))


def knowings_about(person: Person) -> Iterable[dict[str, Any]]:
    """Who recorded knowing the person, and whom the person recorded knowing."""
    rows = KnownBy.objects.filter(_about(person))
    yield from map(dict, rows.values("pupil_id", "adult_id", "line", "noted_on"))


def register() -> None:
    """Hand the exports down to `guard`."""
    register_export("notice.Moment", moments_about)
    register_export("notice.Relationship", relationships_about)
    register_export("notice.KnownBy", knowings_about)
