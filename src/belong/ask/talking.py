"""A pupil asks for an adult: what the page says to someone of this age, now; and the pass inside its form."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID, uuid4

from django.core import signing
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _

from belong.ask.answers import clean
from belong.ask.bands import OLDER, YOUNGEST, band_of_pupil, text
from belong.ask.turning import Turn, adults_to_ask
from belong.ask.turns import NO_WAVE
from belong.base.clock import today
from belong.guard.concerns.promise import Promise, promise
from belong.guard.concerns.routes import SOMEBODY as NOT_NAMED
from belong.guard.concerns.status import Life, Step, life_of
from belong.people.models import Person
from belong.web.languages import ENGLISH, active
from belong.web.lists import all_of, one_of
from belong.web.templatetags.belong import day

SEND_WITHIN = 60 * 60
LONGEST = 2_000
NOW, TODAY, WEEK, WHENEVER = "now", "today", "week", "whenever"
HOW_SOON = (NOW, TODAY, WEEK, WHENEVER)
SOON = frozenset({NOW, TODAY})
_SALT = "belong.ask.talk"


@dataclass(frozen=True)
class TalkPass:
    """One form in front of one pupil: whoever sends it sends it for them, once.

    Who came by tapping a name has a `turn` in the wave or round of that session (`belong.ask.turns`).
    """

    person_id: int
    submission_id: UUID = field(default_factory=uuid4)
    wave_id: int = NO_WAVE
    turn: int | None = None

    def sign(self) -> str:
        """The value for the form's hidden field; good for an hour."""
        facts = [self.person_id, self.submission_id.hex, self.wave_id, self.turn]
        return signing.dumps(facts, salt=_SALT)


def read_talk_pass(value: str) -> TalkPass | None:
    """The pass, or None if it was altered or is too old."""
    try:
        person_id, submission, *began = signing.loads(value, salt=_SALT, max_age=SEND_WITHIN)
    except signing.BadSignature:
        return None
    return TalkPass(person_id, UUID(submission), *began)


@dataclass(frozen=True)
class LifeInWords:
    """How the last request is going: a line for each step, and the buttons of what the pupil can say to it."""

    title: str
    lines: tuple[str, ...]
    says: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class TalkPage:
    """The page in the words of an age. `choices` are the adults a pupil can keep it from: value and words."""

    band: str
    title: str
    words: str
    when: str
    outside: str
    soon: str
    how_soon: tuple[tuple[str, str], ...]
    who: str
    anyone: str
    more: str
    turn: Turn
    write: str
    about: str
    about_why: str
    choices: tuple[tuple[str, str], ...]
    seen: str
    send: str
    life: LifeInWords | None
    help: tuple[str, ...]

    @property
    def further(self) -> frozenset[str]:
        """Adults behind the fold, as the form calls them: it stays open for whoever chose one."""
        return frozenset(str(one.id) for one in self.turn.others)


@dataclass(frozen=True)
class Typed:
    """What stands on the page and is not sent: it comes back with the page in another language, kept nowhere."""

    who: str = ""
    soon: str = ""
    words: str = ""
    about: str = ""


def typed_on(form: QueryDict) -> Typed:
    """Everything in a posted form, to be shown again as it was."""
    who, soon, about = (form.get(name, "")[:20] for name in ("who", "soon", "about"))
    return Typed(who, soon, form.get("words", "")[:LONGEST], about)


def talk_page(person: Person) -> TalkPage:
    """Everything the page says to this pupil now; call it in their school's scope."""
    band, kept = band_of_pupil(person), promise(person.school)
    return TalkPage(
        band=band,
        title=_said("ask", band, "title"),
        words=_said("ask", band),
        when=when_read(band, kept),
        outside=_outside(band, kept),
        soon=_said("soon", band),
        how_soon=tuple((key, _said(f"soon-{key}", band)) for key in HOW_SOON),
        who=_said("who", band),
        anyone=_said("who-anyone", band),
        more=_said("who-more", band),
        turn=adults_to_ask(person, kept.readers),
        write=_said("words", band),
        about=_said("about", band),
        about_why=_said("about-why", band),
        choices=_choices(band, kept),
        seen=_said("seen", band, names=all_of([one.display_name for one in kept.readers]) or _somebody(band)),
        send=_said("send", band),
        life=life_in_words(person),
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
    names = _names(kept.readers, band)
    if kept.is_open and kept.read_by:
        return _said(f"open-{_which(kept.read_by)}", band, names=names, **_moment(kept.read_by))
    if kept.opens:
        return _said(f"closed-{_which(kept.opens)}", band, names=names, **_moment(kept.opens))
    return _said("never", band, names=names)


def _which(at: datetime) -> str:
    return "today" if timezone.localtime(at).date() == today() else "later"


def _outside(band: str, kept: Promise) -> str:
    if kept.is_open:
        return ""
    if kept.outside is None:
        return _said("alone", band)
    return _said("outside", band, names=kept.outside.display_name)


def _choices(band: str, kept: Promise) -> tuple[tuple[str, str], ...]:
    known = () if band == YOUNGEST else kept.line
    named = [(str(one.pk), _("Yes, about %(name)s") % {"name": one.display_name}) for one in known]
    return (("", _("No")), *named, (str(NOT_NAMED), _said("another", band)))


def _somebody(band: str) -> str:
    return _said("somebody", band)


def _names(people: Collection[Person], band: str) -> str:
    return one_of([person.display_name for person in people]) or _somebody(band)


def _moment(at: datetime) -> dict[str, str]:
    """The day and the time of a moment where the school is, in the words of the page's language."""
    local = timezone.localtime(at)
    return {"day": day(local), "time": _clock(local)}


def _clock(local: datetime) -> str:
    """ "8:30am" in English: short, and no full stop to meet the one of the sentence; else "08:30"."""
    if active() != ENGLISH:
        return f"{local:%H:%M}"
    return f"{local:%-I:%M}{'am' if local.hour < 12 else 'pm'}"


def life_in_words(person: Person) -> LifeInWords | None:
    """The newest request as the pupil sees it, in the words of their age; None where there is none to show."""
    life, band = life_of(person), band_of_pupil(person)
    if life is None:
        return None
    lines = tuple(_line(step, band) for step in life.steps)
    says = tuple((what, _said(f"say-{what}", band)) for what in life.says)
    return LifeInWords(_said("life", band), lines, says)


def _line(step: Step, band: str) -> str:
    name = step.name or _said("life-sender", band)
    return _said(f"life-{step.kind}", band, adult=name, place=step.place, **_moment(step.at))


def newest_life(person: Person) -> Life | None:
    """The newest request, for what the pupil says to it."""
    return life_of(person)


def chosen_about(person: Person, given: str) -> set[int]:
    """Whom a pupil chose to keep it from; anything else in the field counts as nobody named."""
    if not given:
        return set()
    known = {value for value, _words in _choices(OLDER, promise(person.school))}
    return {int(given)} if given in known else {NOT_NAMED}


def chosen_soon(given: str) -> str:
    """How soon, as one of the four; anything else says nothing."""
    return given if given in HOW_SOON else ""


def chosen_adult(given: str) -> int | None:
    """The number of the adult they would like to talk to; who it is, is asked of the roster."""
    return int(given) if given.isascii() and given.isdigit() and 0 < len(given) < 18 and int(given) else None


def clean_words(given: str) -> str:
    """The words as they were meant, cut where they are too long: a request is never refused for its length."""
    return clean(given)[:LONGEST]
