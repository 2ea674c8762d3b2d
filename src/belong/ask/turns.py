"""Whose turn it is under a name: what was begun before a teacher freed the name can't be sent any more.

A class session for a wave, or for a round of a check-in, counts in that wave (`FreedName`); one for a wall or for
places has no wave, so there we count for as long as a page can be sent, without a name (`people.signing_in.tries`).
Who came by a card or an account of their own has no turn: nobody else can have tapped their name.
"""

from django.db.models import F

from belong.ask.activities import CHECKIN
from belong.ask.models import ClassSession, FreedName
from belong.ask.passes import SEND_WITHIN
from belong.people.models import Person
from belong.people.signing_in import tries

FREED = "ask freed"
NO_WAVE = 0


def wave_of(session: ClassSession) -> int:
    """The wave or round a class session is for; `NO_WAVE` where it is for something else."""
    if session.kind == CHECKIN:
        return session.object_id or NO_WAVE
    return session.wave_id or NO_WAVE


def turn(wave_id: int, person_id: int) -> int:
    """How often this name was freed, in a wave or where there is none; call inside the school's scope."""
    if wave_id == NO_WAVE:
        return tries.counted(FREED, SEND_WITHIN, person_id)
    freed = FreedName.objects.filter(wave=wave_id, person=person_id).values_list("times", flat=True)
    return freed.first() or 0


def is_over(wave_id: int, person_id: int, begun: int | None) -> bool:
    """Whether the name was freed since the turn `begun`; never for who came as themselves (None)."""
    return begun is not None and turn(wave_id, person_id) > begun


def free(session: ClassSession, person: Person) -> None:
    """End every turn under this name that began in such a session."""
    wave_id = wave_of(session)
    if wave_id == NO_WAVE:
        tries.add(FREED, SEND_WITHIN, person.pk)
        return
    freed, new = FreedName.objects.get_or_create(
        wave_id=wave_id, person=person, defaults={"school_id": session.school_id}
    )
    if not new:
        FreedName.objects.filter(pk=freed.pk).update(times=F("times") + 1)
