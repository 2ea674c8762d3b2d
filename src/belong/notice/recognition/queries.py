"""Reading recognitions. Every function runs inside a school scope; nothing here counts or orders by how many."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import QuerySet

from belong.base.among import among
from belong.base.clock import today
from belong.notice.models import Ambassador, HouseEvent, Recognition, Trait
from belong.notice.recognition.access import to_look_through, visible_recognitions
from belong.people.models import Person, User

NOT_YET_DAYS = 42
"""Six weeks, about half a term: what "not recognised lately" looks back over."""


def traits() -> list[Trait]:
    """The school's values and traits that are in use, in the school's own order."""
    return list(Trait.objects.filter(retired_on__isnull=True))


def recognised_since(pupils: Iterable[Person | int] | QuerySet[Person] | None, since: date) -> set[int]:
    """Ids of those of `pupils` (None: all) in whom something was recognised, and approved, since a day; one query."""
    found = Recognition.objects.filter(among("pupil", pupils), state=Recognition.APPROVED, on__gte=since)
    return set(found.order_by().values_list("pupil_id", flat=True).distinct())


def recognition_rows(on: date) -> list[tuple[int, int, str, date]]:
    """(pupil id, trait id, source, day) of every approved recognition up to a day; for releases and nothing else."""
    rows = Recognition.objects.filter(state=Recognition.APPROVED, on__lte=on).order_by("on", "id")
    return list(rows.values_list("pupil_id", "trait_id", "source", "on"))


def waiting_for(user: User) -> QuerySet[Recognition]:
    """What this adult has to look through, the longest waiting first."""
    rows = to_look_through(user).filter(state=Recognition.WAITING)
    return (
        rows.select_related("pupil", "trait", "by", "photo")
        .defer("photo__data")
        .order_by("recorded_at", "id")
    )


def decided_lately(user: User, days: int = 14) -> QuerySet[Recognition]:
    """What was decided in the last days about pupils whose recognitions this adult looks through."""
    since = today() - timedelta(days=days)
    rows = to_look_through(user).exclude(state=Recognition.WAITING).filter(decided_at__date__gte=since)
    return rows.select_related("pupil", "trait", "by", "decided_by").order_by("-decided_at", "-id")


def given_by(person: Person) -> QuerySet[Recognition]:
    """What this person told of others, newest first, with what became of it."""
    return Recognition.objects.filter(by=person).select_related("pupil", "trait", "decided_by")


def same_again(person: Person, pupil: Person, trait: Trait, words: str, since: date) -> Recognition | None:
    """The same person telling the same thing, in the same words, about the same pupil."""
    rows = Recognition.objects.filter(by=person, pupil=pupil, trait=trait, on__gte=since)
    said = _folded(words)
    return next((row for row in rows if said in (_folded(row.words), _folded(row.first_words))), None)


def _folded(words: str) -> str:
    return " ".join(words.casefold().split())


@dataclass(frozen=True)
class GroupRecognition:
    """A group's recognitions as its adult sees them, and the pupils nobody has recognised lately, by name."""

    seen: list[Recognition]
    not_yet: list[Person]
    since: date


def recognised_in(user: User, pupils: Collection[Person], days: int = NOT_YET_DAYS) -> GroupRecognition:
    """What was recognised lately in these pupils, newest first; who not, in the order of the names."""
    since = today() - timedelta(days=days)
    seen = visible_recognitions(user).filter(
        state=Recognition.APPROVED, on__gte=since, pupil__in=[one.pk for one in pupils]
    )
    found = list(seen.select_related("pupil", "trait", "by"))
    had = recognised_since(pupils, since)
    return GroupRecognition(found, [pupil for pupil in pupils if pupil.pk not in had], since)


def newest_recognised(user: User, pupil: Person, most: int = 3) -> list[Recognition]:
    """The newest that was approved about a pupil, as this adult may read it; for a card on the pupil's page."""
    rows = visible_recognitions(user).filter(pupil=pupil, state=Recognition.APPROVED)
    return list(rows.select_related("trait", "by")[:most])


def ambassadors() -> QuerySet[Ambassador]:
    """The pupils who are ambassadors today, by name."""
    rows = Ambassador.objects.current().select_related("pupil")
    return rows.order_by("pupil__family_name", "pupil__given_name", "id")


def event_today() -> HouseEvent | None:
    """The event of the houses that is on today, if there is one."""
    day = today()
    return HouseEvent.objects.filter(starts_on__lte=day, ends_on__gte=day).first()
