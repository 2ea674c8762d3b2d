"""A check-in of 8H on a Monday in term: how they are (named), break (pooled) and one line."""

from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest

from belong.ask.actions import submit_sheet
from belong.ask.checkins import actions
from belong.ask.models import CheckIn, Wave
from belong.ask.who_sees import seers_for
from belong.base.clock import frozen

MONDAY = datetime(2026, 11, 2, 9, 30, tzinfo=UTC)
WEEK = timedelta(weeks=1)
USUAL = {
    "title": "Monday check-in",
    "every": CheckIn.WEEKLY,
    "topics": ["mood", "break"],
    "named": ["mood"],
    "readers": ["tutor", "pastoral lead"],
    "with_line": True,
    "starts_on": MONDAY.date(),
    "ends_on": date(2026, 12, 18),
}


@pytest.fixture(autouse=True)
def on_monday():
    with frozen(MONDAY):
        yield


@pytest.fixture
def check_in(cast, in_school) -> CheckIn:
    return actions.set_up(cast.tutor, group=cast.tutor_group, **USUAL)


@pytest.fixture
def round_(check_in) -> Wave:
    return Wave.askings.select_related("check_in__group", "school").get(check_in=check_in)


def answer(wave: Wave, pupil, mood: int | None = 4, line: str = "", break_: int = 3) -> None:
    """One pupil's sheet, with the readers who stood beside it."""
    given = {"break-12": break_} | ({"mood-12": mood} if mood else {}) | ({"line-12": line} if line else {})
    submit_sheet(wave, pupil, given, uuid4(), seers_for(wave, pupil).reader_ids)


def turn(school, weeks: int) -> None:
    """So many Mondays later, the daily work is done."""
    with frozen(MONDAY + weeks * WEEK):
        actions.close_due(school)
        actions.open_due(school)
