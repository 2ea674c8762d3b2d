"""Names on shared screens and printed lists."""

from collections import Counter
from collections.abc import Sequence

from belong.people.models import Person


def short_names(people: Sequence[Person]) -> list[tuple[Person, str]]:
    """Each person with the shortest name that tells them apart: Amina, or Amina Y, or Amina Yusuf; by first name."""
    firsts = Counter(person.first_name for person in people)
    initialled = Counter(_initialled(person) for person in people)

    def short(person: Person) -> str:
        if firsts[person.first_name] == 1:
            return person.first_name
        if initialled[_initialled(person)] == 1:
            return _initialled(person)
        return person.display_name

    named = [(person, short(person)) for person in people]
    return sorted(named, key=lambda pair: (pair[1].casefold(), pair[0].pk))


def _initialled(person: Person) -> str:
    return f"{person.first_name} {person.family_name[:1]}".strip()
