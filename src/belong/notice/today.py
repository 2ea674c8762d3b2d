"""What notice puts on the Today page."""

from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

from belong.base.clock import today
from belong.base.today import TodayItem
from belong.notice import words
from belong.notice.greeting.queries import special
from belong.notice.models import State, WillNotice
from belong.notice.queries.due import (
    Due,
    Quiet,
    due_relationships,
    own_pupils,
    quiet_pupils,
)
from belong.notice.queries.groups import led_groups
from belong.notice.queries.overlooked import counts_by_year
from belong.notice.queries.taken_on import own_promises
from belong.people import roles
from belong.people.models import Person, User
from belong.people.queries import year_label

GREET, RESTORE, REVIEW, QUIET, OVERLOOKED = "greet", "restore", "review", "quiet", "overlooked"
PROMISED = "promised"
ORDER = {GREET: 10, RESTORE: 20, REVIEW: 30, PROMISED: 35, QUIET: 40, OVERLOOKED: 50}
AT_MOST = 5
LEAST_EMPTY = 4


def own(user: User) -> list[TodayItem]:
    """For every adult, their own only: whom to greet by name, conversations due, whom to look at again, who has had
    no moment for four weeks. A pupil to look at again is not listed a second time for being quiet.
    """
    if user.person_id is None or not user.has_role(*roles.STAFF):
        return []
    pupils = list(own_pupils(user)) if user.led_group_ids else []
    due = due_relationships(user)
    restore = [row for row in due if row.relationship.state == State.RESTORE]
    review = [row for row in due if row.relationship.state != State.RESTORE]
    listed = {row.relationship.pupil_id for row in due}
    quiet = [row for row in quiet_pupils(pupils) if row.pupil.pk not in listed]
    return [
        *_greet(user, pupils),
        *_cap(user, RESTORE, [_conversation(row) for row in restore]),
        *_cap(user, REVIEW, [_review(row) for row in review]),
        *_cap(user, QUIET, [_quiet(row) for row in quiet]),
    ]


def promised(user: User) -> list[TodayItem]:
    """For every adult, the pupils they said they would notice, until they have. One query."""
    if not user.has_role(*roles.STAFF):
        return []
    return _cap(user, PROMISED, [_promised(row) for row in own_promises(user)])


def unnoticed(user: User) -> list[TodayItem]:
    """For pastoral roles: by year, how many pupils have four places or more empty."""
    if not user.has_role(*roles.PASTORAL):
        return []
    return [_year(year, count) for year, count in counts_by_year(user, LEAST_EMPTY)]


def _pupil(kind: str, pupil: Person, detail: str, **more: Any) -> TodayItem:
    url = reverse("notice:pupil", args=[pupil.pk])
    return TodayItem(kind, pupil.display_name, url, detail, order=ORDER[kind], pupil_id=pupil.pk, **more)


def _promised(row: WillNotice) -> TodayItem:
    return _pupil(PROMISED, row.pupil, f"By {words.day(row.due_on)}", due=row.due_on)


def _greet(user: User, pupils: list[Person]) -> list[TodayItem]:
    """Whom this adult has not greeted today and has something special to say to."""
    return (
        [_pupil(GREET, card.pupil, words.greeting(card)) for card in special(user, pupils)] if pupils else []
    )


def _quiet(row: Quiet) -> TodayItem:
    return _pupil(QUIET, row.pupil, words.weeks_without(row.last), due=row.last or date.min)


def _conversation(row: Due) -> TodayItem:
    kept = row.relationship
    was = "Conversation was due" if kept.review_on < today() else "Conversation due"
    return _pupil(RESTORE, kept.pupil, f"{was} {words.day(kept.review_on)}", due=kept.review_on)


def _review(row: Due) -> TodayItem:
    kept = row.relationship
    state = State(kept.state).label
    detail = (
        f"{state}. Nothing noted by you since {words.day(kept.set_on)}"
        if row.drifted
        else f"{state} since {words.day(kept.set_on)}"
    )
    return _pupil(REVIEW, kept.pupil, detail, due=kept.review_on)


def _cap(user: User, kind: str, items: list[TodayItem]) -> list[TodayItem]:
    """At most five, and one line for the rest that leads to the user's group in the fitting order."""
    led = led_groups(user) if len(items) > AT_MOST else []
    if not led:
        return items
    query = urlencode({"sort": "quiet" if kind == QUIET else "review"})
    url = f"{reverse('notice:group', args=[led[0].group.pk])}?{query}"
    return [*items[:AT_MOST], TodayItem(kind, f"And {len(items) - AT_MOST} more", url, order=ORDER[kind])]


def _year(year: str, count: int) -> TodayItem:
    query = urlencode({"year": year, "empty": LEAST_EMPTY})
    pupils = "one pupil" if count == 1 else f"{words.number(count)} pupils"
    title = f"{year_label(year)}: {pupils}"
    return TodayItem(
        OVERLOOKED,
        title,
        f"{reverse('notice:overlooked')}?{query}",
        "Four or more empty places",
        order=ORDER[OVERLOOKED],
    )
