"""Class sessions: a teacher opens one, devices ask to join, the teacher lets them in."""

from datetime import timedelta

from django.db import IntegrityError, transaction

from belong.ask.models import ClassSession, Device, Wave
from belong.ask.queries.progress import in_class
from belong.ask.tokens import hash_of, new_code, new_token
from belong.ask.words import new_label
from belong.base.access import require
from belong.base.actions import action
from belong.base.audit import audit
from belong.base.clock import now
from belong.base.errors import Refused
from belong.people.models import Group, User

LASTS = timedelta(minutes=40)
MOST_DEVICES = 80
UNKNOWN_CODE = "We can't find that code. Look at the board again, or ask your teacher."


@action
def open_class_session(user: User, wave: Wave, group: Group) -> ClassSession:
    """Open a class session for 40 minutes; the one that is running for this class, if there is one."""
    require(user, "ask.run_group", group)
    if not wave.takes_answers or not wave.is_for_pupils:
        raise Refused("A class session needs a pupils’ wave that is open today.")
    if not in_class(wave, group):
        raise Refused(f"Nobody in {group.name} is asked in this wave.")
    ClassSession.objects.filter(closed=False, expires_at__lte=now()).delete()
    running = ClassSession.objects.filter(wave=wave, group=group, closed=False).first()
    if running:
        return running
    session = _with_free_code(user, wave, group)
    audit(user, "ask.open_class_session", session, group=group.pk, wave=wave.pk)
    return session


def _with_free_code(user: User, wave: Wave, group: Group) -> ClassSession:
    for attempt in range(20):
        try:
            with transaction.atomic():
                return ClassSession.objects.create(
                    school_id=wave.school_id,
                    wave=wave,
                    group=group,
                    opened_by=user,
                    code=new_code(),
                    opened_at=now(),
                    expires_at=now() + LASTS,
                )
        except IntegrityError:
            if attempt == 19:
                raise
    raise AssertionError("unreachable")


@action
def close_class_session(user: User, session: ClassSession) -> None:
    """End a class session; its code dies and its devices are forgotten. Whoever is answering can finish."""
    require(user, "ask.run_session", session)
    Device.objects.filter(session=session).delete()
    session.closed = True
    session.save(update_fields=["closed"])
    audit(user, "ask.close_class_session", session)


@action
def join_session(session: ClassSession) -> tuple[Device, str]:
    """A device asks to join: the waiting device, and the key that only this device keeps."""
    if not session.is_live:
        raise Refused(UNKNOWN_CODE)
    taken = set(Device.objects.filter(session=session).values_list("label", flat=True))
    if len(taken) >= MOST_DEVICES:
        raise Refused("Too many devices are waiting. Ask your teacher to help.")
    key = new_token()
    device = Device.objects.create(
        school_id=session.school_id, session=session, key_hash=hash_of(key), label=new_label(taken)
    )
    return device, key


@action
def let_in(user: User, session: ClassSession, device_id: int | None = None) -> int:
    """Let one waiting device in, or all (`device_id` None); how many came in."""
    require(user, "ask.run_session", session)
    if not session.is_live:
        raise Refused("This class session has ended. Open a new one.")
    waiting = Device.objects.filter(session=session, admitted=False)
    if device_id is not None:
        waiting = waiting.filter(pk=device_id)
    return waiting.update(admitted=True)


@action
def turn_away(user: User, session: ClassSession, device_id: int) -> None:
    """Send a device back to the code; it can ask again."""
    require(user, "ask.run_session", session)
    Device.objects.filter(session=session, pk=device_id).delete()
