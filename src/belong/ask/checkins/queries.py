"""What a check-in shows to whom: class counts while it is open, named answers to those who were named, own answers."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from belong.ask.checkins.form import LINE, face_of, topic_of
from belong.ask.models import CheckIn, OptOut, Receipt, SignedSheet, Wave
from belong.ask.models.wave import NAMED
from belong.ask.queries.progress import ClassProgress, in_class, wave_progress
from belong.ask.queries.said import answer_words, readable_named, readable_sheets
from belong.ask.queries.waves import audience_of
from belong.ask.questionnaire import instrument_of, questions_for
from belong.base.access import allowed
from belong.base.clock import today
from belong.measure.instrument import Item, say
from belong.people.models import Group, Person, User
from belong.people.queries import tutor_groups

LOW = 2
"""A face of 1 or 2 of five is low."""


def rounds_of(check_in: CheckIn) -> QuerySet[Wave]:
    """The rounds of a check-in, newest first."""
    return Wave.askings.filter(check_in=check_in).order_by("-opens_on", "-pk")


def open_round(check_in: CheckIn) -> Wave | None:
    """The round that takes answers today."""
    found = rounds_of(check_in).filter(state=Wave.OPEN, opens_on__lte=today(), closes_on__gte=today())
    return found.select_related("check_in", "school").first()


def groups_of(check_in: CheckIn) -> list[Group]:
    """The classes in which a check-in is answered: its own group, or the tutor groups of its years."""
    if check_in.group is not None:
        return [check_in.group]
    return list(tutor_groups(check_in.years).order_by("name"))


def counts(wave: Wave, groups: Iterable[Group]) -> tuple[ClassProgress, ...]:
    """How many of each class have answered a round; never who."""
    return wave_progress(wave, groups).classes


@dataclass(frozen=True)
class Face:
    """One answer as a face (1 sad … 5 happy; None for "I'd rather not say") with its words and the question's name."""

    topic: str
    question: str
    face: int | None
    words: str

    @property
    def is_low(self) -> bool:
        return self.face is not None and self.face <= LOW


@dataclass(frozen=True)
class Told:
    """What one pupil told this reader in one round. `line` is "" for whoever may not read it."""

    pupil: Person
    faces: tuple[Face, ...]
    line: str
    is_new: bool

    @property
    def is_low(self) -> bool:
        return any(face.is_low for face in self.faces)


def told(user: User, wave: Wave) -> list[Told]:
    """What pupils told this reader in a round: whom it may concern soonest first, then by name."""
    named = {sheet.person_id: sheet for sheet in named_sheets_of(user, wave)}
    lines = {sheet.person_id: sheet for sheet in lines_to_read(user, wave)}
    found = []
    for pk in {**named, **lines}:
        sheet = named.get(pk) or lines[pk]
        faces = faces_on(wave, sheet) if pk in named else ()
        line = _line(wave, lines[pk]) if pk in lines else ""
        new = (pk in named and user.person_id not in named[pk].named_read_by) or (
            pk in lines and user.person_id not in lines[pk].texts_read_by
        )
        found.append(Told(sheet.person, faces, line, new))
    return sorted(
        found, key=lambda one: (not one.is_low, one.pupil.family_name, one.pupil.given_name, one.pupil.pk)
    )


def named_sheets_of(user: User, wave: Wave) -> list[SignedSheet]:
    """Sheets of a round whose named questions named this user, of pupils the user still works with."""
    rows = readable_named(user).filter(wave=wave).select_related("person")
    return [sheet for sheet in rows if user.person_id in sheet.readers]


def lines_to_read(user: User, wave: Wave) -> list[SignedSheet]:
    """Sheets of a round with a line this user reads in confidence (pastoral lead, safeguarding lead)."""
    if not allowed(user, "ask.read_texts", wave):
        return []
    return list(readable_sheets(user, wave).select_related("person"))


def faces_on(wave: Wave, sheet: SignedSheet) -> tuple[Face, ...]:
    """The named answers of a sheet in the order of the questions."""
    items = [item for item in instrument_of(wave).items if wave.seen_as(item.id) == NAMED]
    return tuple(_face(item, sheet.answers[item.id]) for item in items if item.id in sheet.answers)


def _face(item: Item, code: int) -> Face:
    face = face_of(item, code) if code > 0 else None
    return Face(topic_of(item.id), say(item.text), face, answer_words(item, code))


def _line(wave: Wave, sheet: SignedSheet) -> str:
    return next((words for item, words in sheet.texts.items() if topic_of(item) == LINE), "")


@dataclass(frozen=True)
class Waiting:
    """A round with answers this reader has not read: how many pupils, and how many of them with a low face."""

    wave: Wave
    pupils: int
    low: int


def waiting_for(user: User, since: date) -> list[Waiting]:
    """Rounds since a day in which something waits for this reader; a handful of queries for each open round."""
    rounds = Wave.askings.filter(check_in__isnull=False, closes_on__gte=since).select_related("check_in")
    sheets = SignedSheet.objects.filter(wave__in=rounds, named=True)
    with_mine = {
        wave
        for wave, readers, read_by in sheets.values_list("wave_id", "readers", "named_read_by")
        if user.person_id in readers and user.person_id not in read_by
    }
    found = []
    for wave in rounds:
        if wave.pk in with_mine or (wave.check_in.with_line and allowed(user, "ask.read_texts", wave)):
            new = [one for one in told(user, wave) if one.is_new]
            if new:
                found.append(Waiting(wave, len(new), sum(one.is_low for one in new)))
    return found


def rounds_for_pupil(pupil: Person) -> list[Wave]:
    """The rounds that ask this pupil today and that they have not answered."""
    if OptOut.objects.current().filter(person=pupil).exists():
        return []
    day = today()
    open_ = Wave.askings.filter(
        check_in__isnull=False, state=Wave.OPEN, opens_on__lte=day, closes_on__gte=day
    ).select_related("check_in__group", "school")
    answered = set(Receipt.objects.filter(person=pupil, wave__in=open_).values_list("wave_id", flat=True))
    return [
        wave
        for wave in open_
        if wave.pk not in answered
        and audience_of(wave).filter(pk=pupil.pk).exists()
        and questions_for(wave, pupil.year)
    ]


def title_while_open(wave_id: int) -> str | None:
    """The title of a round that takes answers today, else None; for a class session."""
    wave = Wave.askings.filter(pk=wave_id, check_in__isnull=False).first()
    return wave.title if wave is not None and wave.takes_answers else None


def asked_in(wave_id: int, group: Group) -> list[Person]:
    """Those of a group whom a round asks, by name."""
    wave = Wave.askings.filter(pk=wave_id).select_related("check_in__group").first()
    return in_class(wave, group) if wave is not None else []


def answered_in(wave_id: int, people: Sequence[Person]) -> set[int]:
    """Who of some people has answered a round; for the names still to call in an open class session."""
    rows = Receipt.objects.filter(wave=wave_id, person__in=people)
    return set(rows.values_list("person_id", flat=True))
