"""Making the demo schools: two years of a secondary and a primary, in the order in which they happened."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date, timedelta
from functools import partial

import numpy as np
from django.db import transaction
from django_scopes import scope, scopes_disabled
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

from belong.act.models import Plan
from belong.ask.models import Wave
from belong.base.append_only import trail_opened
from belong.base.clock import frozen, today
from belong.people import roles
from belong.people.models import CarerLink, Group, Membership, Person, School, User
from belong.people.queries import pupils_on_roll
from belong.site.demo import (
    ask_checkins,
    ask_friends,
    ask_looks,
    ask_places,
    ask_walls,
    notice_badges,
    notice_boards,
    notice_both_sides,
    notice_greeting,
    notice_local,
    notice_noting,
    notice_overlooked,
    notice_profiles,
    notice_recognition,
    notice_register,
    schools,
)
from belong.site.demo.answers import Crowd
from belong.site.demo.calendar import Calendar, at
from belong.site.demo.guarding import guard
from belong.site.demo.names import GIRLS
from belong.site.demo.noticing import notice
from belong.site.demo.story import respond, start_plans
from belong.site.demo.waves import Asking, play

SEED = 20261121
Step = tuple[str, Callable[[], object]]
NOTICING = (
    ("greetings", notice_greeting.play),
    ("notes home and observations", notice_noting.play),
    ("recognition", notice_recognition.play),
    ("badges", notice_badges.play),
    ("boards", notice_boards.play),
    ("profiles", notice_profiles.play),
    ("strategies and handing over", notice_register.play),
    ("round here", notice_local.play),
    ("both sides", notice_both_sides.play),
    ("half-terms", notice_overlooked.play),
)
ASKING = (
    ("how pages look", ask_looks.play),
    ("friends", ask_friends.play),
    ("places", ask_places.play),
    ("ideas walls", ask_walls.play),
    ("check-ins", ask_checkins.play),
)


def is_complete() -> bool:
    """Whether the demo schools are there; they are made in one transaction each."""
    return School.objects.filter(is_demo=True).count() == 2


def throw_away() -> None:
    """Delete every demo school with all it holds: plans first, as they hold on to waves and owners; trails too."""
    with trail_opened(), scopes_disabled():
        Plan.objects.filter(school__is_demo=True).delete()
        School.objects.filter(is_demo=True).delete()


def build(*, progress: bool = False) -> None:
    """Make both demo schools. The same on every machine on the same day."""
    throw_away()
    calendar = Calendar(today())
    for make, steps in ((schools.secondary, _secondary), (schools.primary, _primary)):
        town = None
        with transaction.atomic():
            town = make(np.random.default_rng(SEED))
            with scope(school=town.school), _bar(progress) as advance:
                todo = list(steps(town, calendar))
                for label, step in todo:
                    advance(f"{town.school.name}: {label}", len(todo))
                    step()


@contextmanager
def _bar(shown: bool) -> Iterator[Callable[[str, int], None]]:
    columns = (TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn())
    with Progress(*columns, disable=not shown, transient=True) as bar:
        task = bar.add_task("")

        def advance(label: str, total: int) -> None:
            bar.update(task, description=label, total=total, advance=1)

        yield advance


def _secondary(town: schools.Town, calendar: Calendar) -> Iterator[Step]:
    crowd = Crowd(town.rng)
    yield "people", partial(_found, town, calendar, 76)
    yield from _two_years(town, calendar, crowd, _secondary_askings(calendar))
    yield "staff and families", partial(_adults, town, calendar)
    yield "moments and relationships", partial(_now, town)
    yield from _played(NOTICING, town, calendar)
    yield "safeguarding", partial(guard, town)
    yield from _played(ASKING, town, calendar)
    title = f"{_season(calendar.open_wave)} pulse"
    pulse = Asking(title, "belong-pulse", calendar.open_wave, town.years, 4, share=0.46)
    yield "a wave that is open now", partial(_ask, town, crowd, pulse, close=False)


def _primary(town: schools.Town, calendar: Calendar) -> Iterator[Step]:
    yield "people", partial(_found, town, calendar, 16)
    juniors, infants = ("3", "4", "5", "6"), ("R", "1", "2")
    askings = []
    for chapter, day in enumerate(calendar.waves):
        askings.append(Asking(f"{_season(day)}, Years 3 to 6", "belong-core", day, juniors, chapter))
        askings.append(Asking(f"{_season(day)} in pictures", "belong-picture", day, infants, chapter))
    yield from _two_years(town, calendar, Crowd(town.rng), askings)
    yield "moments", partial(_now, town)
    yield from _played(NOTICING, town, calendar)
    yield from _played(ASKING, town, calendar)


def _played(
    parts: Sequence[tuple[str, Callable[[schools.Town, Calendar], None]]],
    town: schools.Town,
    calendar: Calendar,
) -> Iterator[Step]:
    """The parts of a room, in an order in which each finds what it builds on."""
    return ((label, partial(play_part, town, calendar)) for label, play_part in parts)


def _secondary_askings(calendar: Calendar) -> list[Asking]:
    years = ("7", "8", "9", "10", "11")
    return [
        Asking(f"{_season(day)} wave", "belong-core", day, years, chapter)
        for chapter, day in enumerate(calendar.waves)
    ]


def _season(day: date) -> str:
    names = {1: "Spring", 2: "Spring", 3: "Spring", 4: "Summer", 5: "Summer", 6: "Summer", 7: "Summer"}
    return f"{names.get(day.month, 'Autumn')} {day.year}"


def _found(town: schools.Town, calendar: Calendar, staff: int) -> None:
    """Staff, groups and the pupils on roll when the story begins."""
    begin = calendar.first_september
    schools.employ(town, staff, begin)
    schools.open_groups(town, begin)
    for index, year in enumerate(town.years):
        schools.admit(town, year, begin, index)


def _two_years(town: schools.Town, calendar: Calendar, crowd: Crowd, askings: list[Asking]) -> Iterator[Step]:
    """Waves and Septembers in the order in which they came, with plans and responses between."""
    events: list[tuple[date, str, Callable[[], object]]] = []
    for september in calendar.septembers:
        events.append((september, "moving up", partial(_move_up, town, september)))
    for asking in askings:
        events.append((asking.opens_on, asking.title, partial(_ask, town, crowd, asking)))
    yield from ((label, step) for _, label, step in sorted(events, key=lambda event: event[0]))


def _move_up(town: schools.Town, day: date) -> None:
    with frozen(at(day)):
        schools.move_up(town, day)


def _ask(town: schools.Town, crowd: Crowd, asking: Asking, *, close: bool = True) -> None:
    user = _leader(town)
    wave = play(user, crowd, asking, close=close)
    if not close:
        return
    start_plans(user, wave, asking.chapter)
    respond(user, wave, asking.chapter)


def _leader(town: schools.Town) -> User:
    if town.school.phase == "secondary":
        return _user("head")
    person = town.staff[0]
    found = User.objects.filter(person=person).first()
    return found or schools.let_in(town, person, "primary-head", roles.SENIOR_LEADER)


def _user(username: str) -> User:
    return User.objects.get(username=username)


def _adults(town: schools.Town, calendar: Calendar) -> None:
    """Carers of the pupils here now; a staff wave and a family wave, each with its response."""
    _link_carers(town)
    crowd, head = Crowd(town.rng), _user("head")
    for audience, instrument, title in (
        (Wave.STAFF, "belong-staff", "Staff, autumn"),
        (Wave.FAMILIES, "belong-family", "Families, autumn"),
    ):
        day = calendar.waves[-1] - timedelta(days=7)
        share = 0.78 if audience == Wave.STAFF else 0.34
        wave = play(head, crowd, Asking(title, instrument, day, (), 4, audience, share))
        respond(head, wave, 4)


def _link_carers(town: schools.Town) -> None:
    pupils = list(pupils_on_roll().order_by("pk"))
    base = {"school": town.school, "kind": Person.CARER, "joined_on": today() - timedelta(days=700)}
    carers = [
        Person(
            **base,
            given_name=str(town.rng.choice(GIRLS)),
            family_name=pupil.family_name,
            email=f"carer{pupil.pk}@family.example",
        )
        for pupil in pupils
    ]
    Person.objects.bulk_create(carers)
    CarerLink.objects.bulk_create(
        CarerLink(school=town.school, carer=carer, pupil=pupil, may_see=True)
        for carer, pupil in zip(carers, pupils, strict=True)
    )


def _now(town: schools.Town) -> None:
    if town.school.phase == "secondary":
        _give_8h_its_tutor()
    notice(town)
    if town.school.phase == "secondary":
        _let_a_family_in(town)


def _let_a_family_in(town: schools.Town) -> None:
    """Amina of 8H and her mother can be tried, too."""
    amina = Person.objects.get(given_name="Amina", family_name="Yusuf", memberships__group__name="8H")
    mother = CarerLink.objects.get(pupil=amina).carer
    mother.given_name, mother.family_name = "Ada", "Yusuf"
    mother.save(update_fields=["given_name", "family_name"])
    schools.let_in(town, amina, "pupil", roles.PUPIL)
    schools.let_in(town, mother, "carer", roles.CARER)


def _give_8h_its_tutor() -> None:
    """The tutor whose sign-in people try leads 8H, whichever group that is this year."""
    leading = Membership.objects.current().filter(part=Membership.LEAD, group__kind=Group.TUTOR_GROUP)
    eight = leading.get(group__name="8H")
    own = leading.get(person__user__username="tutor")
    if eight.pk != own.pk:
        eight.person, own.person = own.person, eight.person
        eight.save(update_fields=["person"])
        own.save(update_fields=["person"])
