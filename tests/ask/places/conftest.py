"""A drawn plan with four places, and an asking about it that is open."""

from datetime import timedelta
from uuid import uuid4

import pytest

from belong.ask.models import PlaceAsking, PlacePlan
from belong.ask.places.actions import draft_asking, open_asking, send_places
from belong.ask.places.plans import add_area, make_plan
from belong.base.clock import today

NAMES = ("Canteen", "Library", "Bike shed", "Field")


def make(cast, **more) -> PlaceAsking:
    """A draft about a plan with four places."""
    plan = make_plan(cast.survey_lead, title="Our school")
    for name in NAMES:
        add_area(cast.survey_lead, plan, name=name)
    facts = {
        "title": "Our places",
        "opens_on": today(),
        "closes_on": today() + timedelta(days=6),
        "with_words": False,
    }
    return draft_asking(cast.survey_lead, plan, **(facts | more))


def opened(cast, **more) -> PlaceAsking:
    return open_asking(cast.survey_lead, make(cast, **more))


def place(asking, name: str) -> int:
    return next(one["id"] for one in asking.places if one["name"] == name)


def say(asking, pupil, *said, words="", submission=None) -> None:
    """`say(asking, pupil, ("Canteen", "lunch", 3))`."""
    lines = [(place(asking, name), time, feeling) for name, time, feeling in said]
    send_places(asking, pupil, lines, words, submission or uuid4())


@pytest.fixture
def plan(cast, in_school) -> PlacePlan:
    return make_plan(cast.survey_lead, title="Our school")


@pytest.fixture
def asking(cast, in_school) -> PlaceAsking:
    return opened(cast)
