"""The cast every test shares: one school with a class, a stranger's school, and one sign-in per role."""

import gc
import os
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date

import pytest
from django.conf import settings as django_settings
from django.contrib import auth
from django.contrib.auth.hashers import make_password
from django.contrib.sessions.backends.db import SessionStore
from django.middleware import csrf
from django.test import Client, override_settings
from django_scopes import scope, scopes_disabled
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis

from belong.people import confirming, roles
from belong.people.models import CarerLink, Group, Membership, Person, Role, School, User
from belong.people.signing_in import sessions
from tests.browser import browser, live, page  # noqa: F401  (fixtures)
from tests.kept import built_once  # noqa: F401  (fixture)
from tests.safeguarding import put_on_rota, try_the_way
from tools import databases

# A token drawn at random would sooner or later hold a "9K" that a test wants to see nowhere on a page.
csrf.CSRF_ALLOWED_CHARS = "bcdfghjklmnpqrstvwxz"

# The same examples in every run, and no clock: what was found once is found again, and a busy machine finds nothing.
# `--hypothesis-profile=search` looks for others; `./run fuzz` does little else.
STEADY = {"deadline": None, "suppress_health_check": [HealthCheck.too_slow]}
hypothesis.register_profile("steady", derandomize=True, **STEADY)
hypothesis.register_profile("search", **STEADY)
hypothesis.load_profile("steady")


def pytest_configure(config: pytest.Config) -> None:
    """What was collected stays to the end: looking through it for rubbish again and again took a tenth of the time."""
    if hasattr(config, "workerinput") or not config.getoption("numprocesses", None):  # whoever collects
        gc.disable()


DATABASES = {"db", "transactional_db", "live_server", "computers", "scene"}


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Mark what asks a database: it runs on both of them, the rest on one (tools/suite.py).

    What is `alike` asks one, too, yet proves what no database decides; that the other understands every page and act
    is proved in one walk there (`elsewhere`), which the whole table makes needless on SQLite.
    """
    if "DATABASE_URL" not in os.environ:
        config.hook.pytest_deselected(items=[item for item in items if item.get_closest_marker("elsewhere")])
        items[:] = [item for item in items if not item.get_closest_marker("elsewhere")]
    # Long ones begin first: one that begins last keeps one worker busy while the other has nothing left to take.
    items.sort(key=lambda item: item.get_closest_marker("once") is None)
    for item in items:
        if item.get_closest_marker("alike"):
            continue
        if item.get_closest_marker("django_db") or not DATABASES.isdisjoint(item.fixturenames):
            item.add_marker("database")


def pytest_collection_finish() -> None:
    gc.collect()
    gc.freeze()
    gc.enable()
    gc.set_threshold(50_000, 20, 20)


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix, tmp_path_factory):
    """SQLite tests run on a file, as a school does, not in memory: the live server has threads.

    The tables are copied; all migrations made them from nothing, anew after any change (tools/databases.py).
    """
    database = django_settings.DATABASES["default"]
    if "sqlite" in database["ENGINE"]:
        file = tmp_path_factory.mktemp("database") / "test.sqlite3"
        databases.sqlite(file)
        database["TEST"]["NAME"] = str(file)
    elif template := os.environ.get("BELONG_TEST_TEMPLATE"):
        database["TEST"]["TEMPLATE"] = template


@pytest.fixture(scope="session")
def django_db_keepdb() -> bool:
    """A copied file is not to be deleted before the tests begin; it goes with its folder."""
    return "sqlite" in django_settings.DATABASES["default"]["ENGINE"]


CHEAP = {
    "STORAGES": {
        "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    },
    "TASKS": {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}},
    "PASSWORD_HASHERS": ["django.contrib.auth.hashers.MD5PasswordHasher"],
    "EMAIL_BACKEND": "django.core.mail.backends.locmem.EmailBackend",
    "BRIEFLY": 0,  # tests/base/test_briefly.py turns it on
    "SECOND_FACTOR": False,  # tests/people/signing_in turns it on
}


@pytest.fixture(scope="session", autouse=True)
def cheap() -> Iterator[None]:
    """Static files by plain name, jobs at once, cheap passwords; keys are not waited for until they are on the disk."""
    with override_settings(**CHEAP), pytest.MonkeyPatch.context() as patch:
        patch.setattr(os, "fsync", lambda descriptor: None)
        yield


@pytest.fixture(autouse=True)
def own_home(settings, tmp_path):
    """A home folder of the test's own."""
    settings.BELONG_HOME = tmp_path


@dataclass
class Cast:
    """The people of the test school by part; `users` are their sign-ins."""

    school: School
    tutor_group: Group
    other_group: Group
    pupils: list[Person]
    other_pupils: list[Person]
    users: dict[str, User] = field(default_factory=dict)

    def __getattr__(self, name: str) -> User:
        try:
            return self.__dict__["users"][name]
        except KeyError:
            raise AttributeError(name) from None


PARTS = {
    "tutor": roles.TEACHER,
    "other_tutor": roles.TEACHER,
    "pastoral": roles.PASTORAL_LEAD,
    "senco": roles.SENCO,
    "dsl": roles.DSL,
    "head": roles.SENIOR_LEADER,
    "governor": roles.GOVERNOR,
    "survey_lead": roles.SURVEY_LEAD,
    "technician": roles.TECHNICIAN,
    "analyst": roles.ANALYST,
    "outside": roles.OUTSIDE_STAFF,
}
NAMES = [
    ("Amina", "Yusuf"),
    ("Ben", "Carter"),
    ("Cerys", "Pugh"),
    ("Daniel", "Okafor"),
    ("Ewa", "Nowak"),
    ("Farhan", "Malik"),
    ("Grace", "Hall"),
    ("Hugo", "Silva"),
    ("Isla", "Reid"),
    ("Jakub", "Kowalski"),
    ("Keira", "Walsh"),
    ("Leo", "Brown"),
]


def make_person(school: School, kind: str, given: str, family: str, **more) -> Person:
    return Person.objects.create(school=school, kind=kind, given_name=given, family_name=family, **more)


def make_user(person: Person, username: str, *names: str) -> User:
    for name in names:
        Role.objects.create(school=person.school, person=person, role=name)
    return User.objects.create_user(username, "correct horse battery", school=person.school, person=person)


def make_group(school: School, name: str, year: str, people: list[Person], kind=Group.TUTOR_GROUP) -> Group:
    group = Group.objects.create(school=school, kind=kind, name=name, year=year)
    Membership.objects.bulk_create(
        [Membership(school=school, group=group, person=person) for person in people]
    )
    return group


def _pupils(school: School, year: str, names: list[tuple[str, str]]) -> list[Person]:
    return [
        Person(
            school=school,
            kind=Person.PUPIL,
            given_name=given,
            family_name=family,
            year=year,
            sex="FM"[i % 2],
            joined_on=date(2024, 9, 1),
        )
        for i, (given, family) in enumerate(names)
    ]


def _staff(school: School) -> list[Person]:
    return [
        Person(
            school=school,
            kind=Person.STAFF,
            given_name=part.title(),
            family_name=part.replace("_", " ").title(),
            title="Mx",
            email=f"{part}@oak.test",
        )
        for part in PARTS
    ]


def _let_in(people: dict[str, Person], parts: dict[str, str]) -> dict[str, User]:
    """A role and a sign-in for each part, in two statements: most tests begin with these."""
    password = make_password("correct horse battery")
    Role.objects.bulk_create(
        Role(school=people[part].school, person=people[part], role=role) for part, role in parts.items()
    )
    users = [
        User(school=people[part].school, person=people[part], username=part, password=password)
        for part in parts
    ]
    return dict(zip(parts, User.objects.bulk_create(users), strict=True))


@pytest.fixture
def school(built_once) -> School:  # noqa: F811
    return built_once(
        "Oak Park",
        lambda: School.objects.create(name="Oak Park School", slug="oak-park", phase="secondary"),
    )


@pytest.fixture
def in_school(school: School) -> Iterator[School]:
    """Run the test inside the school's scope."""
    with scope(school=school):
        yield school


@pytest.fixture
def cast(school: School, built_once) -> Cast:  # noqa: F811
    """Two tutor groups (8H led by the tutor, 9K by the other tutor), and a sign-in per role.

    `stranger` is the head of another school. The DSL reads what pupils write at any hour and has taken on a test
    alert, so that waves may open.
    """
    return built_once("cast", lambda: _cast(school), school)


def _cast(school: School) -> Cast:
    with scopes_disabled():
        elsewhere = School.objects.create(name="Elm Road School", slug="elm-road", phase="secondary")
        boss = Person(
            school=elsewhere, kind=Person.STAFF, given_name="Sam", family_name="Stranger", title="Mx"
        )
        carer = Person(school=school, kind=Person.CARER, given_name="Ada", family_name="Yusuf")
        pupils = _pupils(school, "8", NAMES)
        others = _pupils(school, "9", [(family, given) for given, family in NAMES])
        staff = _staff(school)
        Person.objects.bulk_create([*pupils, *others, *staff, carer, boss])
        people = dict(zip(PARTS, staff, strict=True))
        own, other = Group.objects.bulk_create(
            Group(school=school, kind=Group.TUTOR_GROUP, name=name, year=name[0]) for name in ("8H", "9K")
        )
        Membership.objects.bulk_create(
            [
                *(Membership(school=school, group=own, person=one) for one in pupils),
                *(Membership(school=school, group=other, person=one) for one in others),
                Membership(school=school, group=own, person=people["tutor"], part=Membership.LEAD),
                Membership(school=school, group=other, person=people["other_tutor"], part=Membership.LEAD),
            ]
        )
        cast = Cast(school, own, other, pupils, others)
        people |= {"carer": carer, "pupil": pupils[0], "stranger": boss}
        parts = PARTS | {"carer": roles.CARER, "pupil": roles.PUPIL, "stranger": roles.SENIOR_LEADER}
        cast.users |= _let_in(people, parts)
        CarerLink.objects.create(school=school, carer=carer, pupil=pupils[0], may_see=True)
    with scope(school=school):
        put_on_rota(cast.dsl)
        try_the_way(cast.dsl)
    return cast


def browser_of(user: User) -> Client:
    """A browser signed in as that user, who gave a password just now (belong.people.confirming)."""
    session = SessionStore()
    session[auth.SESSION_KEY] = str(user.pk)
    session[auth.BACKEND_SESSION_KEY] = django_settings.AUTHENTICATION_BACKENDS[0]
    session[auth.HASH_SESSION_KEY] = user.get_session_auth_hash()
    session[confirming.SESSION_KEY] = session[sessions.SEEN] = int(time.time())
    session.save(must_create=True)
    client = Client()
    client.cookies[django_settings.SESSION_COOKIE_NAME] = session.session_key
    return client


@pytest.fixture
def client_as(db) -> Callable[[User], Client]:
    """`client_as(cast.tutor)`: a browser signed in as that user, who need not give the password again."""
    return browser_of
