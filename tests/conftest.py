"""The cast every test shares: one school with a class, a stranger's school, and one sign-in per role."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date

import pytest
from django.conf import settings
from django.test import Client
from django_scopes import scope, scopes_disabled

from belong.people import roles
from belong.people.models import CarerLink, Group, Membership, Person, Role, School, User
from tests.browser import browser, live, page  # noqa: F401  (fixtures)


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix, tmp_path_factory):
    """SQLite tests run on a file, as a school does, not in memory: the live server has threads."""
    database = settings.DATABASES["default"]
    if "sqlite" in database["ENGINE"]:
        database["TEST"]["NAME"] = str(tmp_path_factory.mktemp("database") / "test.sqlite3")


@pytest.fixture(autouse=True)
def plain_storage(settings, tmp_path):
    """Static files by plain name, jobs at once, cheap passwords, and a home folder of the test's own."""
    settings.STORAGES = {
        "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
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
    for person in people:
        Membership.objects.create(school=school, group=group, person=person)
    return group


def _pupils(school: School, year: str, names: list[tuple[str, str]]) -> list[Person]:
    return [
        make_person(
            school, Person.PUPIL, given, family, year=year, sex="FM"[i % 2], joined_on=date(2024, 9, 1)
        )
        for i, (given, family) in enumerate(names)
    ]


@pytest.fixture
def school(db) -> School:
    return School.objects.create(name="Oak Park School", slug="oak-park", phase="secondary")


@pytest.fixture
def in_school(school: School) -> Iterator[School]:
    """Run the test inside the school's scope."""
    with scope(school=school):
        yield school


@pytest.fixture
def cast(school: School) -> Cast:
    """Two tutor groups (8H led by the tutor, 9K by the other tutor), and a sign-in per role.

    `stranger` is the head of another school.
    """
    with scopes_disabled():
        pupils = _pupils(school, "8", NAMES)
        others = _pupils(school, "9", [(family, given) for given, family in NAMES])
        cast = Cast(
            school,
            make_group(school, "8H", "8", pupils),
            make_group(school, "9K", "9", others),
            pupils,
            others,
        )
        for part, role in PARTS.items():
            person = make_person(
                school,
                Person.STAFF,
                part.title(),
                part.replace("_", " ").title(),
                title="Mx",
                email=f"{part}@oak.test",
            )
            cast.users[part] = make_user(person, part, role)
        lead = {"part": Membership.LEAD, "school": school}
        Membership.objects.create(group=cast.tutor_group, person=cast.tutor.person, **lead)
        Membership.objects.create(group=cast.other_group, person=cast.other_tutor.person, **lead)
        carer = make_person(school, Person.CARER, "Ada", "Yusuf")
        CarerLink.objects.create(school=school, carer=carer, pupil=pupils[0], may_see=True)
        cast.users["carer"] = make_user(carer, "carer", roles.CARER)
        cast.users["pupil"] = make_user(pupils[0], "pupil", roles.PUPIL)
        elsewhere = School.objects.create(name="Elm Road School", slug="elm-road", phase="secondary")
        boss = make_person(elsewhere, Person.STAFF, "Sam", "Stranger", title="Mx")
        cast.users["stranger"] = make_user(boss, "stranger", roles.SENIOR_LEADER)
    return cast


@pytest.fixture
def client_as(db) -> Callable[[User], Client]:
    """`client_as(cast.tutor)`: a browser signed in as that user."""

    def sign_in(user: User) -> Client:
        client = Client()
        client.force_login(user)
        return client

    return sign_in
