"""Places in a class session: who is asked, who has answered, and where the pupil's page is."""

from collections.abc import Iterable, Sequence

from django.urls import reverse

from belong.ask.activities import PLACE, Activity
from belong.ask.models import OptOut, PlaceAsking, PlaceReceipt
from belong.people.models import Group, Person
from belong.people.queries import members


def _find(asking_id: int) -> str | None:
    found = PlaceAsking.objects.filter(pk=asking_id).first()
    return found.title if found is not None and found.takes_answers else None


def _people(asking_id: int, group: Group) -> Iterable[Person]:
    asking = PlaceAsking.objects.filter(pk=asking_id).first()
    if asking is None:
        return []
    found = members(group).exclude(pk__in=OptOut.objects.current().values("person"))
    found = found.filter(year__in=asking.years) if asking.years else found
    return found.order_by("given_name", "family_name", "pk")


def _done(asking_id: int, people: Sequence[Person]) -> set[int]:
    rows = PlaceReceipt.objects.filter(asking=asking_id, person__in=people)
    return set(rows.values_list("person_id", flat=True))


ACTIVITY = Activity(
    PLACE,
    "ask:place-answer",
    _find,
    _people,
    _done,
    lambda asking_id: reverse("ask:place-asking", args=[asking_id]),
)
