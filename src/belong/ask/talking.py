"""A pupil asks for an adult: what the page says to someone of this age, now; and the pass inside its form."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID, uuid4

from django.core import signing
from django.utils import timezone

from belong.ask.answers import clean
from belong.ask.bands import OLDER, YOUNGEST, band_of_pupil, text
from belong.base.clock import today
from belong.guard.concerns.promise import SOMEBODY, Promise, promise
from belong.guard.concerns.routes import SOMEBODY as NOT_NAMED
from belong.guard.concerns.status import asked_by, neutral
from belong.people.models import Person
from belong.web.templatetags.belong import day

SEND_WITHIN = 60 * 60
LONGEST = 2_000
_SALT = "belong.ask.talk"


@dataclass(frozen=True)
class TalkPass:
    """One form in front of one pupil: whoever sends it sends it for them, once."""

    person_id: int
    submission_id: UUID = field(default_factory=uuid4)

    def sign(self) -> str:
        """The value for the form's hidden field; good for an hour."""
        return signing.dumps([self.person_id, self.submission_id.hex], salt=_SALT)


def read_talk_pass(value: str) -> TalkPass | None:
    """The pass, or None if it was altered or is too old."""
    try:
        person_id, submission = signing.loads(value, salt=_SALT, max_age=SEND_WITHIN)
    except signing.BadSignature:
        return None
    return TalkPass(person_id, UUID(submission))


@dataclass(frozen=True)
class TalkPage:
    """The page in the words of an age. `choices` are the adults a pupil can keep it from: value and words."""

    band: str
    title: str
    words: str
    when: str
    outside: str
    today: str
    write: str
    about: str
    about_why: str
    choices: tuple[tuple[str, str], ...]
    seen: str
    send: str
    status: str
    help: tuple[str, ...]


def talk_page(person: Person) -> TalkPage:
    """Everything the page says to this pupil now; call it in their school's scope."""
    band, kept = band_of_pupil(person), promise(person.school)
    return TalkPage(
        band=band,
        title=_said("ask", band, "title"),
        words=_said("ask", band),
        when=when_read(band, kept),
        outside=_outside(band, kept),
        today=_said("today", band),
        write=_said("words", band),
        about=_said("about", band),
        about_why=_said("about-why", band),
        choices=_choices(band, kept),
        seen=_said("seen", band),
        send=_said("send", band),
        status=status_line(person),
        help=help_now(band),
    )


def _said(key: str, band: str, part: str = "", **values: str) -> str:
    return text("talk", f"{key}-{band}{f'-{part}' if part else ''}", **values)


def help_now(band: str) -> tuple[str, ...]:
    """Where help is at this moment."""
    keys = {YOUNGEST: ("childline-young",), OLDER: ("trusted-adult", "childline", "shout")}
    return tuple(text("help", key) for key in keys.get(band, ("trusted-adult", "childline")))


def when_read(band: str, kept: Promise) -> str:
    """Who reads it, and by when; out of hours when the school opens again."""
    names = _names(kept.readers)
    if kept.is_open and kept.read_by:
        return _said("open", band, names=names, when=f"{_day(kept.read_by)} before {_clock(kept.read_by)}")
    if kept.opens:
        return _said("closed", band, names=names, **{"from": f"{_day(kept.opens)} from {_clock(kept.opens)}"})
    return _said("never", band, names=names)


def _outside(band: str, kept: Promise) -> str:
    if kept.is_open:
        return ""
    if kept.outside is None:
        return _said("alone", band)
    return _said("outside", band, names=kept.outside.display_name)


def _choices(band: str, kept: Promise) -> tuple[tuple[str, str], ...]:
    named = [] if band == YOUNGEST else [(str(one.pk), f"Yes, about {one.display_name}") for one in kept.line]
    return (("", "No"), *named, (str(NOT_NAMED), _said("another", band)))


def _names(people: Collection[Person]) -> str:
    shown = [person.display_name for person in people]
    if not shown:
        return SOMEBODY
    return shown[0] if len(shown) == 1 else " or ".join([", ".join(shown[:-1]), shown[-1]])


def _day(at: datetime) -> str:
    local = timezone.localtime(at)
    return "today" if local.date() == today() else f"on {day(local)}"


def _clock(at: datetime) -> str:
    """ "8:30am": short, and no full stop to meet the one of the sentence."""
    local = timezone.localtime(at)
    return f"{local:%-I:%M}{'am' if local.hour < 12 else 'pm'}"


def status_line(person: Person) -> str:
    """How far the newest request has come: never what it is about. "" where there is none."""
    newest = neutral(asked_by(person))
    return _said(newest.state, band_of_pupil(person)) if newest else ""


def chosen_about(person: Person, given: str) -> set[int]:
    """Whom a pupil chose to keep it from; anything else in the field counts as nobody named."""
    if not given:
        return set()
    known = {value for value, _ in _choices(OLDER, promise(person.school))}
    return {int(given)} if given in known else {NOT_NAMED}


def clean_words(given: str) -> str:
    """The words as they were meant, cut where they are too long: a request is never refused for its length."""
    return clean(given)[:LONGEST]
