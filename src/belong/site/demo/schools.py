"""The people of the demo schools: a secondary of about 1,100 and a primary of about 210."""

from dataclasses import dataclass, field
from datetime import date, timedelta

import numpy as np
from django.contrib.auth.hashers import make_password

from belong.people import roles
from belong.people.models import Characteristic, Group, Membership, Person, Role, School, User
from belong.site.demo.cast import DEMO_PASSWORD, DEMO_USERS, DemoUser
from belong.site.demo.names import BOYS, FAMILIES, GIRLS, TITLES

FORMS = "HKLMNPRS"
SHARES = {"sen": 0.15, "pupil_premium": 0.24, "eal": 0.14, "looked_after": 0.008}
ETHNICITIES = (
    ["WBRI", "WOTH", "APKN", "AIND", "ABAN", "BAFR", "BCRB", "MWBC", "MWAS", "MOTH", "CHNE", "OOTH", "REFU"],
    [0.60, 0.09, 0.07, 0.05, 0.03, 0.05, 0.02, 0.02, 0.02, 0.02, 0.01, 0.01, 0.01],
)
CLUBS = {
    "secondary": [
        "Football",
        "Netball",
        "Choir",
        "Coding",
        "Art room at lunch",
        "Drama",
        "Chess",
        "Garden",
        "Running",
    ],
    "primary": ["Football", "Choir", "Lego", "Garden", "Art", "Recorders"],
}
STORY_8H = [
    ("Amina", "Yusuf", "F"),
    ("Ben", "Carter", "M"),
    ("Cerys", "Pugh", "F"),
    ("Daniel", "Okafor", "M"),
    ("Ewa", "Nowak", "F"),
    ("Farhan", "Malik", "M"),
    ("Grace", "Hall", "F"),
    ("Hugo", "Silva", "M"),
    ("Isla", "Reid", "F"),
]
SAID_LIKE = {"Okafor": "oh-KAH-for", "Nowak": "EH-vah NO-vak", "Pugh": "KEH-ris PEW"}


@dataclass
class Town:
    """One demo school while it is being made; `rng` decides everything, so that every demo is the same."""

    school: School
    rng: np.random.Generator
    years: tuple[str, ...]
    forms_per_year: int
    group_size: int
    groups: dict[str, Group] = field(default_factory=dict)  # by first letter-code, e.g. "7H"
    clubs: list[Group] = field(default_factory=list)
    staff: list[Person] = field(default_factory=list)
    used: int = 0

    def form_name(self, year: str, index: int) -> str:
        """`8H`; in a school with one class a year simply `Year 4`."""
        if self.forms_per_year == 1:
            return "Reception" if year == "R" else f"Year {year}"
        return f"{year}{FORMS[index]}"


def secondary(rng: np.random.Generator) -> Town:
    """Oak Park School: years 7 to 11, eight tutor groups a year."""
    school = School.objects.create(name="Oak Park School", slug="oak-park", phase="secondary", is_demo=True)
    return Town(school, rng, ("7", "8", "9", "10", "11"), 8, 28)


def primary(rng: np.random.Generator) -> Town:
    """Elm Road Primary: Reception to Year 6, one class a year."""
    school = School.objects.create(name="Elm Road Primary", slug="elm-road", phase="primary", is_demo=True)
    return Town(school, rng, ("R", "1", "2", "3", "4", "5", "6"), 1, 30)


def employ(town: Town, count: int, since: date) -> None:
    """Staff, of whom the first are the cast with a sign-in each."""
    password = make_password(DEMO_PASSWORD)
    staff = [user for user in DEMO_USERS if user.role not in (roles.PUPIL, roles.CARER)]
    for user in staff if town.school.phase == "secondary" else []:
        _cast_member(town, user, password, since)
    known = {member.family_name for member in town.staff}
    while len(town.staff) < count:
        woman = town.rng.random() < 0.65
        given = str(town.rng.choice(GIRLS if woman else BOYS))
        family = str(town.rng.choice([name for name in FAMILIES if name not in known]))
        known.add(family)
        title = "Mr" if not woman else str(town.rng.choice([TITLES[0], TITLES[2], TITLES[3]]))
        town.staff.append(_adult(town, title, given, family, since))
    teachers = [p for p in town.staff if not p.role_rows.exists()]
    Role.objects.bulk_create(
        Role(school=town.school, person=p, role=roles.TEACHER, since=since) for p in teachers
    )


def _cast_member(town: Town, cast: DemoUser, password: str, since: date) -> None:
    title, family = cast.name.split(" ", 1)
    person = _adult(town, title, cast.given_name, family, since)
    Role.objects.create(school=town.school, person=person, role=cast.role, since=since)
    user = User(username=cast.username, school=town.school, person=person, password=password)
    user.save()
    town.staff.append(person)


def let_in(town: Town, person: Person, username: str, role: str) -> User:
    """Give somebody a role and a sign-in with the password of the demo."""
    Role.objects.create(school=town.school, person=person, role=role)
    user = User(username=username, school=town.school, person=person, password=make_password(DEMO_PASSWORD))
    user.save()
    return user


def _adult(town: Town, title: str, given: str, family: str, since: date) -> Person:
    mail = f"{given[0]}.{family}@{town.school.slug}.example".lower().replace(" ", "")
    fields = {"title": title, "given_name": given, "family_name": family, "email": mail, "joined_on": since}
    return Person.objects.create(school=town.school, kind=Person.STAFF, **fields)


def open_groups(town: Town, since: date) -> None:
    """Tutor groups with a lead each, and clubs."""
    leaders = [p for p in town.staff if p.family_name == "Ahmed"]
    leaders += [p for p in town.staff if p.role_rows.filter(role=roles.TEACHER).exists() and p not in leaders]
    names = [(y, i, town.form_name(y, i)) for y in town.years for i in range(town.forms_per_year)]
    names.sort(key=lambda entry: entry[2] != "8H")  # the cast's tutor leads 8H
    for leader, (year, index, name) in zip(leaders, names, strict=False):
        kind = {"kind": Group.TUTOR_GROUP, "year": year, "since": since}
        group = Group.objects.create(school=town.school, name=name, **kind)
        Membership.objects.create(
            school=town.school, group=group, person=leader, part=Membership.LEAD, since=since
        )
        town.groups[f"{year}{FORMS[index]}"] = group
    for name in CLUBS[town.school.phase]:
        town.clubs.append(Group.objects.create(school=town.school, kind=Group.CLUB, name=name, since=since))


def admit(town: Town, year: str, joined: date, start_years_ago: int = 0) -> list[Person]:
    """Pupils of one year group join on a day, spread over its tutor groups; returns them."""
    pupils, places = [], []
    for index in range(town.forms_per_year):
        size = int(town.group_size + town.rng.integers(-2, 3))
        for number in range(size):
            pupils.append(_pupil(town, year, joined - timedelta(days=365 * start_years_ago)))
            places.append((index, number))
    Person.objects.bulk_create(pupils)
    groups = [town.groups[f"{year}{FORMS[index]}"] for index, _ in places]
    Membership.objects.bulk_create(
        Membership(school=town.school, group=group, person=pupil, since=pupil.joined_on)
        for group, pupil in zip(groups, pupils, strict=True)
    )
    _characterise(town, pupils)
    _join_clubs(town, pupils, joined)
    return pupils


def _pupil(town: Town, year: str, joined: date) -> Person:
    girl = town.rng.random() < 0.5
    number = 5 if year == "R" else int(year) + 5
    born = joined - timedelta(days=365 * number + int(town.rng.integers(0, 364)))
    town.used += 1
    return Person(
        school=town.school,
        kind=Person.PUPIL,
        source_id=f"demo-{town.used}",
        given_name=str(town.rng.choice(GIRLS if girl else BOYS)),
        family_name=str(town.rng.choice(FAMILIES)),
        sex="F" if girl else "M",
        year=year,
        born=born,
        joined_on=joined,
    )


def _characterise(town: Town, pupils: list[Person]) -> None:
    rows = []
    ethnicities = town.rng.choice(ETHNICITIES[0], size=len(pupils), p=ETHNICITIES[1])
    for pupil, ethnicity in zip(pupils, ethnicities, strict=True):
        values = {"ethnicity": str(ethnicity)}
        for kind, share in SHARES.items():
            values[kind] = "yes" if town.rng.random() < share else "no"
        values["sen"] = str(town.rng.choice(["K", "E"], p=[0.75, 0.25])) if values["sen"] == "yes" else "N"
        rows += [
            Characteristic(school=town.school, person=pupil, kind=kind, value=value, since=pupil.joined_on)
            for kind, value in values.items()
            if value != "no"
        ]
    Characteristic.objects.bulk_create(rows)


def _join_clubs(town: Town, pupils: list[Person], joined: date) -> None:
    joining = [pupil for pupil in pupils if town.rng.random() < 0.5]
    chosen = town.rng.integers(0, len(town.clubs), size=len(joining))
    Membership.objects.bulk_create(
        Membership(school=town.school, group=town.clubs[int(club)], person=pupil, since=joined)
        for pupil, club in zip(joining, chosen, strict=True)
    )


def move_up(town: Town, day: date) -> None:
    """1 September: the oldest leave, everyone moves up a year, a new youngest year joins."""
    oldest = Person.objects.pupils().here(day).filter(year=town.years[-1])
    Membership.objects.filter(person__in=oldest, until=None).update(until=day)
    oldest.update(left_on=day)
    leaving = Group.objects.filter(kind=Group.TUTOR_GROUP, year=town.years[-1])
    fresh = {
        index: group for key, group in town.groups.items() if (index := _form(town, key, leaving)) is not None
    }
    for older, younger in reversed(list(zip(town.years[1:], town.years[:-1], strict=True))):
        Person.objects.pupils().here(day).filter(year=younger).update(year=older)
        for index in range(town.forms_per_year):
            group = town.groups[f"{younger}{FORMS[index]}"]
            town.groups[f"{older}{FORMS[index]}"] = group
            group.year, group.name = older, town.form_name(older, index)
            group.save(update_fields=["year", "name"])
    for index, group in fresh.items():
        group.year, group.name = town.years[0], town.form_name(town.years[0], index)
        group.save(update_fields=["year", "name"])
        town.groups[f"{town.years[0]}{FORMS[index]}"] = group
    admit(town, town.years[0], day)


def _form(town: Town, key: str, leaving) -> int | None:
    ids = set(leaving.values_list("id", flat=True))
    return FORMS.index(key[-1]) if town.groups[key].pk in ids else None
