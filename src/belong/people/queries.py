"""Reading the roster. Every function runs inside a school scope."""

from collections.abc import Collection
from datetime import date
from typing import Any

from django.db.models import QuerySet

from belong.base.clock import today
from belong.base.prepared import prepared
from belong.people import roles
from belong.people.models import CarerLink, Characteristic, Group, Membership, Person, Role

YEAR_ORDER = ("N1", "N2", "R", *(str(n) for n in range(1, 15)), "X")


def year_label(year: str) -> str:
    """`"8"` → `"Year 8"`, `"R"` → `"Reception"`, `"N1"` → `"Nursery 1"`."""
    if year == "R":
        return "Reception"
    if year.startswith("N"):
        return f"Nursery {year[1:]}"
    return f"Year {year}" if year else "No year"


def pupils_on_roll(on: date | None = None) -> QuerySet[Person]:
    """Pupils at the school on a date (default today)."""
    return Person.objects.pupils().here(on)


def staff_in_post(on: date | None = None) -> QuerySet[Person]:
    """Staff at the school on a date (default today)."""
    return Person.objects.staff().here(on)


def carers(on: date | None = None) -> QuerySet[Person]:
    """Carers linked to the school on a date (default today)."""
    return Person.objects.carers().here(on)


def years() -> list[str]:
    """Year groups that have pupils on roll, youngest first."""
    found = set(pupils_on_roll().exclude(year="").order_by().values_list("year", flat=True).distinct())
    return sorted(found, key=lambda year: YEAR_ORDER.index(year) if year in YEAR_ORDER else len(YEAR_ORDER))


def tutor_groups(years: Collection[str] = ()) -> QuerySet[Group]:
    """Current tutor groups, of some years or of all."""
    groups = Group.objects.current().filter(kind=Group.TUTOR_GROUP)
    return groups.filter(year__in=years) if years else groups


def groups_led_by(person: Person) -> QuerySet[Group]:
    """Groups a person leads or assists today."""
    led = Membership.objects.current().filter(person=person).exclude(part=Membership.MEMBER)
    return Group.objects.current().filter(id__in=led.values("group"))


def members(group: Group, on: date | None = None) -> QuerySet[Person]:
    """Pupils in a group on a date (default today) who are on roll."""
    inside = Membership.objects.current(on).filter(group=group, part=Membership.MEMBER)
    return pupils_on_roll(on).filter(id__in=inside.values("person"))


def leads(group: Group) -> QuerySet[Person]:
    """The adults who lead a group today."""
    leading = Membership.objects.current().filter(group=group, part=Membership.LEAD)
    return staff_in_post().filter(id__in=leading.values("person"))


def pupils_of(person: Person) -> QuerySet[Person]:
    """Pupils of the groups a person leads or assists today."""
    groups = groups_led_by(person).values("id")
    inside = Membership.objects.current().filter(group__in=groups, part=Membership.MEMBER)
    return pupils_on_roll().filter(id__in=inside.values("person"))


def group_ids_of(pupil: Person, kind: str = "") -> set[int]:
    """Ids of the groups a pupil is in today, of one kind or of all; every rule about a pupil asks."""
    return {group_id for group_id, of in _groups_of(pupil.pk, today()) if not kind or of == kind}


def is_in_any(pupil: Person, groups: Collection[int | None], kind: str = "") -> bool:
    """Whether a pupil is today in one of these groups."""
    return bool(groups) and not group_ids_of(pupil, kind).isdisjoint(groups)


@prepared
def _groups_of(person_id: int, day: date) -> Any:
    inside = Membership.objects.current(day).filter(person=person_id, part=Membership.MEMBER)
    return inside.order_by().values_list("group_id", "group__kind")


def tutor_group_of(pupil_ids: Collection[int]) -> dict[int, Group]:
    """The current tutor group of each pupil, by pupil id; one query."""
    inside = Membership.objects.current().filter(
        person__in=pupil_ids, part=Membership.MEMBER, group__kind=Group.TUTOR_GROUP
    )
    return {row.person_id: row.group for row in inside.select_related("group")}


def club_members(on: date | None = None) -> set[int]:
    """Ids of pupils who are in at least one club on a date (default today)."""
    inside = Membership.objects.current(on).filter(group__kind=Group.CLUB, part=Membership.MEMBER)
    return set(inside.values_list("person_id", flat=True))


def holders(*names: str) -> QuerySet[Person]:
    """People who hold any of the named roles today."""
    rows = Role.objects.current().filter(role__in=names)
    return Person.objects.here().filter(id__in=rows.values("person"))


def tutors_of(pupil: Person) -> QuerySet[Person]:
    """The adults who lead the pupil's tutor group today."""
    inside = Membership.objects.current().filter(
        person=pupil, part=Membership.MEMBER, group__kind=Group.TUTOR_GROUP
    )
    leading = Membership.objects.current().filter(group__in=inside.values("group"), part=Membership.LEAD)
    return staff_in_post().filter(id__in=leading.values("person"))


def carers_of(pupils: QuerySet[Person]) -> QuerySet[Person]:
    """Carers of any of these pupils."""
    return carers().filter(id__in=CarerLink.objects.filter(pupil__in=pupils.values("id")).values("carer"))


def owners_of_plans() -> QuerySet[Person]:
    """Adults a plan may be given to."""
    return staff_in_post().filter(id__in=Role.objects.current().filter(role__in=roles.STAFF).values("person"))


def characteristics(kinds: Collection[str], on: date | None = None) -> dict[str, dict[int, str]]:
    """Kind → person id → value on a date (default today); for the groups of a release and nothing else."""
    found: dict[str, dict[int, str]] = {kind: {} for kind in kinds}
    rows = Characteristic.objects.current(on).filter(kind__in=kinds).order_by("id")
    for kind, person_id, value in rows.values_list("kind", "person_id", "value"):
        found[kind][person_id] = value
    return found


def children_of_carers(on: date | None = None) -> list[tuple[int, str]]:
    """(carer id, the year group of one of their children on roll), one pair a child; for releases."""
    links = CarerLink.objects.filter(pupil__in=pupils_on_roll(on).values("id")).order_by("id")
    return list(links.values_list("carer_id", "pupil__year"))


def posts(on: date | None = None) -> dict[int, set[str]]:
    """Person id → the roles they hold on a date (default today)."""
    held: dict[int, set[str]] = {}
    for person_id, role in Role.objects.current(on).values_list("person_id", "role"):
        held.setdefault(person_id, set()).add(role)
    return held
