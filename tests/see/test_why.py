"""Why a figure is missing: said from everywhere one is, in the same words whichever the reason, without any number of
people but the ones the rules are made of.
"""

import re
from html import unescape

import pytest

from belong.release import SHOWN, Release
from belong.see import figures, links, queries
from belong.see.pages.why import DETAIL
from belong.see.queries import read
from tests.see.reading import main_of, words_of

CELLS = "joined_this_year"


@pytest.fixture
def head(cast, client_as):
    return client_as(cast.head)


def _hidden(told):
    """Every kind of figure that the spring release keeps back, as (kind, row)."""
    release = told.release
    found = [("score", row) for row in release.cells if row.symbol not in SHOWN]
    found += [("gap", row) for row in release.gaps if row.symbol not in SHOWN]
    found += [("change", row) for row in release.changes if row.symbol not in SHOWN]
    found += [("response", row) for row in release.responses if row.symbol not in SHOWN]
    return found + [
        ("spread", row)
        for row in release.cells
        if row.symbol in SHOWN and row.measure.startswith("item:") and row.distribution is None
    ]


def test_every_kind_of_missing_figure_is_explained_and_no_number_told(head, told):
    reading, seen = read(told.record), set()
    allowed = {str(n) for n in (told.release.threshold, 2 * told.release.threshold, DETAIL)}
    for kind, row in _hidden(told):
        if (kind, row.cut) in seen:
            continue
        seen.add((kind, row.cut))
        answer = head.get(links.why_url(reading, kind, row))
        said = answer.context["what"] + " ".join(answer.context["needs"])
        named = {number for cell in told.release.cells for number in re.findall(r"\d+", cell.label)}
        assert set(re.findall(r"\d+", said)) <= allowed | named | {"80"}, (kind, row)
    assert {kind for kind, _ in seen} == {"score", "gap", "change", "response", "spread"}


def test_a_group_too_small_and_one_hidden_beside_it_are_told_the_same(head, told):
    """Of the groups kept back one has too few and one only stands beside it; the page does not tell which."""
    reading, said = read(told.record), {}
    rows = [row for row in told.release.cells_of(CELLS, "score") if row.symbol not in SHOWN]
    for row in rows:
        page = head.get(links.why_url(reading, "score", row)).context
        names = [part.label for part in told.release.cells if part.cut in CELLS.split("*")]
        text = " ".join([page["what"], page["unsaid"], *page["needs"]])
        said[row.group] = re.sub(
            "|".join(sorted(map(re.escape, names), key=len, reverse=True)), "(group)", text
        )
    assert len(rows) == 2
    assert len(set(said.values())) == 1
    assert "which" in next(iter(said.values()))


def test_charts_and_tables_lead_to_the_explanation(head, told):
    reading, wave = read(told.record), told.spring.pk
    rows = [row for row in told.release.cells_of(CELLS, "score") if row.symbol not in SHOWN]
    page = unescape(head.get(f"/see/{wave}/groups/joined_this_year/").content.decode())
    for row in rows:
        assert page.count(f'href="{links.why_url(reading, "score", row)}"') >= 2, "chart and table"
    chart = figures.groups_now(reading, "score", CELLS)
    assert "Why there is no figure: " in chart.below
    page = unescape(head.get(f"/see/{wave}/groups/year/").content.decode())
    shown = [row for row in told.release.cells_of("year", "score") if row.symbol in SHOWN]
    assert shown
    assert not [row for row in shown if links.why_url(reading, "score", row) in page]


def test_the_page_says_what_would_show_it_and_what_to_read_instead(head, told):
    reading = read(told.record)
    row = next(row for row in told.release.cells_of(CELLS, "score") if row.symbol not in SHOWN)
    text = words_of(main_of(head.get(links.why_url(reading, "score", row)).content.decode()))
    assert "At least 10 people in this group answer every question." in text
    assert "This release is frozen" in text
    beside = next(cell for cell in told.release.cells_of(CELLS, "score") if cell.group != row.group)
    assert beside.label in text, "the group that has to be large enough, too"


def test_a_figure_that_is_there_or_a_group_that_is_not_has_no_such_page(head, told):
    for query in (
        "figure=score&measure=score&cut=all&group=all",
        "figure=response&cut=all&group=all",
        "figure=score&measure=score&cut=sex&group=nobody",
        "figure=score&measure=nothing&cut=sex&group=F",
        "figure=what&measure=score&cut=year*pupil_premium&group=11*Y",
        "figure=response&cut=sex&group=nobody",
        "",
    ):
        assert head.get(f"/see/{told.spring.pk}/why/?{query}").status_code == 404, query


def test_the_file_says_each_symbol_in_words(head, told):
    assert queries.release_of(told.spring) is not None
    file = head.get(f"/see/{told.spring.pk}/release.csv").content.decode("utf-8-sig").splitlines()
    head_row = file[0].split(",")
    assert head_row[head_row.index("symbol") + 1] == "in words"
    assert any(",c,Kept back," in line for line in file)
    assert any(",,Shown," in line for line in file)
    data = head.get(f"/see/{told.spring.pk}/release.json").json()
    assert data["symbols"]["c"] == "Kept back"
    assert Release.from_json(data) == told.release, "the words are no part of what is sealed"


def test_figures_of_any_kind_have_a_page_of_reasons(head, told, cast, client_as):
    text = words_of(main_of(head.get("/see/missing/").content.decode()))
    for label in ("Kept back", "Not available", "Does not apply", "Almost none", "Too uncertain"):
        assert label in text
    assert "At least 10 people in this group" in text
    assert 'href="/see/missing/"' in head.get(f"/see/{told.spring.pk}/method/").content.decode()
    assert client_as(cast.pupil).get("/see/missing/").status_code == 403


def test_the_way_back_leads_to_the_page_one_came_from_if_it_is_ours(head, told):
    reading = read(told.record)
    row = next(row for row in told.release.cells_of(CELLS, "score") if row.symbol not in SHOWN)
    wave, here = f"/see/{told.spring.pk}/", links.why_url(reading, "score", row)
    groups = f"{wave}groups/year/?measure=part:listened"
    for came, back in (
        (f"http://testserver{groups}", groups),
        (f"http://testserver/tell/{told.spring.pk}/report/", f"/tell/{told.spring.pk}/report/"),
        (f"http://testserver{here}", wave),
        (f"https://elsewhere.test{groups}", wave),
        ("http://testserver/no/such/page/", wave),
        ("http://testserver/sign-out/", wave),
        ("", wave),
    ):
        assert head.get(here, headers={"Referer": came}).context["back"] == back, came
