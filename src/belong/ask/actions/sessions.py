"""Class sessions: a teacher opens one, devices ask to join, the teacher lets them in and helps where it goes wrong."""

from datetime import timedelta

from django.db import IntegrityError, transaction

from belong.ask import turns
from belong.ask.activities import activity
from belong.ask.bands import text
from belong.ask.models import AwayToday, ClassSession, Device, Pin, Receipt, Wave
from belong.ask.queries.progress import asked_in, in_class
from belong.ask.tokens import hash_of, new_code, new_token
from belong.ask.words import new_label
from belong.base.access import require
from belong.base.actions import action
from belong.base.audit import audit
from belong.base.clock import now
from belong.base.errors import Refused
from belong.people.models import Group, Person, User

LASTS = timedelta(minutes=40)
MORE = timedelta(minutes=20)
LONGEST = timedelta(hours=3)
MOST_DEVICES = 80
ENDED = "This class session has ended. Open a new one."


@action
def open_class_session(user: User, wave: Wave, group: Group) -> ClassSession:
    """Open a class session for 40 minutes; the one that is running for this class, if there is one."""
    require(user, "ask.run_group", group)
    if not wave.takes_answers or not wave.is_for_pupils:
        raise Refused("A class session needs a pupils’ wave that is open today.")
    if not in_class(wave, group):
        raise Refused(f"Nobody in {group.name} is asked in this wave.")
    return _open(user, group, wave=wave)


@action
def open_activity_session(user: User, group: Group, kind: str, object_id: int) -> ClassSession:
    """The same for a check-in, a wall or a map of places (`belong.ask.activities`)."""
    require(user, "ask.run_group", group)
    found = activity(kind)
    if found is None or found.find(object_id) is None:
        raise Refused("That is not open today.")
    if not list(found.people(object_id, group)):
        raise Refused(f"Nobody in {group.name} is asked in this.")
    return _open(user, group, kind=kind, object_id=object_id)


def _open(
    user: User, group: Group, *, wave: Wave | None = None, kind: str = "", object_id: int | None = None
) -> ClassSession:
    ClassSession.objects.filter(closed=False, expires_at__lte=now()).delete()
    about: dict[str, object] = {"wave": wave, "group": group, "kind": kind, "object_id": object_id}
    running = ClassSession.objects.filter(**about, closed=False).first()
    if running:
        return running
    session = _with_free_code(user, about)
    facts = {"wave": wave.pk} if wave else {"kind": kind}
    audit(user, "ask.open_class_session", session, group=group.pk, **facts)
    return session


def _with_free_code(user: User, about: dict[str, object]) -> ClassSession:
    moment = now()
    for attempt in range(20):
        try:
            with transaction.atomic():
                return ClassSession.objects.create(
                    **about,
                    school_id=user.school_id,
                    opened_by=user,
                    code=new_code(),
                    opened_at=moment,
                    expires_at=moment + LASTS,
                )
        except IntegrityError:
            if attempt == 19:
                raise
    raise AssertionError("unreachable")


@action
def prolong(user: User, session: ClassSession) -> None:
    """Twenty more minutes for the same code, up to three hours in all; also just after it has run out."""
    require(user, "ask.run_session", session)
    if session.closed:
        raise Refused(ENDED)
    latest = session.opened_at + LONGEST
    if now() >= latest or session.expires_at >= latest:
        raise Refused("This session has run for three hours. End it and open a new one.")
    session.expires_at = min(max(session.expires_at, now()) + MORE, latest)
    session.save(update_fields=["expires_at"])


@action
def close_class_session(user: User, session: ClassSession) -> None:
    """End a class session; its code dies and its devices are forgotten. Whoever is answering can finish."""
    require(user, "ask.run_session", session)
    Device.objects.filter(session=session).delete()
    AwayToday.objects.filter(session=session).delete()
    session.closed = True
    session.save(update_fields=["closed"])
    audit(user, "ask.close_class_session", session)


@action
def join_session(session: ClassSession) -> tuple[Device, str]:
    """A device asks to join: the waiting device, and the key that only this device keeps."""
    if not session.is_live:
        raise Refused(text("getting-in", "code-unknown"))
    taken = set(Device.objects.filter(session=session).values_list("label", flat=True))
    if len(taken) >= MOST_DEVICES:
        raise Refused(text("getting-in", "devices-full"))
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
        raise Refused(ENDED)
    waiting = Device.objects.filter(session=session, admitted=False)
    if device_id is not None:
        waiting = waiting.filter(pk=device_id)
    return waiting.update(admitted=True)


@action
def turn_away(user: User, session: ClassSession, device_id: int) -> None:
    """Send a device back to the code; it can ask again."""
    require(user, "ask.run_session", session)
    Device.objects.filter(session=session, pk=device_id).delete()


@action
def mark_away(user: User, session: ClassSession, person_id: int, *, away: bool) -> Person:
    """Somebody is not here for this session (or is after all): nobody waits for them."""
    person = _asked(user, session, person_id)
    if away:
        AwayToday.objects.get_or_create(
            session=session, person=person, defaults={"school_id": session.school_id}
        )
    else:
        AwayToday.objects.filter(session=session, person=person).delete()
    return person


@action
def free_name(user: User, session: ClassSession, person_id: int) -> Person:
    """Somebody else tapped this name: what was begun under it can't be sent, and its owner can start.

    Refused once answers have been sent under it. Wrong tries at its pictures or number are forgiven. The entry in
    the trail does not say whose name it was.
    """
    person = _asked(user, session, person_id)
    if Receipt.objects.filter(wave=turns.wave_of(session), person=person).exists():
        who = "Whoever runs the wave" if session.wave_id else "They themselves, on their own page,"
        raise Refused(
            f"Answers have been sent under the name of {person.display_name} already. "
            f"{who} can take them out; then the name is free."
        )
    turns.free(session, person)
    Pin.objects.filter(person=person).update(tries=0)
    audit(user, "ask.free_name", session)
    return person


def _asked(user: User, session: ClassSession, person_id: int) -> Person:
    require(user, "ask.run_session", session)
    found = next((one for one in asked_in(session) if one.pk == person_id), None)
    if found is None:
        raise Refused("That pupil is not asked in this class session.")
    return found
