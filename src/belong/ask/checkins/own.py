"""What a pupil sees of what they told: their named answers, newest first. Never pooled or unlinked ones."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from belong.ask.answers import TAKEN_BACK
from belong.ask.checkins.form import MOOD, face_of, topic_of
from belong.ask.models import SignedSheet, Wave
from belong.ask.models.wave import NAMED
from belong.ask.queries.said import answer_words
from belong.ask.questionnaire import instrument_of
from belong.ask.readers import names
from belong.measure.instrument import Item, say
from belong.people.models import Person


@dataclass(frozen=True)
class Said:
    """One question and what the pupil answered; `face` where the answer has one; `item_id` until it was taken back."""

    question: str
    answer: str
    face: int | None
    topic: str = ""
    item_id: str = ""


@dataclass(frozen=True)
class Sheet:
    """The pupil's named answers of one asking. `who` are those whose names stood beside them."""

    wave_id: int
    title: str
    day: date
    is_check_in: bool
    said: tuple[Said, ...]
    who: str


@dataclass(frozen=True)
class Line:
    """One question over time: the faces of a pupil with their dates, oldest first."""

    question: str
    faces: tuple[tuple[date, int, str], ...]


def own_sheets(pupil: Person, most: int = 0) -> list[Sheet]:
    """A pupil's named answers, newest first; `most` of them, or all. Three queries."""
    rows = (
        SignedSheet.objects.filter(person=pupil, named=True).select_related("wave").defer("texts", "adults")
    )
    rows = rows.order_by("-wave__opens_on", "-wave_id")
    kept = list(rows[:most] if most else rows)
    people = Person.objects.in_bulk({pk for sheet in kept for pk in sheet.readers})
    return [sheet for row in kept if (sheet := _sheet(row, people)).said]


def may_take_back(row: SignedSheet, item_id: str) -> bool:
    """Whether a sheet holds an answer to this question that its writer can take back alone: a named one."""
    named = row.wave.visibility.get(item_id) == NAMED
    return named and row.answers.get(item_id, TAKEN_BACK) != TAKEN_BACK


def _sheet(row: SignedSheet, people: dict[int, Person]) -> Sheet:
    wave: Wave = row.wave
    items = [item for item in instrument_of(wave).items if wave.seen_as(item.id) == NAMED]
    said = tuple(_said(item, row.answers[item.id]) for item in items if item.id in row.answers)
    who = names([people[pk] for pk in row.readers if pk in people])
    return Sheet(wave.pk, wave.title, wave.opens_on, wave.check_in_id is not None, said, who)


def _said(item: Item, code: int) -> Said:
    faced = item.scale is not None and bool(item.scale.faces) and code > 0
    face = face_of(item, code) if faced else None
    still_there = item.id if code != TAKEN_BACK else ""
    return Said(say(item.text), answer_words(item, code), face, topic_of(item.id), still_there)


def over_time(sheets: Sequence[Sheet], most: int = 12) -> list[Line]:
    """For each question of check-ins the newest faces, oldest first; how they are today comes first."""
    found: dict[str, list[tuple[date, int, str]]] = {}
    called: dict[str, str] = {}
    for sheet in sheets:
        for said in sheet.said if sheet.is_check_in else ():
            called.setdefault(said.topic, said.question)
            if said.face is not None and len(found.setdefault(said.topic, [])) < most:
                found[said.topic].append((sheet.day, said.face, said.answer))
    order = sorted(found, key=lambda topic: topic != MOOD)
    return [Line(called[topic], tuple(reversed(found[topic]))) for topic in order if found[topic]]
