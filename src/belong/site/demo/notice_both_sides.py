"""Whom pupils of the demo schools said they could turn to, beside what adults recorded; adults asked to look out.

A wave of three weeks ago, closed ten days later. Many turn to their tutor, some to somebody who teaches them, a few to
one adult whom very many trust, and some to nobody yet. In 8H: Ewa had nobody and is looked out for, somebody is sought
for Hugo, who is new, and it is not well for Ben.
"""

from datetime import timedelta

from belong.ask.actions import close_wave, draft_wave, open_wave, sheets_of
from belong.ask.adults import choosing_for
from belong.ask.answers import Answers, checked
from belong.ask.models import PooledSheet, Receipt, SignedSheet, Wave
from belong.ask.queries import audience_of, questions_for
from belong.ask.readers import readers_for
from belong.ask.rewriting import rewrite
from belong.base.clock import frozen
from belong.notice.both_sides import actions, care
from belong.notice.both_sides.tasks import follow
from belong.notice.models import CareTask
from belong.people.models import Group, Person, User
from belong.people.queries import members, tutor_group_of
from belong.site.demo.calendar import Calendar, at, school_day
from belong.site.demo.schools import Town

OPENED, OPEN_FOR = timedelta(days=24), timedelta(days=10)
SHARE, TUTOR, ANOTHER, TRUSTED, RATHER_NOT = 0.86, 0.52, 0.38, 0.09, 0.03
STORY = {  # of 8H: whether they turn to the tutor, and how adults have been (glad, listened, fair)
    "Amina": (True, 4, 4, 4),
    "Ben": (False, 2, 1, 2),
    "Cerys": (True, 3, 4, 4),
    "Ewa": (False, 3, 3, 3),
}


def play(town: Town, calendar: Calendar) -> None:
    """Ask, answer and close; then what tutors and pastoral leads do about it."""
    leader = _leader(town)
    years = [year for year in town.years if year in ("3", "4", "5", "6", "7", "8", "9")]
    if leader is None or not years:
        return
    opened = school_day(calendar.today - OPENED)
    with frozen(at(opened)):
        wave = draft_wave(
            leader,
            title="Adults you could turn to",
            audience=Wave.PUPILS,
            instrument_key="trusted-adults",
            opens_on=opened,
            closes_on=opened + OPEN_FOR,
            years=years,
        )
        wave = open_wave(leader, wave, override_reason="The demonstration school asks about adults.")
        _answer(town, wave)
    with frozen(at(opened + OPEN_FOR, 17)):
        wave = close_wave(leader, wave)
        rewrite(wave)
        follow(wave)
        care.open_for_states()
    if town.school.phase == "secondary":
        _look_out(town, calendar)


def _leader(town: Town) -> User | None:
    leads = {"person__role_rows__role": "senior leader", "person__left_on": None}
    found = User.objects.filter(school=town.school, **leads)
    return found.order_by("pk").first()


def _answer(town: Town, wave: Wave) -> None:
    """Write the sheets of those who answered, many at once."""
    people = list(audience_of(wave))
    groups = tutor_group_of([pupil.pk for pupil in people])
    trusted = town.staff[-1]
    readers: dict[int, list[int]] = {}
    receipts, signed, pooled = [], [], []
    for pupil in people:
        group = groups.get(pupil.pk)
        told = pupil.first_name in STORY and group is not None and group.name == "8H"
        if not told and town.rng.random() > SHARE:
            continue
        key = group.pk if group else 0
        if key not in readers:
            readers[key] = [reader.pk for reader in readers_for(wave, pupil)]
        given = checked(questions_for(wave, pupil.year), _given(town, pupil, trusted, told))
        sheets = sheets_of(wave, pupil, given, None, readers[key])
        receipts.append(sheets.receipt)
        signed += [sheets.signed] if sheets.signed else []
        pooled += [sheets.pooled] if sheets.pooled else []
    Receipt.objects.bulk_create(receipts)
    SignedSheet.objects.bulk_create(signed)
    PooledSheet.objects.bulk_create(pooled)


def _given(town: Town, pupil: Person, trusted: Person, told: bool) -> Answers:
    """One pupil's answers: those of the story as it goes, the others drawn."""
    own = [one.id for one in choosing_for(pupil).own]
    if told:
        turns, *codes = STORY[pupil.first_name]
        return _answers(tuple(own[:1]) if turns else (), [int(code) for code in codes])
    chosen = [own[0]] if own and town.rng.random() < TUTOR else []
    if len(own) > 1 and town.rng.random() < ANOTHER:
        chosen.append(int(town.rng.choice(own[1:])))
    if town.rng.random() < TRUSTED and trusted.pk not in chosen:
        chosen.append(trusted.pk)
    codes = [int(code) for code in town.rng.choice([1, 2, 3, 4], p=[0.03, 0.1, 0.42, 0.45], size=3)]
    adults = -1 if town.rng.random() < RATHER_NOT else tuple(chosen)
    return _answers(adults, codes)


def _answers(adults: int | tuple[int, ...], codes: list[int]) -> Answers:
    glad, listened, fair = codes
    return {"turn-to": adults, "adult-glad": glad, "adult-listened": listened, "adult-fair": fair}


def _look_out(town: Town, calendar: Calendar) -> None:
    """Ewa is looked out for; the tutor is asked about somebody of another group; Ben’s care has begun."""
    users = {user.username: user for user in User.objects.filter(school=town.school).exclude(person=None)}
    tutor, lead = users["tutor"], users["pastoral"]
    senco, dsl, adult = (Person.objects.get(user=users[name]) for name in ("senco", "dsl", "tutor"))
    pupils = {
        pupil.first_name: pupil for pupil in members(Group.objects.get(name="8H", kind=Group.TUTOR_GROUP))
    }
    with frozen(at(calendar.today - timedelta(days=9))):
        offer = actions.offer_match(tutor, pupil=pupils["Ewa"], adult=senco, line="Builds model boats.")
    with frozen(at(calendar.today - timedelta(days=8))):
        actions.accept_match(users["senco"], offer)
    with frozen(at(calendar.today - timedelta(days=4))):
        declined = actions.offer_match(tutor, pupil=pupils["Hugo"], adult=dsl)
    with frozen(at(calendar.today - timedelta(days=3))):
        actions.decline_match(users["dsl"], declined)
        others = members(Group.objects.get(name="7H", kind=Group.TUTOR_GROUP)).order_by("pk")
        actions.offer_match(lead, pupil=others[3], adult=adult, line="Asks after your dog.")
        task = CareTask.objects.filter(pupil=pupils["Ben"], closed_on=None, owner=adult).first()
        if task is not None:
            care.tick_step(tutor, task, step="effort", line="We walk in from the gate together.")
