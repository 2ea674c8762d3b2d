"""The classroom screen: starters that do not repeat, this-or-that that keeps nothing."""

from datetime import date, timedelta
from html import unescape
from re import findall

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from belong.content import read
from belong.notice.classroom.decks import BANDS, band_of, pairs, season, starter
from tests.content.wording import FORBIDDEN, NOT_BRITISH, prose

pytestmark = pytest.mark.usefixtures("in_school")
TUESDAY = date(2026, 11, 24)


def shown(page: str) -> str:
    return unescape(findall(r'<h1 class="starter">(.*?)</h1>', page)[0]).replace("⁠", "")


@pytest.mark.parametrize("band", BANDS)
def test_a_deck_shows_everything_once_before_it_repeats_anything(band):
    rows = [row for row in read("greeting/starters")[band] if row.get("when", "autumn") == "autumn"]
    one_round = [starter(band, n, 7, TUESDAY) for n in range(len(rows))]
    assert sorted(one_round) == sorted(row["text"]["en"] for row in rows)
    assert [starter(band, n, 8, TUESDAY) for n in range(len(rows))] != one_round


@pytest.mark.parametrize("band", BANDS)
def test_the_first_on_a_monday_and_a_friday_is_for_that_day(band):
    for when, day in (("monday", TUESDAY - timedelta(days=1)), ("friday", TUESDAY + timedelta(days=3))):
        meant = [row["text"]["en"] for row in read("greeting/starters")[band] if row.get("when") == when]
        assert starter(band, 0, 3, day) in meant
        assert starter(band, 0, 3, TUESDAY) not in meant


def test_every_month_has_a_season():
    seasons = [season(date(2026, month, 1)) for month in range(1, 13)]
    assert seasons[0] == seasons[1] == seasons[11] == "winter"
    assert {name: seasons.count(name) for name in seasons} == dict.fromkeys(seasons, 3)
    assert [band_of(year) for year in ("R", "2", "3", "6", "7", "13", "")] == [
        "young", "young", "junior", "junior", "older", "older", "older",
    ]  # fmt: skip


def test_going_on_shows_another_and_coming_back_goes_on_from_there(cast, client_as):
    browser = client_as(cast.tutor)
    seen = [shown(browser.get("/classroom/starters/older/").content.decode()) for _ in range(12)]
    assert len(set(seen[1:])) == 11
    back = browser.get("/classroom/starters/older/?n=3").content.decode()
    assert shown(back) == seen[3]
    assert 'href="?n=4"' in back
    for odd in ("?n=-1", "?n=x", "?n=99999999", "?n=²"):
        assert browser.get(f"/classroom/starters/older/{odd}").status_code == 200
    assert browser.get("/classroom/starters/all/").status_code == 404


def test_this_or_that_shows_two_sides_and_writes_nothing(cast, client_as):
    browser = client_as(cast.tutor)
    with CaptureQueriesContext(connection) as asked:
        page = browser.post("/classroom/this-or-that/", {"first": "Tea", "second": "<b>Toast</b>"})
    assert page.status_code == 200
    assert "Tea" in page.content.decode()
    assert "&lt;b&gt;Toast" in page.content.decode()
    written = [
        one["sql"] for one in asked if one["sql"].lstrip().upper().startswith(("INSERT", "UPDATE", "DELETE"))
    ]
    assert written == []
    assert "no-store" in page["Cache-Control"]


def test_one_side_alone_is_refused(cast, client_as):
    page = client_as(cast.tutor).post("/classroom/this-or-that/", {"first": "Tea", "second": " "})
    assert page.status_code == 422
    assert "Type both sides" in page.content.decode()


def test_the_screen_is_for_adults_who_work_with_pupils(cast, client_as):
    for who, status in (
        ("tutor", 200),
        ("survey_lead", 200),
        ("pupil", 403),
        ("carer", 403),
        ("governor", 403),
    ):
        for here in ("/classroom/", "/classroom/starters/young/", "/classroom/this-or-that/"):
            assert client_as(getattr(cast, who)).get(here).status_code == status, (who, here)


@pytest.mark.parametrize("name", ["hello", "starters", "this-or-that"])
def test_the_words_are_british_blame_nobody_and_have_ids_of_their_own(name):
    for text in prose(read(f"greeting/{name}")):
        assert not FORBIDDEN.search(text), text
        assert not NOT_BRITISH.search(text), text
    if name != "hello":
        for rows in read(f"greeting/{name}").values():
            assert len({row["id"] for row in rows}) == len(rows)
    assert all(pair.first != pair.second for band in BANDS for pair in pairs(band))
