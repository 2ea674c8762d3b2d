"""Taking one person's answers out, when they ask for it."""

from typing import Any

from belong.ask import tasks
from belong.ask.answers import TAKEN_BACK
from belong.ask.checkins.form import topic_of
from belong.ask.models import PooledRow, PooledSheet, Receipt, SignedSheet, UsualNote, Wave
from belong.ask.scramble import scramble
from belong.base.access import require
from belong.base.actions import action
from belong.base.audit import audit
from belong.base.errors import Refused
from belong.base.jobs import enqueue_once
from belong.guard.rights.holds import refuse_if_held
from belong.guard.rights.tombstones import bury
from belong.people.models import Person, School, User

KIND = "withdrawal"


@action
def withdraw_answers(user: User, wave: Wave, person: Person) -> None:
    """Delete what a wave holds with a person's name or code; nobody is told whether there was anything.

    A published release is not built again, unlinked answers can't be found, and once the wave's key has died
    neither can pooled ones. While the wave is open the person may answer again.
    """
    require(user, "ask.manage_waves", wave)
    refuse_if_held(person=person, wave=wave.pk)
    if wave.is_draft or person.school_id != wave.school_id:
        raise Refused("There are no answers to take out of this wave.")
    take_out(wave, person.pk)
    bury(wave.school, KIND, "ask.Wave", wave.pk, person=person.pk)
    audit(user, "ask.withdraw_answers", wave, person=person.pk)
    enqueue_once(tasks.sweep_up)


def withdraw_again(school: School, row: int, facts: dict[str, Any]) -> int:
    """After a restore: take the same answers out again; how many rows went."""
    wave = Wave.askings.filter(pk=row).first()
    if wave is None:
        return 0
    item = facts.get("item")
    gone = take_back(wave, facts["person"], item) if item else take_out(wave, facts["person"])
    audit(None, "ask.withdraw_again", wave, person=facts["person"], rows=gone)
    return gone


def take_back(wave: Wave, person_id: int, item_id: str) -> int:
    """Delete one named answer and what was noted because of it; the sheet stays and says that one was taken back.

    How many rows changed. The caller has checked who asks.
    """
    sheet = SignedSheet.objects.select_for_update().filter(wave=wave, person=person_id).first()
    if sheet is None or sheet.answers.get(item_id, TAKEN_BACK) == TAKEN_BACK:
        return 0
    sheet.answers[item_id] = TAKEN_BACK
    sheet.save(update_fields=["answers"])
    UsualNote.objects.filter(round=wave, pupil=person_id, topic=topic_of(item_id)).delete()
    return 1


def take_out(wave: Wave, person_id: int) -> int:
    """Delete what a wave holds of a person by name or by code; how many rows went. The caller has checked who asks."""
    found: list[Any] = [
        SignedSheet.objects.filter(wave=wave, person=person_id),
        Receipt.objects.filter(wave=wave, person=person_id),
        UsualNote.objects.filter(round=wave, pupil=person_id),
    ]
    if wave.pool_key is not None:
        mine = scramble(wave.pool_key, person_id)
        found += [table.objects.filter(wave=wave, scramble=mine) for table in (PooledSheet, PooledRow)]
    return sum(int(rows.delete()[0]) for rows in found)
