"""Raking and panels: margins met, known effects come back, errors hold in classes, regression to the mean."""

import numpy as np
import pytest

from belong.measure.panel import NoPanel, panel_change
from belong.measure.raking import CannotRake, rake


def _answered(rng, people=600):
    return {
        "sex": rng.choice(["F", "M"], people, p=[0.65, 0.35]),
        "year": rng.choice(["7", "8", "9"], people, p=[0.5, 0.3, 0.2]),
    }


ROLL = {"sex": {"F": 500.0, "M": 500.0}, "year": {"7": 300.0, "8": 350.0, "9": 350.0}}


def test_weights_meet_the_roll():
    answered = _answered(np.random.default_rng(1))
    found = rake(answered, ROLL)
    assert found.off < 1e-9
    assert found.weights.mean() == pytest.approx(1)
    for name, groups in ROLL.items():
        for group, count in groups.items():
            share = found.weights[answered[name] == group].sum() / 600
            assert share == pytest.approx(count / sum(groups.values()), abs=1e-9)
    assert 1 < found.effect < 1.6
    assert found.cut == 0


def test_no_weight_goes_above_the_limit_and_what_is_left_is_said():
    answered = {"sex": np.array(["F"] * 97 + ["M"] * 3)}
    found = rake(answered, {"sex": {"F": 50.0, "M": 50.0}}, most=4.0)
    assert found.weights.max() <= 4.0 * 1.0001 * found.weights.mean()
    assert found.cut == 3
    assert found.off > 0.3


def test_order_of_people_changes_nothing():
    answered = _answered(np.random.default_rng(2))
    order = np.random.default_rng(3).permutation(600)
    plain, turned = (
        rake(answered, ROLL),
        rake({name: values[order] for name, values in answered.items()}, ROLL),
    )
    assert turned.weights == pytest.approx(plain.weights[order])


@pytest.mark.parametrize(
    ("answered", "roll", "words"),
    [
        ({"sex": ["F", "F"]}, {"sex": {"F": 1, "M": 1}}, "nobody of M answered"),
        ({"sex": ["F", "X"]}, {"sex": {"F": 1}}, "X answered but is not on the roll"),
        ({"sex": ["F"]}, {"sex": {"F": 0}}, "more than 0 people"),
        ({"sex": []}, {"sex": {"F": 1}}, "nobody of F answered"),
        ({}, {}, "no attribute was given"),
    ],
)
def test_margins_that_cannot_be_met_are_said(answered, roll, words):
    with pytest.raises(CannotRake, match=words):
        rake(answered, roll)


def _panel(effect, people=900, classes=45, seed=1, chosen=None):
    rng = np.random.default_rng(seed)
    units = np.repeat(np.arange(classes), people // classes)
    true = rng.normal(60, 12, people)
    before, after = true + rng.normal(0, 8, people), true + rng.normal(0, 8, people)
    after += rng.normal(0, 3, classes)[units]
    treated = (units % 2 == 0) if chosen is None else chosen(before)
    return before, after + effect * treated, treated, units


def test_a_known_effect_comes_back_both_ways():
    found = panel_change(*_panel(6.0))
    assert found.ancova.low < 6 < found.ancova.high
    assert found.differences.low < 6 < found.differences.high
    assert found.ancova.se < found.differences.se
    assert (found.people, found.treated, found.ancova.clusters) == (900, 460, 45)


def test_errors_hold_when_people_come_in_classes():
    """Without an effect about one panel in twenty looks like one; people counted alone would fool far more."""
    with_classes, alone = 0, 0
    for seed in range(200):
        before, after, treated, units = _panel(0.0, people=400, classes=40, seed=seed)
        with_classes += panel_change(before, after, treated, units).ancova.p < 0.05
        alone += panel_change(before, after, treated).ancova.p < 0.05
    assert with_classes <= 22
    assert alone > with_classes


def test_a_group_chosen_for_low_scores_comes_back_by_itself():
    before, after, treated, _ = _panel(0.0, chosen=lambda scores: scores < 50)
    found = panel_change(before, after, treated)
    own = found.after[0] - found.before[0]
    assert own > 3
    assert found.regression == pytest.approx(own, abs=1.5)
    assert found.ancova.low < 0 < found.ancova.high


def test_people_without_both_scores_are_left_out():
    before, after, treated, units = _panel(5.0)
    gaps = before.copy()
    gaps[:90] = np.nan
    assert panel_change(gaps, after, treated, units).people == 810


@pytest.mark.parametrize(
    ("before", "treated", "units", "words"),
    [
        (np.arange(8.0), np.array([True] + [False] * 7), None, "at least three people"),
        (np.arange(8.0), np.array([True] * 4 + [False] * 4), np.repeat([0, 1], 4), "At least three classes"),
        (np.full(8, 5.0), np.array([True] * 4 + [False] * 4), None, "same score"),
    ],
)
def test_panels_that_say_nothing_are_said(before, treated, units, words):
    with pytest.raises(NoPanel, match=words):
        panel_change(before, np.arange(8.0), treated, units)
