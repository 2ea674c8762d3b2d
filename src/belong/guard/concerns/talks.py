"""The life of a request to talk: an adult reads it, offers a time and a place, they talk; what the pupil says to it.

All of it are entries of the record. What a pupil says never ends anything: it makes the request new again, or stands
there for the adult who decides.
"""

from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.utils import timezone

from belong.base.access import allowed, require
from belong.base.actions import action
from belong.base.audit import audit
from belong.base.clock import now
from belong.base.errors import Refused
from belong.guard.concerns.queue import Standing, standings
from belong.guard.concerns.record import add
from belong.guard.concerns.routes import abouts, goes_another_way, posts_for
from belong.guard.models import Concern, ConcernEntry
from belong.people.models import Person, User

LONGEST_PLACE = 60
WITHIN = timedelta(days=21)
SAME_LOOK = timedelta(minutes=10)
MOST_LIVES = 30
OFFERED, DECIDED = ConcernEntry.OFFERED, ConcernEntry.DECIDED


@action
def read_request(user: User, concern: Concern) -> None:
    """The adult the pupil asked for has it in front of them."""
    require(user, "guard.answer_asked", concern)
    looks = ConcernEntry.objects.filter(concern=concern, kind=ConcernEntry.READ, actor=user)
    if not looks.filter(at__gte=now() - SAME_LOOK).exists():
        add(concern, ConcernEntry.READ, actor=user)
        audit(user, "guard.read_asked", concern)


@action
def offer(user: User, concern: Concern, *, on: date, at: time, place: str) -> ConcernEntry:
    """Say when and where; the pupil sees it with the adult's name. It takes the request on, too."""
    _may_answer(user, concern)
    if concern.kind != Concern.ASKED:
        raise Refused("Only who asked for an adult can be offered a time here.")
    place = " ".join(place.replace("\x00", "").split())
    if not place:
        raise Refused("Say where: a room that both of you know.")
    if len(place) > LONGEST_PLACE:
        raise Refused(f"{LONGEST_PLACE} letters are the most for the place. Others may look over a shoulder.")
    when = datetime.combine(on, at, ZoneInfo(concern.school.timezone))
    if when < now() - timedelta(minutes=5):
        raise Refused("That time has passed. Choose one that is still to come.")
    if when > now() + WITHIN:
        raise Refused("That is more than three weeks away. Choose an earlier day.")
    _take_on(user, concern)
    entry = add(concern, OFFERED, actor=user, words={"place": place}, when=when.isoformat())
    _audit(user, "guard.offer_time", concern)
    return entry


def _take_on(user: User, concern: Concern) -> Standing:
    """Whoever offers a time has it: those in the line by their post, the chosen adult because they were asked for."""
    standing = _standing(concern)
    if not standing.is_open:
        raise Refused("This has ended. It is open again if the pupil says so.")
    in_line = allowed(user, "guard.act_on_concern", concern)
    kind = ConcernEntry.ACKNOWLEDGED if in_line else ConcernEntry.ACCEPTED
    mine = concern.entries.filter(kind=kind, actor=user, at__gte=standing.since or concern.raised_at)
    if (in_line and standing.state == "new") or (not in_line and not mine.exists()):
        add(concern, kind, actor=user)
        _audit(user, "guard.take_on_concern", concern)
    return standing


@action
def accept(user: User, concern: Concern) -> None:
    """The chosen adult will talk with them; a time can follow."""
    require(user, "guard.answer_asked", concern)
    _take_on(user, concern)


@action
def talked(user: User, concern: Concern, *, text: str, ended: bool) -> ConcernEntry:
    """The chosen adult has talked with them. `ended`: nothing more to do, where nothing was found in the words."""
    require(user, "guard.answer_asked", concern)
    standing = _take_on(user, concern)
    said = text.replace("\x00", "").strip()[:4000]
    if len(said) < 5:
        raise Refused("Say in a few words what happened. The safeguarding lead reads it; the pupil does not.")
    if ended and standing.flagged:
        raise Refused("The safeguarding lead ends this one. Note that you talked, and they see it.")
    if standing.flagged and not allowed(user, "guard.act_on_concern", concern):
        entry = add(concern, ConcernEntry.NOTED, actor=user, words={"text": said}, talked=True)
        _audit(user, "guard.note_concern", concern)
        return entry
    outcome = ConcernEntry.SORTED if ended else ConcernEntry.SPOKE
    entry = add(concern, DECIDED, actor=user, outcome=outcome, words={"text": said})
    _audit(user, "guard.decide_concern", concern, outcome=outcome)
    return entry


def says_of(concern: Concern) -> list[str]:
    """What the pupil can say now: missed | still | fine."""
    standing = _standing(concern)
    if standing.lives >= MOST_LIVES:
        return []
    kinds = (OFFERED, DECIDED, *ConcernEntry.BY_PUPIL)
    rows = concern.entries.filter(kind__in=kinds).order_by("number").values_list("kind", "facts")
    newest = list(rows)
    can = []
    last: dict[str, Any] = next(
        (facts for kind, facts in reversed(newest) if kind in (OFFERED, ConcernEntry.MISSED)), {}
    )
    if "when" in last and datetime.fromisoformat(last["when"]) < now() and standing.state != "new":
        can.append(ConcernEntry.MISSED)
    spoke = bool(newest) and newest[-1][0] == DECIDED
    if not standing.is_open or spoke:
        can.append(ConcernEntry.STILL)
    if standing.is_open and (not newest or newest[-1][0] != ConcernEntry.FINE):
        can.append(ConcernEntry.FINE)
    return can


def pupil_says(person: Person, concern: Concern, what: str) -> ConcernEntry | None:
    """An entry of what the pupil says; None where it does not fit any more. Call it in a transaction."""
    if concern.person_id != person.pk or concern.kind != Concern.ASKED or what not in says_of(concern):
        return None
    return add(concern, what)


def when_of(entry: ConcernEntry) -> datetime:
    """The moment an adult offered, in the school's time."""
    return timezone.localtime(
        datetime.fromisoformat(entry.facts["when"]), ZoneInfo(entry.concern.school.timezone)
    )


def _may_answer(user: User, concern: Concern) -> None:
    if not allowed(user, "guard.act_on_concern", concern):
        require(user, "guard.answer_asked", concern)


def _standing(concern: Concern) -> Standing:
    return standings([concern.pk])[concern.pk]


def _audit(user: User, verb: str, concern: Concern, **facts: Any) -> None:
    if not goes_another_way(abouts([concern.pk])[concern.pk], posts_for(user)):
        audit(user, verb, concern, **facts)
