"""What a release says and how it is read: figures against the answers, look-ups, JSON, refusals, notes."""

import json
from dataclasses import FrozenInstanceError, replace

import numpy as np
import pytest

from belong.release import SYMBOLS, Attribute, Menu, Microdata, Policy, Release, ReleaseRefused, build
from belong.release.coding import band, percent
from tests.release.schools import blocks, naive_mean, school

ITEM = "item:q1"


@pytest.fixture(scope="module")
def data():
    return school(
        {"sex": blocks(F=120, M=140), "year": [str(7 + i % 5) for i in range(260)]},
        items=8,
        labels={"sex": {"F": "Girls", "M": "Boys"}, "year": {str(y): f"Year {y}" for y in range(7, 12)}},
        titles={"score": "Belonging", "part:p1": "Adults", "item:q1": "An adult knows me"},
        roll={"all": {"all": 320}, "sex": {"F": 150, "M": 170}, "year": {str(y): 64 for y in range(7, 12)}},
    )


@pytest.fixture(scope="module")
def release(data):
    return build(data, Menu.of("sex", "year", pairs=[("sex", "year")]))


def test_means_and_gaps_are_those_of_the_answers(data, release):
    girls = data.attributes["sex"] == "F"
    one, two = naive_mean(data, "q1", girls), naive_mean(data, "q1", ~girls)
    assert release.cell(ITEM).mean == pytest.approx(naive_mean(data, "q1"), abs=0.05)
    assert release.cell(ITEM, "sex", "F").mean == pytest.approx(one, abs=0.05)
    assert release.gap(ITEM, "sex", "F").difference == pytest.approx(one - two, abs=0.05)
    eight = data.attributes["year"] == "8"
    rest = naive_mean(data, "q1", eight) - naive_mean(data, "q1", ~eight)
    assert release.gap(ITEM, "year", "8").difference == pytest.approx(rest, abs=0.05)
    assert release.gap(ITEM, "year", "8").against == "rest"


def test_score_and_parts_rest_on_two_thirds_answered():
    answers = {"q1": [5, 4, 5, 0, 3, 0] * 7, "q2": [1, 2, 0, 1, 2, 0] * 7, "q3": [3, 4, 3, 4, 3, 4] * 7}
    data = school({"sex": ["F"] * 42}, answers, items=0, parts={"p": ["q1", "q2", "q3"]})
    release = build(data, Menu.of())
    each = [(100 + 0 + 50) / 3, (75 + 25 + 75) / 3, (100 + 50) / 2, (0 + 75) / 2, (50 + 25 + 50) / 3]
    assert release.cell("part:p").mean == pytest.approx(np.mean(each), abs=0.05)
    assert release.cell("part:p").n_band == "30–39"
    assert [info.key for info in release.measures] == ["score", "part:p", "item:q1", "item:q2", "item:q3"]


def test_a_question_few_answered_stands_alone():
    answers = {"q1": [5, 4, 3, 2, 1, 3] * 7, "q2": [1, 2, 3, 4, 5, 2] * 7, "q3": [3, 4, 0, 0, 0, 0] * 7}
    release = build(school({"sex": ["F"] * 42}, answers, items=0), Menu.of())
    assert [info.key for info in release.measures if info.kind == "part"] == ["part:p1"]
    assert release.cell("item:q3").mean == pytest.approx(62.5, abs=0.05)
    assert release.cell("score").mean == release.cell("part:p1").mean
    assert not release.measure("item:q3").scored


def test_distribution_and_favourable_share(data, release):
    codes = data.items["q1"]
    cell = release.cell(ITEM)
    assert cell.favourable == percent(100 * (codes >= 4).mean(), 260)
    assert cell.distribution == tuple(percent(100 * (codes == c).mean(), 260) for c in range(1, 6))
    assert release.cell("score").distribution is None


def test_intervals_hold_the_true_mean_of_a_larger_world():
    """Over many schools drawn from one world, about nineteen of twenty 95 % intervals hold its mean."""
    held = []
    for seed in range(60):
        drawn = school({"sex": blocks(F=20, M=60)}, seed=seed, items=2)
        cells = build(drawn, Menu.of("sex")).cells_of("sex", ITEM)
        held += [cell.low <= 50 <= cell.high for cell in cells]
    assert 0.9 <= np.mean(held) <= 0.99


def test_small_groups_are_drawn_towards_the_rest_more_than_large_ones():
    draw = np.random.default_rng(2)
    codes = np.concatenate([draw.integers(1, 4, 12), draw.integers(3, 6, 120), draw.integers(2, 6, 120)])
    release = build(school({"g": blocks(a=12, b=120, c=120)}, {"q1": codes}), Menu.of("g"))
    pull = {cell.group: abs(cell.shrunk - cell.mean) for cell in release.cells_of("g", ITEM)}
    assert pull["a"] > pull["b"]
    assert release.cell(ITEM).shrunk is None


def test_wide_intervals_are_marked_and_kept():
    release = build(school({"g": blocks(a=11, b=120)}), Menu.of("g"))
    cell = release.cell(ITEM, "g", "a")
    assert cell.symbol == "u"
    assert cell.mean is not None
    assert release.gap(ITEM, "g", "a").symbol == "u"
    assert release.cell(ITEM, "g", "b").symbol == ""


def test_labels_and_titles(release):
    assert release.cell(ITEM, "sex", "F").label == "Girls"
    assert release.cell(ITEM, "sex*year", "F*8").label == "Girls, Year 8"
    assert release.cell(ITEM).label == "Everyone"
    assert [release.measure(k).label for k in ("score", "part:p1", ITEM, "item:q2")] == [
        "Belonging", "Adults", "An adult knows me", "q2",
    ]  # fmt: skip
    assert release.cuts == ("all", "sex", "year", "sex*year")


def test_a_gap_of_two_groups_can_be_asked_for_from_either_side(release):
    one, other = release.gap(ITEM, "sex", "F"), release.gap(ITEM, "sex", "M")
    assert [gap.group for gap in release.gaps_of(ITEM) if gap.cut == "sex"] == ["F"]
    assert (other.group, other.against, other.label) == ("M", "F", "Boys")
    assert (other.difference, other.low, other.high) == (-one.difference, -one.high, -one.low)


def test_what_is_not_there_answers_with_a_symbol(release):
    assert release.cell("item:none", "sex", "F").symbol == "x"
    assert release.gap(ITEM, "sex", "X").symbol == "x"
    assert release.change(ITEM).symbol == "x"
    assert release.response("house", "red").symbol == "x"
    assert release.followup(ITEM, "sex", "F") is None
    assert {row.symbol for row in (*release.cells, *release.gaps)} <= set(SYMBOLS)
    with pytest.raises(KeyError):
        release.measure("item:none")


def test_reference_group():
    draw = school({"sen": blocks(E=30, K=40, N=60)})
    release = build(draw, Menu.of(Attribute("sen", order=("N", "K", "E"), reference="N")))
    assert [(gap.group, gap.against) for gap in release.gaps_of(ITEM)] == [("K", "N"), ("E", "N")]


def test_neighbours_are_merged_before_they_are_named():
    years = blocks(**{"7": 30, "8": 6, "9": 25, "10": 28, "11": 4, "_": 3})
    named = {"labels": {"year": {str(y): f"Year {y}" for y in range(7, 12)}}}
    release = build(school({"year": years}, **named), Menu.of(Attribute("year", merge="neighbours")))
    found = {cell.group: cell.label for cell in release.cells_of("year", ITEM)}
    assert found == {
        "7+unknown": "Year 7 and not recorded",
        "8+9": "Year 8 and Year 9",
        "10+11": "Year 10 and Year 11",
    }
    assert all(cell.mean is not None for cell in release.cells_of("year", ITEM))
    assert {note.code for note in release.notes} >= {"merged"}


def test_small_groups_go_together():
    eth = blocks(A=60, B=25, C=7, D=5, E=2)
    release = build(school({"eth": eth}), Menu.of(Attribute("eth", merge="smallest")))
    assert [(c.group, c.label) for c in release.cells_of("eth", ITEM)] == [
        ("A", "A"), ("B", "B"), ("smaller", "Smaller groups together"),
    ]  # fmt: skip


def test_response_rates(data, release):
    assert (release.response().rate, release.response().band) == (81, "250–299")
    assert release.response("sex", "F").rate == 80
    low = build(replace(data, roll={"all": {"all": 900}}), Menu.of("sex"))
    assert low.response().rate == 29
    assert low.response("sex", "F").symbol == "x"
    assert "low_response" in {note.code for note in low.notes}


def test_a_roll_that_contradicts_the_answers_gives_no_rates(data):
    release = build(replace(data, roll={"all": {"all": 200}, "sex": {"F": 100, "M": 100}}), Menu.of("sex"))
    assert {row.symbol for row in release.responses} == {"x"}


def test_reliability_of_the_whole_wave():
    draw = np.random.default_rng(1)
    person = draw.normal(0, 1, 400)
    codes = {f"q{i}": np.clip(np.round(3 + person + draw.normal(0, 1, 400)), 1, 5) for i in range(1, 5)}
    release = build(school({"sex": ["F"] * 400}, codes, items=0), Menu.of())
    score = next(row for row in release.reliability if row.measure == "score")
    assert 0.6 < score.alpha_low < score.alpha < score.alpha_high < 0.9
    assert score.omega == pytest.approx(score.alpha, abs=0.02)
    small = build(school({"sex": ["F"] * 20}), Menu.of())
    assert {row.alpha for row in small.reliability} == {None}


def test_json_round_trip(release):
    text = json.dumps(release.to_json())
    assert Release.from_json(text) == release
    assert Release.from_json(json.loads(text)).cell("score") == release.cell("score")
    assert len(release.hash) == 64


@pytest.mark.parametrize("change", [{"wave": "other"}, {"threshold": 5}, {"hash": "0" * 64}])
def test_an_altered_release_is_not_read(release, change):
    with pytest.raises(ReleaseRefused, match="altered"):
        Release.from_json(release.to_json() | change)


@pytest.mark.parametrize("data", ["{}", {"wave": "1"}, {"wave": "1", "cells": 3}])
def test_what_is_no_release_is_not_read(data):
    with pytest.raises(ReleaseRefused, match="not a release"):
        Release.from_json(data)


def test_a_database_may_drop_the_point_of_a_whole_figure(release):
    data = json.loads(json.dumps(release.to_json()))
    for row in data["cells"]["rows"]:
        row[:] = [int(value) if isinstance(value, float) and value.is_integer() else value for value in row]
    assert data != release.to_json() or json.dumps(data) != json.dumps(release.to_json())
    found = Release.from_json(data)
    assert found == release
    assert {type(cell.mean) for cell in found.cells} <= {float, type(None)}


@pytest.mark.parametrize("cut", [lambda row: row[:-1], lambda row: [*row, 1], lambda row: ["z", *row[1:]]])
def test_a_row_that_was_cut_or_changed_is_not_read(release, cut):
    data = json.loads(json.dumps(release.to_json()))
    data["cells"]["rows"][0] = cut(data["cells"]["rows"][0])
    with pytest.raises(ReleaseRefused):
        Release.from_json(data)


def test_a_release_does_not_change(release):
    with pytest.raises(FrozenInstanceError):
        release.threshold = 5


def test_no_demographic_is_a_default(data):
    assert build(data, Menu()).cuts == ("all",)


@pytest.mark.parametrize(
    ("people", "roll", "text"),
    [
        (10, None, "10–14"),
        (29, None, "25–29"),
        (42, None, "40–49"),
        (267, None, "250–299"),
        (1104, None, "1,100–1,199"),
        (29, 30, "20 or more"),
        (1100, 1101, "1,000 or more"),
        (29, 60, "25–29"),
    ],
)
def test_bands(people, roll, text):
    assert band(people, 10, roll).label == text


@pytest.mark.parametrize(
    ("share", "people", "shown"),
    [
        (100, 300, 99),
        (0, 150, 2),
        (97, 45, 95),
        (100, 20, 90),
        (0, 12, 20),
        (58.3, 12, 60),
        (47.6, 55, 48),
        (33, 25, 35),
    ],
)
def test_percentages_are_stepped_and_coded(share, people, shown):
    assert percent(share, people) == shown


def small(**changes) -> Microdata:
    return replace(school({"sex": ["F"] * 20}), **changes)


@pytest.mark.parametrize(
    ("make", "reason"),
    [
        (lambda: build(school({"sex": ["F"] * 9}), Menu.of("sex")), "Fewer than 10 people answered"),
        (lambda: build(small(), Menu.of("house")), "asks for house"),
        (lambda: Menu.of("sex", "sex"), "twice"),
        (lambda: Menu.of("sex", pairs=[("sex", "sex")]), "with itself"),
        (lambda: Menu.of("sex", pairs=[("sex", "year")]), "by themselves"),
        (lambda: Policy(detail=10), "at least 30"),
        (lambda: Policy(audience="neighbours"), "audience"),
        (lambda: small(pupils=21), "one entry for each person"),
        (lambda: small(categories={"q1": 3, "q2": 5, "q3": 5, "q4": 5}), "not codes 1 to 3"),
        (lambda: small(parts={"p": ["q1", "q1"]}), "one part"),
        (lambda: small(parts={"p": ["q9"]}), "one part"),
        (lambda: small(person_keys=[b"a"] * 20), "twice"),
        (lambda: small(weights=np.ones(20)), "weighted"),
        (lambda: school({"sex": ["all"] * 20}), "rename"),
        (lambda: school({"sex": ["F*M"] * 20}), "rename"),
        (lambda: school({"a*b": ["F"] * 20}), "cannot be called"),
    ],
)
def test_refusals_say_why(make, reason):
    with pytest.raises(ReleaseRefused) as refused:
        make()
    assert reason in refused.value.reason


def test_years_are_joined_further_in_a_pair_than_by_themselves():
    years = [str(7 + i % 6) for i in range(180)]
    premium = np.where(np.arange(180) // 6 % 4 == 0, "Y", "N").tolist()
    data = school(
        {"year": years, "premium": premium},
        labels={"year": {str(y): f"Year {y}" for y in range(7, 13)}, "premium": {"Y": "Premium"}},
    )
    menu = Menu.of(Attribute("year", merge="neighbours"), "premium", pairs=[("year", "premium")])
    release = build(data, menu)
    assert [cell.mean for cell in release.cells_of("year", ITEM)].count(None) == 0
    assert {cell.group for cell in release.cells_of("year", ITEM)} == set(years)
    shown = [cell for cell in release.cells_of("year*premium", ITEM) if cell.mean is not None]
    assert any(cell.group.endswith("*Y") for cell in shown)
    for cell in shown:
        joined, fact = cell.group.split("*")
        members = np.isin(years, joined.split("+")) & (np.array(premium) == fact)
        assert members.sum() >= 10
        assert cell.mean == pytest.approx(naive_mean(data, "q1", members), abs=0.05)
    first = shown[0].group.split("*")[0].split("+")
    assert shown[0].label.startswith(
        f"Year {first[0]} {'and' if len(first) == 2 else 'to'} Year {first[-1]}, "
    )
