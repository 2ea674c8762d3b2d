"""The school that is tortured: seven classes, sessions for three adults, and one wave after the other."""

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.test import Client
from django_scopes import scope, scopes_disabled

from belong.ask import actions as ask
from belong.ask.models import Wave
from belong.base.clock import today
from belong.people import roles
from belong.people.models import Group, Membership, Person, Role, School, User
from belong.site.prepare import prepare

CLASSES = {"7A": "7", "7B": "7", "7C": "7", "8A": "8", "8B": "8", "9A": "9", "9B": "9"}
IN_A_CLASS = 30
SESSION_DAYS = 40  # so that a clock that jumps a day forward signs nobody out
NAMES = ("Ada", "Ben", "Cara", "Dev", "Ewa", "Finn", "Gita", "Hana", "Ivo", "Jude")


def make() -> dict[str, Any]:
    """Tables, people and sessions; returns what the clients must know of it."""
    prepare()
    with scopes_disabled():
        school = School.objects.create(
            name="Torture School",
            slug="torture",
            phase="secondary",
            is_demo=True,
            settings={"survey_budget": 1_000_000},
        )
    with scope(school=school):
        groups = [_class(school, name, year) for name, year in CLASSES.items()]
        tutor = _adult(school, "tutor", roles.TEACHER)
        Membership.objects.create(school=school, group=groups[0], person=tutor.person, part=Membership.LEAD)
        office, head = (
            _adult(school, "office", roles.SURVEY_LEAD),
            _adult(school, "head", roles.SENIOR_LEADER),
        )
        pupils = list(
            groups[0].memberships.filter(part=Membership.MEMBER).values_list("person_id", flat=True)
        )
        return {
            "cookies": {user.username: _session(user) for user in (tutor, office, head)},
            "group": groups[0].pk,
            "pupils": pupils,
            "tutor": tutor.person_id,
        }


def _class(school: School, name: str, year: str) -> Group:
    group = Group.objects.create(school=school, kind=Group.TUTOR_GROUP, name=name, year=year)
    people = [
        Person(
            school=school,
            kind=Person.PUPIL,
            source_id=f"{name}-{number}",
            given_name=NAMES[number % 10],
            family_name=f"{name}{number}",
            sex="FM"[number % 2],
            year=year,
        )
        for number in range(IN_A_CLASS)
    ]
    Person.objects.bulk_create(people)
    Membership.objects.bulk_create(
        Membership(school=school, group=group, person=person, part=Membership.MEMBER) for person in people
    )
    return group


def _adult(school: School, name: str, role: str) -> User:
    person = Person.objects.create(school=school, kind=Person.STAFF, given_name=name, family_name="Adult")
    Role.objects.create(school=school, person=person, role=role)
    return User.objects.create_user(name, school=school, person=person)


def _session(user: User) -> str:
    """The cookie of somebody who has signed in."""
    client = Client()
    client.force_login(user)
    session = client.session
    session.set_expiry(SESSION_DAYS * 24 * 60 * 60)
    session.save()
    return client.cookies[settings.SESSION_COOKIE_NAME].value


def open_wave(number: int) -> dict[str, Any]:
    """A wave with all four kinds of question, and a card for every pupil; run beside the servers, never killed."""
    with scopes_disabled():
        head = User.objects.select_related("school", "person").get(username="head")
    with scope(school=head.school):
        for earlier in Wave.objects.filter(state=Wave.OPEN):
            ask.close_wave(head, earlier)
        days = {"opens_on": today(), "closes_on": today() + timedelta(days=30)}
        wave = ask.draft_wave(
            head,
            title=f"Wave {number}",
            audience="pupils",
            instrument_key="belong-core",
            years=("7", "8", "9"),
            **days,
        )
        ask.change_visibility(
            head, wave, visibility={"place-1": "unlinked"}, readers=wave.readers, attributes=["year"]
        )
        wave = ask.open_wave(head, wave, override_reason="A trial of the machine, not a school.")
        cards = [
            [card.token, card.person.pk]
            for group in Group.objects.filter(kind=Group.TUTOR_GROUP, name__in=CLASSES)
            for card in ask.issue_cards(head, wave, group)
        ]
        return {"wave": wave.pk, "cards": cards}
