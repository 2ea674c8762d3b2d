"""Who reads figures about noticing, what the pages say, and what they never say."""

import csv
import io
import re
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from belong.base.clock import frozen
from belong.see.models import NoticingRelease
from belong.see.noticing.actions import set_half_terms
from tests.matrix.xlsx import sheets_of
from tests.see.noticing.conftest import DECEMBER, OCTOBER, noon

pytestmark = pytest.mark.alike

WHERE = f"/see/noticing/{DECEMBER.isoformat()}/"
SHEETS = [
    ("Shares", "share", "Share (%)"),
    ("Differences", "difference", "Difference (points of %)"),
    ("Changes", "change", "Change (points of %)"),
]
READERS = {"tutor", "other_tutor", "pastoral", "senco", "dsl", "head", "survey_lead", "analyst"}


def statuses(cast, client_as, where: str) -> dict[str, int]:
    return {who: client_as(user).get(where).status_code for who, user in cast.users.items()}


def words(answer) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


def test_before_the_first_date_the_next_one_is_said(cast, client_as):
    with frozen(noon(date(2026, 10, 1))):
        page = client_as(cast.head).get("/see/noticing/")
    assert "Nothing yet" in words(page)
    assert "Fri 23 October" in words(page)


def test_staff_and_analysts_read_and_governors_once_it_is_shared(cast, released, client_as):
    found = statuses(cast, client_as, WHERE)
    assert {who for who, status in found.items() if status == 200} == READERS
    assert set(found.values()) == {200, 404}
    assert client_as(cast.tutor).post(f"{WHERE}share/").status_code == 404
    client_as(cast.head).post(f"{WHERE}share/")
    assert client_as(cast.governor).get(WHERE).status_code == 200
    assert client_as(cast.governor).get(f"/see/noticing/{OCTOBER.isoformat()}/").status_code == 404
    assert client_as(cast.governor).get(f"{WHERE}figures.csv").status_code == 200


def test_a_governor_sees_no_date_beside_it_that_was_not_shared(cast, released, client_as):
    client_as(cast.head).post(f"{WHERE}share/")
    page = words(client_as(cast.governor).get(WHERE))
    assert "18 Dec 2026" in page
    assert "23 Oct 2026" not in page


def test_the_page_of_a_date(cast, released, client_as):
    page = words(client_as(cast.head).get(WHERE))
    for heading in ("Relationships", "Empty places", "Moments", "Recognition", "Whom pupils can turn to"):
        assert heading in page
    assert "never used to appraise anybody" in page
    assert "nobody has recognised anything yet since half-term" in page
    assert "Kindness" in page
    assert "By their family" in page
    for name in ("Tutor 1", "T1", "Synthetic"):
        assert f" {name} " not in page


def test_every_table_by_every_group(cast, released, client_as):
    head = client_as(cast.head)
    for table in ("states", "places", "moments", "recognition"):
        for cut in ("year", "sex", "sen", "nonsense"):
            answer = head.get(f"{WHERE}{table}/?by={cut}&fact=nonsense")
            assert answer.status_code == 200
            assert "<svg" in answer.content.decode()
    assert head.get(f"{WHERE}adults/").status_code == 404
    assert head.get("/see/noticing/yesterday/").status_code == 404
    assert head.get("/see/noticing/2026-10-24/").status_code == 404


def test_the_spreadsheet_holds_nothing_hidden(cast, released, client_as):
    lines = client_as(cast.head).get(f"{WHERE}figures.csv").content.decode().splitlines()
    assert lines[0].lstrip("\ufeff").startswith("table,of,fact")
    hidden = [line for line in lines if ",c," in line]
    assert all(re.search(r",c,,,", line) for line in hidden)
    assert any(line.startswith("share,mix of adults") for line in lines)
    book = sheets_of(client_as(cast.head).get(f"{WHERE}figures.xlsx").content)
    rows = list(csv.DictReader(io.StringIO("\n".join(lines).lstrip("\ufeff"))))
    for sheet, table, figure in SHEETS:
        wanted = [row for row in rows if row["table"] == table]
        assert len(book[sheet]) == len(wanted) > 0
        for found, row in zip(book[sheet], wanted, strict=True):
            assert found.get(figure) == (float(row["share %"]) if row["share %"] else None), row
            assert (found["Of whom"].lower(), found["group"]) == (row["of"], row["group"])
            assert "Symbol" in found or found["In words"] == "Shown"
            hidden = found.get("Symbol", "u") != "u"
            assert not (hidden and any(isinstance(cell, float) for cell in found.values()))


def test_a_refused_date_says_why(cast, in_school, client_as):
    NoticingRelease.objects.create(
        school=cast.school, on=DECEMBER, since=OCTOBER, kind="noticed", state="refused",
        reason="Fewer than 10 people answered, so nothing can be shown.", built_at=noon(DECEMBER),
    )  # fmt: skip
    page = words(client_as(cast.head).get(WHERE))
    assert "Fewer than 10 people" in page
    for file in ("figures.csv", "figures.xlsx"):
        assert client_as(cast.head).get(f"{WHERE}{file}").status_code == 404
    assert client_as(cast.analyst).get(WHERE).status_code == 404


def test_another_school_has_nothing_of_it(cast, released, client_as):
    for where in (WHERE, f"{WHERE}figures.csv", f"{WHERE}figures.xlsx"):
        assert client_as(cast.stranger).get(where).status_code == 404
    assert "23 October" not in words(client_as(cast.stranger).get("/see/noticing/"))


def test_pages_ask_the_database_as_often_whatever_is_in_a_release(cast, released, client_as):
    head = client_as(cast.head)
    for where in (WHERE, f"{WHERE}places/?by=year", "/see/noticing/"):
        head.get(where)
        with CaptureQueriesContext(connection) as seen:
            head.get(where)
        assert len(seen) <= 14, where


def test_the_list_of_empty_places_tells_how_it_was_at_half_term(cast, released, client_as):
    page = words(client_as(cast.pastoral).get("/overlooked/"))
    assert "On Fri 18 December 2026" in page
    assert "at most one of the six places empty" in page


@pytest.mark.parametrize(
    ("days", "said"),
    [
        (["2026-10-16", "2026-12-18"], ""),
        (["2026-10-16", "2026-10-30"], "Leave four weeks"),
        (["2026-09-18", "2026-12-18"], "stays as it is"),
        (["2027-10-16"], "Choose days between"),
    ],
)
def test_a_school_chooses_its_dates(cast, in_school, client_as, days, said):
    head = client_as(cast.head)
    with frozen(noon(date(2026, 9, 14))):
        asked = {f"day_{n}": day for n, day in enumerate(days)}
        answer = head.post("/see/noticing/half-terms/?year=2026", asked)
        page = words(head.get("/see/noticing/"))
    assert answer.status_code == (422 if said else 302)
    assert said in words(answer)
    assert ("Fri 16 October" in page) is (not said)


def test_only_leaders_choose_dates(cast, in_school, client_as):
    found = statuses(cast, client_as, "/see/noticing/half-terms/")
    assert {who for who, status in found.items() if status == 200} == {"head", "stranger"}


def test_a_date_that_has_gone_cannot_be_moved(cast, in_school, client_as):
    with frozen(noon(date(2026, 11, 2))):
        page = client_as(cast.head).get("/see/noticing/half-terms/?year=2026").content.decode()
        assert "disabled" in page
        set_half_terms(cast.head, 2027, [date(2027, 10, 15)])
    cast.school.refresh_from_db()
    assert cast.school.settings["half_terms"] == ["2027-10-15"]
