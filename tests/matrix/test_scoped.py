"""A head of year: pastoral lead for one group only. What is theirs is theirs in all rooms, and no more than that."""

import pytest

from belong.people import roles
from belong.people.models import Person, Role, User
from tests.conftest import browser_of, make_person, make_user
from tests.matrix.table import Row
from tests.matrix.test_leaks import ROUTES, crawl
from tests.matrix.walking import addresses_of, letter_of

pytestmark = pytest.mark.alike

# Route                  own  other    (the letters of table.py)
TABLE = """
  notice:pupil            y    h
  notice:moment           y    h
  notice:group            y    h
  notice:group-moment     y    h
  notice:sort             y    h
  people:person           y    h
  people:group            y    h
  ask:class               h    h
  guard:about-pupil       h    h
"""
LISTS = {
    "notice:overlooked": "y",
    "people:list": "y",
    "people:groups": "y",
    "people:staff": "n",
    "guard:trail": "n",
}
OTHER = "Otherfeather"
WHERE_PUPILS_ARE = ("/people/", "/group/", "/pupils/", "/overlooked/")


@pytest.fixture
def year_head(world, cast, visitors) -> User:
    """Pastoral lead for 8H and for nothing else; a pupil of 9K has a name that stands nowhere else."""
    Person.objects.filter(pk=world.places["other"]["pupil_id"]).update(family_name=OTHER)
    user = make_user(make_person(cast.school, Person.STAFF, "Yasmin", "Head", title="Ms"), "year_head")
    Role.objects.create(
        school=cast.school, person=user.person, role=roles.PASTORAL_LEAD, group=cast.tutor_group
    )
    visitors.clients["year_head"] = browser_of(user)
    visitors._cookies["year_head"] = visitors.clients["year_head"].cookies.output(header="")
    return user


def test_the_own_group_and_no_other(world, visitors, year_head):
    for line in TABLE.strip().splitlines():
        route, *letters = line.split()
        for side, letter in zip(("own", "other"), letters, strict=True):
            what = ("open", side) if route.startswith("ask:") else (side,)
            here, _ = addresses_of(world, Row(route, what, {}), ROUTES[route])
            assert letter_of(visitors.ask("year_head", "GET", here)) == letter, (route, side)


def test_lists_hold_the_own_pupils(world, visitors, year_head):
    for route, letter in LISTS.items():
        answer = visitors.ask("year_head", "GET", addresses_of(world, Row(route, (), {}), ROUTES[route])[0])
        assert letter_of(answer) == letter, route
        assert OTHER not in answer.content.decode()


def test_texts_are_those_of_the_own_pupils(world, visitors, year_head):
    here = addresses_of(world, Row("ask:texts", ("open",), {}), ROUTES["ask:texts"])[0]
    mine = visitors.ask("year_head", "GET", here).content.decode()
    every = visitors.ask("pastoral", "GET", here).content.decode()
    assert 0 < mine.count("canary-text") < every.count("canary-text")


def test_a_crawl_meets_no_pupil_of_another_group(world, visitors, year_head):
    pages = 0
    start = [Row(route, (), {}) for route in ("home", "people:list", "people:groups", "notice:overlooked")]
    for address, answer in crawl(world, visitors, "year_head", start, WHERE_PUPILS_ARE):
        pages += answer.status_code == 200
        if answer.headers.get("Content-Type", "").startswith(("text/", "application/json")):
            assert OTHER not in answer.content.decode(), address
    assert pages > 30


def test_a_role_for_one_group_opens_nothing_that_is_the_schools(world, cast, visitors, year_head):
    for role in (
        roles.SENIOR_LEADER,
        roles.DSL,
        roles.SURVEY_LEAD,
        roles.TECHNICIAN,
        roles.GOVERNOR,
        roles.ANALYST,
    ):
        Role.objects.create(school=cast.school, person=year_head.person, role=role, group=cast.tutor_group)
    for route in ("guard:trail", "people:staff", "people:imports", "ask:new"):
        here = addresses_of(world, Row(route, (), {}), ROUTES[route])[0]
        assert letter_of(visitors.ask("year_head", "GET", here)) == "n", route
