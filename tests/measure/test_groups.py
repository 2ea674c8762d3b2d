"""Groups: nothing under ten is shown or can be had by subtraction; estimates are drawn together soundly."""

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from belong.measure import Design, hidden_groups, mean, nested, one_way, shrink
from belong.measure.answers import Grouping
from belong.measure.cuts import Measured, Setting, cut_results
from belong.measure.hiding import THRESHOLD


def people(**sizes: int) -> np.ndarray:
    return np.array([name.strip("_") for name, size in sizes.items() for _ in range(size)])


def hidden(**sizes: int) -> set[str]:
    values = people(**sizes)
    return hidden_groups({"cut": values}, np.ones(len(values), dtype=bool))["cut"]


def test_a_small_group_takes_the_next_smallest_with_it():
    assert hidden(a=40, b=30, c=4) == {"c", "b"}


def test_two_small_groups_that_make_ten_protect_each_other():
    assert hidden(a=40, b=6, c=5) == {"b", "c"}


def test_two_small_groups_under_ten_together_need_a_third():
    assert hidden(a=40, b=20, c=3, d=2) == {"b", "c", "d"}


def test_of_two_groups_with_one_small_none_is_shown():
    assert hidden(a=40, b=9) == {"a", "b"}


def test_a_few_people_without_a_group_are_a_hidden_cell():
    assert hidden(a=40, b=30, _=3) == {"b"}
    assert hidden(a=40, b=30, _=12) == set()


def test_large_groups_are_all_shown():
    assert hidden(a=10, b=10, c=10) == set()


def test_a_coarser_cut_does_not_give_a_hidden_group_away():
    """Years 7 to 9 and key stage 3, which is exactly those years: the stage minus two years is the third."""
    year = people(y7=30, y8=4, y9=30, y10=40, y11=12)
    stage = np.where(np.isin(year, ["y7", "y8", "y9"]), "KS3", "KS4")
    found = hidden_groups({"year": year, "stage": stage}, np.ones(len(year), dtype=bool))
    assert "y8" in found["year"]
    shown = [(year == name) for name in ("y7", "y9", "y10", "y11") if name not in found["year"]]
    shown += [(stage == name) for name in ("KS3", "KS4") if name not in found["stage"]]
    assert not exposed(shown, year == "y8")


def exposed(shown: list[np.ndarray], target: np.ndarray) -> bool:
    """Whether a set of people follows from the shown ones and from everyone."""
    basis = np.stack([np.ones(len(target)), *shown], axis=1).astype(float)
    solution = np.linalg.lstsq(basis, target.astype(float), rcond=None)[0]
    return bool(np.allclose(basis @ solution, target, atol=1e-7))


@given(
    st.lists(st.integers(1, 40), min_size=2, max_size=6),
    st.integers(0, 12),
    st.lists(st.integers(0, 3), min_size=6, max_size=6),
)
@settings(max_examples=60, deadline=None)
def test_no_hidden_set_under_ten_follows_from_what_is_shown(sizes, unknown, coarse):
    fine = np.array([f"g{i}" for i, size in enumerate(sizes) for _ in range(size)] + [""] * unknown)
    rough = np.array([f"r{coarse[int(name[1:])]}" if name else "" for name in fine])
    cuts = {"fine": fine, "rough": rough}
    assume(len(fine) >= THRESHOLD)  # nothing at all is reported on fewer
    found = hidden_groups(cuts, np.ones(len(fine), dtype=bool))
    shown = [cuts[cut] == name for cut in cuts for name in set(cuts[cut]) - found[cut] - {""}]
    assert all(member.sum() >= THRESHOLD for member in shown)
    for cut in cuts:
        for name in found[cut] | {""}:
            member = cuts[cut] == name
            if 0 < member.sum() < THRESHOLD:
                assert not exposed(shown, member)


def cut_of(values: np.ndarray, scores: np.ndarray) -> object:
    grouping = Grouping("year", "Year", "Year", values, {})
    setting = Setting(Design(len(values)), np.zeros(len(values), dtype=bool), 0.0)
    return cut_results([grouping], [Measured("score", scores, None)], setting)[0]


def test_hidden_groups_have_no_figure_anywhere():
    values = people(a=50, b=30, c=5)
    cut = cut_of(values, np.random.default_rng(1).normal(60, 10, len(values)))
    by_label = {group.label: group for group in cut.groups}
    assert set(by_label) == {"a", "b, c (together)"}
    assert by_label["b, c (together)"].band == "30–39"
    assert "c" not in {gap.label for gap in cut.gaps}


def test_hidden_groups_are_not_merged_where_that_gives_away_those_without_a_group():
    values = people(a=50, b=4, c=20, _=1)
    cut = cut_of(values, np.random.default_rng(1).normal(60, 10, len(values)))
    assert {group.label: group.symbol for group in cut.groups} == {"a": "", "b": "c", "c": "c"}
    assert all(group.mean is None and group.band == "" for group in cut.groups if group.symbol == "c")


def test_a_group_of_one_mind_is_not_shown():
    values = people(a=50, b=30, c=30)
    scores = np.random.default_rng(1).normal(60, 10, len(values))
    scores[values == "b"] = 75.0
    cut = cut_of(values, scores)
    assert "b" not in {group.label for group in cut.groups if group.symbol != "c"}


def test_a_group_under_thirty_gets_the_spread_of_everyone():
    values = people(a=200, b=12)
    rng = np.random.default_rng(2)
    scores = np.where(values == "a", rng.normal(60, 15, len(values)), rng.normal(60, 0.5, len(values)))
    small = next(group for group in cut_of(values, scores).groups if group.label == "b")
    assert small.symbol == "u"
    assert small.high - small.low > 15


def test_a_clear_difference_is_said_and_an_unclear_one_is_not():
    values = people(a=400, b=400, c=40)
    rng = np.random.default_rng(3)
    scores = rng.normal(60, 15, len(values)) + np.where(values == "a", 8, 0)
    verdicts = {gap.label: gap.verdict for gap in cut_of(values, scores).gaps}
    assert verdicts["a"] == "higher"
    assert verdicts["b"] == "lower"
    assert verdicts["c"] in ("unsure", "lower")


def test_years_stand_in_their_own_order_not_by_score():
    values = np.array(["Year 10", "Year 9", "Year 11"] * 20)
    scores = np.random.default_rng(4).normal(60, 10, 60)
    assert [group.label for group in cut_of(values, scores).groups] == ["Year 9", "Year 10", "Year 11"]


def test_drawn_together_lies_between_own_mean_and_centre():
    means, errors = np.array([50.0, 60.0, 72.0, 61.0]), np.array([2.0, 1.0, 4.0, 1.5])
    found = shrink(means, errors)
    assert (np.abs(found.estimates - found.centre) <= np.abs(means - found.centre)).all()
    assert found.reliability.argmin() == 2
    same = shrink(np.array([60.0, 60.1, 59.9]), np.array([2.0, 2.0, 2.0]))
    assert same.between == 0
    assert np.ptp(same.estimates) == pytest.approx(0)


def test_clusters_without_difference_have_no_variance_between():
    values = np.tile([1.0, 2.0, 3.0, 4.0], 10)
    fit = one_way(nested(values, np.repeat(np.arange(10), 4)))
    assert fit.between == 0
    assert fit.icc == 0
    assert one_way(nested(np.arange(5.0), np.arange(5))) is None


def test_a_group_within_one_cluster_has_no_interval_from_clusters():
    design = Design(20, clusters=np.repeat([0, 1], 10).astype(np.intp))
    found = mean(np.arange(20.0), design, np.arange(20) < 10)
    assert np.isnan(found.se)
