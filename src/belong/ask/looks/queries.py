"""How somebody wants questions to look."""

from belong.ask.looks.choices import known
from belong.ask.models import Look
from belong.people.models import Person


def look_of(person: Person) -> dict[str, str]:
    """What this person chose last; nothing where they chose nothing."""
    found = Look.objects.filter(person=person).values_list("choices", flat=True).first()
    return known(found or {})
