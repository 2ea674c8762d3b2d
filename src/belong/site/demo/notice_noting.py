"""Moments in depth, for the demo: check-ins, observations waiting and seen, promises due, notes home.

Written through the room's own actions, as of the days on which they happened.
"""

from contextlib import AbstractContextManager
from datetime import date, timedelta
from uuid import uuid4

from belong.base.clock import frozen, today
from belong.notice.actions import record_moment
from belong.notice.models import Letter, Moment, NoteHome
from belong.notice.noting.circle_backs import keep_circle_back, owe_circle_back
from belong.notice.noting.notes_home import send_now, write_home
from belong.notice.noting.observations import mark_seen
from belong.notice.noting.usual import sign_off
from belong.people import roles
from belong.people.models import CarerLink, Group, Person, Role, User
from belong.people.queries import leads, members
from belong.site.demo.calendar import Calendar, at
from belong.site.demo.schools import Town

OBSERVED = (
    ("mood", "Quieter than I know her. Fine when asked.", 2, ""),
    (
        "friendship",
        "Sat with another table this week, by choice, and seemed easy.",
        5,
        "Good to know, thank you.",
    ),
    ("work", "Two late pieces, which is new.", 1, ""),
    (
        "behaviour",
        "Left the room once without asking, came back calm.",
        9,
        "I will catch up with him on Friday.",
    ),
)
PROMISED = (
    ("whether the art room can stay open on Fridays", 0, False),
    ("the part in the play", 2, False),
    ("a quieter place to eat", -3, True),
)
HOME = (
    ("You would have been proud: the whole class asked for a second page.", True),
    ("Stayed behind to help a new classmate find the hall.", False),
)
LANGUAGES = ("ur", "pl", "en", "ar")


def play(town: Town, calendar: Calendar) -> None:
    """Both demo schools: a tutor's small promises, and what the pastoral lead finds to read."""
    tutor = _signed_in(roles.TEACHER, "tutor")
    if tutor is None or tutor.person is None:
        return
    pupils = _pupils(tutor.person)
    if len(pupils) < 6:
        return
    _check_ins(tutor, pupils)
    _observations(tutor, pupils)
    _promises(tutor, pupils)
    _families(town, pupils[:4])
    _letters(tutor, pupils)
    safeguarding = _signed_in(roles.DSL, "dsl")
    if safeguarding is not None:
        with _as_of(today() - timedelta(days=20)):
            sign_off(safeguarding, understood=True)


def _signed_in(role: str, name: str) -> User | None:
    """The demo's sign-in of that name, else the first with that role."""
    held = Role.objects.current().filter(role=role).values("person")
    found = User.objects.filter(person__in=held)
    return found.filter(username__startswith=name).first() or found.order_by("pk").first()


def _pupils(tutor: Person) -> list[Person]:
    for group in Group.objects.current().filter(kind=Group.TUTOR_GROUP).order_by("name"):
        if leads(group).filter(pk=tutor.pk).exists():
            settled = today() - timedelta(days=15)
            found = members(group).order_by("pk")
            return [pupil for pupil in found if pupil.joined_on is None or pupil.joined_on <= settled]
    return []


def _as_of(day: date, hour: int = 12) -> AbstractContextManager[None]:
    return frozen(at(day, hour))


def _school_day(back: int) -> date:
    day = today() - timedelta(days=back)
    while day.weekday() > 4:
        day -= timedelta(days=1)
    return day


def _check_ins(tutor: User, pupils: list[Person]) -> None:
    """Last Monday, with most of the group."""
    monday = today() - timedelta(days=today().weekday() or 7)
    with _as_of(monday, 9):
        record_moment(tutor, pupils=pupils[4 : 4 + len(pupils) // 2], kind="check_in")


def _observations(tutor: User, pupils: list[Person]) -> None:
    lead = _signed_in(roles.PASTORAL_LEAD, "pastoral")
    for (aspect, words, back, step), pupil in zip(OBSERVED, pupils[4:], strict=False):
        day = _school_day(back)
        with _as_of(day, 14):
            made = record_moment(tutor, pupils=[pupil], kind="observation", note=words, aspect=aspect)
        if step and lead is not None:
            with _as_of(day, 16):
                mark_seen(lead, moment=made[0], next_step=step)


def _promises(tutor: User, pupils: list[Person]) -> None:
    for (about, days, is_kept), pupil in zip(PROMISED, pupils[1:], strict=False):
        due = today() + timedelta(days=days)
        with _as_of(_school_day(6), 15):
            promise = owe_circle_back(tutor, pupil=pupil, about=about, due_on=due, submission=uuid4())
        if is_kept:
            with _as_of(_school_day(3), 15):
                keep_circle_back(tutor, promise=promise)


def _families(town: Town, pupils: list[Person]) -> None:
    """A carer with an address and a language of their own for a few pupils; invented, at an address nobody has."""
    for language, pupil in zip(LANGUAGES, pupils, strict=True):
        carer = Person.objects.create(
            school=town.school,
            kind=Person.CARER,
            given_name="Sam",
            family_name=pupil.family_name,
            email=f"home{pupil.pk}@families.example",
            home_language=language,
        )
        CarerLink.objects.create(
            school=town.school, carer=carer, pupil=pupil, may_see=True, relationship="carer"
        )


def _letters(tutor: User, pupils: list[Person]) -> None:
    """One that went home last week (marked so: the demo sends no mail), one to print."""
    for (words, by_mail), pupil in zip(HOME, (pupils[0], pupils[5]), strict=True):
        day = _school_day(6)
        with _as_of(day, 15):
            note = write_home(tutor, pupil=pupil, words=words, submission=uuid4())
            if by_mail:
                send_now(tutor, note=note)
                _mark_sent(note)


def _mark_sent(note: NoteHome) -> None:
    when = Moment.objects.values_list("recorded_at", flat=True).get(pk=note.moment_id)
    Letter.objects.filter(note=note, state=Letter.WAITING).update(state=Letter.SENT, at=when)
