"""One answer per family: which carers count as one family.

Carers of exactly the same children on roll are one family; a carer whose children differ by one is a family of their
own. We go by children and by nothing else: no address is looked at, and nothing is said about who lives where. So a
parent who has a child with somebody else too always answers for themselves. Between two carers of one family only
this shows: that the family has answered. What was said, who said it and how to reach the other shows to neither.
"""

from collections.abc import Iterable

from belong.ask.models import Wave
from belong.people.models import CarerLink, Person
from belong.people.queries import carers, pupils_on_roll

Families = dict[int, int]


def family_of(wave: Wave, person: Person) -> int | None:
    """The number of a carer's family in a wave that takes one answer per family; None in every other wave."""
    if not wave.one_per_family or person.kind != Person.CARER:
        return None
    links = CarerLink.objects.filter(pupil__in=pupils_on_roll().values("id"))
    children = links.filter(carer=person).values("pupil")
    beside = links.filter(pupil__in=children).values("carer")
    return families(carers().filter(id__in=beside).values_list("id", flat=True)).get(person.pk, person.pk)


def families(carer_ids: Iterable[int]) -> Families:
    """Carer id → number of the family: the lowest id among the carers of exactly the same children."""
    wanted = set(carer_ids)
    children: dict[int, set[int]] = {}
    links = CarerLink.objects.filter(carer__in=wanted, pupil__in=pupils_on_roll().values("id"))
    for carer_id, pupil_id in links.values_list("carer_id", "pupil_id"):
        children.setdefault(carer_id, set()).add(pupil_id)
    first: dict[frozenset[int], int] = {}
    for carer_id in sorted(children):
        first.setdefault(frozenset(children[carer_id]), carer_id)
    return {carer_id: first[frozenset(own)] for carer_id, own in children.items()}
