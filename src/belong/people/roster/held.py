"""What the school holds now, read once in a handful of queries, so that comparing costs none."""

from collections import defaultdict
from dataclasses import dataclass

from belong.base.clock import today
from belong.people.models import CarerLink, Characteristic, Group, Membership, Person, Role, School


@dataclass
class Held:
    """Current rows of one school by the keys that comparing needs."""

    school: School
    people: list[Person]
    groups: list[Group]
    memberships: list[Membership]
    roles: dict[int, set[str]]
    ever_roles: dict[int, set[str]]
    characteristics: dict[tuple[int, str], Characteristic]
    links: dict[tuple[int, int], CarerLink]

    @property
    def is_new(self) -> bool:
        """Whether the school has no pupils yet, so that nothing says since when anyone is here."""
        return not any(person.kind == Person.PUPIL for person in self.people)

    def here(self, kind: str) -> list[Person]:
        """People of a kind who have not left."""
        return [person for person in self.people if person.kind == kind and not person.is_leaver]


def load(school: School) -> Held:
    """Read everything that an import compares with; runs inside the school's scope."""
    day = today()
    current: dict[int, set[str]] = defaultdict(set)
    ever: dict[int, set[str]] = defaultdict(set)
    for role in Role.objects.filter(group=None):
        ever[role.person_id].add(role.role)
        if role.until is None or role.until > day:
            current[role.person_id].add(role.role)
    return Held(
        school,
        list(Person.objects.order_by("id")),
        list(Group.objects.current().order_by("id")),
        list(Membership.objects.current().order_by("id")),
        current,
        ever,
        {(row.person_id, row.kind): row for row in Characteristic.objects.current().order_by("since", "id")},
        {(link.carer_id, link.pupil_id): link for link in CarerLink.objects.all()},
    )
