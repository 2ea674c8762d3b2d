"""What the demo tells about places, walls and friends, made through the rooms' own actions on a small school."""

from datetime import date, datetime
from types import SimpleNamespace
from zoneinfo import ZoneInfo

import pytest

from belong.ask.friends.queries import looking_at
from belong.ask.models import PlaceAsking, PlaceRow, Wall, WallPost, Wave
from belong.ask.walls.queries import on_wall, waiting
from belong.base.clock import frozen
from belong.people.models import User
from belong.site.demo import ask_friends, ask_places, ask_walls
from belong.site.demo.calendar import Calendar

DAY = date(2026, 3, 12)


@pytest.fixture
def town(cast, in_school):
    User.objects.filter(username="survey_lead").update(username="survey")
    with frozen(datetime(2026, 3, 12, 12, tzinfo=ZoneInfo("Europe/London"))):
        yield SimpleNamespace(school=cast.school, years=("8", "9"))


def test_places_have_a_picture_and_an_open_asking(cast, town):
    ask_places.play(town, Calendar(DAY))
    closed, open_ = PlaceAsking.objects.order_by("opens_on")
    assert (closed.is_closed, open_.takes_answers) == (True, True)
    assert len(closed.places) == 12
    assert PlaceRow.objects.filter(asking=closed).count() > 8
    assert closed.plan.picture


def test_a_wall_is_lively_and_something_waits(cast, town):
    ask_walls.play(town, Calendar(DAY))
    wall = Wall.objects.get()
    notes = on_wall(wall)
    assert len(notes) == len(ask_walls.IDEAS) + len(ask_walls.DRAWN), "none of them is marked"
    assert {note.kind for note in notes} == {"words", "drawing"}
    assert len(waiting(User.objects.get(pk=cast.pastoral.pk), wall)) == 2
    assert WallPost.objects.filter(state=WallPost.NOT_SHOWN).count() == 1


def test_friends_of_a_year_are_read_by_two(cast, town):
    ask_friends.play(town, Calendar(DAY))
    wave = Wave.objects.get()
    first = looking_at(User.objects.get(pk=cast.dsl.pk), wave)[0]
    assert 0 < len(first.unnamed) < 8
