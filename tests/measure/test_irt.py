"""Item response models: R mirt's values, parameters that come back, places, linking, short forms, odd answers."""

import dataclasses

import numpy as np
import pytest

from belong.measure import PatternCounts, pattern_counts
from belong.measure.irt import (
    eap,
    empirical_reliability,
    fit,
    link,
    marginal_reliability,
    simulate,
    test_information,
    wle,
)
from belong.measure.irt.fit import quadrature
from belong.measure.irt.linking import moved
from belong.measure.irt.models import along, chances, movements
from belong.measure.ordinal import NotMeasurable
from tests.measure.conftest import NAMES
from tests.measure.making import counted

test_information.__test__ = False


@pytest.fixture(scope="module")
def patterns(pisa):
    return pattern_counts(pisa.responses.where(pisa.responses.complete()))


@pytest.fixture(scope="module")
def graded(patterns):
    return fit(patterns, "grm")


def _close(fitted, expected, a, b):
    for item, name in zip(fitted.items, NAMES, strict=True):
        theirs = expected["pars"][name]
        assert item.slope == pytest.approx(theirs["a"], abs=a), name
        assert item.places == pytest.approx([theirs["b1"], theirs["b2"], theirs["b3"]], abs=b), name


def test_the_graded_response_model_is_mirts(graded, reference):
    expected = reference["grm_mirt"]
    assert graded.converged
    assert graded.log_likelihood == pytest.approx(expected["logLik"], abs=1e-3)
    assert (graded.aic, graded.bic) == pytest.approx((expected["AIC"], expected["BIC"]), abs=2e-3)
    _close(graded, expected, a=1e-3, b=1e-3)


def test_the_generalised_partial_credit_model_is_mirts(patterns, reference):
    fitted, expected = fit(patterns, "gpcm"), reference["gpcm_mirt"]
    assert fitted.log_likelihood == pytest.approx(expected["logLik"], abs=1e-2)
    _close(fitted, expected, a=3e-3, b=3e-3)


def test_the_partial_credit_model_is_a_partial_credit_model(pisa, patterns, reference):
    fitted, expected = fit(patterns, "pcm"), reference["pcm_mirt"]
    assert {item.slope for item in fitted.items} == {1.0}
    assert fitted.spread == pytest.approx(expected["latent_var"], abs=2e-3)
    assert fitted.log_likelihood == pytest.approx(expected["logLik"], abs=1e-2)
    _close(fitted, expected, a=0, b=1e-3)
    first = pisa.responses.oriented()[pisa.responses.complete()][:10]
    assert wle(fitted, first).theta == pytest.approx(reference["pcm_wle_first10"], abs=1e-3)


def test_places_and_precision_are_mirts(graded, patterns, reference):
    expected = reference["grm_mirt"]
    first = np.array([row["resp"] for row in expected["eap_first10"]], dtype=np.int8)
    found = eap(graded, first)
    assert found.theta == pytest.approx([row["theta"] for row in expected["eap_first10"]], abs=5e-4)
    assert found.se == pytest.approx([row["se"] for row in expected["eap_first10"]], abs=5e-4)
    everybody = eap(graded, patterns.patterns)
    assert empirical_reliability(everybody, patterns.counts[0]) == pytest.approx(
        expected["empirical_rxx"], abs=1e-4
    )
    assert marginal_reliability(graded) == pytest.approx(expected["marginal_rxx"], abs=1e-4)
    places = np.array([float(at) for at in expected["test_info"]])
    assert test_information(graded, places) == pytest.approx(list(expected["test_info"].values()), rel=1e-3)


@pytest.mark.parametrize("model", ["grm", "gpcm"])
def test_slopes_of_the_curves_are_those_of_small_steps(model):
    parameters, theta, step = np.array([1.3, 1.5, 0.2, -1.1]), np.linspace(-3, 3, 13), 1e-6
    lifted = (chances(model, parameters, theta + step) - chances(model, parameters, theta - step)) / (
        2 * step
    )
    assert along(model, parameters, theta) == pytest.approx(lifted, abs=1e-7)
    for place in range(4):
        up, down = parameters.copy(), parameters.copy()
        up[place] += step
        down[place] -= step
        changed = (chances(model, up, theta) - chances(model, down, theta)) / (2 * step)
        assert movements(model, parameters, theta)[place] == pytest.approx(changed, abs=1e-7)
    assert chances(model, parameters, theta).sum(axis=0) == pytest.approx(np.ones(13))


def _answered(model, parameters, theta, rng):
    """Answers 1…k that people at given places draw, one column per item."""
    columns = []
    for own in parameters:
        below = np.cumsum(chances(model, own, theta), axis=0)
        columns.append((rng.random(len(theta)) > below).sum(axis=0).clip(max=len(own) - 1) + 1)
    return np.stack(columns, axis=1).astype(np.int8)


def _drawn(model, parameters, people, seed=3):
    rng = np.random.default_rng(seed)
    return _answered(model, parameters, rng.standard_normal(people), rng)


TRUTH = [np.array([slope, 1.8, 0.3, -1.2]) for slope in (0.8, 1.2, 1.6, 2.0, 2.4)]


@pytest.mark.parametrize("model", ["grm", "gpcm"])
def test_known_parameters_come_back(model):
    _, patterns = counted(_drawn(model, TRUTH, 30_000), 4)
    fitted = fit(patterns, model)
    for item, own in zip(fitted.items, TRUTH, strict=True):
        assert item.parameters == pytest.approx(own, abs=0.15)


def test_the_likelihood_is_that_of_plain_arithmetic():
    codes = _drawn("grm", TRUTH[:3], 40)
    codes[3, 1] = codes[7, :2] = 0
    _, patterns = counted(codes, 4)
    fitted = fit(patterns, "grm")
    theta, weight = quadrature()
    total = 0.0
    for row in codes:
        chance = weight.copy()
        for item, code in zip(fitted.items, row, strict=True):
            if code:
                chance *= chances("grm", item.parameters, theta)[item.used.index(code)]
        total += np.log(chance.sum())
    assert fitted.log_likelihood == pytest.approx(total, abs=1e-8)


def test_counting_a_pattern_twice_is_as_good_as_giving_it_twice():
    codes = _drawn("grm", TRUTH[:4], 600)
    once, twice = (counted(some, 4)[1] for some in (codes, np.concatenate([codes, codes])))
    assert [i.slope for i in fit(twice).items] == pytest.approx([i.slope for i in fit(once).items], abs=1e-4)
    assert fit(twice).log_likelihood == pytest.approx(2 * fit(once).log_likelihood, rel=1e-8)


def test_answers_nobody_gave_are_left_out_of_the_model():
    codes = _drawn("grm", [own[:3] for own in TRUTH], 3000)
    wide = np.where(codes == 3, 5, codes).astype(np.int8)
    plain, gapped = fit(counted(codes, 3)[1]), fit(counted(wide, 5)[1])
    assert gapped.items[0].used == (1, 2, 5)
    assert gapped.log_likelihood == pytest.approx(plain.log_likelihood, abs=1e-6)
    assert eap(gapped, wide[:20]).theta == pytest.approx(eap(plain, codes[:20]).theta, abs=1e-5)


def test_silence_has_no_place_and_a_gap_makes_a_place_less_sure(graded):
    rows = np.array([[4, 3, 3, 4, 3, 4], [4, 3, 0, 4, 0, 4], [0, 0, 0, 0, 0, 0]], dtype=np.int8)
    for places in (eap(graded, rows), wle(graded, rows)):
        assert places.se[1] > places.se[0]
        assert np.isnan(places.theta[2])
        assert np.isnan(places.se[2])


def test_lowest_and_highest_answers_have_finite_places(graded):
    rows = np.array([[1] * 6, [4] * 6], dtype=np.int8)
    low, high = wle(graded, rows).theta
    assert -8 < low < -2 < 1 < high < 8


def test_weighted_likelihood_is_nearly_unbiased():
    fitted = fit(counted(_drawn("grm", TRUTH * 3, 4000), 4)[1])
    rng = np.random.default_rng(6)
    for at in (-1.0, 0.0, 1.0):
        rows = _answered("grm", [item.parameters for item in fitted.items], np.full(1500, at), rng)
        assert wle(fitted, rows).theta.mean() == pytest.approx(at, abs=0.05)


@pytest.mark.parametrize("model", ["grm", "gpcm"])
def test_a_stretched_and_moved_form_is_brought_back(patterns, model):
    first = fit(patterns, model)
    items = tuple(
        dataclasses.replace(
            item, slope=moved(model, item, 0.8, 0.5)[0], intercepts=moved(model, item, 0.8, 0.5)[1:]
        )
        for item in first.items
    )
    found = link(dataclasses.replace(first, items=items), first)
    assert (found.slope, found.shift) == pytest.approx((0.8, 0.5), abs=1e-6)
    assert found.off < 1e-6


def test_a_question_that_changed_its_meaning_stands_out():
    changed = [*TRUTH[:4], np.array([2.4, 3.3, 1.8, 0.3])]
    first, second = (
        fit(counted(_drawn("grm", own, 15_000, seed), 4)[1]) for own, seed in ((TRUTH, 1), (changed, 2))
    )
    drift = link(first, second).drift
    assert max(drift, key=drift.get) == "q4"


def test_forms_without_common_questions_are_refused(graded):
    other = dataclasses.replace(
        graded, items=tuple(dataclasses.replace(i, item=f"x{i.item}") for i in graded.items)
    )
    with pytest.raises(NotMeasurable, match="both forms"):
        link(graded, other)


def test_an_adaptive_form_needs_no_more_questions_than_a_fixed_one():
    truth = [np.array([1.5, 1.5 + shift, 0.2 + shift, -1.2 + shift]) for shift in np.linspace(-3, 3, 20)]
    fitted = fit(counted(_drawn("grm", truth, 6000), 4)[1])
    found = simulate(fitted, people=600, seed=2)
    assert found.adaptive_needs is not None
    assert found.adaptive_needs < found.fixed_needs <= 20
    errors = [length.se for length in found.lengths]
    assert errors == sorted(errors, reverse=True)
    assert found.lengths[-1].se == pytest.approx(found.lengths[-1].fixed_se)
    assert sum(found.use.values()) == pytest.approx(found.adaptive_needs)
    assert simulate(fitted, people=600, seed=2).lengths == found.lengths


@pytest.mark.parametrize(
    ("codes", "words"),
    [
        (np.array([[1], [2], [1]]), "at least two items"),
        (np.array([[1, 2], [1, 1], [1, 2]]), "q0 has fewer than two answers in use"),
        (np.array([[0, 2], [0, 1]]), "q0 has fewer than two answers in use"),
    ],
)
def test_what_cannot_be_fitted_is_said(codes, words):
    with pytest.raises(NotMeasurable, match=words):
        fit(counted(codes.astype(np.int8), 2)[1])


def test_weights_below_zero_are_refused():
    made = PatternCounts(
        ("a", "b"), (2, 2), ("all",), np.array([[1, 2], [2, 1]], dtype=np.int8), np.array([[1.0, -1.0]])
    )
    with pytest.raises(NotMeasurable, match="below zero"):
        fit(made)
