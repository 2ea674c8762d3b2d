"""How somebody wants questions to look."""

from typing import Any

from belong.ask.looks.choices import known
from belong.ask.models import Look
from belong.base.prepared import prepared
from belong.people.models import Person


def look_of(person: Person) -> dict[str, str]:
    """What this person chose last; nothing where they chose nothing."""
    return known(next(iter(_choices(person.pk)), {}))


@prepared
def _choices(person_id: int) -> Any:
    return Look.objects.filter(person=person_id).values_list("choices", flat=True)
