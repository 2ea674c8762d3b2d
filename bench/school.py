"""Invented schools for measurements: rows made at once, a wave open, somebody who reads, a card for every pupil."""

import os
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

YEARS = ("7", "8", "9", "10", "11")
QUESTIONS = "belong-core"


@dataclass(frozen=True)
class Asked:
    """A pupil who may answer: their wave, their number, the token of their card, their tutor group's place."""

    wave: int
    person: int
    token: str
    group: int


@dataclass(frozen=True)
class Made:
    """A school with its pupils, group by group, and the user names of its tutors and leaders."""

    school: Any
    asked: list[Asked]
    staff: list[str]


def settle(home: Path, url: str = "") -> None:
    """Make this process one of the program's own, with its data in `home` (or in the database at `url`)."""
    os.environ |= {"BELONG_HOME": str(home), "DJANGO_SETTINGS_MODULE": "belong.site.settings"}
    os.environ.pop("DATABASE_URL", None)
    if url:
        os.environ["DATABASE_URL"] = url
    from belong.site.prepare import prepare

    prepare()


def make(name: str, pupils: int, groups: int) -> Made:
    """One school: pupils spread over tutor groups, and a wave of the full questionnaire."""
    from django.db import transaction
    from django_scopes import scope

    from belong.people.models import School

    slug = name.lower().replace(" ", "-")
    school = School.objects.create(name=name, slug=slug, phase="secondary")
    with transaction.atomic(), scope(school=school):
        tutors, head = _staff(school, groups)
        rows = _pupils(school, pupils, tutors)
        asked = _cards(_wave(head), rows)
        names = [f"{slug}-{tutor.pk}" for tutor in tutors] + [head.username]
    return Made(school, asked, names)


def _staff(school: Any, groups: int) -> tuple[list[Any], Any]:
    """A tutor for each group, a pastoral lead, a safeguarding lead who reads at any hour, and a head."""
    from belong.people import roles
    from belong.people.models import Person, Role, User
    from tests.safeguarding import put_on_rota, try_the_way

    of = {"school": school}
    adults = Person.objects.bulk_create(
        Person(kind="staff", title="Mx", given_name=f"Ann {n}", family_name=f"Lee {n}", **of)
        for n in range(groups + 3)
    )
    tutors, (pastoral, lead, head) = adults[:groups], adults[groups:]
    posts = [(pastoral, roles.PASTORAL_LEAD), (lead, roles.DSL), (head, roles.SENIOR_LEADER)]
    held = [*((tutor, roles.TEACHER) for tutor in tutors), *posts]
    Role.objects.bulk_create(Role(person=one, role=role, **of) for one, role in held)
    User.objects.bulk_create(
        User(school=school, person=one, username=f"{school.slug}-{one.pk}", password="!") for one in adults
    )
    reader, leader = (User.objects.select_related("school", "person").get(person=one) for one in (lead, head))
    put_on_rota(reader)
    try_the_way(reader)
    return list(tutors), leader


def _pupils(school: Any, pupils: int, tutors: Sequence[Any]) -> list[tuple[Any, int]]:
    from belong.people.models import Group, Membership, Person

    of, places = {"school": school}, len(tutors)
    groups = Group.objects.bulk_create(
        Group(kind="tutor_group", name=f"G{n}", year=YEARS[n % len(YEARS)], **of) for n in range(places)
    )
    people = Person.objects.bulk_create(
        (
            Person(
                kind="pupil",
                given_name=f"Nia {n}",
                family_name="Bell",
                sex="FM"[n % 2],
                year=groups[n % places].year,
                **of,
            )
            for n in range(pupils)
        ),
        batch_size=2000,
    )
    inside = [Membership(group=groups[n % places], person=one, **of) for n, one in enumerate(people)]
    leads = [
        Membership(group=group, person=tutor, part="lead", **of)
        for group, tutor in zip(groups, tutors, strict=True)
    ]
    Membership.objects.bulk_create([*inside, *leads], batch_size=2000)
    return [(one, n % places) for n, one in enumerate(people)]


def _wave(head: Any) -> Any:
    from belong.ask.actions import draft_wave, open_wave
    from belong.base.clock import today

    window = {"opens_on": today(), "closes_on": today() + timedelta(days=7)}
    draft = draft_wave(
        head, title="Bench", audience="pupils", instrument_key=QUESTIONS, years=YEARS, **window
    )
    return open_wave(head, draft, override_reason="A measurement, not a school.")


def _cards(wave: Any, pupils: Sequence[tuple[Any, int]]) -> list[Asked]:
    from belong.ask.models import Ticket
    from belong.ask.tokens import hash_of
    from belong.base.clock import today

    made = [Asked(wave.pk, one.pk, secrets.token_urlsafe(16), group) for one, group in pupils]
    Ticket.objects.bulk_create(
        (
            Ticket(
                school_id=wave.school_id,
                wave=wave,
                person_id=one.person,
                token_hash=hash_of(one.token),
                made_on=today(),
            )
            for one in made
        ),
        batch_size=2000,
    )
    return made


def ways_in(asked: Sequence[Asked]) -> list[str]:
    """The cookie of each pupil who has come in by card and pressed Start, as the server would give it."""
    from django.http import HttpResponse

    from belong.ask.passes import COOKIE, let_begin

    found = []
    for one in asked:
        answer = HttpResponse()
        let_begin(answer, one.wave, one.person, own=True)
        found.append(f"{COOKIE}={answer.cookies[COOKIE].value}")
    return found


def sessions(names: Sequence[str]) -> list[str]:
    """The session cookie of each of these sign-ins."""
    from django.conf import settings
    from django.test import Client

    from belong.people.models import User

    found = []
    for user in User.objects.filter(username__in=names):
        client = Client()
        client.force_login(user)
        found.append(f"{settings.SESSION_COOKIE_NAME}={client.cookies[settings.SESSION_COOKIE_NAME].value}")
    return found
