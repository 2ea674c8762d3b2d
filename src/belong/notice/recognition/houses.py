"""Houses gathering recognitions together: off unless the school opts in, for events only, and as totals of houses.

A total stands beside its house in the order of the houses' names. It is never broken down, never shown for a house of
fewer than ten, and gone when the event is over. Staff earn for their house, too, by the thanks of a colleague.
"""

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID, uuid4

from django.db.models import QuerySet

from belong.base.access import require
from belong.base.actions import action
from belong.base.audit import audit
from belong.base.clock import today
from belong.base.errors import Refused
from belong.notice.models import NOTE_LENGTH, HouseEvent, HouseThanks, Recognition
from belong.notice.recognition.showing import SETTING
from belong.notice.recognition.vocabulary import change_setting
from belong.people.models import Group, Membership, Person, School, User
from belong.people.queries import staff_in_post

SMALLEST = 10
LONGEST = timedelta(days=42)


@dataclass(frozen=True)
class HouseTotal:
    """A house and what was recognised in its pupils and adults; None where the house is too small to say."""

    house: Group
    total: int | None


def opted_in(school: School) -> bool:
    """Whether this school holds events of houses."""
    return bool(school.settings.get(SETTING, {}).get("house_events", False))


def houses() -> QuerySet[Group]:
    """The school's houses, by name."""
    return Group.objects.current().filter(kind=Group.HOUSE).order_by("name", "id")


def totals(event: HouseEvent) -> list[HouseTotal]:
    """What was recognised within the event's days, a house at a time by name; four queries."""
    rows = list(houses())
    inside = Membership.objects.current().filter(group__in=[row.pk for row in rows])
    house_of = dict(inside.filter(person__kind=Person.PUPIL).values_list("person_id", "group_id"))
    size = Counter(house_of.values())
    seen = Recognition.objects.filter(
        state=Recognition.APPROVED, on__gte=event.starts_on, on__lte=event.ends_on
    )
    found = Counter(house_of.get(pupil) for pupil in seen.order_by().values_list("pupil_id", flat=True))
    found.update(event.thanks.order_by().values_list("house_id", flat=True))
    return [HouseTotal(row, found[row.pk] if size[row.pk] >= SMALLEST else None) for row in rows]


def colleagues(person: Person) -> QuerySet[Person]:
    """Adults at school who belong to a house, but oneself."""
    inside = Membership.objects.current().filter(group__in=houses().values("pk"))
    return staff_in_post().filter(pk__in=inside.values("person")).exclude(pk=person.pk)


@action
def set_opted_in(user: User, yes: bool) -> None:
    """Opt in to events of houses, or out: then no total is shown, and no event can be planned."""
    require(user, "notice.hold_house_events")
    change_setting(user.school, house_events=bool(yes))
    audit(user, "notice.set_house_events", yes=bool(yes))


@action
def plan_event(user: User, *, title: str, starts_on: date, ends_on: date) -> HouseEvent:
    """An event of at most six weeks; two events do not run on the same day."""
    require(user, "notice.hold_house_events")
    if not opted_in(user.school):
        raise Refused("Opt in to events of houses first.")
    if not houses().exists():
        raise Refused("There are no houses yet. They come with the roster, as groups of the kind “house”.")
    if ends_on < starts_on or ends_on < today():
        raise Refused("The last day is before the first, or has gone. Nothing was planned.")
    if ends_on - starts_on > LONGEST:
        raise Refused("An event lasts six weeks at most: then everybody begins anew.")
    if HouseEvent.objects.filter(starts_on__lte=ends_on, ends_on__gte=starts_on).exists():
        raise Refused("There is an event on one of these days already. Nothing was planned.")
    fields = {"title": " ".join(title.split())[:80], "starts_on": starts_on, "ends_on": ends_on}
    event = HouseEvent.objects.create(school=user.school, **fields)
    audit(user, "notice.plan_house_event", event)
    return event


@action
def drop_event(user: User, event: HouseEvent) -> None:
    """Take an event out, with the thanks given in it; recognitions stay on their timelines."""
    require(user, "notice.hold_house_events")
    HouseEvent.objects.filter(pk=event.pk).delete()
    audit(user, "notice.drop_house_event", event)


@action
def thank(
    user: User, event: HouseEvent, *, adult: Person, words: str, submission: UUID | None = None
) -> HouseThanks:
    """Thank a colleague: one more for their house. Raises Refused for oneself and for one without a house."""
    require(user, "notice.view_houses", event)
    sent = submission or uuid4()
    if kept := HouseThanks.objects.filter(by=user.person_id, submission=sent).first():
        return kept
    if user.person is None or adult.pk == user.person.pk:
        raise Refused("Thank somebody else: others will thank you.")
    words = words.strip()
    if not 3 <= len(words) <= NOTE_LENGTH:
        raise Refused(f"Write what they did, in at most {NOTE_LENGTH} characters.")
    inside = Membership.objects.current().filter(person=adult, group__in=houses().values("pk")).first()
    if inside is None:
        raise Refused(f"{adult.display_name} is in no house yet.")
    facts = {"event": event, "house_id": inside.group_id, "adult": adult, "by": user.person}
    row = HouseThanks.objects.create(school=user.school, **facts, words=words, on=today(), submission=sent)
    audit(user, "notice.thank", row)
    return row
