"""Who to greet and how: a group at the door, and a few pupils on Today. Constant numbers of queries."""

from collections.abc import Collection
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from uuid import UUID, uuid4

from belong.base.clock import today
from belong.base.secrets import Unreadable
from belong.notice.greeting.access import visible_backs, visible_talk_ups
from belong.notice.greeting.hello import Hello, hello
from belong.notice.greeting.settings import mentions_birthdays
from belong.notice.models import Kind, Moment, NameSound, NoBirthday, TalkUp
from belong.notice.queries.cards import by_name, is_new
from belong.notice.queries.due import birthdays
from belong.people.models import Person, User


@dataclass(frozen=True)
class Greeting:
    """One pupil at the door. `birthday` is the day, which on a Monday may have been at the weekend; `submission` is
    the number of the greeting already noted today, or of the one that a tap would note.
    """

    pupil: Person
    has_sound: bool = False
    is_new: bool = False
    is_back: bool = False
    birthday: date | None = None
    line: TalkUp | None = None
    hello: Hello | None = None
    is_greeted: bool = False
    submission: UUID | None = None

    @property
    def is_special(self) -> bool:
        """There is more to say today than good morning."""
        return bool(self.is_new or self.is_back or self.birthday or self.line)


def greetings(user: User, pupils: Collection[Person]) -> list[Greeting]:
    """A card for each pupil, those with something special today first, then by name. The caller has checked access.

    Six queries whatever their number, five where the school mentions no birthdays.
    """
    ids, day = [pupil.pk for pupil in pupils], today()
    sounds = set(NameSound.objects.filter(pupil__in=ids).values_list("pupil", flat=True))
    backs = set(visible_backs(user).filter(pupil__in=ids).values_list("pupil", flat=True))
    born = birthdays_of(user, pupils)
    lines = open_lines(user, ids)
    greeted = dict(
        Moment.objects.filter(adult=user.person_id, pupil__in=ids, kind=Kind.GREETING, on=day)
        .order_by()
        .values_list("pupil", "submission")
    )
    cards = [
        Greeting(
            pupil=pupil,
            has_sound=pupil.pk in sounds,
            is_new=is_new(pupil, day),
            is_back=pupil.pk in backs,
            birthday=born.get(pupil.pk),
            line=lines.get(pupil.pk),
            hello=hello(pupil.home_language),
            is_greeted=pupil.pk in greeted,
            submission=greeted.get(pupil.pk) or uuid4(),
        )
        for pupil in pupils
    ]
    return sorted(cards, key=lambda card: (not card.is_special, by_name(card.pupil)))


def special(user: User, pupils: Collection[Person]) -> list[Greeting]:
    """For Today: those with something special who have not been greeted by this adult yet."""
    return [card for card in greetings(user, pupils) if card.is_special and not card.is_greeted]


def birthdays_of(user: User, pupils: Collection[Person]) -> dict[int, date]:
    """Birthdays that may be mentioned, by pupil: the school does so, and neither pupil nor family said no."""
    if not mentions_birthdays(user.school):
        return {}
    born = {pupil.pk: on for pupil, on in birthdays(pupils)}
    silent = set(NoBirthday.objects.filter(pupil__in=born).values_list("pupil", flat=True)) if born else set()
    return {pk: on for pk, on in born.items() if pk not in silent}


def open_lines(user: User, ids: Collection[int]) -> dict[int, TalkUp]:
    """The oldest line nobody has used, by pupil; one's own are for others. None while text.key is missing: the door and
    Today go on without them.
    """
    rows = visible_talk_ups(user).filter(pupil__in=ids, used_on__isnull=True, until__gte=today())
    found: dict[int, TalkUp] = {}
    with suppress(Unreadable):
        for row in rows.exclude(by=user.person_id).select_related("by"):
            found.setdefault(row.pupil_id, row)
    return found


@dataclass(frozen=True)
class NameFacts:
    """What a staff page or the pupil's own page says about a name."""

    pupil: Person
    sound: NameSound | None
    is_silent: bool
    is_back: bool
    my_lines: tuple[TalkUp, ...] = ()


def name_facts(user: User, pupil: Person) -> NameFacts:
    """How a pupil's name is said and what is marked today; the caller has checked access. Four queries."""
    sound = NameSound.objects.filter(pupil=pupil).defer("sound").select_related("by").first()
    lines = visible_talk_ups(user).filter(pupil=pupil, by=user.person_id).select_related("used_by")
    return NameFacts(
        pupil,
        sound,
        NoBirthday.objects.filter(pupil=pupil).exists(),
        visible_backs(user).filter(pupil=pupil).exists(),
        tuple(lines.order_by("-made_on", "-id")[:3]),
    )
