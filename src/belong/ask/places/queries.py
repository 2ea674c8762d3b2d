"""What staff may read about places: how an asking stands by class, words for the few."""

from dataclasses import dataclass

from belong.ask.models import PlaceAsking, PlaceReceipt, PlaceWords
from belong.ask.places.access import readable_words, visible_askings
from belong.ask.places.actions import asked_pupils
from belong.people.models import Membership, User
from belong.people.queries import tutor_groups


@dataclass(frozen=True)
class ClassCount:
    """How many of a class have answered. Never who."""

    group_id: int
    name: str
    answered: int
    of: int


def class_counts(asking: PlaceAsking) -> list[ClassCount]:
    """Counts by tutor group; four statements."""
    asked = {one.pk for one in asked_pupils(asking)}
    done = set(PlaceReceipt.objects.filter(asking=asking).values_list("person_id", flat=True))
    inside: dict[int, set[int]] = {}
    rows = Membership.objects.current().filter(
        group__in=tutor_groups(asking.years).values("pk"), part=Membership.MEMBER
    )
    for group_id, person_id in rows.values_list("group_id", "person_id"):
        inside.setdefault(group_id, set()).add(person_id)
    counts = [
        ClassCount(
            group.pk,
            group.name,
            len(inside.get(group.pk, set()) & done),
            len(inside.get(group.pk, set()) & asked),
        )
        for group in tutor_groups(asking.years).order_by("name")
    ]
    return [one for one in counts if one.of]


def askings(user: User) -> list[PlaceAsking]:
    """Askings the user may see, newest first."""
    return list(visible_askings(user).select_related("plan").defer("plan__picture"))


def open_for(pupil_id: int, year: str) -> list[PlaceAsking]:
    """Askings open today for a pupil of a year who has not answered them."""
    found = PlaceAsking.objects.filter(state=PlaceAsking.OPEN)
    done = set(
        PlaceReceipt.objects.filter(person=pupil_id, asking__in=found).values_list("asking_id", flat=True)
    )
    return [
        one
        for one in found
        if one.takes_answers and (not one.years or year in one.years) and one.pk not in done
    ]


def words_for(user: User, asking: PlaceAsking) -> list[PlaceWords]:
    """What pupils of the user's post wrote, in no order that says when."""
    return list(readable_words(user).filter(asking=asking).order_by("person__family_name", "person_id"))
