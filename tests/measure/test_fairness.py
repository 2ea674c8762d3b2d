"""Differential item functioning and invariance: R's values, differences that are there, odd groups."""

import numpy as np
import pytest

from belong.measure import PatternCounts, pair_counts, pattern_counts
from belong.measure.fairness import dif, invariance
from belong.measure.fairness.proportional_odds import proportional_odds
from belong.measure.ordinal import NotMeasurable
from tests.measure.conftest import NAMES
from tests.measure.making import counted, from_factor


@pytest.fixture(scope="module")
def by_sex(pisa):
    sex = pisa.texts("ST03Q01")
    rows = pisa.responses.complete() & np.isin(sex, ["1", "2"])
    responses = pisa.responses.where(rows)
    return pair_counts(responses, "complete", groups=sex[rows]), pattern_counts(responses, groups=sex[rows])


def test_differential_functioning_is_that_of_r(by_sex, reference):
    for found, name in zip(dif(by_sex[1], "1", "2"), NAMES, strict=True):
        theirs = reference["dif_sex_ordinal_logistic_total_score"][name]
        assert found.uniform == pytest.approx(theirs["LR_uniform"], abs=5e-3)
        assert found.total == pytest.approx(theirs["LR_total"], abs=5e-3)
        assert found.p == pytest.approx(theirs["p_total"], abs=1e-4)
        assert found.delta_r2 == pytest.approx(theirs["dR2_nagelkerke"], abs=1e-5)
        assert found.shift == pytest.approx(theirs["beta_group"], abs=1e-4)
        assert found.size == "negligible"


def test_the_invariance_sequence_is_that_of_r(by_sex, reference):
    steps = invariance(*by_sex, ["1", "2"])
    assert [step.name for step in steps] == ["configural", "thresholds", "loadings"]
    for step, name in zip(steps, ("configural", "thresholds", "thr_load"), strict=True):
        theirs = reference["invariance_sex_WLSMV"][name]
        assert step.scaled.df == theirs["df.scaled"]
        assert step.scaled.value == pytest.approx(theirs["chisq.scaled"], abs=2e-2)
        assert step.cfi_scaled == pytest.approx(theirs["cfi.scaled"], abs=1e-5)
        assert step.rmsea_scaled == pytest.approx(theirs["rmsea.scaled"], abs=1e-5)
        assert step.srmr == pytest.approx(theirs["srmr"], abs=1e-5)
    assert steps[0].change is None
    assert steps[1].change == pytest.approx(steps[1].cfi_scaled - steps[0].cfi_scaled)


def _two_groups(second, seed=2):
    rng = np.random.default_rng(seed)
    first = from_factor(rng, 4000, np.full(5, 0.7), [-1.2, -0.2, 0.9])
    codes = np.concatenate([first, second(rng)])
    return counted(codes, 4, groups=np.repeat(["one", "two"], [4000, len(codes) - 4000]))


def test_a_question_that_is_harder_for_one_group_is_found():
    def second(rng):
        codes = from_factor(rng, 4000, np.full(5, 0.7), [-1.2, -0.2, 0.9])
        codes[:, 4] = from_factor(rng, 4000, np.array([0.7]), [0.2, 1.2, 2.3])[:, 0]
        return codes

    found = dif(_two_groups(second)[1], "one", "two")
    assert max(found, key=lambda one: one.delta_r2).item == "q4"
    assert found[4].size in ("moderate", "large")
    assert found[4].shift < -1


def test_a_group_that_only_belongs_less_is_no_difference_of_questions():
    def second(rng):
        theta = rng.normal(-0.6, 1.0, (4000, 1))
        noise = rng.standard_normal((4000, 5))
        return (np.searchsorted([-1.2, -0.2, 0.9], theta * 0.7 + np.sqrt(0.51) * noise) + 1).astype(np.int8)

    pairs, patterns = _two_groups(second)
    assert {one.size for one in dif(patterns, "one", "two")} == {"negligible"}
    steps = invariance(pairs, patterns, ["one", "two"])
    assert min(step.change or 0 for step in steps) > -0.003
    assert all(step.scaled.p > 1e-3 for step in steps)


def test_swapping_the_groups_turns_the_shift_and_nothing_else(by_sex):
    for one, other in zip(dif(by_sex[1], "1", "2"), dif(by_sex[1], "2", "1"), strict=True):
        assert other.total == pytest.approx(one.total, abs=1e-5)
        assert other.shift == pytest.approx(-one.shift, abs=1e-6)


def test_three_answers_leave_the_thresholds_step_out():
    def codes(rng):
        return from_factor(rng, 2000, np.full(4, 0.7), [-0.5, 0.6])

    rng = np.random.default_rng(1)
    pairs, patterns = counted(np.concatenate([codes(rng), codes(rng)]), 3, groups=np.repeat(["a", "b"], 2000))
    steps = invariance(pairs, patterns, ["a", "b"])
    assert [step.name for step in steps] == ["configural", "loadings"]
    assert steps[1].scaled.df == steps[0].scaled.df + 3


def test_groups_that_cannot_be_compared_are_said(by_sex):
    with pytest.raises(NotMeasurable, match="Nobody in the group 9"):
        dif(by_sex[1], "1", "9")
    with pytest.raises(NotMeasurable, match="At least two groups"):
        invariance(*by_sex, ["1"])

    def second(rng):
        return from_factor(rng, 400, np.full(5, 0.7), [-0.2, 0.9])

    with pytest.raises(NotMeasurable, match="In the group two, q0 has other answers in use"):
        invariance(*_two_groups(second), ["one", "two"])


def test_a_constant_question_is_said():
    made = PatternCounts(
        ("a", "b"),
        (3, 3),
        ("x", "y"),
        np.array([[2, 1], [2, 3]], dtype=np.int8),
        np.array([[5.0, 5.0], [4.0, 6.0]]),
    )
    with pytest.raises(NotMeasurable, match="Everybody gave a the same answer"):
        dif(made, "x", "y")


def test_perfectly_separated_answers_are_said_and_not_numbers():
    answers = np.array([0, 0, 1, 1])
    with pytest.raises(NotMeasurable, match="told apart perfectly"):
        proportional_odds(answers, np.array([[0.0], [1.0], [2.0], [3.0]]), np.full(4, 10.0))
