"""One concern as a page and as a copy: what was said with what was found in it, and every entry as a line."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from typing import Any

from django.template.defaultfilters import time
from django.utils import timezone

from belong.guard.concerns import words
from belong.guard.concerns.acting import CORRECTABLE
from belong.guard.concerns.routes import SOMEBODY
from belong.guard.concerns.talks import when_of
from belong.guard.models import Concern, ConcernEntry
from belong.people.models import Person
from belong.web.templatetags.belong import day


@dataclass(frozen=True)
class Segment:
    """A stretch of text; `whys` say what was found in it, "" none."""

    text: str
    whys: tuple[str, ...] = ()


@dataclass(frozen=True)
class Piece:
    """One text that was written, in stretches, with the reasons once each."""

    question: str
    segments: tuple[Segment, ...]
    reasons: tuple[str, ...]
    failed: bool

    @property
    def text(self) -> str:
        return "".join(segment.text for segment in self.segments)


@dataclass(frozen=True)
class Line:
    """One entry in words. `place` counts the concern's own entries from 1."""

    place: int
    at: datetime
    who: str
    did: str
    text: str
    kind: str
    hash: str
    can_correct: bool = False
    corrected_in: tuple[int, ...] = ()


def pieces_of(entries: Iterable[ConcernEntry]) -> list[Piece]:
    """What was said, from the first entry."""
    first = next((entry for entry in entries if entry.kind == ConcernEntry.RAISED), None)
    held = (first.words or {}).get("pieces", []) if first else []
    return [_piece(one) for one in held]


def _piece(held: Mapping[str, Any]) -> Piece:
    hits = held["hits"]
    reasons = tuple(dict.fromkeys(hit["why"] for hit in sorted(hits, key=lambda hit: hit["start"])))
    return Piece(held["question"], tuple(segments(held["text"], hits)), reasons, held["failed"])


def segments(text: str, hits: Iterable[Mapping[str, Any]]) -> list[Segment]:
    """The text cut at the edges of what was found; stretches put together are the text again."""
    found = list(hits)
    edges = sorted({0, len(text), *(edge for hit in found for edge in (hit["start"], hit["end"]))})
    cut = []
    for start, end in pairwise(edges):
        whys = [hit["why"] for hit in found if hit["start"] <= start and end <= hit["end"]]
        cut.append(Segment(text[start:end], tuple(dict.fromkeys(whys))))
    return cut


def lines_of(entries: list[ConcernEntry]) -> list[Line]:
    """Every entry in order; two queries, for names."""
    names = _names(entries)
    corrections: dict[int, list[int]] = {}
    for place, entry in enumerate(entries, 1):
        if entry.kind == ConcernEntry.CORRECTED:
            corrections.setdefault(entry.facts["corrects"], []).append(place)
    return [
        Line(
            place=place,
            at=entry.at,
            who=_who(entry),
            did=_did(entry, names),
            text=_text(entry),
            kind=entry.kind,
            hash=entry.hash,
            can_correct=entry.kind in CORRECTABLE and entry.actor_id is not None,
            corrected_in=tuple(corrections.get(place, ())),
        )
        for place, entry in enumerate(entries, 1)
    ]


def _names(entries: list[ConcernEntry]) -> dict[int, str]:
    ids = {entry.about for entry in entries if entry.about} | {
        one for entry in entries for one in [*entry.facts.get("to", []), entry.facts.get("adult")] if one
    }
    return {person.pk: person.display_name for person in Person.objects.filter(pk__in=ids)}


def _who(entry: ConcernEntry) -> str:
    if entry.kind in ConcernEntry.BY_PUPIL:
        return "The pupil"
    if entry.kind == ConcernEntry.CHOSEN:
        return "The pupil"
    if entry.actor_id is None:
        return "It" if entry.kind == ConcernEntry.RAISED else "belong"
    if entry.actor is None or entry.actor.person is None:
        return "somebody whose sign-in is gone"
    return entry.actor.person.display_name


def _did(entry: ConcernEntry, names: Mapping[int, str]) -> str:
    about = names.get(entry.about or 0, "an adult here who was not named")
    if entry.kind == ConcernEntry.ABOUT:
        return f"noted that it may be about {about}, who can’t see it"
    if entry.kind == ConcernEntry.LIFTED:
        return f"noted that it is not about {about}"
    if entry.kind == ConcernEntry.REMINDED:
        return _reminded(entry, names)
    if entry.kind == ConcernEntry.UNSENT:
        return "could not send a mail; it goes on trying, and Today shows it meanwhile"
    if entry.kind == ConcernEntry.DECIDED:
        return f"decided: {words.OUTCOMES[entry.outcome]}"
    if entry.kind == ConcernEntry.CORRECTED:
        return f"corrected entry {entry.facts['corrects']}"
    if entry.kind == ConcernEntry.CHOSEN:
        return _chosen(entry, names)
    if entry.kind == ConcernEntry.OFFERED:
        return f"offered a time: {_moment(when_of(entry))}, {(entry.words or {}).get('place', '(deleted)')}"
    if entry.kind == ConcernEntry.RAISED and entry.actor_id is not None:
        return "raised it"
    return words.DID[entry.kind]


def _chosen(entry: ConcernEntry, names: Mapping[int, str]) -> str:
    name = names.get(entry.facts["adult"], "somebody")
    if entry.facts["told"]:
        return f"would like to talk with {name}, who is told unless it may be about them"
    return f"would like to talk with {name}, who is not told, because the words name them. Please decide"


HOW_SOON = {
    "now": "now",
    "today": "today",
    "week": "some time this week",
    "whenever": "whenever there is time",
}


def how_soon(entries: Iterable[ConcernEntry]) -> str:
    """How soon a pupil would like to talk, in words; "" where they did not say."""
    first = next((entry for entry in entries if entry.kind == ConcernEntry.RAISED), None)
    return HOW_SOON.get(first.facts.get("how_soon", ""), "") if first else ""


def _reminded(entry: ConcernEntry, names: Mapping[int, str]) -> str:
    people = ", ".join(names.get(one, "somebody") for one in entry.facts["to"]) or "nobody: no post is filled"
    said = f"told {people} that there is something to read"
    if not entry.facts.get("mailed"):
        said += " (on Today only: no mail address is known)"
    if entry.facts.get("late"):
        due = datetime.fromisoformat(entry.facts["due"])
        said += f"; late, because belong was not running when it was due ({_moment(due)})"
    return said


def _moment(at: datetime) -> str:
    local = timezone.localtime(at)
    return f"{day(local)} {time(local, 'H:i')}"


def _text(entry: ConcernEntry) -> str:
    held = entry.words or {}
    parts = [held.get("text", "")]
    if held.get("number"):
        parts.append(f"Their number: {held['number']}.")
    if held.get("to"):
        parts.append(f"For {held['to']}.")
    if entry.words is None and entry.seal:
        parts.append("The words were deleted at the end of their time.")
    return " ".join(part for part in parts if part)


def entries_of(concern: Concern) -> list[ConcernEntry]:
    """The concern's entries in order, with who made them."""
    return list(concern.entries.select_related("actor__person").order_by("number"))


def about_names(about: Iterable[int]) -> str:
    """Whom a concern is about, for those who may know."""
    ids = set(about)
    named = [person.display_name for person in Person.objects.filter(pk__in=ids - {SOMEBODY})]
    return ", ".join([*named, *(["an adult here who was not named"] if SOMEBODY in ids else [])])
