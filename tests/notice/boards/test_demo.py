"""The demo's boards, made through the rooms' own actions on a small school."""

from datetime import date, datetime
from types import SimpleNamespace
from zoneinfo import ZoneInfo

from belong.base.clock import frozen
from belong.notice.boards import queries
from belong.notice.boards.marking import marks
from belong.notice.models import Board, BoardPost
from belong.site.demo import notice_boards
from belong.site.demo.calendar import Calendar


def test_three_weeks_on_two_boards_with_wins_and_something_to_read(cast, in_school):
    with frozen(datetime(2026, 3, 12, 12, tzinfo=ZoneInfo("Europe/London"))):
        notice_boards.play(SimpleNamespace(school=cast.school), Calendar(date(2026, 3, 12)))
        first, second = Board.objects.order_by("title")
        assert (first.title, second.title) == ("8H says thank you", "Seen in the maths corridor")
        for board in (first, second):
            shown = queries.showing(board)
            assert [len(notes) for notes in (shown.adults, shown.pupils, shown.wins_before)] == [4, 4, 2]
            assert len(queries.wins(board)) == 2
        states = BoardPost.objects.exclude(state="shown").order_by("pk").values_list("state", flat=True)
        assert list(states) == ["waiting", "waiting", "declined"]


def test_nothing_that_is_put_up_there_is_marked():
    pupils = [words for some in notice_boards.PUPILS.values() for words in some]
    for words in (*notice_boards.HYPE, *notice_boards.GRATITUDE, *notice_boards.YOUNG, *pupils):
        assert marks(words).said == []
