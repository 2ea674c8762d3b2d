"""A pupil as one adult sees them on a card: the state, the last contact, the six places."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Max, Q

from belong.base.clock import today
from belong.notice.models import Moment, Relationship, State
from belong.notice.queries.places import GOOD, QUIET_WEEKS, Place, empty_of, places, quiet_since
from belong.people.access import visible_pupils
from belong.people.models import Group, Person, User
from belong.people.queries import members

NEW_FOR = timedelta(weeks=6)
SORTS = {
    "quiet": "longest since a moment",
    "name": "name",
    "state": "state",
    "review": "review due",
}
_STATE_ORDER = [State.RESTORE, State.ESTABLISH, State.MAINTAIN, ""]


@dataclass(frozen=True)
class Card:
    """One pupil for one adult on one day. Dates are days; `state` is "" until the adult has set one."""

    pupil: Person
    day: date
    state: str
    review_on: date | None
    set_on: date | None
    last_noticed: date | None
    last_by_me: date | None
    places: tuple[Place, ...]

    @property
    def state_word(self) -> str:
        return str(State(self.state).label) if self.state else ""

    @property
    def is_new(self) -> bool:
        """Joined within the last six weeks."""
        return is_new(self.pupil, self.day)

    @property
    def is_due(self) -> bool:
        """The day to look again has come."""
        return self.review_on is not None and self.review_on <= self.day

    @property
    def has_drifted(self) -> bool:
        """The day to look again has come, and this adult noted nothing since they set the state."""
        quiet = self.last_by_me is None or self.set_on is None or self.last_by_me < self.set_on
        return self.is_due and quiet

    @property
    def weeks_quiet(self) -> int:
        """Whole weeks since anybody noted a moment, or since joining where nobody has."""
        since = self.last_noticed or self.pupil.joined_on
        return (self.day - since).days // 7 if since else QUIET_WEEKS

    @property
    def is_quiet(self) -> bool:
        """Nothing noted by anybody for four weeks (a new pupil gets as long to settle in)."""
        return self.weeks_quiet >= QUIET_WEEKS

    @property
    def empty_places(self) -> int:
        return empty_of(self.places)


def by_name(pupil: Person) -> tuple[str, str, int]:
    """Sorts pupils as a register does: family name, then the name they are called by."""
    return pupil.family_name.casefold(), pupil.first_name.casefold(), pupil.pk


def is_new(pupil: Person, day: date) -> bool:
    """Joined within the six weeks before `day`."""
    return pupil.joined_on is not None and day - NEW_FOR < pupil.joined_on <= day


def cards(user: User, pupils: Iterable[Person]) -> list[Card]:
    """A card per pupil, in the order given; as many queries for one as for all. The caller has checked access."""
    pupils = list(pupils)
    filled = places(user.school, [pupil.pk for pupil in pupils])
    return _with_contact(user, pupils, lambda pupil, last: filled.of(pupil.pk))


def changed_card(user: User, pupil: Person) -> Card:
    """A card with what a moment changes when it is noted or taken back: the contact, and of the places "noticed" alone.

    Two queries. The caller has checked access.
    """
    since = quiet_since()
    lately = _with_contact(
        user, [pupil], lambda _, last: (Place("noticed", last is not None and last >= since),)
    )
    return lately[0]


def _with_contact(
    user: User, pupils: list[Person], places_of: Callable[[Person, date | None], tuple[Place, ...]]
) -> list[Card]:
    """Cards with the adult's own state and the last moments; `places_of` is asked with the day of the last good one."""
    ids, day = [pupil.pk for pupil in pupils], today()
    own = Relationship.objects.filter(adult=user.person_id, pupil__in=ids).defer("reason")
    mine = {row.pupil_id: row for row in own}
    last = (
        Moment.objects.filter(pupil__in=ids)
        .order_by()
        .values_list("pupil_id")
        .annotate(noticed=Max("on", filter=GOOD), by_me=Max("on", filter=Q(adult=user.person_id)))
    )
    contact = {pupil: (noticed, by_me) for pupil, noticed, by_me in last}
    made = []
    for pupil in pupils:
        kept = mine.get(pupil.pk)
        noticed, by_me = contact.get(pupil.pk, (None, None))
        made.append(
            Card(
                pupil=pupil,
                day=day,
                state=kept.state if kept else "",
                review_on=kept.review_on if kept else None,
                set_on=kept.set_on if kept else None,
                last_noticed=noticed,
                last_by_me=by_me,
                places=places_of(pupil, noticed),
            )
        )
    return made


def group_pupils(user: User, group: Group) -> list[Person]:
    """The group's pupils whom the user may see, by name."""
    return list(members(group).filter(pk__in=visible_pupils(user).values("pk")))


def group_cards(user: User, group: Group, sort: str = "quiet") -> list[Card]:
    """The cards of a group, sorted by one of `SORTS`; a constant number of queries."""
    return sort_cards(cards(user, group_pupils(user, group)), sort)


def sort_cards(found: list[Card], sort: str) -> list[Card]:
    """Sorted by name, and then by what was asked for."""
    found = sorted(found, key=lambda card: by_name(card.pupil))
    if sort == "quiet":
        return sorted(found, key=lambda card: card.last_noticed or date.min)
    if sort == "state":
        return sorted(found, key=lambda card: _STATE_ORDER.index(card.state))
    if sort == "review":
        return sorted(found, key=lambda card: card.review_on or date.max)
    return found
