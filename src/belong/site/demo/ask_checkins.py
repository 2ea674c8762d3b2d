"""Check-ins of the demo schools: a term of Mondays in 8H, figures of Year 9, own usual signed off, a request to talk.

Play it after the waves, whose questions count towards the same budget.
"""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

import numpy as np

from belong.ask.actions import sheets_of
from belong.ask.actions.waves import close_wave
from belong.ask.answers import Answers
from belong.ask.checkins import actions
from belong.ask.checkins.days import days_of
from belong.ask.checkins.form import topic_of
from belong.ask.models import CheckIn, PooledSheet, Receipt, SignedSheet, Wave
from belong.ask.questionnaire import gives_figures, questions_for
from belong.ask.rewriting import rewrite
from belong.ask.terms import term_end, term_start
from belong.ask.usual import looking
from belong.ask.who_sees import seers_for
from belong.base.clock import frozen, now, today
from belong.base.errors import Refused
from belong.guard.concerns import talks
from belong.guard.concerns.raising import raise_ask
from belong.people.models import Group, Person, User
from belong.people.queries import members, pupils_on_roll
from belong.see.actions import build_release
from belong.site.demo.calendar import Calendar, at
from belong.site.demo.schools import Town

SEED = 20261204
WEEKS = 7
ANSWERS = 0.86


def play(town: Town, calendar: Calendar) -> None:
    """8H every Monday and Year 9 every two weeks in the secondary; a class of Year 3 in the primary."""
    rng = np.random.default_rng([SEED, len(town.years)])
    users = {user.username: user for user in User.objects.filter(school=town.school)}
    if town.school.phase == "secondary":
        own = Group.objects.get(kind=Group.TUTOR_GROUP, name="8H")
        _asked(rng, users["tutor"], "Monday check-in", ["mood"], ["mood"], group=own)
        _asked(rng, users["pastoral"], "Year 9: break", ["break"], [], years=["9"], every=CheckIn.FORTNIGHTLY)
        looking.sign_off(users["dsl"], understood=True)
        looking.look(town.school)
        _talk(users, list(members(own)))
        return
    head = User.objects.filter(school=town.school, person__role_rows__role="senior leader").first()
    group = Group.objects.current().filter(kind=Group.TUTOR_GROUP, year="3").order_by("name").first()
    if head is not None and group is not None:
        _asked(rng, head, f"{group.name}: how are you?", ["mood", "others"], ["mood"], group=group)


def _first_day(day: date, term: date) -> date:
    """The Monday so many weeks ago, or the first one of the term."""
    first = max(day - timedelta(weeks=WEEKS), term)
    return first + timedelta(days=-first.weekday() % 7)


def _asked(
    rng: np.random.Generator,
    user: User,
    title: str,
    topics: Sequence[str],
    named: Sequence[str],
    *,
    group: Group | None = None,
    years: Sequence[str] = (),
    every: int = CheckIn.WEEKLY,
) -> None:
    """Set one up some weeks ago and play its rounds until today; a school that asks much already has none."""
    starts = min(_first_day(today(), term_start(user.school, today())), today())
    with frozen(at(starts, 8)):
        try:
            check_in = actions.set_up(
                user,
                title=title,
                group=group,
                years=years,
                every=every,
                topics=topics,
                named=named,
                readers=["tutor", "pastoral lead"] if named else [],
                starts_on=starts,
                ends_on=term_end(user.school, starts),
            )
        except Refused:
            return
    _rounds(rng, check_in)


def _rounds(rng: np.random.Generator, check_in: CheckIn) -> None:
    """Every round until today: opened, answered, closed, released."""
    pupils = list(
        members(check_in.group) if check_in.group else pupils_on_roll().filter(year__in=check_in.years)
    )
    tone = {pupil.pk: rng.normal(0.9, 0.8) for pupil in pupils}
    readers: dict[str, tuple[int, ...]] = {}
    days = [day for day in days_of(check_in) if day <= today()]
    last = days[-1] if days else None
    for day in days:
        with frozen(at(day, 9)):
            actions.open_due(check_in.school, only=check_in)
            wave = (
                Wave.askings.select_related("check_in__group", "school")
                .filter(check_in=check_in, opens_on=day)
                .first()
            )
            if wave is None:
                continue
            _answer(rng, wave, pupils, tone, readers, is_now=day == last)
        if wave.closes_on < today():
            _close(wave)


def _answer(
    rng: np.random.Generator,
    wave: Wave,
    pupils: list[Person],
    tone: dict[int, float],
    readers: dict[str, tuple[int, ...]],
    *,
    is_now: bool,
) -> None:
    """Most pupils, each around their own level; one boy in 8H, who is fine as a rule, is not fine today."""
    receipts, signed, pooled = [], [], []
    for pupil in pupils:
        if rng.random() > (ANSWERS if not is_now else 0.7):
            continue
        if "named" in wave.visibility.values() and pupil.year not in readers:
            readers[pupil.year] = seers_for(wave, pupil).reader_ids
        given: Answers = {}
        for item in questions_for(wave, pupil.year):
            level = tone[pupil.pk] + rng.normal(0, 0.7)
            cuts = (-1.6, -0.6, 0.4, 1.4) if item.categories == 5 else (-0.8, 0.5)
            given[item.id] = 1 + int(np.searchsorted(cuts, level))
            if pupil.given_name == "Hugo" and topic_of(item.id) == "mood":
                given[item.id] = 1 if is_now else int(rng.integers(4, 6))
        sheets = sheets_of(wave, pupil, given, None, readers.get(pupil.year, ()))
        receipts.append(sheets.receipt)
        signed += [sheets.signed] if sheets.signed else []
        pooled += [sheets.pooled] if sheets.pooled else []
    Receipt.objects.bulk_create(receipts)
    SignedSheet.objects.bulk_create(signed)
    PooledSheet.objects.bulk_create(pooled)


def _close(wave: Wave) -> None:
    """As the night after its last day does."""
    with frozen(at(wave.closes_on + timedelta(days=1), 3)):
        closed = close_wave(None, wave)
        rewrite(closed)
        if gives_figures(closed):
            build_release(closed)


def _talk(users: dict[str, User], pupils: list[Person]) -> None:
    """Grace asked to talk with her tutor, who has read it and offered a time tomorrow."""
    grace = next((pupil for pupil in pupils if pupil.given_name == "Grace"), None)
    tutor = users["tutor"]
    if grace is None or tutor.person_id is None:
        return
    asked = at(today() - timedelta(days=1), 12)
    with frozen(asked):
        request = raise_ask(
            grace,
            text="(Made up for the demonstration.) About the trip.",
            how_soon="week",
            chosen=tutor.person_id,
        )
    with frozen(asked + timedelta(hours=2)):
        talks.read_request(tutor, request)
        on: datetime = now() + timedelta(days=2)
        talks.offer(
            tutor, request, on=on.date(), at=on.time().replace(hour=12, minute=40), place="the library"
        )
