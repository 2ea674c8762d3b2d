"""What adults do with a concern. Every act is an entry of its record, with who, when and why; none changes another.

The audit trail is told as well, except about a concern that goes another way: the trail is read by those whom it may
be about. The concern's own record holds those looks and acts.
"""

from collections.abc import Collection
from datetime import timedelta
from typing import Any

from belong.base.access import require
from belong.base.actions import action
from belong.base.audit import audit
from belong.base.clock import now
from belong.base.errors import Refused
from belong.guard.concerns.queue import Standing, standings
from belong.guard.concerns.record import add
from belong.guard.concerns.routes import abouts, goes_another_way, line, posts_for
from belong.guard.concerns.words import NEW
from belong.guard.models import Concern, ConcernEntry
from belong.people.models import User

SAME_LOOK = timedelta(minutes=10)
LEAST = 5
CORRECTABLE = (
    ConcernEntry.RAISED,
    ConcernEntry.NOTED,
    ConcernEntry.DECIDED,
    ConcernEntry.CORRECTED,
    ConcernEntry.REOPENED,
)
NOT_YET = "Somebody has to take it on first: press “I have this”."


@action
def note_read(user: User, concern: Concern) -> None:
    """This adult has it in front of them; a second look within ten minutes is the same one."""
    require(user, "guard.view_concern", concern)
    looks = ConcernEntry.objects.filter(concern=concern, kind=ConcernEntry.READ, actor=user)
    if not looks.filter(at__gte=now() - SAME_LOOK).exists():
        add(concern, ConcernEntry.READ, actor=user)
        _audit(user, "guard.read_concern", concern)


@action
def acknowledge(user: User, concern: Concern) -> None:
    """ "I have this": the reminders stop. Twice, or after somebody else, it changes nothing."""
    require(user, "guard.act_on_concern", concern)
    if _standing(concern).state == NEW:
        add(concern, ConcernEntry.ACKNOWLEDGED, actor=user)
        if concern.kind == Concern.TEST:  # nothing is left to do about a test that arrived
            add(concern, ConcernEntry.DECIDED, actor=user, outcome=ConcernEntry.SORTED)
        _audit(user, "guard.take_on_concern", concern)


@action
def note(user: User, concern: Concern, *, text: str) -> ConcernEntry:
    """Write something down."""
    require(user, "guard.act_on_concern", concern)
    entry = add(concern, ConcernEntry.NOTED, actor=user, words={"text": _said(text, "what you want to note")})
    _audit(user, "guard.note_concern", concern)
    return entry


@action
def decide(user: User, concern: Concern, *, outcome: str, why: str, number: str = "") -> ConcernEntry:
    """Say what was done, with the reason. "Passed on" and "sorted" end it; `number` is the other system's."""
    require(user, "guard.act_on_concern", concern)
    standing = _standing(concern)
    if outcome not in dict(ConcernEntry.OUTCOMES):
        raise Refused("Choose what was done.")
    if standing.state == NEW:
        raise Refused(NOT_YET)
    if not standing.is_open:
        raise Refused("This has ended. Open it again first.")
    words = {"text": _said(why, "why"), "number": number.replace("\x00", "").strip()[:80]}
    entry = add(concern, ConcernEntry.DECIDED, actor=user, outcome=outcome, words=words)
    _audit(user, "guard.decide_concern", concern, outcome=outcome)
    return entry


@action
def correct(user: User, concern: Concern, place: int, *, text: str) -> ConcernEntry:
    """Put an earlier entry right (`place` counts the concern's own entries from 1): both stay."""
    require(user, "guard.act_on_concern", concern)
    entries = list(concern.entries.defer("words"))
    wrong = entries[place - 1] if 0 < place <= len(entries) else None
    if wrong is None or wrong.actor_id is None or wrong.kind not in CORRECTABLE:
        raise Refused("That entry can’t be corrected.")
    said = {"text": _said(text, "what is right")}
    entry = add(concern, ConcernEntry.CORRECTED, actor=user, words=said, corrects=place)
    _audit(user, "guard.correct_concern", concern)
    return entry


@action
def reopen(user: User, concern: Concern, *, why: str) -> ConcernEntry:
    """Open it again, with the reason."""
    require(user, "guard.act_on_concern", concern)
    if _standing(concern).is_open:
        raise Refused("It is open already.")
    entry = add(concern, ConcernEntry.REOPENED, actor=user, words={"text": _said(why, "why")})
    _audit(user, "guard.reopen_concern", concern)
    return entry


@action
def send_another_way(user: User, concern: Concern, *, about: Collection[int], why: str) -> None:
    """Having read it, it is about an adult here: from now on they can't see it, nor may those who are passed over."""
    require(user, "guard.act_on_concern", concern)
    held = abouts([concern.pk])[concern.pk]
    new = set(about) - held
    if not new:
        raise Refused("Choose the adult it is about.")
    if user.person_id in new:
        raise Refused("It can’t be you who sends on what is about you. Speak to the head.")
    if not line(held | new, posts_for(user)):
        raise Refused(
            "Nobody would be left to read it. Name a head and a chair of governors on the rota first."
        )
    for one in sorted(new):
        add(concern, ConcernEntry.ABOUT, actor=user, about=one, words={"text": _said(why, "why")})


@action
def hand_to_usual(user: User, concern: Concern, *, why: str) -> None:
    """It is not about the adult it went round after all: let the usual readers have it."""
    require(user, "guard.act_on_concern", concern)
    posts = posts_for(user)
    held = abouts([concern.pk])[concern.pk]
    if not goes_another_way(held, posts):
        raise Refused("The usual readers can see it already.")
    for one in sorted(held):
        if one == ConcernEntry.SOMEBODY or one in posts.readers or one == posts.head:
            add(concern, ConcernEntry.LIFTED, actor=user, about=one, words={"text": _said(why, "why")})
    _audit(user, "guard.hand_on_concern", concern)


@action
def note_export(user: User, concern: Concern, *, kind: str, to: str) -> ConcernEntry:
    """A copy was taken out: the entry is the receipt."""
    require(user, "guard.act_on_concern", concern)
    said = {"to": _said(to, "whom the copy is for", least=2)}
    entry = add(concern, ConcernEntry.EXPORTED, actor=user, words=said, format=kind)
    _audit(user, "guard.export_concern", concern, format=kind)
    return entry


def erase_words(concern: Concern) -> int:
    """At the end of its time: the words go, and the entries stay to show that there was something. How many went.

    The one change of a row there is; `verify` asks for the entry that says so.
    """
    held = ConcernEntry.objects.filter(concern=concern, words__isnull=False)
    count = int(held.update(words=None))
    if count:
        add(concern, ConcernEntry.ERASED)
    return count


def _standing(concern: Concern) -> Standing:
    return standings([concern.pk])[concern.pk]


def _said(text: str, what: str, least: int = LEAST) -> str:
    text = text.replace("\x00", "").strip()
    if len(text) < least:
        raise Refused(f"Say in a few words {what}. It is kept in the record.")
    return text[:4000]


def _audit(user: User, verb: str, concern: Concern, **facts: Any) -> None:
    if not goes_another_way(abouts([concern.pk])[concern.pk], posts_for(user)):
        audit(user, verb, concern, **facts)
