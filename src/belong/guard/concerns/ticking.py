"""Once a minute, beside the server: send the reminders that are due, and notice when nobody sent them for a while.

It works on the rows and the clock alone, so after a stop it catches up, whatever had stopped. Mails say that there is
something to read, and nothing else.
"""

import logging
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django_scopes import scope, scopes_disabled

from belong.base.clock import now
from belong.guard.concerns.chosen import told_adults
from belong.guard.concerns.hours import SchoolHours
from belong.guard.concerns.mailing import send
from belong.guard.concerns.queue import Standing, standings, unanswered
from belong.guard.concerns.record import add
from belong.guard.concerns.rota import Posts, hours_of, limits_of, posts_of, rota_of
from belong.guard.concerns.routes import abouts, line
from belong.guard.concerns.timer import LATE, OUTSIDE, Limits, Rung, rungs
from belong.guard.concerns.words import NEW
from belong.guard.models import Concern, ConcernEntry, Heartbeat, Outage
from belong.people.models import Person, School

logger = logging.getLogger("belong.guard")
STOPPED = timedelta(minutes=5)
"""A heartbeat that is older than this means that belong was not running."""


@dataclass(frozen=True)
class Due:
    """One reminder to send: of which concern, which rung, to whom; `asked_for` is the adult the pupil asked for."""

    concern: Concern
    rung: Rung
    people: tuple[Person, ...]
    asked_for: int | None = None

    def is_late(self, at: datetime) -> bool:
        return at - self.rung.due > LATE


def tick() -> int:
    """Send what is due in every school; how many reminders went out. One school's trouble is not another's."""
    sent = 0
    for school in School.objects.order_by("pk"):
        try:
            with scope(school=school):
                sent += tick_school(school)
        except Exception as error:
            logger.error("The reminders of school %s did not run (%s).", school.pk, type(error).__name__)
    return sent


def tick_school(school: School) -> int:
    """Send what is due in one school, inside its scope."""
    at = now()
    due = reminders_due(school, at)
    _beat(school, at, [one.rung.due for one in due])
    return sum(_remind(one, at) for one in due)


def reminders_due(school: School, at: datetime) -> list[Due]:
    """Every reminder that is due and has not gone out; constant SQL."""
    concerns = list(_waiting())
    if not concerns:
        return []
    ids = [concern.pk for concern in concerns]
    where, about = standings(ids), abouts(ids)
    rota = rota_of(school)
    hours, limits, posts = hours_of(rota), limits_of(rota), posts_of(rota)
    told = told_adults(ids, about, posts)
    found = []
    for concern in concerns:
        standing = where[concern.pk]
        if standing.state != NEW:
            continue
        levels = line(about[concern.pk], posts)
        for rung in _now_due(_ladder(concern, standing, len(levels), hours, limits, at), standing):
            found.append((concern, rung, _reached(levels, rung, posts)))
    people = Person.objects.in_bulk({*told.values(), *(one for *_, ids in found for one in ids)})
    return [_due(concern, rung, ids, told.get(concern.pk), people) for concern, rung, ids in found]


def _due(
    concern: Concern, rung: Rung, ids: Sequence[int], asked_for: int | None, people: dict[int, Person]
) -> Due:
    """Whom a rung reaches; the adult the pupil asked for is told each time, until somebody has it."""
    aside = asked_for if asked_for not in ids else None
    reached = [*ids, *([aside] if aside else [])]
    return Due(concern, rung, tuple(people[one] for one in reached if one in people), aside)


LIFE = 1000
"""What a pupil makes new again starts a ladder of its own, with numbers of its own."""


def _ladder(
    concern: Concern, standing: Standing, levels: int, hours: SchoolHours, limits: Limits, at: datetime
) -> list[Rung]:
    """The rungs of a concern since it last became new."""
    since = standing.since or concern.raised_at
    urgent = max(standing.urgent_since, since) if standing.urgent_since else None
    ladder = rungs(since, urgent, levels, hours, limits, at)
    return [replace(rung, step=rung.step + LIFE * standing.lives) for rung in ladder]


def _waiting() -> "Sequence[Concern]":
    """Concerns nobody has taken on, or that the pupil made new again. Reopened ones are in somebody's hands."""
    return list(unanswered(Concern.objects.all()))


def _now_due(ladder: Sequence[Rung], standing: Standing) -> list[Rung]:
    """Rungs not sent yet. Of several mornings that were missed, only the last is worth a mail."""
    missing = [rung for rung in ladder if rung.step not in standing.steps]
    mornings = [rung for rung in missing if rung.step % 100 >= 10 and rung.step % LIFE != OUTSIDE]
    return [rung for rung in missing if rung not in mornings[:-1]]


def _reached(levels: list[list[int]], rung: Rung, posts: Posts) -> list[int]:
    """Whom a rung reaches. Out of hours the contact, unless the concern does not go to them."""
    if rung.outside:
        everybody = [one for level in levels for one in level]
        if posts.out_of_hours in everybody:
            return [posts.out_of_hours]
        return levels[0] if levels else []
    return [one for level in levels[: rung.reach] for one in level]


def _remind(due: Due, at: datetime) -> bool:
    """Mail first, then the entry: what stops in between is sent twice rather than never."""
    reached = [person.pk for person in due.people]
    with_mail = [person for person in due.people if person.email]
    try:
        send(due.concern.school, with_mail, reminder=_is_reminder(due), asked_for=due.asked_for)
    except Exception as error:
        logger.error("A reminder could not be mailed (%s); it is tried again.", type(error).__name__)
        _note_unsent(due)
        return False
    facts: dict[str, Any] = {
        "to": reached,
        "due": due.rung.due.isoformat(),
        "late": due.is_late(at),
        "mailed": len(with_mail),
    }
    try:
        with transaction.atomic():
            add(due.concern, ConcernEntry.REMINDED, step=due.rung.step, **facts)
    except IntegrityError:  # another process was faster
        return False
    return True


def _is_reminder(due: Due) -> bool:
    return due.rung.reach > 1 or due.rung.step % 100 >= 10


def _note_unsent(due: Due) -> None:
    """Once for each rung, so that a mail server that is away for a night leaves one line, not six hundred."""
    noted = ConcernEntry.objects.filter(concern=due.concern, kind=ConcernEntry.UNSENT)
    if due.rung.step not in [facts.get("rung") for facts in noted.values_list("facts", flat=True)]:
        add(due.concern, ConcernEntry.UNSENT, rung=due.rung.step)


def _beat(school: School, at: datetime, due: Sequence[datetime]) -> None:
    """Write the heartbeat; where the last one is too old and reminders fell due since, note the gap."""
    last = Heartbeat.objects.filter(school=school).first()
    if last is None:
        Heartbeat.objects.create(school=school, at=at)
        return
    if at - last.at > STOPPED and any(last.at <= one <= at - LATE for one in due):
        Outage.objects.create(school=school, since=last.at, until=at)
    Heartbeat.objects.filter(school=school).update(at=at)


def running_since(school: School) -> datetime | None:
    """The last heartbeat, or None if the reminders have never run."""
    with scopes_disabled():
        beat = Heartbeat.objects.filter(school=school).first()
    return beat.at if beat else None
