"""Taking one person's answers out, when they ask for it."""

from belong.ask import tasks
from belong.ask.models import PooledRow, PooledSheet, Receipt, SignedSheet, Wave
from belong.ask.scramble import scramble
from belong.base.access import require
from belong.base.actions import action
from belong.base.audit import audit
from belong.base.errors import Refused
from belong.base.jobs import enqueue
from belong.people.models import Person, User


@action
def withdraw_answers(user: User, wave: Wave, person: Person) -> None:
    """Delete what a wave holds with a person's name or code; nobody is told whether there was anything.

    A published release is not built again, unlinked answers can't be found, and once the wave's key has died
    neither can pooled ones. While the wave is open the person may answer again.
    """
    require(user, "ask.manage_waves", wave)
    if wave.is_draft or person.school_id != wave.school_id:
        raise Refused("There are no answers to take out of this wave.")
    if wave.pool_key is not None:
        mine = scramble(wave.pool_key, person.pk)
        PooledSheet.objects.filter(wave=wave, scramble=mine).delete()
        PooledRow.objects.filter(wave=wave, scramble=mine).delete()
    SignedSheet.objects.filter(wave=wave, person=person).delete()
    Receipt.objects.filter(wave=wave, person=person).delete()
    audit(user, "ask.withdraw_answers", wave, person=person.pk)
    enqueue(tasks.sweep_up)
