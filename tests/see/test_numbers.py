"""No number leaves except through the release: on every page, in every table, description and file."""

import csv
import io
import re

import pytest

from belong.base.spreadsheet import harmless
from belong.release import gap_then_and_now
from belong.see import queries
from tests.matrix.xlsx import sheets_of
from tests.see.reading import main_of, numbers_in, strangers

PAGES = [
    "",
    "?measure=part:adults",
    "parts/listened/",
    "parts/score/",
    "groups/sex/",
    "groups/year/?measure=part:peers",
    "groups/year-by-pupil_premium/?measure=part:listened",
    "groups/ethnicity/",
    "gap/?measure=part:listened&cut=sex&group=F",
    "gap/?measure=part:adults&cut=year&group=8",
    "gap/?measure=item:peers-2&cut=sen&group=sen",
    "items/",
]


def test_the_reader_notices_a_number_that_is_not_in_the_release(told):
    page = "<main><p>Score 71234.5</p><svg aria-label='Girls 98765'><text>40</text></svg></main>"
    assert strangers(page, told.release) == {"71234.5", "98765"}


@pytest.mark.parametrize("where", PAGES)
def test_every_number_on_a_page_is_in_the_release(cast, client_as, told, where):
    answer = client_as(cast.head).get(f"/see/{told.spring.pk}/{where}")
    assert answer.status_code == 200
    earlier = queries.release_of(told.autumn)
    follow = gap_then_and_now(earlier, told.release, told.plan.measure, told.plan.cut, told.plan.group)
    assert strangers(main_of(answer.content.decode()), told.release, earlier, follow) == set()


def test_every_number_of_the_file_is_in_the_release(cast, client_as, told):
    rows = _file(client_as(cast.head), told)
    held = {str(v) for cell in told.release.cells for v in (cell.mean, cell.low, cell.high) if v is not None}
    held |= {
        str(v) for gap in told.release.gaps for v in (gap.difference, gap.low, gap.high) if v is not None
    }
    held |= {
        str(v) for one in told.release.changes for v in (one.difference, one.low, one.high) if v is not None
    }
    held |= {str(row.rate) for row in told.release.responses}
    held |= {
        str(v)
        for row in told.release.reliability
        for v in (row.alpha, row.alpha_low, row.alpha_high, row.omega)
    }
    found = {row[column] for row in rows for column in ("value", "low", "high")} - {""}
    assert found <= held
    assert len(rows) > len(told.release.cells) + len(told.release.gaps)


def test_a_hidden_group_has_no_figure_in_the_file(cast, client_as, told):
    hidden = {(c.measure, c.cut, c.group) for c in told.release.cells if c.symbol == "c"}
    assert hidden, "the synthetic school must have groups to hide"
    for row in _file(client_as(cast.head), told):
        if row["table"] == "score" and (row["measure"], row["cut"], row["group"]) in hidden:
            left = {name: value for name, value in row.items() if value}
            assert set(left) == {
                "table",
                "measure",
                "question or part",
                "cut",
                "group",
                "group name",
                "symbol",
                "in words",
            }


def test_a_hidden_group_is_too_few_to_tell_on_its_page(cast, client_as, told):
    hidden = [c for c in told.release.cells_of("year*pupil_premium", "part:listened") if c.symbol == "c"]
    page = client_as(cast.head).get(
        f"/see/{told.spring.pk}/groups/year-by-pupil_premium/?measure=part:listened"
    )
    charts = [page.context["chart"], page.context["gaps"]]
    for cell in hidden:
        assert f"{cell.label}: kept back" in charts[0].description
        for chart in charts:
            row = next(row for row in chart.rows if row[0].text.startswith(cell.label))
            assert "kept back" in [one.text for one in row]
            assert not any(one.text and one.text != "kept back" for one in row[1:])


def test_a_small_group_leaves_no_trace_of_its_answers(cast, client_as, small_group):
    wave, means = small_group
    release = queries.release_of(wave)
    assert release.cell("score", "sen", "sen").symbol == "c"
    secret = means - numbers_in(release)
    assert secret, "the test needs a figure that would be noticed"
    base = f"/see/{wave.pk}/"
    for where in (
        "",
        "items/",
        "parts/listened/",
        "parts/score/",
        "groups/sen/",
        "groups/sex/",
        "release.csv",
        "release.xlsx",
    ):
        answer = client_as(cast.head).get(base + where)
        assert answer.status_code == 200
        text = str(sheets_of(answer.content)) if where.endswith("xlsx") else answer.content.decode()
        # Where a mark stands in a drawing is no figure of anybody.
        said = re.sub(r' (?:x|y|x1|x2|y1|y2|cx|cy|r|d|width|height|points)="[^"]*"', "", text)
        assert not [mean for mean in secret if mean in said]
    page = client_as(cast.head).get(f"{base}groups/sen/").context
    assert "SEN support: kept back" in page["chart"].description
    assert page["drawn"] == []
    gap = client_as(cast.head).get(f"{base}gap/?measure=score&cut=sen&group=sen")
    assert "Kept back" in gap.content.decode()
    assert strangers(main_of(gap.content.decode()), release) == set()


def test_text_that_a_spreadsheet_would_run_is_made_harmless():
    assert harmless("=1+1") == "'=1+1"
    assert harmless("@sum") == "'@sum"
    assert harmless("-2+3") == "'-2+3"
    assert harmless("\t=1") == "'\t=1"
    assert harmless(-6.2) == -6.2
    assert harmless("Year 8") == "Year 8"
    assert harmless(None) == ""


def _file(client, told) -> list[dict[str, str]]:
    answer = client.get(f"/see/{told.spring.pk}/release.csv")
    assert answer["Content-Type"].startswith("text/csv")
    assert "attachment" in answer["Content-Disposition"]
    return list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
