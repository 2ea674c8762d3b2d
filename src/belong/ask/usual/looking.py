"""Change against a child's own usual: off until signed off, a prompt to a person, closed by "I have looked".

Reads named faces of check-ins, and of each child only those that every reader of the prompt was told themselves. There
is no list of children by it, and nothing is kept of a child without a prompt.
"""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta

from belong.ask.answers import RATHER_NOT
from belong.ask.checkins.form import face_of, topic_of
from belong.ask.models import SignedSheet, UsualCheck, UsualNote, Wave
from belong.ask.models.wave import NAMED
from belong.ask.questionnaire import instrument_of
from belong.ask.usual.access import FEW, visible_usual_notes
from belong.ask.usual.rule import LOW, RULE, prompts
from belong.base.access import require
from belong.base.actions import action
from belong.base.audit import audit
from belong.base.clock import now, today
from belong.guard.signing_off import SignOff, register
from belong.people.models import Person, School, User
from belong.people.queries import holders, pupils_on_roll

LOOKS_BACK = timedelta(weeks=40)
NEW_FOR = timedelta(days=21)
QUIET_AFTER = timedelta(days=28)
"""After a prompt about a child the next one waits for so long."""


SIGNED = register(SignOff("Change against a child’s own usual in check-ins", "ask.UsualCheck", RULE))


def signed_off() -> UsualCheck | None:
    """Who switched it on for the rule as it is now; None while it is off."""
    return SIGNED.current()


@action
def sign_off(user: User, *, understood: bool) -> UsualCheck:
    """Switch it on. Raises Refused unless the reader says that they have read what it does."""
    require(user, "ask.sign_usual_check")
    row, is_new = SIGNED.sign(user, understood=understood)
    if is_new:
        audit(user, "ask.sign_usual_check", row)
    return row


@action
def end_sign_off(user: User) -> None:
    """Switch it off; prompts nobody has looked at yet go."""
    require(user, "ask.sign_usual_check")
    SIGNED.end(user)
    UsualNote.objects.filter(looked_at=None).delete()
    audit(user, "ask.end_usual_check", user.school)


@action
def looked(user: User, note: UsualNote) -> UsualNote:
    """A person looked: the prompt is closed, for all its readers. Again, it stays closed by the first."""
    require(user, "ask.view_usual_note", note)
    if note.looked_at is None:
        note.looked_at, note.looked_by_id = now(), user.person_id
        note.save(update_fields=["looked_at", "looked_by"])
        audit(user, "ask.look_at_usual_note", note, pupil=note.pupil_id)
    return note


def open_notes(user: User) -> list[UsualNote]:
    """Prompts for this user that nobody has looked at; none while it is switched off."""
    if signed_off() is None:
        return []
    rows = visible_usual_notes(user).filter(looked_at=None)
    return list(rows.select_related("pupil", "round").order_by("made_on", "pk"))


@dataclass(frozen=True)
class Given:
    """One named face: in which round, on which question, 1 to 5, and who was named beside it."""

    wave_id: int
    day: date
    topic: str
    face: int
    readers: tuple[int, ...]


def faces_for(pupil: Person, reader: int, topic: str, until: date) -> list[Given]:
    """A child's faces for one question that this reader was told, oldest first."""
    given = _given([pupil.pk], until).get(pupil.pk, [])
    return [one for one in given if one.topic == topic and reader in one.readers]


def look(school: School) -> int:
    """Look at the newest low faces; how many new prompts. On the same answers it makes none again."""
    if signed_off() is None:
        return 0
    day = today()
    newest = _low_lately(day)
    few = set(holders(*FEW).values_list("pk", flat=True))
    made = []
    for pupil_id, given in _given(newest, day).items():
        for topic in sorted({one.topic for one in given}):
            note = _note(school, pupil_id, [one for one in given if one.topic == topic], few, day)
            if note is not None:
                made.append(note)
                break  # one child, one prompt
    UsualNote.objects.bulk_create(made, ignore_conflicts=True)
    return len(made)


def _note(school: School, pupil_id: int, given: list[Given], few: set[int], day: date) -> UsualNote | None:
    last = given[-1]
    if last.day < day - NEW_FOR:
        return None
    reasons = {
        reader: reason
        for reader in few.intersection(last.readers)
        if (reason := prompts([one.face for one in given if reader in one.readers]))
    }
    if not reasons:
        return None
    return UsualNote(
        school=school,
        pupil_id=pupil_id,
        topic=last.topic,
        round_id=last.wave_id,
        reason=min(reasons.values()),
        readers=sorted(reasons),
        made_on=day,
    )


def _low_lately(day: date) -> list[int]:
    """Pupils on roll with a low named face in a recent round, and no prompt in the last four weeks."""
    rounds = Wave.askings.filter(check_in__isnull=False, opens_on__gte=day - NEW_FOR, opens_on__lte=day)
    waves = {wave.pk: wave for wave in rounds}
    quiet = UsualNote.objects.filter(made_on__gt=day - QUIET_AFTER).values("pupil")
    sheets = SignedSheet.objects.filter(wave__in=waves, named=True, person__in=pupils_on_roll().values("id"))
    rows = sheets.exclude(person__in=quiet).values_list("person_id", "wave_id", "answers")
    return sorted(
        {pk for pk, wave, answers in rows if any(f <= LOW for _, f in _faces(waves[wave], answers))}
    )


def _given(pupils: Collection[int], day: date) -> dict[int, list[Given]]:
    """Pupil id → their named faces of the last forty weeks, oldest first; two queries."""
    rounds = Wave.askings.filter(check_in__isnull=False, opens_on__gte=day - LOOKS_BACK, opens_on__lte=day)
    waves = {wave.pk: wave for wave in rounds}
    sheets = SignedSheet.objects.filter(wave__in=waves, named=True, person__in=pupils)
    found: dict[int, list[Given]] = defaultdict(list)
    rows = sheets.order_by("wave__opens_on", "wave_id").values_list(
        "person_id", "wave_id", "answers", "readers"
    )
    for pupil_id, wave_id, answers, readers in rows:
        wave = waves[wave_id]
        for topic, face in _faces(wave, answers):
            found[pupil_id].append(Given(wave_id, wave.opens_on, topic, face, tuple(readers)))
    return found


def _faces(wave: Wave, answers: dict[str, int]) -> list[tuple[str, int]]:
    """(topic, face) of the named answers of a sheet."""
    return [
        (topic_of(item.id), face_of(item, answers[item.id]))
        for item in instrument_of(wave, "en").items
        if wave.seen_as(item.id) == NAMED and answers.get(item.id, RATHER_NOT) > 0
    ]
