"""The week of a board, and the half-term so far."""

from datetime import date, timedelta

from belong.ask.terms import last_half_term
from belong.notice.models import Board
from belong.people.models import School

WEEK = timedelta(days=7)
LAST_SCHOOL_DAY = 4  # days after the first of the week: Friday, where the week begins on Monday


def week_of(board: Board, day: date) -> date:
    """The first day of the board's week that `day` falls in."""
    return day - timedelta(days=(day.weekday() - board.week_starts) % 7)


def is_choosing_day(day: date) -> bool:
    """Whether it is a Friday, when the wins of the week are chosen (they can be chosen on any day)."""
    return day.weekday() == LAST_SCHOOL_DAY


def half_term_start(school: School, day: date) -> date:
    """The first day of the half-term so far."""
    return last_half_term(school, day)
