"""The safeguarding of the demo school: a rota, a tested way, and a few made-up concerns at every stage."""

from datetime import datetime, time, timedelta

from belong.base.clock import frozen, now, today
from belong.guard.concerns import acting
from belong.guard.concerns.raising import look_through, raise_ask, raise_by_adult, raise_words, send_test
from belong.guard.concerns.routes import SOMEBODY
from belong.guard.concerns.ticking import tick_school
from belong.guard.models import Deputy, Heartbeat, Rota, Shift
from belong.people.models import Group, Person, User
from belong.people.queries import members
from belong.site.demo.calendar import at
from belong.site.demo.schools import Town

MADE_UP = "(Made up for the demonstration.)"


def guard(town: Town) -> None:
    """Posts, readers, a test that was taken on, and five concerns."""
    users = {user.username: user for user in User.objects.filter(school=town.school)}
    _rota(town, users)
    pupils = {pupil.given_name: pupil for pupil in members(Group.objects.get(name="8H"))}
    _tested(town, users)
    _sorted(town, users, pupils["Amina"])
    _taken(town, users, pupils["Ewa"])
    _waiting(town, users, pupils)


def _rota(town: Town, users: dict[str, User]) -> None:
    people = {name: user.person for name, user in users.items()}
    Rota.objects.create(
        school=town.school,
        head=people["head"],
        chair=people["governor"],
        out_of_hours=people["pastoral"],
    )
    Deputy.objects.create(school=town.school, person=people["pastoral"])
    Shift.objects.bulk_create(
        Shift(school=town.school, person=people[name], weekday=day, starts=time(8, 30), ends=time(15, 30))
        for day in range(5)
        for name in (("dsl", "pastoral") if day in (1, 3) else ("dsl",))
    )


def _school_day(back: int, hour: int) -> datetime:
    """An hour of the last school day that is at least so many days ago."""
    day = today() - timedelta(days=back)
    while day.weekday() > 4:
        day -= timedelta(days=1)
    return at(day, hour)


def _tested(town: Town, users: dict[str, User]) -> None:
    with frozen(_school_day(30, 10)):
        test = send_test(users["head"])
        tick_school(town.school)
    with frozen(_school_day(30, 10) + timedelta(minutes=12)):
        acting.note_read(users["dsl"], test)
        acting.acknowledge(users["dsl"], test)


def _sorted(town: Town, users: dict[str, User], pupil: Person) -> None:
    begin = _school_day(6, 11)
    with frozen(begin):
        asked = raise_ask(pupil, text=f"It is about lunch. {MADE_UP}")
        tick_school(town.school)
    with frozen(begin + timedelta(minutes=35)):
        acting.note_read(users["dsl"], asked)
        acting.acknowledge(users["dsl"], asked)
    with frozen(begin + timedelta(hours=3)):
        why = "Met in the library. She would like company at lunch and is going to garden club with Cerys on Tuesday."
        acting.decide(users["dsl"], asked, outcome="sorted", why=why)


def _taken(town: Town, users: dict[str, User], pupil: Person) -> None:
    begin = _school_day(2, 9)
    with frozen(begin):
        text = f"Very tired three mornings in a row, and said she had not had breakfast. {MADE_UP}"
        raised = raise_by_adult(users["tutor"], pupil, text=text, urgent=False)
        tick_school(town.school)
    with frozen(begin + timedelta(hours=1)):
        acting.note_read(users["dsl"], raised)
        acting.acknowledge(users["dsl"], raised)
        acting.note(users["dsl"], raised, text="Will see her at break. Breakfast club has a place.")


def _waiting(town: Town, users: dict[str, User], pupils: dict[str, Person]) -> None:
    """Three that nobody has taken on yet; belong ran all the while."""
    begin = now() - timedelta(minutes=50)
    with frozen(begin):
        Heartbeat.objects.update(at=begin)
        said = f"My uncle hits me when my mum is at work and I am scared to go home. {MADE_UP}"
        flagged = look_through([("What is one thing we could change to make school better for you?", said)])
        if flagged:
            raise_words(town.school, pupils["Hugo"], flagged, "")
        raise_ask(pupils["Ben"])
        tick_school(town.school)
    with frozen(begin + timedelta(minutes=10)):
        Heartbeat.objects.update(at=now())
        raise_ask(pupils["Isla"], text=f"It is about an adult here. {MADE_UP}", about={SOMEBODY})
        tick_school(town.school)
    Heartbeat.objects.update(at=now())
