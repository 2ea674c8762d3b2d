"""How a concern comes in: by words in an answer, by a pupil who asks, by an adult, or as a test of the way.

What a pupil sends leaves no entry in the audit trail; the record has its own. No mail goes out from here either: the
reminders see the new row within a minute, and a pupil never waits for a mail server.
"""

import re
from collections.abc import Collection, Iterable, Mapping
from typing import Any
from uuid import UUID, uuid5

from belong.base.access import require
from belong.base.actions import action
from belong.base.audit import audit
from belong.base.clock import now
from belong.base.errors import Refused
from belong.guard.concerns.chosen import note_choice
from belong.guard.concerns.noticing import Look, look
from belong.guard.concerns.record import add, new_reference
from belong.guard.concerns.rota import Posts, posts_of, rota_of
from belong.guard.concerns.routes import goes_another_way
from belong.guard.models import Concern, ConcernEntry
from belong.people.models import Person, School, User

LONGEST = 4_000
LOOK = "look"
SOMEBODY = ConcernEntry.SOMEBODY
SHORTEST_NAME = 3


Flagged = list[tuple[str, str, Look]]


def look_through(texts: Iterable[tuple[str, str]]) -> Flagged:
    """Those of (question, text) pairs that a person should read soon, with what was found. Reads no row."""
    looked = [(question, text, look(text)) for question, text in texts]
    return [one for one in looked if one[2].is_flagged]


def raise_words(school: School, person: Person, flagged: Flagged, source: str) -> Concern:
    """Flag what somebody wrote on one sheet; call it in the transaction that keeps the sheet."""
    pieces = [_piece(text, found, question) for question, text, found in flagged]
    about = _named_in([text for _, text, _ in flagged], posts_of(rota_of(school)))
    concern = _open(school, Concern.WORDS, person, source=source)
    _first(concern, pieces, urgent=any(found.is_urgent for _, _, found in flagged), about=about)
    return concern


def raise_ask(
    person: Person,
    *,
    text: str = "",
    soon: bool = False,
    how_soon: str = "",
    chosen: int | None = None,
    about: Collection[int] = (),
    submission: UUID | None = None,
    source: str = "",
) -> Concern:
    """A pupil asks for an adult. The same `submission` again is the same request.

    `soon`: they need somebody today; `how_soon`: now | today | week | whenever, in their own words. `chosen`: id of the
    adult they would like to talk to. `about`: adults at school it is about; `SOMEBODY` where they do not say who.
    """
    if submission is not None:
        kept = Concern.objects.filter(submission=submission).first()
        if kept is not None:
            return kept
    text = text.replace("\x00", "").strip()[:LONGEST]
    found = look(text) if text else Look()
    named = set(about) or (_named_in([text], posts_of(rota_of(person.school))) if found.is_flagged else set())
    concern = _open(person.school, Concern.ASKED, person, submission=submission, source=source)
    pieces = [_piece(text, found)] if text else []
    facts: dict[str, Any] = {"asked_for_today": soon, "how_soon": how_soon, "flagged": found.is_flagged}
    _first(concern, pieces, urgent=soon or found.is_urgent, about=named, **facts)
    note_choice(concern, chosen, flagged_words=text if found.is_flagged else "")
    return concern


@action
def raise_by_adult(
    user: User, pupil: Person, *, text: str, urgent: bool, about: Collection[int] = ()
) -> Concern:
    """An adult is worried about a pupil they may see. Raises Refused without words."""
    require(user, "guard.raise_concern", pupil)
    text = text.replace("\x00", "").strip()
    if len(text) < 5:
        raise Refused("Say in a few words what you saw or heard.")
    if len(text) > LONGEST:
        raise Refused(
            f"That is {len(text) - LONGEST} letters too long to keep. Put the rest into a second one."
        )
    concern = _open(pupil.school, Concern.ADULT, pupil, by=user)
    _first(concern, [_piece(text, Look())], urgent=urgent, about=about, actor=user)
    if not goes_another_way(about, posts_of(rota_of(pupil.school))):
        audit(user, "guard.raise_concern", pupil)
    return concern


def flag_adult_words(
    user: User, pupil: Person, text: str, *, submission: UUID | None = None
) -> Concern | None:
    """Look through what an adult wrote about a pupil; a concern where something should be read today, else None.

    What is only worth a look ("sat alone") raises none: an adult wrote it, and the pastoral lead reads it. Call it in
    the transaction that keeps the words. With the `submission` of a form the same words about the same pupil make one
    concern, however often they arrive.
    """
    found = look(text)
    if not found.failed and all(hit["urgency"] == LOOK for hit in found.hits):
        return None
    once = uuid5(submission, f"concern about {pupil.pk}") if submission else None
    kept = Concern.objects.filter(submission=once).first() if once else None
    if kept is not None:
        return kept
    concern = _open(pupil.school, Concern.ADULT, pupil, by=user, submission=once)
    about = _named_in([text], posts_of(rota_of(pupil.school)))
    _first(concern, [_piece(text, found)], urgent=found.is_urgent, about=about, actor=user)
    return concern


@action
def send_test(user: User) -> Concern:
    """Try the way: an alert that goes to the safeguarding lead like any other, and says that it is a test."""
    require(user, "guard.manage_rota")
    concern = _open(user.school, Concern.TEST, None, by=user)
    pieces = [_piece("This is a test. Nobody has written anything. Please take it on.", Look())]
    _first(concern, pieces, urgent=True, about=(), actor=user)
    audit(user, "guard.send_test", concern)
    return concern


def _open(
    school: School, kind: str, person: Person | None, *, by: User | None = None, **more: Any
) -> Concern:
    return Concern.objects.create(
        school=school,
        reference=new_reference(),
        person=person,
        kind=kind,
        raised_at=now(),
        raised_by=by,
        **more,
    )


def _first(
    concern: Concern,
    pieces: list[dict[str, Any]],
    *,
    urgent: bool,
    about: Collection[int],
    actor: User | None = None,
    **facts: Any,
) -> None:
    said: Mapping[str, Any] = {"pieces": pieces}
    add(concern, ConcernEntry.RAISED, actor=actor, urgent=urgent, words=said, **facts)
    for one in sorted(set(about)):
        add(concern, ConcernEntry.ABOUT, actor=actor, about=one)


def _piece(text: str, found: Look, question: str = "") -> dict[str, Any]:
    """One text with what was found in it, as it is kept."""
    return {"question": question, "text": text, "hits": list(found.hits), "failed": found.failed}


def _named_in(texts: Iterable[str], posts: Posts) -> set[int]:
    """Those in the line whose family name stands in words that were flagged.

    Nobody can know from words alone whether somebody is named as the one who helps or the one who hurts. Whoever is
    named does not read it first; the head (or the chair) does, and can hand it to the usual readers.
    """
    line = {*posts.readers, posts.head} - {None}
    words = " ".join(texts).casefold()
    return {
        person.pk
        for person in Person.objects.filter(pk__in=line)
        if len(person.family_name) >= SHORTEST_NAME
        and re.search(rf"\b{re.escape(person.family_name.casefold())}", words)
    }
