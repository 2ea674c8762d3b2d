"""What notice puts on the Today page."""

from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

from belong.base.clock import today
from belong.base.today import TodayItem
from belong.notice import words
from belong.notice.models import State
from belong.notice.queries.due import (
    Due,
    Quiet,
    birthdays,
    due_relationships,
    new_pupils,
    own_pupils,
    quiet_pupils,
)
from belong.notice.queries.groups import led_groups
from belong.notice.queries.overlooked import counts_by_year
from belong.people import roles
from belong.people.models import Person, User
from belong.people.queries import year_label

GREET, RESTORE, REVIEW, QUIET, OVERLOOKED = "greet", "restore", "review", "quiet", "overlooked"
ORDER = {GREET: 10, RESTORE: 20, REVIEW: 30, QUIET: 40, OVERLOOKED: 50}
AT_MOST = 5
LEAST_EMPTY = 3


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
        *_greet(pupils),
        *_cap(user, RESTORE, [_conversation(row) for row in restore]),
        *_cap(user, REVIEW, [_review(row) for row in review]),
        *_cap(user, QUIET, [_quiet(row) for row in quiet]),
    ]


def unnoticed(user: User) -> list[TodayItem]:
    """For pastoral roles: by year, how many pupils have three or four places empty."""
    if not user.has_role(*roles.PASTORAL):
        return []
    return [_year(year, count) for year, count in counts_by_year(user, LEAST_EMPTY)]


def _pupil(kind: str, pupil: Person, detail: str, **more: Any) -> TodayItem:
    url = reverse("notice:pupil", args=[pupil.pk])
    return TodayItem(kind, pupil.display_name, url, detail, order=ORDER[kind], pupil_id=pupil.pk, **more)


def _greet(pupils: list[Person]) -> list[TodayItem]:
    new = [
        _pupil(GREET, pupil, f"New {words.since(pupil.joined_on)}.{_said(pupil)}")
        for pupil in new_pupils(pupils)
    ]
    born = [
        _pupil(GREET, pupil, f"Birthday {words.day(on)}.{_said(pupil)}") for pupil, on in birthdays(pupils)
    ]
    return [*born, *new]


def _said(pupil: Person) -> str:
    return f" Say {pupil.said_like}." if pupil.said_like else ""


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
        "Three or four empty places",
        order=ORDER[OVERLOOKED],
    )
