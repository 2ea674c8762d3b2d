"""How fast the notice room is in a school that has used it for three years: 1,500 pupils, 300,000 moments.

Server time, from request to answer, through the whole program (middleware, rules, queries, templates) in one process
and without a network: Today, My group and Not yet noticed as a tutor, a pastoral lead and the head open them, forty
times each; and a moment noted for one pupil, two hundred times. `p95_ms` is the slowest page's 95th percentile,
`record_ms` that of noting a moment.
"""

import os
import random
import tempfile
import time
from collections.abc import Callable
from datetime import date, datetime, timedelta
from importlib import import_module
from typing import Any
from uuid import uuid4

from bench.server import p95

PUPILS, YEARS, MOMENTS, ADULTS = 1500, ("7", "8", "9", "10", "11", "12", "13"), 300_000, 100
ROUNDS, NOTED = 40, 200
SEED = 11
KINDS = ("greeting", "praise", "gesture", "work", "note_home", "observation")
OFTEN = (40, 25, 15, 10, 7, 3)
UNREAD = timedelta(days=7)


def main() -> None:
    """Build a school in a folder of its own, ask, print."""
    with tempfile.TemporaryDirectory(prefix="belong-bench-") as folder:
        os.environ |= {"BELONG_HOME": folder, "DJANGO_SETTINGS_MODULE": "belong.site.settings"}
        os.environ.pop("DATABASE_URL", None)
        from belong.site.prepare import prepare

        prepare()
        import_module("belong.site.wsgi")  # the process set up as the server's own is
        began = time.perf_counter()
        school = _school()
        print(f"built in {time.perf_counter() - began:.0f} s; load {os.getloadavg()[0]:.1f}")
        worst: tuple[float, str] = (0.0, "")
        for who, path, ask in _pages(school):
            found = p95(_times(ask, ROUNDS))
            print(f"{who:<10} {path:<34} p95 {found:6.1f} ms")
            worst = max(worst, (found, f"{who}:{path}"))
        record = p95(_times(_recorder(school), NOTED))
        print(
            f"bench notice p95_ms={worst[0]:.1f} record_ms={record:.1f} worst={worst[1]} pupils={PUPILS} "
            f"moments={MOMENTS} load={os.getloadavg()[0]:.1f}"
        )


def _times(ask: Callable[[], None], rounds: int) -> list[float]:
    ask()
    found = []
    for _ in range(rounds):
        began = time.perf_counter()
        ask()
        found.append((time.perf_counter() - began) * 1000)
    return found


def _school() -> dict[str, Any]:
    """Pupils, adults, groups and three years of noticing, all made at once; signed-in clients by name."""
    from django.conf import settings
    from django.db import transaction
    from django_scopes import scope

    from belong.people.models import School

    settings.ALLOWED_HOSTS, settings.SECOND_FACTOR = ["testserver"], False
    school = School.objects.create(name="Oak Park", slug="oak", phase="secondary")
    with transaction.atomic(), scope(school=school):
        dice = random.Random(SEED)
        adults, groups, pupils = _people(school, dice)
        _noticing(school, dice, adults, groups, pupils)
        clients = _clients(school, adults)
    _analyse()
    return {"clients": clients, "groups": groups, "pupils": pupils}


def _people(school: Any, dice: random.Random) -> tuple[list[Any], list[Any], list[Any]]:
    from belong.people.models import Group, Membership, Person

    of = {"school": school}
    adults = Person.objects.bulk_create(
        Person(kind="staff", title="Mx", given_name=f"Ann {n}", family_name=f"Lee {n}", **of)
        for n in range(ADULTS)
    )
    pupils = Person.objects.bulk_create(
        Person(
            kind="pupil",
            given_name=f"Nia {n}",
            family_name=f"Bell {dice.randint(0, 400)}",
            sex="FM"[n % 2],
            year=YEARS[n % len(YEARS)],
            joined_on=date(2023, 9, 1),
            **of,
        )
        for n in range(PUPILS)
    )
    made = [
        Group(kind="tutor_group", name=f"{7 + n % 7}{'ABCDEFGH'[n // 7]}", year=YEARS[n % 7], **of)
        for n in range(56)
    ]
    groups = Group.objects.bulk_create(made)
    clubs = Group.objects.bulk_create(Group(kind="club", name=f"Club {n}", **of) for n in range(30))
    rows = [Membership(group=groups[n % 56], person=pupil, **of) for n, pupil in enumerate(pupils)]
    rows += [Membership(group=group, person=adults[n], part="lead", **of) for n, group in enumerate(groups)]
    rows += [
        Membership(group=dice.choice(clubs), person=pupil, **of) for pupil in pupils if dice.random() < 0.5
    ]
    Membership.objects.bulk_create(rows)
    return adults, groups, pupils


def _noticing(
    school: Any, dice: random.Random, adults: list[Any], groups: list[Any], pupils: list[Any]
) -> None:
    from belong.base.clock import now, today
    from belong.notice.models import (
        KnownBy,
        Moment,
        ObservationSeen,
        Recognition,
        Relationship,
        Trait,
        WillNotice,
    )

    of, day = {"school": school}, today()

    def some_day() -> tuple[date, datetime]:
        back = timedelta(days=dice.randint(0, 3 * 365))
        return day - back, now() - back

    for _ in range(MOMENTS // 10_000):
        rows = []
        for _ in range(10_000):
            on, at = some_day()
            place = int(len(pupils) * dice.random() ** 1.5)  # some get much, some hardly anything
            adult = adults[place % 56] if dice.random() < 0.6 else dice.choice(adults)
            kind = dice.choices(KINDS, OFTEN)[0]
            rows.append(
                Moment(adult=adult, pupil=pupils[place], kind=kind, note="", on=on, recorded_at=at, **of)
            )
        Moment.objects.bulk_create(rows)
    read = Moment.objects.filter(kind="observation", on__lt=day - UNREAD)
    ObservationSeen.objects.bulk_create(
        (ObservationSeen(moment=one, by=adults[60], at=now(), **of) for one in list(read.only("pk"))),
        batch_size=5000,
    )
    read.update(seen_by_lead=True)
    trait = Trait.objects.create(name="Kindness", **of)
    states, knows, seen, said = [], [], [], []
    for n, pupil in enumerate(pupils):
        for adult in {adults[n % 56], dice.choice(adults), dice.choice(adults)}:
            state = dice.choice(("establish", "maintain", "maintain", "restore"))
            ahead = timedelta(days=dice.randint(-3, 60))
            states.append(
                Relationship(adult=adult, pupil=pupil, state=state, set_on=day, review_on=day + ahead, **of)
            )
        if dice.random() < 0.7:
            knows.append(KnownBy(adult=adults[n % 56], pupil=pupil, noted_on=day, **of))
        for _ in range(dice.randint(0, 6)):
            on, at = some_day()
            of_staff = {"source": "staff", "state": "approved", "by": adults[n % 56]}
            seen.append(Recognition(pupil=pupil, trait=trait, on=on, recorded_at=at, **of_staff, **of))
        if dice.random() < 0.05:
            said.append(WillNotice(adult=adults[n % 56], pupil=pupil, taken_at=now(), due_on=day, **of))
    for model, rows in ((Relationship, states), (KnownBy, knows), (Recognition, seen), (WillNotice, said)):
        model.objects.bulk_create(rows, batch_size=5000)


def _clients(school: Any, adults: list[Any]) -> dict[str, Any]:
    from django.test import Client

    from belong.people import roles
    from belong.people.models import Role, User

    made = {}
    for who, person, role in (
        ("tutor", adults[0], roles.TEACHER),
        ("pastoral", adults[60], roles.PASTORAL_LEAD),
        ("head", adults[61], roles.SENIOR_LEADER),
    ):
        Role.objects.create(person=person, role=role, school=school)
        user = User.objects.create_user(who, None, school=school, person=person)
        made[who] = Client()
        made[who].force_login(user)
    return made


def _analyse() -> None:
    """What a school's own database knows about its tables after a while."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _pages(school: dict[str, Any]) -> list[tuple[str, str, Callable[[], None]]]:
    group = school["groups"][0].pk
    paths = {
        "tutor": ["/", f"/group/{group}/", "/overlooked/", "/overlooked/?sort=quiet"],
        "pastoral": ["/", f"/group/{group}/", "/overlooked/", "/overlooked/?year=8&empty=3&sort=group"],
        "head": ["/", "/overlooked/", "/overlooked/?search=bell&weeks=6"],
    }
    return [(who, path, _get(school["clients"][who], path)) for who in paths for path in paths[who]]


def _get(client: Any, path: str) -> Callable[[], None]:
    def ask() -> None:
        assert client.get(path).status_code == 200, path

    return ask


def _recorder(school: dict[str, Any]) -> Callable[[], None]:
    """Praise for a pupil of the tutor's own group, as the sheet on a phone sends it."""
    dice, client = random.Random(SEED), school["clients"]["tutor"]
    own = school["pupils"][::56]

    def ask() -> None:
        pupil = dice.choice(own).pk
        sent = {"kind": "praise", "on": date.today().isoformat(), "submission": str(uuid4()), "where": "card"}
        answer = client.post(f"/pupils/{pupil}/moment/", sent, headers={"HX-Request": "true"})
        assert answer.status_code == 200, answer.status_code

    return ask


if __name__ == "__main__":
    main()
