"""Laws that hold for any answers: reversal undoes itself, scores stay in range, counts add."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from belong.measure import (
    NotMeasurable,
    PairCounts,
    Responses,
    alpha,
    favourable_share,
    load,
    orient,
    pair_counts,
    pattern_counts,
    pomp,
    score,
)  # fmt: skip
from belong.measure.hiding import THRESHOLD, band, coded_percent

KEY = load("pisa-belong")
GROUPS = np.array(["a", "b", "c"])

codes = hnp.arrays(np.int8, st.tuples(st.integers(1, 40), st.just(6)), elements=st.integers(0, 4))


def answers(table: np.ndarray) -> Responses:
    return Responses(KEY.items, table)


def groups(n: int) -> np.ndarray:
    return GROUPS[np.arange(n) % 3]


@given(codes)
def test_reversing_twice_is_the_identity(table):
    assert (orient(orient(table, KEY.items), KEY.items) == table).all()
    assert all(item.oriented(item.oriented(code)) == code for item in KEY.items for code in range(5))


@given(codes, st.integers(1, 6))
def test_scores_stay_within_0_and_100_and_need_enough_answers(table, needed):
    responses = answers(table)
    enough = (table > 0).sum(axis=1) >= needed
    for values in (pomp(responses, needed), favourable_share(responses, needed)):
        assert (np.isnan(values) == ~enough).all()
        assert ((values[enough] >= 0) & (values[enough] <= 100)).all()


@given(codes)
def test_turning_every_answer_mirrors_the_score(table):
    mirrored = np.where(table > 0, 5 - table, 0).astype(np.int8)
    there, back = score(answers(table), KEY), score(answers(mirrored), KEY)
    assert np.allclose(there, 100 - back, equal_nan=True)


@given(codes, codes, st.sampled_from(["complete", "pairwise"]))
@settings(max_examples=50)
def test_pair_counts_of_pieces_add_to_those_of_the_whole(one, other, cases):
    whole = np.concatenate([one, other])
    names = groups(len(whole))
    added = pair_counts(answers(one), cases, names[: len(one)]) + pair_counts(
        answers(other), cases, names[len(one) :]
    )
    at_once = pair_counts(answers(whole), cases, names)
    assert set(added.groups) == set(at_once.groups)
    for group in at_once.groups:
        assert (added.of(group).tables == at_once.of(group).tables).all()
        assert (added.of(group).people == at_once.of(group).people).all()
    assert np.allclose(added.tables.sum(axis=0), at_once.total().tables[0])


@given(codes, codes)
@settings(max_examples=50)
def test_pattern_counts_of_pieces_add_to_those_of_the_whole(one, other):
    whole = np.concatenate([one, other])
    names = groups(len(whole))
    added = pattern_counts(answers(one), names[: len(one)]) + pattern_counts(
        answers(other), names[len(one) :]
    )
    at_once = pattern_counts(answers(whole), names)
    assert (added.patterns == at_once.patterns).all()
    assert added.people() == len(whole)
    for group in at_once.groups:
        there, here = added.groups.index(group), at_once.groups.index(group)
        assert (added.counts[there] == at_once.counts[here]).all()


@given(codes)
def test_pair_counts_give_the_same_covariances_as_the_rows(table):
    responses = answers(table)
    complete = responses.oriented()[responses.complete()].astype(float)
    counts = pair_counts(responses, "complete")
    if len(complete) < 2:
        with pytest.raises(NotMeasurable, match="Fewer than two people answered every item"):
            counts.covariance()
        return
    direct = np.cov(complete, rowvar=False)
    assert np.allclose(counts.covariance(), direct)
    if np.ptp(complete.sum(axis=1)) == 0:
        with pytest.raises(NotMeasurable, match="same sum of answers"):
            alpha(counts.covariance())
    else:
        assert np.isclose(alpha(direct), alpha(counts.covariance()))


def test_counts_of_other_items_or_other_cases_do_not_add():
    table = np.ones((3, 6), dtype=np.int8)
    pairs = pair_counts(answers(table), "complete")
    other = PairCounts(pairs.items, pairs.categories, pairs.groups, "pairwise", pairs.tables, pairs.people)
    with pytest.raises(ValueError, match="same items, categories and kind of cases"):
        pairs + other


@given(st.integers(THRESHOLD, 5000), st.floats(0, 100))
def test_a_band_holds_its_number_and_percentages_never_say_nobody_or_everybody(people, share):
    low, high = (int(end.replace(",", "")) for end in band(people).split("–"))
    assert low <= people <= high
    assert 1 <= coded_percent(share, people) <= 99
